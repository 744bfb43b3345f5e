// A page of the viewer in a context of its own, watched until whoever opened it is done.
import { browser } from "./browser.js";
import { Viewer } from "./viewer.js";
import { Watch } from "./watch.js";

/**
 * How long a condition may take, in milliseconds. Nothing waits that long unless it is broken.
 */
const PATIENCE_MS = 30_000;

/**
 * Chromium writes each failed answer to the console. Beside the page there need be no config.json.
 */
const NO_CONFIG = /status of 404 .*\/config\.json\)$/;

/**
 * Opens a page at an address and watches it until its owner is done.
 *
 * @param {{after: (end: () => unknown) => void}} owner a test, or whatever else hears what is to be closed in the end
 * @param {string} url
 */
export async function visit(owner, url, { context = {}, allowed = [], before } = {}) {
  const visitor = await (await browser()).newContext({ reducedMotion: "reduce", ...context });
  owner.after(() => visitor.close());
  visitor.setDefaultTimeout(PATIENCE_MS);
  const page = await visitor.newPage();
  const watch = new Watch(page, [NO_CONFIG, ...allowed]);
  await page.addInitScript(reportViolations);
  await before?.(page);
  await page.goto(url);
  return { page, watch, viewer: new Viewer(page) };
}

/** Runs in the page: a breach of the policy becomes an error in the console, where the watch sees it. */
function reportViolations() {
  document.addEventListener("securitypolicyviolation", (event) => {
    console.error(`policy breached: ${event.violatedDirective} by ${event.blockedURI} in ${event.sourceFile}`);
  });
}
