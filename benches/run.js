// `node --expose-gc run.js NAME [--quick]`; see README.md. `cargo xtask bench` builds what this needs and runs it.
import { Build } from "./harness/engine.js";
import { decode } from "./suites/decode.js";
import { ingest } from "./suites/ingest.js";
import { memory } from "./suites/memory.js";
import { query } from "./suites/query.js";
import { scale } from "./suites/scale.js";

/** The package is there only where it was built. */
const npm = async (plan) => (await import("./suites/npm.js")).npm(plan);

const SUITES = { decode, ingest, memory, npm, query, scale };

const WHOLE = {
  nProfiles: 100_000,
  nLarge: 1_000_000,
  sizes: [1000, 10_000, 100_000, 1_000_000],
  nWords: 14,
  nRounds: { page: 100, all: 7 },
  isQuick: false,
};

/** Every check of a whole run on less data; what it measures means nothing. */
const QUICK = {
  nProfiles: 10_000,
  nLarge: 10_000,
  sizes: [1000, 10_000],
  nWords: 8,
  nRounds: { page: 5, all: 2 },
  isQuick: true,
};

const [name, ...options] = process.argv.slice(2);
const suite = SUITES[name];
if (!suite) throw new Error(`expected one of ${Object.keys(SUITES).join(", ")}, found ${name}`);
const builds = { ours: await Build.load("ROSTER_BENCH_ENGINE"), "without-simd": await Build.load("ROSTER_BENCH_PLAIN") };
await suite(options.includes("--quick") ? QUICK : WHOLE, builds);
