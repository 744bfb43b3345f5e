// A journey: a proxy, a page, what a person does, and at the end a look at everything that the page complained about.
import { after, test } from "node:test";

import { browser } from "./browser.js";
import { startProxy } from "./proxy.js";
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

after(async () => (await browser()).close());

/**
 * Opens the viewer on a proxy of its own and runs a journey in it.
 *
 * @param {string} name a sentence
 * @param {object} options
 * @param {string[]} [options.args] arguments of the proxy
 * @param {RegExp[]} [options.allowed] complaints that are provoked on purpose
 * @param {object} [options.context] options of Playwright's context, such as `viewport`
 * @param {string} [options.fragment] the fragment to open
 * @param {(page: import("playwright-core").Page) => Promise<void>} [options.before] what to do before the page opens
 * @param {(scene: {page: import("playwright-core").Page, viewer: Viewer, watch: Watch, origin: string}) => Promise<void>} body
 */
export function journey(name, options, body) {
  test(name, async (t) => {
    const proxy = await startProxy(options.args);
    t.after(proxy.stop);
    const scene = await visit(t, proxy.origin + "/" + (options.fragment ?? ""), options);
    await body({ ...scene, origin: proxy.origin });
    scene.watch.assertClean();
  });
}

/** Opens a page at an address and watches it until the test is over. */
export async function visit(t, url, { context = {}, allowed = [], before } = {}) {
  const visitor = await (await browser()).newContext({ reducedMotion: "reduce", ...context });
  t.after(() => visitor.close());
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
