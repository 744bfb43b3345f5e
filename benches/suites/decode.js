// One page: bytes to columns, against bytes to objects without and with a check of their form.
import { Engine } from "../harness/engine.js";
import { pages } from "../harness/pages.js";
import { compare } from "../harness/report.js";
import { race } from "../harness/rounds.js";
import { median } from "../harness/stats.js";
import { SCHEMAS } from "../peers/schemas.js";

export function decode(plan) {
  page("ayrshare", 5000, pages("ayrshare", 100_000), plan.nRounds.page);
  page("insightiq", 100, pages("insightiq", 1000), plan.nRounds.page * 5);
}

function page(provider, nProfiles, received, nRounds) {
  const decoder = new TextDecoder();
  const { list, page: schema } = SCHEMAS[provider];
  const parsed = (bytes) => JSON.parse(decoder.decode(bytes));
  const contestants = {
    ours: (bytes) => ingested(provider, bytes),
    "JSON.parse": (bytes) => parsed(bytes)[list].length,
    zod: (bytes) => schema.parse(parsed(bytes))[list].length,
  };
  const input = (round) => received[round % received.length];
  const { ours, ...theirs } = race(contestants, { nRounds, nWarmUps: 10, input });
  for (const [peer, durationsMs] of Object.entries(theirs)) {
    const bench = `decode/${provider}-${nProfiles}`;
    compare(bench, peer, median(ours), median(durationsMs), "ms", nProfiles);
    compare(`${bench}-floor`, peer, Math.min(...ours), Math.min(...durationsMs), "ms", nProfiles);
  }
}

/** Into a roster of its own, which is freed again: a collector frees the objects of the others while they run. */
function ingested(provider, bytes) {
  const engine = new Engine();
  const added = engine.ingest(provider, bytes);
  engine.free();
  return added;
}
