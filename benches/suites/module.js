// The npm module as its users call it: pages as bytes in, plain objects out. It runs in Node and in a browser.
import { short } from "../harness/report.js";
import { race } from "../harness/rounds.js";
import { median } from "../harness/stats.js";
import { keyOf } from "../peers/collation.js";
import { PLATFORMS, STATUSES, answer, cardOf, parse } from "../peers/profile.js";
import { Tuned } from "../peers/tuned.js";
import { ALL, fairWords } from "./states.js";
import { FIGURES, N_WARM_UP_WORDS, typed } from "./typing.js";

/** Of every question: the order, and the fields whose values are counted. */
const ASKED = { sort: ["title"], facets: ["platform", "status"] };

/** Pages of 100 that are timed together: a browser's clock ticks ten times a millisecond, and one takes two ticks. */
const N_PAGES = 10;

const LISTS = { ayrshare: "profiles", insightiq: "data" };

/**
 * @param {object} plan
 * @param {new () => import("roster-profiles").Roster} Roster of the built package, which is ready
 * @param {Record<string, Uint8Array[]>} received pages by provider, those of Ayrshare with all profiles
 * @returns {[bench: string, peer: string, ours: number, theirs: number, n: number][]} milliseconds
 */
export function measured(plan, Roster, received) {
  return [
    ...page(Roster, "ayrshare", 5000, received.ayrshare, plan.nRounds.page),
    ...page(Roster, "insightiq", 100, received.insightiq, plan.nRounds.page, N_PAGES),
    ...sorted(Roster, received.ayrshare, plan),
    ...keystrokes(Roster, received.ayrshare, plan),
  ];
}

/**
 * One page into a roster of its own, which is freed again, against its objects, of which nothing can be asked yet. So
 * many pages, each into another roster, are timed as one where a browser's clock is too coarse for a single one.
 */
function page(Roster, provider, nProfiles, received, nRounds, nPages = 1) {
  const decoder = new TextDecoder();
  const each = (profiles) => (pages) => pages.reduce((sum, bytes) => sum + profiles(bytes), 0);
  const contestants = {
    ours: each((bytes) => filled(Roster, provider, [bytes], (roster, added) => added)),
    "JSON.parse": each((bytes) => JSON.parse(decoder.decode(bytes))[LISTS[provider]].length),
  };
  const input = (round) => Array.from({ length: nPages }, (_, n) => received[(round * nPages + n) % received.length]);
  const durationsMs = race(contestants, { nRounds, nWarmUps: 10, input });
  for (const own of Object.values(durationsMs)) own.forEach((durationMs, round) => (own[round] = durationMs / nPages));
  return compared(`decode-${provider}-${nProfiles}`, "JSON.parse", durationsMs, nProfiles);
}

/** Bytes of all pages to the first answer by title; the order of both is near, not equal. */
function sorted(Roster, received, { nProfiles, nRounds }) {
  const contestants = {
    ours: () => filled(Roster, "ayrshare", received, (roster) => roster.query(ASKED)),
    tuned: () => new Tuned(parse(received)).query(ALL),
  };
  const read = (view) => ({ ...plain(view, () => 0), top: [] });
  const durationsMs = race(contestants, { nRounds: nRounds.all, nWarmUps: 1, read });
  return compared(`ingest-ayrshare-${short(nProfiles)}-sorted`, "tuned", durationsMs, nProfiles);
}

/** Rows, each a plain object with all that a card shows, and counts of both are equal in every state. */
function keystrokes(Roster, received, { nProfiles, nWords }) {
  const rows = parse(received);
  const tuned = new Tuned(rows, keyOf);
  const words = fairWords(rows).slice(0, nWords);
  const shown = {
    query(state) {
      const { top, ...counts } = tuned.query(state);
      return { ...counts, top: top.map((row) => cardOf(rows[row])) };
    },
  };
  const durationsMs = filled(Roster, "ayrshare", received, (roster) => {
    const asked = { query: (text) => roster.query({ text, ...ASKED }) };
    return typed(asked, { tuned: shown }, words, N_WARM_UP_WORDS, (view) => plain(view, (row) => row));
  });
  const line = ([name, figure]) => [`keystrokes-${short(nProfiles)}-${name}`, "tuned", figure(durationsMs.ours), figure(durationsMs.tuned), nProfiles];
  return Object.entries(FIGURES).map(line);
}

/** Gives a roster with these pages away, and frees it. */
function filled(Roster, provider, received, use) {
  const roster = new Roster();
  try {
    let added = 0;
    for (const bytes of received) added += roster.ingest(provider, bytes).added;
    return use(roster, added);
  } finally {
    roster.free();
  }
}

function compared(bench, peer, { ours, [peer]: theirs }, n) {
  return [
    [bench, peer, median(ours), median(theirs), n],
    [`${bench}-floor`, peer, Math.min(...ours), Math.min(...theirs), n],
  ];
}

/** Anybody's answer as it is compared. */
function plain(view, placeOf) {
  if (view.facets === undefined) return view;
  const { platform, status } = view.facets;
  return answer(view.total, counts(platform, PLATFORMS), counts(status, STATUSES), view.rows.map(placeOf));
}

function counts(values, words) {
  const byWord = new Map(values.map(({ value, count }) => [value, count]));
  return words.map((word) => byWord.get(word) ?? 0);
}
