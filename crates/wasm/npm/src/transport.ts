import { RosterError, invalidArgument } from "./errors.js";
import { type ClientOptions, whole } from "./options.js";

/** An answer whose body may still be on its way. */
export interface Arrived {
  status: number;
  /** A line each, as `crates/wasm/src/load.rs` reads them. */
  headers: string;
  response: Response;
}

/** That no answer came. */
export class Unanswered {
  constructor(
    readonly kind: "network" | "timeout",
    readonly message: string,
    readonly cause: unknown,
  ) {}
}

/** Longest that a timer may be set to. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Waits; an abort ends the wait and rejects with its reason. */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  for (let left = ms; left > 0; left -= LONGEST_TIMER_MS) {
    await new Promise<void>((resolve, reject) => {
      signal.throwIfAborted();
      const stop = () => {
        clearTimeout(timer);
        reject(signal.reason);
      };
      const timer = setTimeout(
        () => {
          signal.removeEventListener("abort", stop);
          resolve();
        },
        Math.min(left, LONGEST_TIMER_MS),
      );
      signal.addEventListener("abort", stop, { once: true });
    });
  }
}

/** Sends requests below the proxy's API root with whatever `fetch` the client was given. */
export class Transport {
  readonly #baseUrl: string;
  readonly #fetch: typeof fetch | undefined;
  readonly #headers: [string, string][];
  readonly #timeoutMs: number;

  constructor(options: ClientOptions) {
    this.#baseUrl = baseUrl(options);
    if (options.fetch !== undefined && typeof options.fetch !== "function") {
      throw invalidArgument("a function", "fetch", options.fetch);
    }
    this.#fetch = options.fetch;
    this.#headers = checkedHeaders(options.headers);
    this.#timeoutMs = whole(options.timeoutMs, "timeoutMs", 1, 30_000);
  }

  /**
   * Sends one request and reads its answer. Rejects with the signal's reason if that stops it, and else with
   * {@link Unanswered}, whatever `fetch` rejected with.
   */
  async send<T>(target: string, signal: AbortSignal, read: (arrived: Arrived, within: Within) => Promise<T>): Promise<T> {
    if (signal.aborted) throw signal.reason;
    const inner = new AbortController();
    const within = withinTime(inner, this.#timeoutMs);
    const stop = () => inner.abort(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    try {
      const response = await within(this.#call(target, inner.signal));
      return await read(arrived(response), within);
    } catch (cause) {
      if (signal.aborted) throw signal.reason;
      inner.abort();
      throw cause instanceof Unanswered || cause instanceof RosterError ? cause : unanswered(cause);
    } finally {
      signal.removeEventListener("abort", stop);
      within.end();
    }
  }

  async #call(target: string, signal: AbortSignal): Promise<Response> {
    // Called without a receiver: the browser's own refuses to be a method of something else.
    const call = this.#fetch ?? globalThis.fetch;
    return call(`${this.#baseUrl}/${target}`, { method: "GET", headers: this.#headers, signal });
  }
}

/** Bounds a promise by the time left and by the abort. */
export interface Within {
  <T>(work: Promise<T>): Promise<T>;
  /** Gives the whole time again: for a body that comes in parts. */
  restart(): void;
  end(): void;
}

/** A `fetch` of one's own may ignore its signal, so what it promises is raced with the signal and with the time. */
function withinTime(inner: AbortController, timeoutMs: number): Within {
  let cut: (reason: unknown) => void = () => {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  inner.signal.addEventListener("abort", () => cut(inner.signal.reason), { once: true });
  const within = <T>(work: Promise<T>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      cut = reject;
      if (inner.signal.aborted) reject(inner.signal.reason);
      work.then(resolve, reject);
    });
  within.restart = () => {
    clearTimeout(timer);
    const message = `no answer after ${timeoutMs / 1000} s`;
    timer = setTimeout(() => inner.abort(new Unanswered("timeout", message, undefined)), timeoutMs);
  };
  within.end = () => clearTimeout(timer);
  within.restart();
  return within;
}

function arrived(response: Response): Arrived {
  const lines: string[] = [];
  const isResponse = typeof response?.status === "number" && typeof response.headers?.forEach === "function";
  if (!isResponse) throw new Unanswered("network", "fetch resolved to something that is no Response", response);
  response.headers.forEach((value, name) => lines.push(`${name}:${value}`));
  return { status: response.status, headers: lines.join("\n"), response };
}

/** Whatever was thrown, in words. A `DOMException` of another realm is no `Error` here, but has a message. */
function unanswered(cause: unknown): Unanswered {
  const told = (cause as { message?: unknown } | null | undefined)?.message;
  const words = typeof told === "string" && told ? told : typeof cause === "string" && cause ? cause : undefined;
  const isTimeout = (cause as { name?: unknown } | null | undefined)?.name === "TimeoutError";
  const message = words ?? "the request was rejected without a reason";
  return new Unanswered(isTimeout ? "timeout" : "network", message, cause);
}

function baseUrl({ baseUrl, fetch }: ClientOptions): string {
  const text = baseUrl instanceof URL ? baseUrl.href : baseUrl;
  if (typeof text !== "string" || /[?#]/.test(text)) {
    throw invalidArgument("a URL without query and fragment", "baseUrl", baseUrl);
  }
  const isRelative = !/^[a-z][a-z\d+.-]*:/i.test(text);
  if (isRelative && !fetch && typeof globalThis.location === "undefined") {
    throw invalidArgument("an absolute URL, as there is no page that it could be relative to,", "baseUrl", text);
  }
  return text.replace(/\/+$/, "");
}

function checkedHeaders(headers: Record<string, string> | undefined): [string, string][] {
  try {
    return [...new Headers(headers)] as [string, string][];
  } catch (cause) {
    throw new RosterError("invalid_argument", "expected names and values of HTTP headers at headers", { cause });
  }
}
