// Memory of what is loaded, after it was sorted and searched.
import { pages } from "../harness/pages.js";
import { compare, short } from "../harness/report.js";
import { parse } from "../peers/profile.js";
import { Tuned } from "../peers/tuned.js";
import { ASKED } from "./questions.js";
import { statesOf } from "./states.js";

export function memory({ nProfiles }, { ours: build }) {
  const received = pages("ayrshare", nProfiles);
  const beforeBytes = heapBytes();
  const rows = parse(received);
  const rowsBytes = heapBytes() - beforeBytes;
  const tuned = new Tuned(rows);
  statesOf("bakery").forEach((state) => tuned.query(state));
  const tunedBytes = heapBytes() - beforeBytes;
  const engine = loaded(build, received);
  const { pages: pagesBytes, index: indexBytes, cache: cacheBytes } = engine.memoryBytes;
  const name = `memory/ayrshare-${short(nProfiles)}`;
  const each = (figure, peer, oursBytes, theirsBytes) =>
    compare(`${name}-${figure}`, peer, oursBytes / nProfiles, theirsBytes / nProfiles, "B/profile", nProfiles);
  each("with-raw", "JSON.parse", pagesBytes + indexBytes, rowsBytes);
  each("without-raw", "JSON.parse", indexBytes, rowsBytes);
  // With the orders and the bitmaps of letters that sorting and searching have left, as the peer's figure has them.
  each("with-raw-searched", "tuned", pagesBytes + indexBytes + cacheBytes, tunedBytes);
  each("without-raw-searched", "tuned", indexBytes + cacheBytes, tunedBytes);
  // All that the module has ever asked for, the code's own and what the allocator holds in reserve included.
  each("whole-module", "JSON.parse", build.moduleBytes, rowsBytes);
  if (tuned.query({ needle: "", platforms: [], status: null }).total !== rows.length) throw new Error("rows are missing");
  engine.free();
}

function loaded(build, received) {
  const engine = build.roster(ASKED);
  for (const page of received) engine.ingest("ayrshare", page);
  engine.prepare();
  engine.settle();
  statesOf("bakery").forEach((state) => engine.query(state.text));
  return engine;
}

/** What JavaScript has in use, typed arrays included, once nothing is left to collect. */
function heapBytes() {
  if (!globalThis.gc) throw new Error("expected node --expose-gc");
  for (let turn = 0; turn < 4; turn++) globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
