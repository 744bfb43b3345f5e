// Words typed letter by letter, and what is said of how long each state took. It runs in Node and in a browser.
import { race } from "../harness/rounds.js";
import { median, quantile } from "../harness/stats.js";
import { read } from "./questions.js";
import { N_STATES, statesOf } from "./states.js";

/** The compilers need some. */
export const N_WARM_UP_WORDS = 4;

/**
 * Every state once with each word: a word that was typed before would be found in memory. The first words warm up.
 *
 * @returns {Record<string, number[]>} durations in milliseconds by name, state by state
 */
export function typed(engine, peers, words, nWarmUpWords = N_WARM_UP_WORDS, compared = read) {
  const states = words.flatMap(statesOf);
  const theirs = Object.entries(peers).map(([name, peer]) => [name, (state) => peer.query(state)]);
  const contestants = { ours: (state) => engine.query(state.text), ...Object.fromEntries(theirs) };
  const nWarmUps = nWarmUpWords * N_STATES;
  const nRounds = states.length - nWarmUps;
  return race(contestants, { nRounds, nWarmUps, input: (round) => states[round], read: compared });
}

/** The slowest of the states, each by its median. */
export const worstState = (durationsMs) => Math.max(...byState(durationsMs, median));

/** The middle of the states, each by its fastest word: what a busy machine cannot spoil. */
const floor = (durationsMs) => median(byState(durationsMs, (own) => Math.min(...own)));

function byState(durationsMs, figure) {
  const ofState = (state) => durationsMs.filter((_, round) => round % N_STATES === state);
  return Array.from({ length: N_STATES }, (_, state) => figure(ofState(state)));
}

/** What is said of the durations of all states. */
export const FIGURES = { median, p95: (durationsMs) => quantile(durationsMs, 0.95), worst: worstState, floor };
