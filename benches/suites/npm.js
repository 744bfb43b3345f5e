// The built npm package through its public API, in this Node and in Chromium.
import { Roster, init } from "../../crates/wasm/npm/dist/node.js";
import { inChromium } from "../harness/chromium.js";
import { pageFile, pages } from "../harness/pages.js";
import { compare, say } from "../harness/report.js";
import { measured } from "./module.js";

const N_INSIGHTIQ = 1000;

export async function npm(plan) {
  await init();
  const received = { ayrshare: pages("ayrshare", plan.nProfiles), insightiq: pages("insightiq", N_INSIGHTIQ) };
  tell("node", measured(plan, Roster, received));
  const chromium = process.env.ROSTER_CHROMIUM;
  if (!chromium) return say("npm/chromium: no browser; ROSTER_CHROMIUM names one");
  const files = { ayrshare: pageFile("ayrshare", plan.nProfiles), insightiq: pageFile("insightiq", N_INSIGHTIQ) };
  tell("chromium", await inChromium(chromium, files, plan));
}

function tell(engine, results) {
  for (const [bench, peer, ours, theirs, n] of results) compare(`npm/${engine}/${bench}`, peer, ours, theirs, "ms", n);
}
