// One page: bytes to columns, against bytes to objects without and with a check of their form.
import { pages } from "../harness/pages.js";
import { compare } from "../harness/report.js";
import { race } from "../harness/rounds.js";
import { median } from "../harness/stats.js";
import { SCHEMAS } from "../peers/schemas.js";

export function decode(plan, builds) {
  page(builds, "ayrshare", 5000, pages("ayrshare", 100_000), plan.nRounds.page);
  page(builds, "insightiq", 100, pages("insightiq", 1000), plan.nRounds.page * 5);
}

function page(builds, provider, nProfiles, received, nRounds) {
  const decoder = new TextDecoder();
  const { list, page: schema } = SCHEMAS[provider];
  const parsed = (bytes) => JSON.parse(decoder.decode(bytes));
  const ofBuild = ([name, build]) => [name, (bytes) => ingested(build, provider, bytes)];
  const contestants = {
    ...Object.fromEntries(Object.entries(builds).map(ofBuild)),
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
function ingested(build, provider, bytes) {
  const engine = build.roster();
  const added = engine.ingest(provider, bytes);
  engine.free();
  return added;
}
