/** What went wrong, as a stable word that programs may branch on. The README says what to do about each. */
export type RosterErrorCode =
  | "not_initialised"
  | "network"
  | "timeout"
  | "unauthorized"
  | "forbidden"
  | "rate_limited"
  | "not_found"
  | "upstream"
  | "decode"
  | "pagination"
  | "invalid_query"
  | "invalid_argument"
  | "poisoned";

/** What an error knows beyond its code and message. */
export interface RosterErrorDetails {
  /** The API, where one was involved. */
  provider?: string | null;
  /** The HTTP status, where an answer arrived. */
  status?: number | null;
  /** How long the API asked to wait, in milliseconds. */
  retryAfterMs?: number | null;
  /** The API's id of the request. */
  requestId?: string | null;
  /** The API's own code, as text. */
  providerCode?: string | null;
  /** What was thrown or rejected beneath, whatever it is. */
  cause?: unknown;
}

/** Everything thrown or rejected by this package, except an abort, which rejects with `signal.reason` itself. */
export class RosterError extends Error {
  declare readonly name: "RosterError";
  /** What went wrong. */
  readonly code: RosterErrorCode;
  /** The API, where one was involved. */
  readonly provider: string | null;
  /** The HTTP status, where an answer arrived. */
  readonly status: number | null;
  /** How long the API asked to wait, in milliseconds. */
  readonly retryAfterMs: number | null;
  /** The API's id of the request, to quote to its support. */
  readonly requestId: string | null;
  /** The API's own code, as text. */
  readonly providerCode: string | null;

  constructor(code: RosterErrorCode, message: string, details: RosterErrorDetails = {}) {
    super(message, "cause" in details ? { cause: details.cause } : undefined);
    this.code = code;
    this.provider = details.provider ?? null;
    this.status = details.status ?? null;
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.requestId = details.requestId ?? null;
    this.providerCode = details.providerCode ?? null;
  }

  static {
    Object.defineProperty(this.prototype, "name", { value: "RosterError", configurable: true, writable: true });
  }
}

/** Whether a value is an error of this package, also of another copy of it or from another realm. */
export function isRosterError(value: unknown): value is RosterError {
  const error = value as { name?: unknown; code?: unknown } | null;
  return typeof value === "object" && error?.name === "RosterError" && typeof error.code === "string";
}

/** An argument that cannot be meant: what was expected, where, and what was found, without repeating personal data. */
export function invalidArgument(expected: string, where: string, found: unknown): RosterError {
  return new RosterError("invalid_argument", `expected ${expected} at ${where}, found ${described(found)}`);
}

function described(found: unknown): string {
  if (found === null || typeof found === "number" || typeof found === "boolean") return String(found);
  if (Array.isArray(found)) return "an array";
  return typeof found === "object" ? "an object" : typeof found === "string" ? "other text" : typeof found;
}

/** Makes an error of the lines that the module throws; see `crates/wasm/src/fault.rs`. */
export function errorOf(lines: string, details: { cause?: unknown } = {}): RosterError {
  const [code = "", provider, status, wait, requestId, providerCode, ...message] = lines.split("\n");
  return new RosterError(code as RosterErrorCode, message.join("\n"), {
    provider: provider || null,
    status: status ? Number(status) : null,
    retryAfterMs: wait ? Number(wait) : null,
    requestId: requestId || null,
    providerCode: providerCode || null,
    ...details,
  });
}
