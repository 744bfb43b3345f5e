// Writes down which functions of the viewer run until every source has shown its first page and all is at rest: `cargo xtask first`. The
// file to write is the only argument; the viewer it opens is the watched one, see `crates/split`.
import { writeFile } from "node:fs/promises";

import { browser } from "./harness/browser.js";
import { startProxy } from "./harness/proxy.js";
import { startSite } from "./harness/site.js";
import { Viewer } from "./harness/viewer.js";

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

async function opened(address, viewport) {
  const context = await (await browser()).newContext({ viewport });
  const page = await context.newPage();
  await page.addInitScript(keepExports);
  await page.goto(address);
  const viewer = new Viewer(page);
  await viewer.settles();
  // What happens in the pauses needs no one to ask for it, and so nothing that anybody would wait for.
  await viewer.showAll();
  await page.waitForFunction(() => globalThis.programExports !== undefined);
  const numbers = await page.evaluate(ranSoFar);
  await context.close();
  return numbers;
}

const [file] = process.argv.slice(2);
if (!file) throw new Error("expected the file to write");
const [proxy, site] = [await startProxy(), await startSite({ root: process.env.ROSTER_DIST })];
try {
  const ran = new Set();
  for (const address of [`${proxy.origin}/`, site.url]) {
    for (const viewport of [DESK, PHONE]) {
      for (const number of await opened(address, viewport)) ran.add(number);
    }
  }
  await writeFile(file, [...ran].sort().join("\n") + "\n");
  console.log(`${ran.size} functions run until the first pages are shown`);
} finally {
  await Promise.all([proxy.stop(), site.stop()]);
  await (await browser()).close();
}
