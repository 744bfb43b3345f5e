// Keystrokes and chips: hits, counts of two facets under the other's filter, the first fifty in order.
import { pages } from "../harness/pages.js";
import { compare, short } from "../harness/report.js";
import { race, same } from "../harness/rounds.js";
import { median } from "../harness/stats.js";
import { keyOf } from "../peers/collation.js";
import { Crossfilter } from "../peers/crossfilter.js";
import { Words } from "../peers/minisearch.js";
import { Natural } from "../peers/natural.js";
import { PLATFORMS, parse } from "../peers/profile.js";
import { Tuned, TunedNarrowing } from "../peers/tuned.js";
import { ASKED, read, unordered } from "./questions.js";
import { ACCENTED, ALL, fairWords } from "./states.js";
import { FIGURES, N_WARM_UP_WORDS, typed } from "./typing.js";

/** A window of fewer rows is not far from the start. */
const MIN_FOUND = 500;

export function query(plan, builds) {
  small(plan, builds);
  large(plan, builds);
}

function small({ nProfiles, nWords }, { ours }) {
  const { engine, rows, words } = loaded(ours, nProfiles);
  const some = words.slice(0, nWords);
  const tuned = fromTheStart(nProfiles, engine, rows, some);
  accents(engine, tuned);
  keystrokes(nProfiles, engine, { crossfilter2: new Crossfilter(rows, keyOf) }, some, 1);
  keystrokes(nProfiles, engine, { natural: new Natural(rows) }, some.slice(0, nWords / 2), 1, unordered);
  wholeWords(nProfiles, engine, rows, words);
  engine.free();
  inPauses(ours, nProfiles);
}

function large({ nLarge, nWords }, { ours }) {
  const { engine, rows, words } = loaded(ours, nLarge);
  fromTheStart(nLarge, engine, rows, words.slice(0, nWords));
  engine.free();
  inPauses(ours, nLarge);
}

/** What comes first: the order, then a word that is typed while the compilers still get ready. */
function fromTheStart(nProfiles, engine, rows, [first, ...words]) {
  const [oursMs, theirsMs, tuned] = firstAnswers(engine, rows);
  compare(`query/first-answer-${short(nProfiles)}`, "tuned", oursMs, theirsMs, "ms", nProfiles);
  const durationsMs = typed(engine, { tuned }, [first], 0);
  const worst = ["ours", "tuned"].map((name) => Math.max(...durationsMs[name]));
  compare(`query/first-word-${short(nProfiles)}-worst`, "tuned", ...worst, "ms", nProfiles);
  keystrokes(nProfiles, engine, { tuned, "tuned-narrowing": new TunedNarrowing(tuned) }, words, N_WARM_UP_WORDS);
  windows(nProfiles, engine);
  return tuned;
}

/** A window far into the order against one at its start, of questions that were not asked before; then the next one. */
function windows(nProfiles, engine) {
  const timed = (text, offset) => {
    const started = performance.now();
    const { total, rows } = engine.query(text, { offset });
    const durationMs = performance.now() - started;
    if (rows.length !== Math.min(50, total - offset)) throw new Error(`${rows.length} rows of ${text} at ${offset}`);
    return [durationMs, total];
  };
  const [atStart, firstFar, nextFar] = [[], [], []];
  for (const platform of PLATFORMS) {
    for (const rest of ["", " -status:suspended", " has:display-title", " created:<9999d"]) {
      const text = `platform:${platform}${rest}`;
      const { total } = engine.query(text);
      if (total < MIN_FOUND) continue;
      atStart.push(timed(text, 0)[0]);
      const far = Math.floor(total * 0.9);
      firstFar.push(timed(text, far)[0]);
      nextFar.push(timed(text, far - 50)[0]);
    }
  }
  const bench = `query/window-at-90%-${short(nProfiles)}`;
  compare(`${bench}-first`, "window-at-start", median(firstFar), median(atStart), "ms", nProfiles);
  compare(`${bench}-next`, "window-at-start", median(nextFar), median(atStart), "ms", nProfiles);
}

/** Everything in order of the titles. Ours works the order out when it is first asked for, theirs when it is made. */
function firstAnswers(engine, rows) {
  const start = performance.now();
  const ours = engine.query(ALL.text);
  const middle = performance.now();
  const tuned = new Tuned(rows, keyOf);
  const theirs = tuned.query(ALL);
  const end = performance.now();
  same({ ours: read(ours), tuned: theirs });
  return [middle - start, end - middle, tuned];
}

/** The same order made in the pauses of a load: the longest pause, and what is left for the first answer. */
function inPauses(build, nProfiles) {
  const engine = filled(build, nProfiles);
  let [longestMs, allMs, started] = [0, 0, performance.now()];
  engine.prepareOrder(() => {
    const now = performance.now();
    const durationMs = now - started;
    [longestMs, allMs, started] = [Math.max(longestMs, durationMs), allMs + durationMs, now];
  });
  engine.query(ALL.text);
  const answerMs = performance.now() - started;
  compare(`query/order-longest-pause-${short(nProfiles)}`, "order-at-once", longestMs, allMs, "ms", nProfiles);
  compare(`query/first-answer-after-pauses-${short(nProfiles)}`, "order-at-once", answerMs, allMs + answerMs, "ms", nProfiles);
  engine.free();
}

function filled(build, nProfiles) {
  const engine = build.roster(ASKED);
  for (const page of pages("ayrshare", nProfiles)) engine.ingest("ayrshare", page);
  return engine;
}

/** The roster that answers, prepared as it is by the pauses of a load, the same rows as objects, and words that everybody finds in the same rows. */
export function loaded(build, nProfiles) {
  const engine = filled(build, nProfiles);
  engine.prepare();
  engine.settle();
  const rows = parse(pages("ayrshare", nProfiles));
  return { engine, rows, words: fairWords(rows) };
}

function keystrokes(nProfiles, engine, peers, words, nWarmUpWords, compared) {
  const { ours, ...theirs } = typed(engine, peers, words, nWarmUpWords, compared);
  for (const [peer, durationsMs] of Object.entries(theirs)) {
    for (const [name, figure] of Object.entries(FIGURES)) {
      const bench = `query/keystrokes-${short(nProfiles)}-${name}`;
      compare(bench, peer, figure(ours), figure(durationsMs), "ms", nProfiles);
    }
  }
}

/** Accents make no difference to whoever folds them. */
function accents(engine, tuned) {
  for (const state of ACCENTED) {
    const answers = { tuned: tuned.query(state), ours: read(engine.query(state.text)) };
    if (answers.tuned.total === 0) throw new Error(`nothing is found by ${state.text}`);
    same(answers);
  }
}

/** A word index finds beginnings of words, so only whole words have equal hits. */
function wholeWords(nProfiles, engine, rows, words) {
  const index = new Words(rows);
  const contestants = {
    ours: (word) => engine.query(word).total,
    MiniSearch: (word) => index.count(word),
  };
  // Words that the keystrokes have not typed lately come first.
  const input = (round) => words[words.length - 1 - (round % words.length)];
  const { ours, MiniSearch } = race(contestants, { nRounds: words.length, input });
  compare(`query/word-${short(nProfiles)}`, "MiniSearch", median(ours), median(MiniSearch), "ms", nProfiles);
}
