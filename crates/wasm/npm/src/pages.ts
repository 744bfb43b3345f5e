import { RosterError, invalidArgument } from "./errors.js";
import { call } from "./module.js";
import { type PagesOptions, whole } from "./options.js";
import type { Packed } from "./packed.js";
import * as shapes from "./shapes.js";
import type { Budget, Rejected } from "./wasm/roster_wasm.js";
import { itemsText } from "./wasm/roster_wasm.js";

/** One page of an answer. A plain object, but that `items` is read from `bytes` when it is first asked for. */
export interface Page<T> {
  /** The API. */
  provider: string;
  /** Which page it is, from 1, also of earlier runs that this one goes on with. */
  number: number;
  /** The records, each equal to `JSON.parse` of its text; whole numbers beyond ±(2^53 − 1) are strings of their digits. */
  items: T[];
  /** Profiles over all pages, only where the API states it. */
  total: number | null;
  /** A token with which another run, also in another process, goes on after this page; null after the last one. */
  resume: string | null;
  /** When the API made the data, ISO 8601 in UTC. */
  lastUpdated: string | null;
  /** Before this instant the API answers the same again, ISO 8601 in UTC. */
  nextUpdate: string | null;
  /** Records that could not be read: where and why. They are not among the items. */
  rejected: Rejected[];
  /** The body exactly as received; of a batch file, a JSON array of the exact texts of the page's users. */
  bytes: Uint8Array;
}

/** What `collect` brought together. */
export interface Collected<T> {
  /** The records, at most as many as were asked for. */
  items: T[];
  /** Whether there are more. */
  truncated: boolean;
  /** Records that could not be read. */
  rejected: Rejected[];
}

/** Lazy: nothing is requested before the first iteration. `break` and `signal` stop the request in flight. */
export interface Pages<T> extends AsyncIterable<Page<T>> {
  /** Starts a load. Calls of `next` while one is under way share its promise; after an error, `next` asks again. */
  [Symbol.asyncIterator](): AsyncIterator<Page<T>, undefined>;
  /** The records of all pages, one by one. */
  items(): AsyncIterable<T>;
  /** The records of all pages in one array, at most `maxItems`. */
  collect(options: { maxItems: number }): Promise<Collected<T>>;
}

/** What comes of one step of a load. */
export interface Came {
  from: Packed;
  body: Uint8Array;
}

/** A load that was started: brings what comes next, until nothing does. */
export interface Feed {
  advance(signal: AbortSignal, onWait: (ms: number) => void): Promise<Came | undefined>;
  free(): void;
}

/** Pages of loads that `start` begins. */
export function pagesOf<T>(start: () => Feed, options: PagesOptions = {}): Pages<T> {
  const iterate = () => new PageIterator<T>(start, options);
  const pages: Pages<T> = {
    [Symbol.asyncIterator]: iterate,
    items: () => ({ [Symbol.asyncIterator]: () => new ItemIterator(iterate()) }),
    collect: ({ maxItems }) => collect(pages, maxItems),
  };
  return pages;
}

class PageIterator<T> implements AsyncIterator<Page<T>, undefined> {
  readonly #start: () => Feed;
  readonly #options: PagesOptions;
  readonly #stop = new AbortController();
  #feed: Feed | undefined;
  #pending: Promise<IteratorResult<Page<T>, undefined>> | undefined;
  #isOver = false;
  #startedAt = 0;
  #sofar = { pages: 0, profiles: 0, total: null as number | null, bytes: 0, budget: null as Budget | null };

  constructor(start: () => Feed, options: PagesOptions) {
    this.#start = start;
    this.#options = options;
  }

  next(): Promise<IteratorResult<Page<T>, undefined>> {
    this.#pending ??= this.#advance().finally(() => (this.#pending = undefined));
    return this.#pending;
  }

  async return(): Promise<IteratorResult<Page<T>, undefined>> {
    this.#end();
    return { done: true, value: undefined };
  }

  async #advance(): Promise<IteratorResult<Page<T>, undefined>> {
    const signal = checkedSignal(this.#options.signal);
    const stop = () => this.#end(signal?.reason);
    if (signal?.aborted) stop();
    if (signal?.aborted) throw signal.reason;
    signal?.addEventListener("abort", stop, { once: true });
    try {
      const page = this.#isOver ? undefined : await this.#page();
      if (page) return { done: false, value: page };
      this.#end();
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      // `return` was called meanwhile: there is nobody to tell.
      if (!this.#isOver) throw error;
    } finally {
      signal?.removeEventListener("abort", stop);
    }
    return { done: true, value: undefined };
  }

  async #page(): Promise<Page<T> | undefined> {
    this.#startedAt ||= performance.now();
    this.#feed ??= this.#start();
    const came = await this.#feed.advance(this.#stop.signal, (ms) => this.#tell(ms));
    if (!came || this.#isOver) return undefined;
    const { page, budget, n } = pageOf<T>(came);
    const sofar = this.#sofar;
    this.#sofar = {
      pages: sofar.pages + 1,
      profiles: sofar.profiles + n,
      total: page.total,
      bytes: sofar.bytes + page.bytes.byteLength,
      budget: budget ?? sofar.budget,
    };
    this.#tell(null);
    return page;
  }

  /** What the listener throws is its own affair: it must not cost a page. */
  #tell(waitingMs: number | null): void {
    const elapsedMs = Math.round(performance.now() - this.#startedAt);
    try {
      this.#options.onProgress?.({ ...this.#sofar, elapsedMs, waitingMs });
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }

  #end(reason?: unknown): void {
    this.#isOver = true;
    this.#stop.abort(reason);
    this.#feed?.free();
    this.#feed = undefined;
  }
}

class ItemIterator<T> implements AsyncIterator<T, undefined> {
  readonly #pages: PageIterator<T>;
  #items: Iterator<T> = [][Symbol.iterator]();
  #last: Promise<unknown> = Promise.resolve();
  #isOver = false;

  constructor(pages: PageIterator<T>) {
    this.#pages = pages;
  }

  /** One after the other: two calls bring two items. */
  next(): Promise<IteratorResult<T, undefined>> {
    const take = () => this.#take();
    const turn = this.#last.then(take, take);
    this.#last = turn;
    return turn;
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    this.#isOver = true;
    return (await this.#pages.return()) as IteratorReturnResult<undefined>;
  }

  async #take(): Promise<IteratorResult<T, undefined>> {
    while (!this.#isOver) {
      const item = this.#items.next();
      if (!item.done) return item;
      const page = await this.#pages.next();
      if (page.done) break;
      this.#items = page.value.items[Symbol.iterator]();
    }
    return { done: true, value: undefined };
  }
}

async function collect<T>(pages: Pages<T>, maxItems: number): Promise<Collected<T>> {
  const most = whole(maxItems, "maxItems", 0, 0);
  const all: Collected<T> = { items: [], truncated: false, rejected: [] };
  for await (const page of pages) {
    const room = most - all.items.length;
    for (const item of page.items.slice(0, room)) all.items.push(item);
    all.rejected.push(...page.rejected);
    all.truncated = page.items.length > room || page.resume !== null;
    if (all.items.length >= most) break;
  }
  return all;
}

function checkedSignal(signal: AbortSignal | undefined): AbortSignal | undefined {
  if (signal === undefined || typeof signal?.addEventListener === "function") return signal;
  throw invalidArgument("an AbortSignal", "signal", signal);
}

/** Reads what `Pages::page` in `crates/wasm/src/load.rs` writes. */
function pageOf<T>({ from, body }: Came): { page: Page<T>; budget: Budget | null; n: number } {
  const provider = from.text();
  const number = from.number();
  const total = from.maybeNumber();
  const resume = from.maybeText();
  const lastUpdated = from.maybeText();
  const nextUpdate = from.maybeText();
  const budget = shapes.budget(from);
  const rejected = shapes.rejected(from);
  const spans = from.rest();
  let items: T[] | undefined;
  const page: Page<T> = {
    provider,
    number,
    get items() {
      return (items ??= parsed(call(() => itemsText(body, spans))) as T[]);
    },
    set items(others) {
      items = others;
    },
    total,
    resume,
    lastUpdated,
    nextUpdate,
    rejected,
    bytes: body,
  };
  return { page, budget, n: spans.length / 2 };
}

/** The value of a JSON text. What the engine says of a bad one would repeat parts of it, so it is not handed on. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RosterError("decode", "expected valid JSON at $, found other text");
  }
}
