// Cost against the number of profiles.
import { writeFileSync } from "node:fs";

import { chart } from "../harness/chart.js";
import { compare, rounded, say, short } from "../harness/report.js";
import { median, slope } from "../harness/stats.js";
import { keyOf } from "../peers/collation.js";
import { Tuned } from "../peers/tuned.js";
import { loaded } from "./query.js";
import { typed, worstState } from "./typing.js";

const CHART = new URL("../scale.svg", import.meta.url);
const N_WINDOWS = 40;

export function scale({ sizes, nWords, isQuick }, { ours }) {
  const series = { "ours, median": [], "ours, slowest state": [], "tuned JavaScript, median": [], "tuned JavaScript, slowest state": [] };
  for (const n of sizes) {
    const { engine, rows, words } = loaded(ours, n);
    engine.query("");
    const durationsMs = typed(engine, { tuned: new Tuned(rows, keyOf) }, words.slice(0, nWords));
    const figures = ["ours", "tuned"].flatMap((name) => [median(durationsMs[name]), worstState(durationsMs[name])]);
    Object.values(series).forEach((points, at) => points.push([n, figures[at]]));
    compare(`scale/keystrokes-${short(n)}-median`, "tuned", figures[0], figures[2], "ms", n);
    compare(`scale/keystrokes-${short(n)}-worst`, "tuned", figures[1], figures[3], "ms", n);
    windows(engine, n);
    engine.free();
  }
  const slopes = Object.fromEntries(Object.entries(series).map(([name, points]) => [name, slope(points)]));
  Object.entries(slopes).forEach(([name, value]) => say(`${name}: ${inWords(value)}`));
  if (isQuick) return say("The chart shows whole runs only and stays as it is.");
  writeFileSync(CHART, chart(series, inWords));
}

/** A window near the end, against one at the start. */
function windows(engine, n) {
  const at = (offset) => {
    const started = performance.now();
    engine.query("platform:facebook", { offset });
    return performance.now() - started;
  };
  const nFound = engine.query("platform:facebook").total;
  const [atEnd, atStart] = [[], []];
  for (let turn = 0; turn < N_WINDOWS; turn++) {
    atStart.push(at(0));
    atEnd.push(at(Math.floor(nFound * 0.9) - turn));
  }
  compare(`scale/window-at-90%-${short(n)}`, "window-at-start", median(atEnd), median(atStart), "ms", n);
}

/** A slope as people say it. */
export function inWords(value) {
  return `ten times the profiles, ${rounded(Number((10 ** value).toPrecision(2)))} times the time (slope ${value.toFixed(2)})`;
}
