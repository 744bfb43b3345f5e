import { invalidArgument } from "./errors.js";
import type { Progress } from "./wasm/roster_wasm.js";

/** How a client reaches the proxy, and how patient it is. */
export interface ClientOptions {
  /** The proxy's API root, such as `"/api/v1"`. */
  baseUrl: string | URL;
  /** Called with the URL as text and a `RequestInit`, in place of the global `fetch`. */
  fetch?: typeof globalThis.fetch | undefined;
  /** Sent to the proxy on every call, such as its access token. */
  headers?: Record<string, string> | undefined;
  /** For each request from its start to the last byte, in milliseconds; 30,000 by default. */
  timeoutMs?: number | undefined;
  /** How often a page is asked for, and how long to wait in between; `false`: once. */
  retry?: RetryOptions | false | undefined;
}

/** How failed requests are tried again. */
export interface RetryOptions {
  /** Requests for one page in all, the first one included; 3 by default. */
  attempts?: number | undefined;
  /** Longest wait before the second request, in milliseconds; it doubles from there. 500 by default. */
  baseDelayMs?: number | undefined;
  /** Longest wait between two requests, in milliseconds, unless the API asks for a longer one. 20,000 by default. */
  maxDelayMs?: number | undefined;
}

/** Options of every call. */
export interface CallOptions {
  /** Stops the call, which then rejects with `signal.reason`. */
  signal?: AbortSignal | undefined;
}

/** Options of a load. */
export interface PagesOptions extends CallOptions {
  /** A token from {@link Page.resume}: goes on where an earlier run stopped. */
  resume?: string | undefined;
  /** Most pages of this run. */
  maxPages?: number | undefined;
  /** Hears of every page and of every wait. */
  onProgress?: ((progress: Progress) => void) | undefined;
}

/** A value that may stand in a question. */
type ParamValue = string | number | boolean | readonly string[] | undefined;

/** Parameters as a query string; what is `undefined` is left out. */
export function queryString(params: object | undefined): string {
  const out = new URLSearchParams();
  for (const [name, value] of Object.entries(params ?? {}) as [string, ParamValue][]) {
    if (value !== undefined) out.append(name, text(name, value));
  }
  return out.toString();
}

function text(name: string, value: Exclude<ParamValue, undefined>): string {
  if (Array.isArray(value)) return value.join(",");
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return String(value);
  throw invalidArgument("text, a number, a boolean or a list of texts", name, value);
}

/** A whole number within bounds; the default where nothing was given. */
export function whole(value: number | undefined, where: string, least: number, absent: number): number {
  if (value === undefined) return absent;
  const isFine = Number.isInteger(value) && value >= least && value <= 0xffff_ffff;
  if (!isFine) throw invalidArgument(`a whole number from ${least} to 4294967295`, where, value);
  return value;
}
