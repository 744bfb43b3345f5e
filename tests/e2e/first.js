// Writes down which functions of the viewer run until every source has shown its first page and all is at rest:
// `cargo xtask first`. The file to write is the only argument; the viewer it opens is the watched one, see `crates/split`.
import { writeFile } from "node:fs/promises";

import { browser } from "./harness/browser.js";
import { Gate } from "./harness/gate.js";
import { startProxy } from "./harness/proxy.js";
import { startSite } from "./harness/site.js";
import { SOURCES, Viewer } from "./harness/viewer.js";

const DESK = { width: 1280, height: 860 };
const PHONE = { width: 390, height: 844 };

/** Runs in the page: keeps what the program exports, which it hands over when it asks for its rest. */
function keepExports() {
  let kept;
  Object.defineProperty(globalThis, "roster", {
    get: () => kept,
    set: ({ rest }) => {
      kept = { rest: (exports, isNow) => ((globalThis.programExports = exports), rest(exports, isNow)) };
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
    gates.get(source).release();
    await viewer.reaches(source, "ready", "done");
  }
  await viewer.settles();
  // What happens in the pauses needs no one to ask for it, and so nothing that anybody would wait for.
  await viewer.showAll();
  await page.waitForFunction(() => globalThis.programExports !== undefined);
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
    ...orders(SOURCES).map((order) => ({ address, viewport: DESK, order })),
    ...[DESK, PHONE].flatMap((viewport) => [address, site.url].map((address) => ({ address, viewport, staysMs: CLOCK_MS }))),
  ];
  for (const visit of visits) {
    for (const number of await ranIn(visit)) ran.add(number);
  }
  await writeFile(file, [...ran].sort().join("\n") + "\n");
  console.log(`${ran.size} functions run until the first pages are shown`);
} finally {
  await Promise.all([proxy.stop(), site.stop()]);
  await (await browser()).close();
}
