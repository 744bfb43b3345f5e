import { Roster, init } from "../crates/wasm/npm/dist/node.js";
import { pages } from "./harness/pages.js";
import { statesOf } from "./suites/states.js";
import { median, quantile } from "./harness/stats.js";
await init();
const N = 100000;
const received = pages("ayrshare", N);
const roster = new Roster();
for (const p of received) roster.ingest("ayrshare", p);
const words = ["bakery", "travel", "kitchen", "market", "records", "garden", "fashion", "studio", "theatre", "books", "radio",
  "motors", "hotel", "pets", "games", "florist"];
const sort = ["title"], facets = ["platform", "status"];
const run = (name, extra, warm = 4) => {
  const t = [];
  words.forEach((w, i) => statesOf(w).forEach(({ text }) => {
    const s = performance.now(); roster.query({ text, sort, facets, ...extra }); const d = performance.now() - s;
    if (i >= warm) t.push(d);
  }));
  console.log(name, "median", median(t).toFixed(4), "p95", quantile(t, 0.95).toFixed(4), "min", Math.min(...t).toFixed(4));
};
run("50 rows  ", {});
run("50 again ", {});
run("limit 0  ", { limit: 0 });
run("0, no fac", { limit: 0, facets: [] });
run("rows, nof", { facets: [] });
