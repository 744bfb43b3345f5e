// Ours: the WebAssembly build of `benches/engine`, as a JavaScript caller meets it. All copying is part of the work.
import { readFileSync } from "node:fs";

import { named } from "./pages.js";

const PROVIDERS = ["ayrshare", "insightiq", "upsun"];
const NO_PROVIDER = PROVIDERS.length;
const FAILED = 0xffffffff;
const MORE = 0xfffffffe;
const WHOLE = 0xffffffff;
const MAX_BYTES_OF_A_CHARACTER = 3;
const PAUSE_ROWS = 10_000;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A build of the index, ready to make rosters. */
export class Build {
  #exports;

  /** Loads the module that an environment variable names. */
  static async load(variable) {
    const build = new Build();
    const { instance } = await WebAssembly.instantiate(readFileSync(named(variable)), {});
    build.#exports = instance.exports;
    return build;
  }

  /** Memory of the whole module, in bytes. */
  get moduleBytes() {
    return this.#exports.memory.buffer.byteLength;
  }

  /** @param {{ sort?: string, facets?: string }} [always] sort keys and facet fields of every question */
  roster({ sort = "", facets = "" } = {}) {
    return new Engine(this.#exports, sort, facets);
  }
}

/** A roster. */
class Engine {
  #exports;
  #desk;
  #sort;
  #facets;

  constructor(exports, sort, facets) {
    this.#exports = exports;
    this.#desk = exports.open();
    this.#sort = sort;
    this.#facets = facets;
  }

  /** A page in one go; how many profiles it added. */
  ingest(provider, page) {
    this.#place(page);
    return taken(this.#exports.ingest(this.#desk, PROVIDERS.indexOf(provider), WHOLE));
  }

  /** A page in slices; calls after each. How many profiles it added. */
  ingestInSlices(provider, page, budgetBytes, onSlice) {
    this.#place(page);
    const step = (number) => this.#exports.ingest(this.#desk, number, budgetBytes) >>> 0;
    let added = step(PROVIDERS.indexOf(provider));
    for (onSlice(); added === MORE; onSlice()) added = step(NO_PROVIDER);
    return taken(added);
  }

  #place(page) {
    const at = this.#exports.page(this.#desk, page.length) >>> 0;
    new Uint8Array(this.#exports.memory.buffer, at, page.length).set(page);
  }

  /** Total, rows of the window and counts. */
  query(text, { offset = 0, limit = 50 } = {}) {
    const written = this.#say(`${text}\n${this.#sort}\n${this.#facets}`);
    const numbersAt = this.#exports.query(this.#desk, written, offset, limit) >>> 0;
    return unpacked(this.#exports.memory.buffer, numbersAt, this.#exports.words(this.#desk) >>> 0);
  }

  #say(text) {
    const room = text.length * MAX_BYTES_OF_A_CHARACTER;
    const at = this.#exports.text(this.#desk, room) >>> 0;
    return encoder.encodeInto(text, new Uint8Array(this.#exports.memory.buffer, at, room)).written;
  }

  /** Makes the order of all questions in steps, as the pauses of a load do; calls after each. */
  prepareOrder(onStep) {
    const written = this.#say(this.#sort);
    for (let isMade = 0; !isMade; onStep()) isMade = this.#exports.prepare_order(this.#desk, written, PAUSE_ROWS);
  }

  /** Prepares the search of all profiles, as the pauses of a load do bit by bit. */
  prepare() {
    while (!this.#exports.prepare(this.#desk, PAUSE_ROWS));
  }

  /** Says that the load has ended. */
  settle() {
    this.#exports.settle(this.#desk);
  }

  /** Memory in use, in bytes: pages as received, columns, and answers that are kept. */
  get memoryBytes() {
    const { page_bytes, index_bytes, cache_bytes } = this.#exports;
    const [pages, index, cache] = [page_bytes, index_bytes, cache_bytes].map((bytes) => bytes(this.#desk) >>> 0);
    return { pages, index, cache };
  }

  free() {
    this.#exports.close(this.#desk);
  }
}

function taken(added) {
  if (added >>> 0 === FAILED) throw new Error("the page was refused, or a record of it rejected");
  return added >>> 0;
}

/** The form that `answer.rs` describes. */
function unpacked(buffer, numbersAt, wordsAt) {
  const numbers = new Uint32Array(buffer, numbersAt);
  const words = decoder.decode(new Uint8Array(buffer, wordsAt, numbers[0])).split("\n");
  const endOfRows = 3 + numbers[2];
  let [next, word] = [endOfRows + 1, 0];
  const facets = Array.from({ length: numbers[endOfRows] }, () => {
    const nValues = numbers[next++];
    const values = Array.from({ length: nValues }, () => ({ value: words[word++], count: numbers[next++] }));
    return { values, nothing: [numbers[next++], numbers[next++], numbers[next++]] };
  });
  return { total: numbers[1], rows: numbers.slice(3, endOfRows), facets };
}
