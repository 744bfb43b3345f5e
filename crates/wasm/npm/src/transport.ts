import { RosterError, invalidArgument } from "./errors.js";
import { type ClientOptions, whole } from "./options.js";

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
   * Sends one request. Rejects with the signal's reason if that stops it, and else with {@link Unanswered}, whatever
   * `fetch` rejected with.
   */
  async open(target: string, signal: AbortSignal): Promise<Exchange> {
    if (signal.aborted) throw signal.reason;
    const exchange = new Exchange(signal, this.#timeoutMs);
    const response = await exchange.within(() => this.#call(target, exchange.signal));
    try {
      exchange.take(response);
      return exchange;
    } catch (failure) {
      exchange.close();
      throw failure;
    }
  }

  async #call(target: string, signal: AbortSignal): Promise<Response> {
    // Called without a receiver: the browser's own refuses to be a method of something else.
    const call = this.#fetch ?? globalThis.fetch;
    return call(`${this.#baseUrl}/${target}`, { method: "GET", headers: this.#headers, signal });
  }
}

/** One request and its answer, whose body may still be on its way. */
export class Exchange {
  status = 0;
  /** A line each, as `crates/wasm/src/load.rs` reads them. */
  headers = "";
  #response: Response | undefined;
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  readonly #outer: AbortSignal;
  readonly #inner = new AbortController();
  readonly #timeoutMs: number;
  readonly #stop = () => this.#inner.abort(this.#outer.reason);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #cut: (reason: unknown) => void = () => {};

  constructor(outer: AbortSignal, timeoutMs: number) {
    this.#outer = outer;
    this.#timeoutMs = timeoutMs;
    outer.addEventListener("abort", this.#stop, { once: true });
    this.signal.addEventListener("abort", () => this.#cut(this.signal.reason), { once: true });
    this.restart();
  }

  /** What `fetch` is given. */
  get signal(): AbortSignal {
    return this.#inner.signal;
  }

  /** Gives the whole time again: for a body that comes in parts. */
  restart(): void {
    clearTimeout(this.#timer);
    const late = new Unanswered("timeout", `no answer after ${this.#timeoutMs / 1000} s`, undefined);
    this.#timer = setTimeout(() => this.#inner.abort(late), this.#timeoutMs);
  }

  /** Bounds work by the time left and by the abort: a `fetch` of one's own may ignore its signal. Closes on failure. */
  async within<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await new Promise<T>((resolve, reject) => {
        this.#cut = reject;
        if (this.signal.aborted) reject(this.signal.reason);
        else work().then(resolve, reject);
      });
    } catch (cause) {
      this.close();
      if (this.#outer.aborted) throw this.#outer.reason;
      throw cause instanceof Unanswered ? cause : unanswered(cause);
    }
  }

  /** Looks at what `fetch` resolved to. */
  take(response: Response): void {
    const isResponse = typeof response?.status === "number" && typeof response.headers?.forEach === "function";
    if (!isResponse) throw new Unanswered("network", "fetch resolved to something that is no Response", response);
    const lines: string[] = [];
    response.headers.forEach((value, name) => lines.push(`${name}:${value}`));
    this.status = response.status;
    this.headers = lines.join("\n");
    this.#response = response;
  }

  /** The whole body; ends the exchange. */
  async whole(): Promise<Uint8Array> {
    const body = await this.within(async () => new Uint8Array(await this.#response!.arrayBuffer()));
    this.#end();
    return body;
  }

  /** The body in parts, as they come; in one, where it cannot be read so. The time counts for each part. */
  parts(): () => Promise<Uint8Array | undefined> {
    const reader = this.#response?.body?.getReader?.();
    this.#reader = reader;
    let whole = reader ? undefined : () => this.whole();
    return async () => {
      if (!reader) {
        const read = whole;
        whole = undefined;
        return read?.();
      }
      this.restart();
      const { done, value } = await this.within(() => reader.read());
      clearTimeout(this.#timer);
      if (!done) return value;
      this.#end();
      return undefined;
    };
  }

  /** Ends the exchange, and the request if it is still under way. */
  close(): void {
    this.#end();
    this.#inner.abort();
    // For a `fetch` of one's own that does not obey its signal.
    this.#reader?.cancel().catch(() => {});
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#outer.removeEventListener("abort", this.#stop);
  }
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
