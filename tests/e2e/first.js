// Writes down which functions of the viewer run while it waits for its second part, and every source has sent its first
// page meanwhile: `cargo xtask first`. The file to write is the only argument; the viewer it opens is the watched one, see `crates/split`.
import { writeFile } from "node:fs/promises";

import { browser } from "./harness/browser.js";
import { Gate } from "./harness/gate.js";
import { startProxy } from "./harness/proxy.js";
import { startSite } from "./harness/site.js";
import { SOURCES, Viewer } from "./harness/viewer.js";

/** It has room for every card that the first screen draws. */
const WALL = { width: 2560, height: 2000 };
const DESK = { width: 1280, height: 860 };
const PHONE = { width: 390, height: 844 };

/** Runs in the page: keeps what the program exports, which it hands over when it asks for its rest. That never comes. */
function keepExports() {
  let kept;
  Object.defineProperty(globalThis, "roster", {
    get: () => kept,
    set: () => {
      kept = { rest: (exports) => ((globalThis.programExports = exports), new Promise(() => {})) };
    },
  });
}

/** Runs in the page: the numbers of the functions that have run. */
function ranSoFar() {
  const globals = Object.entries(globalThis.programExports).filter(([name]) => name.startsWith("ran "));
  if (globals.length === 0) throw new Error("expected the watched program, found one without marks");
  return globals.filter(([, mark]) => mark.value === 1).map(([name]) => name.slice("ran ".length));
}

/** Everything that the page does by the clock has happened after so long, in milliseconds. */
const CLOCK_MS = 6000;

/** All orders in which things can come. */
function orders(things) {
  if (things.length < 2) return [things];
  return things.flatMap((first) => orders(things.filter((thing) => thing !== first)).map((rest) => [first, ...rest]));
}

/** Runs in the page: another minute, in which dates may read otherwise. */
function passMinute() {
  const now = Date.now;
  Date.now = () => now() + 60_000;
}

/** Does what a person can do before the second part is there. */
async function choosesEarly(page, viewer) {
  const card = viewer.cards().first();
  await card.locator('[data-action="pick"]').check();
  await page.locator('[data-action="theme"]').click();
  await viewer.part("query-bar").pressSequentially("an");
  await card.locator('[data-action="open"]').click();
}

/** Opens the page, has the sources answer one behind the other, and gives the numbers once all is at rest. */
async function ranIn({ address, viewport, order = [], staysMs = 0 }) {
  const context = await (await browser()).newContext({ viewport });
  const page = await context.newPage();
  const viewer = new Viewer(page);
  await page.addInitScript(keepExports);
  const gates = new Map();
  for (const source of order) gates.set(source, await Gate.across(page, ({ pathname }) => pathname.includes(`/api/v1/${source}/`)));
  await page.goto(address);
  for (const source of order) {
    await gates.get(source).holds(1);
    const answered = page.waitForResponse((response) => response.url().includes(`/api/v1/${source}/`));
    gates.get(source).release();
    await (await answered).finished();
  }
  await viewer.cards().first().waitFor();
  await page.waitForFunction(() => globalThis.programExports !== undefined);
  if (order.length > 0) await choosesEarly(page, viewer);
  if (staysMs > 0) await page.evaluate(passMinute);
  await page.waitForTimeout(staysMs);
  const numbers = await page.evaluate(ranSoFar);
  await context.close();
  return numbers;
}

const [file] = process.argv.slice(2);
if (!file) throw new Error("expected the file to write");
const [proxy, site] = [await startProxy(), await startSite({ root: process.env.ROSTER_DIST })];
try {
  const ran = new Set();
  const address = `${proxy.origin}/`;
  const visits = [
    ...orders(SOURCES).map((order) => ({ address, viewport: WALL, order })),
    ...[DESK, PHONE].flatMap((viewport) => [address, site.url].map((address) => ({ address, viewport, staysMs: CLOCK_MS }))),
  ];
  for (const visit of visits) {
    for (const number of await ranIn(visit)) ran.add(number);
  }
  await writeFile(file, [...ran].sort().join("\n") + "\n");
  console.log(`${ran.size} functions run until the second part is there`);
} finally {
  await Promise.all([proxy.stop(), site.stop()]);
  await (await browser()).close();
}
