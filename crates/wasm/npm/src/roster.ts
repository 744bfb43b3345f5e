import { RosterError, invalidArgument } from "./errors.js";
import { call, mustBeReady } from "./module.js";
import { whole } from "./options.js";
import { Packed } from "./packed.js";
import type { Page } from "./pages.js";
import { Pauses } from "./pauses.js";
import * as shapes from "./shapes.js";
import type { IngestReport, Query, Row, Suggestion, View } from "./wasm/roster_wasm.js";
import { RawRoster } from "./wasm/roster_wasm.js";

/** How `crates/wasm/src/roster.rs` marks rows that come in full: to be kept, and for this answer alone. */
const NEW = 1;
const ONCE = 2;

/** Profiles that are prepared in one pause: a few milliseconds of work. */
const PREPARED_ROWS = 8192;

/** How a CSV file is written. */
export interface CsvOptions {
  /** Fields in order; by default all that have a value in some row. */
  columns?: readonly string[] | undefined;
  /** Whether it begins with a byte order mark, without which Excel takes it for another encoding. */
  bom?: boolean | undefined;
  /** Whether columns about people's private lives are included. */
  personalData?: boolean | undefined;
}

/** How an NDJSON file is written. */
export interface NdjsonOptions {
  /** Whether members about people's private lives are included. */
  personalData?: boolean | undefined;
}

/**
 * The in-memory index of profiles of all APIs. Keys are `provider:id`; a profile that arrives again is replaced, and
 * counted. Several may live side by side.
 */
export class Roster {
  #raw: RawRoster | undefined;
  /** Rows of earlier answers by their numbers, which come only once. Whoever asks gets copies. */
  readonly #kept = new Map<number, Row>();
  readonly #pauses = new Pauses();
  /** The same as `free`, for `using`; only where the engine knows `Symbol.dispose`. */
  declare [Symbol.dispose]: () => void;

  static {
    if (Symbol.dispose) Object.defineProperty(this.prototype, Symbol.dispose, { value: this.prototype.free });
  }

  /** An empty one. Throws `not_initialised` before `init()`. */
  constructor() {
    mustBeReady();
    this.#raw = call(() => new RawRoster());
  }

  /**
   * Takes a page in: one of a load, a body as received, a JSON array of records as batch files hold it, a file of one
   * record a line, or a single record. Throws `decode` for a page that cannot be read; nothing of it is loaded then.
   * What the first questions would otherwise wait for is prepared in pauses from here on, a few milliseconds each.
   */
  ingest(provider: string, page: Page<unknown> | Uint8Array | ArrayBuffer | string): IngestReport {
    const bytes = bytesOf(provider, page);
    this.#kept.clear();
    const report = shapes.report(this.#packed((raw) => raw.ingest(text(provider, "provider"), bytes)));
    this.#prepare();
    return report;
  }

  /** Filters, counts, orders and cuts out a window. */
  query(query: Query = {}): View {
    const [facets, offset, limit] = [names(query.facets, "facets"), query.offset, query.limit];
    const [skip, most] = [whole(offset, "offset", 0, 0), whole(limit, "limit", 0, 50)];
    const from = this.#packed((raw) => raw.query(...asked(query), facets.join(), skip, most, nowOf(query)));
    const total = from.number();
    if (from.flag()) this.#kept.clear();
    const rows = from.list(() => this.#row(from));
    const counts = from.list(() => {
      from.text();
      return from.list(() => shapes.facetValue(from));
    });
    const byName = Object.fromEntries(facets.map((name, index) => [name, counts[index] ?? []]));
    return { total, rows, facets: byName, terms: from.list(() => shapes.term(from)) };
  }

  /** What could stand at the cursor of a query text, the best first; `cursor` counts UTF-16 units, as `slice` does. */
  suggest(text_: string, cursor: number, limit = 8): Suggestion[] {
    const [at, most] = [whole(cursor, "cursor", 0, 0), whole(limit, "limit", 0, 8)];
    const from = this.#packed((raw) => raw.suggest(text(text_, "text"), at, most, Date.now()));
    return from.list(() => shapes.suggestion(from));
  }

  /** A profile by its key. */
  get(key: string): Row | undefined {
    const from = this.#packed((raw) => raw.get(text(key, "key"), Date.now()));
    return from.isEmpty ? undefined : shapes.row(from);
  }

  /** A record's exact JSON text, by its key. */
  raw(key: string): string | undefined {
    return this.#call((raw) => raw.raw(text(key, "key")));
  }

  /** Everything that passes, in order, as CSV that no spreadsheet takes for formulas. Offset and limit do not count. */
  exportCsv(query: Query, { columns, bom = false, personalData = false }: CsvOptions = {}): string {
    const list = columns && names(columns, "columns").join();
    return this.#call((raw) => raw.exportCsv(...asked(query), list, bom, personalData, nowOf(query)));
  }

  /** Everything that passes, in order, one record a line. Offset and limit do not count. */
  exportNdjson(query: Query, { personalData = false }: NdjsonOptions = {}): string {
    return this.#call((raw) => raw.exportNdjson(...asked(query), personalData, nowOf(query)));
  }

  /** How many profiles there are. */
  get size(): number {
    return this.#call((raw) => raw.size);
  }

  /** Memory in use, in bytes: pages as received, columns, answers that are kept, and about what kept rows take. */
  get memoryBytes(): number {
    return this.#call((raw) => raw.memoryBytes);
  }

  /** Gives the memory back at once. Without it, the garbage collector does so some time later. */
  free(): void {
    this.#raw?.free();
    this.#raw = undefined;
    this.#kept.clear();
    this.#pauses.stop();
  }

  /** Does in pauses what the next question would otherwise wait for. A roster that nobody holds is not kept for it. */
  #prepare(): void {
    const held = new WeakRef(this);
    this.#pauses.start(() => {
      const roster = held.deref();
      const raw = roster && roster.#raw;
      return raw === undefined || call(() => raw.prepare(PREPARED_ROWS, Date.now()));
    });
  }

  #row(from: Packed): Row {
    const [number, mark] = [from.number(), from.number()];
    if (mark === ONCE) return shapes.row(from);
    if (mark === NEW) this.#kept.set(number, shapes.row(from));
    return shapes.copyOf(this.#kept.get(number) as Row);
  }

  #call<T>(work: (raw: RawRoster) => T): T {
    const raw = this.#raw;
    if (!raw) throw new RosterError("invalid_argument", "expected a roster, found one that was freed");
    return call(() => work(raw));
  }

  #packed(work: (raw: RawRoster) => [string, Float64Array]): Packed {
    return new Packed(this.#call(work));
  }
}

function asked({ text: words, sort }: Query): [string, string] {
  return [text(words ?? "", "text"), names(sort, "sort").join()];
}

function nowOf({ now = Date.now() }: Query): number {
  if (Number.isFinite(now)) return now;
  throw invalidArgument("Unix milliseconds", "now", now);
}

function text(value: string, where: string): string {
  if (typeof value === "string") return value;
  throw invalidArgument("text", where, value);
}

function names(value: readonly string[] | undefined, where: string): readonly string[] {
  if (value === undefined) return [];
  if (Array.isArray(value) && value.every((name) => typeof name === "string")) return value;
  throw invalidArgument("a list of texts", where, value);
}

function bytesOf(provider: string, page: Page<unknown> | Uint8Array | ArrayBuffer | string): Uint8Array {
  if (typeof page === "string") return new TextEncoder().encode(page);
  if (ArrayBuffer.isView(page)) return new Uint8Array(page.buffer, page.byteOffset, page.byteLength);
  if (/ArrayBuffer\]$/.test(Object.prototype.toString.call(page))) return new Uint8Array(page as ArrayBuffer);
  const { bytes, provider: own } = (page ?? {}) as Page<unknown>;
  if (!ArrayBuffer.isView(bytes)) throw invalidArgument("a page, bytes or text", "page", page);
  if (own !== provider) throw invalidArgument(`a page of ${String(provider)}`, "page", own);
  return bytes;
}
