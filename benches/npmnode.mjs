import { Roster, init } from "../crates/wasm/npm/dist/node.js";
import { pages } from "./harness/pages.js";
import { measured } from "./suites/module.js";
await init();
const plan = { nProfiles: 100000, nWords: 14, nRounds: { page: 100, all: 3 } };
for (const [b, p, o, t] of measured(plan, Roster, { ayrshare: pages("ayrshare", 100000), insightiq: pages("insightiq", 1000) })) console.log(b.padEnd(36), o.toFixed(4), t.toFixed(4), (t / o).toFixed(2) + "x");
