import { Build } from "./harness/engine.js";
import { pages } from "./harness/pages.js";
import { median } from "./harness/stats.js";
const files = process.env.WASMS ? process.env.WASMS.split(",") : [process.env.ROSTER_BENCH_ENGINE];
const builds = [];
for (const f of files) { process.env.X = f; builds.push(await Build.load("X")); }
const received = { ayrshare: pages("ayrshare", 100000).slice(0, 20), insightiq: pages("insightiq", 1000) };
const dec = new TextDecoder();
const R = +(process.env.R ?? 200);
for (const provider of (process.env.P ?? "ayrshare,insightiq").split(",")) {
  const t = builds.map(() => []), js = [];
  const list = received[provider];
  const rounds = provider === "ayrshare" ? R : R * 10;
  for (let r = 0; r < rounds; r++) {
    const bytes = list[r % list.length];
    for (let k = 0; k < builds.length; k++) {
      const i = (k + r) % builds.length;
      const s = performance.now(); const e = builds[i].roster(); e.ingest(provider, bytes); e.free(); const d = performance.now() - s;
      if (r >= 20) t[i].push(d);
    }
    if (!process.env.NOJS) { const s = performance.now(); JSON.parse(dec.decode(bytes)); const d = performance.now() - s; if (r >= 20) js.push(d); }
  }
  const m = js.length ? median(js) : 0, f = js.length ? Math.min(...js) : 0;
  files.forEach((file, i) => console.log(provider, file.slice(-30), "med", median(t[i]).toFixed(4), "min", Math.min(...t[i]).toFixed(4), "ratio med", (m / median(t[i])).toFixed(3), "floor", (f / Math.min(...t[i])).toFixed(3)));
}
