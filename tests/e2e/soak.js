// Random use of the viewer with everything loaded: `node soak.js --steps N --seed N`, as `cargo xtask soak viewer` runs it.
// The same seed does the same steps. It fails on what grows, on any complaint of the page, and when the focus is lost.
import { parseArgs } from "node:util";

import { residentBytes } from "../../benches/viewer/memory.js";
import { browser } from "./harness/browser.js";
import { startProxy } from "./harness/proxy.js";
import { Viewer, SOURCES } from "./harness/viewer.js";
import { Watch } from "./harness/watch.js";
import { STEPS, random } from "./harness/use.js";

const MIB = 1024 * 1024;

/** What is counted at rest, and by how much it may grow from the end of the first third to the end. */
const LIMITS = {
  memory: { unit: "MiB", share: 0.1, more: 24 },
  objects: { unit: "MiB", share: 0.15, more: 6 },
  nodes: { unit: "nodes", share: 0.1, more: 500 },
  listeners: { unit: "listeners", share: 0.05, more: 10 },
};

/** How often it comes to rest and is counted. */
const N_RESTS = 12;

const { values } = parseArgs({ options: { steps: { type: "string", default: "900" }, seed: { type: "string", default: "1" }, profiles: { type: "string", default: "100000" } } });
const [nSteps, seed] = [Number(values.steps), Number(values.seed)];

const proxy = await startProxy(["--profiles", values.profiles]);
const chromium = await browser();
try {
  const findings = await soak(await chromium.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" }));
  for (const finding of findings) console.error(`found: ${finding}`);
  process.exitCode = findings.length > 0 ? 1 : 0;
} finally {
  await chromium.close();
  await proxy.stop();
}

async function soak(context) {
  const page = await context.newPage();
  const watch = new Watch(page, [/status of 404 .*\/config\.json\)$/]);
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => console.error(`policy breached: ${event.violatedDirective} by ${event.blockedURI}`));
  });
  await page.goto(proxy.origin);
  const viewer = new Viewer(page);
  await viewer.settles();
  await page.locator('[data-action="load-rest"]').click();
  for (const source of SOURCES) await viewer.reaches(source, "done");
  const next = random(seed);
  const findings = [];
  const rests = [];
  const done = [];
  for (let step = 0; step < nSteps && findings.length === 0; step += 1) {
    const name = await use(viewer, next, findings);
    done.push(name);
    if ((step + 1) % Math.ceil(nSteps / N_RESTS) === 0) rests.push(await rest(viewer));
  }
  findings.push(...grown(rests));
  try {
    watch.assertClean();
  } catch (error) {
    findings.push(error.message);
  }
  if (findings.length > 0) console.error(`seed ${seed}, the last steps: ${done.slice(-12).join(", ")}`);
  console.log(`${done.length} steps of ${new Set(done).size} kinds, seed ${seed}`);
  return findings;
}

/** One step; whoever had the focus on something has it on something afterwards. */
async function use(viewer, next, findings) {
  const { page } = viewer;
  const [name, act] = STEPS[Math.floor(next() * STEPS.length)];
  const before = await focus(page);
  const isDone = await act(viewer, next);
  await drawn(page);
  const after = await focus(page);
  if (isDone && before !== null && after === null) findings.push(`${name}: the focus was on ${before}, and is on nothing`);
  return isDone ? name : `(${name})`;
}

/** What has the focus; null if it is nothing but the page. */
function focus(page) {
  return page.evaluate(() => {
    const { activeElement: active } = document;
    return active === null || active === document.body ? null : active.outerHTML.slice(0, 120);
  });
}

/** Two frames, so that everything that follows from a step has happened. */
function drawn(page) {
  return page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))));
}

/** Back to the start, so that counts can be compared. */
async function rest(viewer) {
  const { page } = viewer;
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.evaluate(() => (location.hash = ""));
  await page.waitForFunction(() => document.querySelector('[data-testid="query-bar"]').value === "" && document.querySelector('[data-testid="drawer"]') === null);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.evaluate(() => scrollTo(0, 0));
  await viewer.part("list").and(page.locator('[data-whole="true"]')).waitFor({ state: "attached" });
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { nodes, jsEventListeners } = await session.send("Memory.getDOMCounters");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  const bytes = await residentBytes(await browser(), page);
  const counted = { memory: (bytes ?? 0) / MIB, objects: usedSize / MIB, nodes, listeners: jsEventListeners };
  console.log(Object.entries(counted).map(([what, value]) => `${what} ${Math.round(value)} ${LIMITS[what].unit}`).join(" · "));
  return counted;
}

function grown(rests) {
  const [from, to] = [rests[Math.floor(rests.length / 3)], rests.at(-1)];
  return Object.entries(LIMITS).flatMap(([what, { unit, share, more }]) => {
    const limit = from[what] * (1 + share) + more;
    return to[what] <= limit ? [] : [`${what} grew from ${Math.round(from[what])} to ${Math.round(to[what])} ${unit}, which is above ${Math.round(limit)}`];
  });
}
