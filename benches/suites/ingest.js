// Many pages: bytes to the first answer in order of the titles; and how long the longest step takes meanwhile.
//
// The peers order by plain comparison of the folded titles, which is the cheapest that a reader would accept; ours has
// numbers in their order as well.
import { pages } from "../harness/pages.js";
import { compare, short } from "../harness/report.js";
import { race } from "../harness/rounds.js";
import { median } from "../harness/stats.js";
import { Crossfilter } from "../peers/crossfilter.js";
import { parse } from "../peers/profile.js";
import { Tuned } from "../peers/tuned.js";
import { ASKED, unordered } from "./questions.js";
import { ALL } from "./states.js";

/** One of these lies well below the time of a frame. */
const SLICE_BYTES = 128 * 1024;

export function ingest(plan, { ours: build }) {
  const received = pages("ayrshare", plan.nProfiles);
  sorted(build, received, plan);
  longestStep(build, received, plan);
}

function sorted(build, received, { nProfiles, nRounds }) {
  const contestants = {
    ours: () => firstAnswer(build, received, false),
    prepared: () => firstAnswer(build, received, true),
    tuned: () => new Tuned(parse(received)).query(ALL),
    crossfilter2: () => new Crossfilter(parse(received)).query(ALL),
  };
  const { ours, prepared, ...theirs } = race(contestants, { nRounds: nRounds.all, nWarmUps: 1, read: unordered });
  const bench = `ingest/ayrshare-${short(nProfiles)}`;
  for (const [peer, durationsMs] of Object.entries(theirs)) {
    compare(`${bench}-sorted`, peer, median(ours), median(durationsMs), "ms", nProfiles);
    compare(`${bench}-sorted-floor`, peer, Math.min(...ours), Math.min(...durationsMs), "ms", nProfiles);
    compare(`${bench}-prepared`, peer, median(prepared), median(durationsMs), "ms", nProfiles);
  }
}

/** What theirs make when they are made, ours makes in the pauses of a load: ready to search fast. */
function firstAnswer(build, received, isPrepared) {
  const engine = build.roster(ASKED);
  for (const page of received) engine.ingest("ayrshare", page);
  if (isPrepared) engine.prepare();
  const view = engine.query(ALL.text);
  engine.free();
  return view;
}

/** `JSON.parse` cannot stop in the middle of a page. */
function longestStep(build, received, { nProfiles, nRounds }) {
  const decoder = new TextDecoder();
  const engine = build.roster();
  const [ours, theirs] = [[], []];
  for (let round = 0; round < nRounds.page; round++) {
    const page = received[round % received.length];
    ours.push(longestSlice(engine, page));
    const started = performance.now();
    JSON.parse(decoder.decode(page));
    theirs.push(performance.now() - started);
  }
  engine.free();
  compare("ingest/longest-step-128KiB", "JSON.parse", median(ours), median(theirs), "ms", Math.min(nProfiles, 5000));
}

function longestSlice(engine, page) {
  let [longestMs, started] = [0, performance.now()];
  engine.ingestInSlices("ayrshare", page, SLICE_BYTES, () => {
    const now = performance.now();
    [longestMs, started] = [Math.max(longestMs, now - started), now];
  });
  return longestMs;
}
