import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import { test } from "node:test";

import { race } from "./rounds.js";
import { median, quantile, slope } from "./stats.js";

test("quantiles are samples, by nearest rank and in any order", () => {
  const samples = [10, 9, 1, 8, 2, 7, 3, 6, 4, 5];
  strictEqual(median(samples), 5);
  strictEqual(quantile(samples, 0.95), 10);
  strictEqual(quantile(samples, 0), 1);
  strictEqual(median([3]), 3);
  throws(() => median([]), /expected samples/);
});

test("what grows with n has slope 1, with its square 2, and what stands still 0", () => {
  const of = (value) => slope([10, 100, 1000].map((n) => [n, value(n)]));
  ok(Math.abs(of((n) => 3 * n) - 1) < 1e-9);
  ok(Math.abs(of((n) => n * n) - 2) < 1e-9);
  ok(Math.abs(of(() => 7)) < 1e-9);
});

test("everybody runs once a round, and everybody begins in turn", () => {
  const calls = [];
  const contestant = (name) => (input) => (calls.push(`${name}${input}`), input);
  const contestants = { a: contestant("a"), b: contestant("b") };
  const durationsMs = race(contestants, { nRounds: 2, nWarmUps: 1, input: (round) => round });
  deepStrictEqual(calls, ["a0", "b0", "b1", "a1", "a2", "b2"]);
  deepStrictEqual([durationsMs.a.length, durationsMs.b.length], [2, 2]);
});

test("a contestant that answers something else is named", () => {
  throws(() => race({ ours: () => 1, theirs: () => 2 }, { nRounds: 1 }), /theirs and ours answered differently/);
});
