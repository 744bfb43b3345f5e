// Contestants by turns in one process, so that a busy machine is busy for all of them alike.
import { deepStrictEqual } from "node:assert";

/**
 * Runs every contestant once a round; who begins changes from round to round. What they answer must be equal.
 *
 * @param {Record<string, (input: unknown) => unknown>} contestants by name; each does its work and gives its answer
 * @param {object} plan
 * @param {number} plan.nRounds
 * @param {number} [plan.nWarmUps] rounds before those that count
 * @param {(round: number) => unknown} [plan.input] what everybody is given, by round from the first warm-up on
 * @param {(answer: unknown) => unknown} [plan.read] an answer as it is compared; its work does not count
 * @returns {Record<string, number[]>} durations in milliseconds, by name
 */
export function race(contestants, { nRounds, nWarmUps = 0, input = () => undefined, read = (answer) => answer }) {
  const names = Object.keys(contestants);
  const durationsMs = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < nWarmUps + nRounds; round++) {
    const given = input(round);
    const answers = {};
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(turn + round) % names.length];
      const started = performance.now();
      const answer = contestants[name](given);
      const durationMs = performance.now() - started;
      if (round >= nWarmUps) durationsMs[name].push(durationMs);
      answers[name] = read(answer);
    }
    same(answers);
  }
  return durationsMs;
}

/** Fails and says who, if two contestants answered differently. */
export function same(answers) {
  const [[first, expected], ...others] = Object.entries(answers);
  for (const [name, answer] of others) {
    deepStrictEqual(answer, expected, `${name} and ${first} answered differently`);
  }
}
