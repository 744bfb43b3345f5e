// Ours: the WebAssembly build of `benches/engine`, as a JavaScript caller meets it. All copying is part of the work.
import { readFileSync } from "node:fs";

import { named } from "./pages.js";

const PROVIDERS = ["ayrshare", "insightiq", "upsun"];
const NO_PROVIDER = PROVIDERS.length;
const FAILED = 0xffffffff;
const MORE = 0xfffffffe;
const WHOLE = 0xffffffff;
const MAX_BYTES_OF_A_CHARACTER = 3;

let exports;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Loads the module that `ROSTER_BENCH_ENGINE` names. */
export async function load() {
  const { instance } = await WebAssembly.instantiate(readFileSync(named("ROSTER_BENCH_ENGINE")), {});
  exports = instance.exports;
}

/** Memory of the whole module, in bytes. */
export const moduleBytes = () => exports.memory.buffer.byteLength;

/** A roster. */
export class Engine {
  #desk = exports.open();
  #sort;
  #facets;

  /** @param {{ sort?: string, facets?: string }} [always] sort keys and facet fields of every question */
  constructor({ sort = "", facets = "" } = {}) {
    this.#sort = sort;
    this.#facets = facets;
  }

  /** A page in one go; how many profiles it added. */
  ingest(provider, page) {
    return this.#place(page), taken(exports.ingest(this.#desk, PROVIDERS.indexOf(provider), WHOLE));
  }

  /** A page in slices; calls after each. How many profiles it added. */
  ingestInSlices(provider, page, budgetBytes, onSlice) {
    this.#place(page);
    let added = exports.ingest(this.#desk, PROVIDERS.indexOf(provider), budgetBytes) >>> 0;
    for (onSlice(); added === MORE; onSlice()) added = exports.ingest(this.#desk, NO_PROVIDER, budgetBytes) >>> 0;
    return taken(added);
  }

  #place(page) {
    const at = exports.page(this.#desk, page.length) >>> 0;
    new Uint8Array(exports.memory.buffer, at, page.length).set(page);
  }

  /** Total, rows of the window and counts. */
  query(text, { offset = 0, limit = 50 } = {}) {
    const question = `${text}\n${this.#sort}\n${this.#facets}`;
    const room = question.length * MAX_BYTES_OF_A_CHARACTER;
    const at = exports.text(this.#desk, room) >>> 0;
    const { written } = encoder.encodeInto(question, new Uint8Array(exports.memory.buffer, at, room));
    const numbersAt = exports.query(this.#desk, written, offset, limit) >>> 0;
    return unpacked(numbersAt, exports.words(this.#desk) >>> 0);
  }

  /** Memory in use, in bytes: pages as received, and everything else. */
  get memoryBytes() {
    return { pages: exports.page_bytes(this.#desk) >>> 0, index: exports.index_bytes(this.#desk) >>> 0 };
  }

  free() {
    exports.close(this.#desk);
  }
}

function taken(added) {
  if (added >>> 0 === FAILED) throw new Error("the page was refused, or a record of it rejected");
  return added >>> 0;
}

/** The form that `answer.rs` describes. */
function unpacked(numbersAt, wordsAt) {
  const { buffer } = exports.memory;
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
