// A journey: a proxy, a page, what a person does, and at the end a look at everything that the page complained about.
import { after, test } from "node:test";

import { browser } from "./browser.js";
import { startProxy } from "./proxy.js";
import { visit } from "./visit.js";

export { visit };

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
 * @param {(scene: {page: import("playwright-core").Page, viewer: import("./viewer.js").Viewer, watch: import("./watch.js").Watch, origin: string}) => Promise<void>} body
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
