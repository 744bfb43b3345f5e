// Journeys that every engine makes: the built viewer behind the real proxy, and a page in each browser that is here.
import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { ENGINES } from "../../packaging/harness/browsers.js";
import { dist, startProxy } from "./proxy.js";

/** Stands in the page before everything else; the policy allows a file, and not every engine lets others look in. */
const WATCH = `
  globalThis.complaints = [];
  const complain = (text) => complaints.push(text);
  const { error } = console;
  console.error = (...words) => (complain(words.join(" ")), error.apply(console, words));
  // What is offered to be kept is told; no engine puts files where a test would find them.
  globalThis.offered = [];
  const { createObjectURL } = URL;
  URL.createObjectURL = (blob) => ((globalThis.blob = blob), createObjectURL.call(URL, blob));
  HTMLAnchorElement.prototype.click = function () {
    const offer = { name: this.download };
    offered.push(offer);
    void blob.text().then((text) => (offer.text = text));
  };
  addEventListener("error", (event) => complain("uncaught: " + event.message));
  addEventListener("unhandledrejection", (event) => complain("rejected: " + event.reason));
  document.addEventListener("securitypolicyviolation", (event) => complain("policy: " + event.violatedDirective + " by " + event.blockedURI));
`;

/** The built viewer with the watch in it, in a folder of its own. */
async function watchedDist(t) {
  const folder = await mkdtemp(join(tmpdir(), "roster-portable-"));
  t.after(() => rm(folder, { recursive: true }));
  await cp(dist, folder, { recursive: true });
  await writeFile(join(folder, "watch.js"), WATCH);
  const html = await readFile(join(folder, "index.html"), "utf8");
  await writeFile(join(folder, "index.html"), html.replace("<head>", '<head><script src="watch.js"></script>'));
  return folder;
}

/**
 * Runs a journey in each engine.
 *
 * @param {string} name a sentence
 * @param {(page: import("../../packaging/harness/drivers.js").Page, origin: string) => Promise<void>} body
 * @param {(t: import("node:test").TestContext, folder: string) => Promise<string>} [serve] gives the page's address
 */
export function everywhere(name, body, serve = behindProxy) {
  for (const engine of ENGINES) {
    // In CI a missing engine is a failure: nobody reads a remark.
    const skip = !engine.isThere() && !process.env.CI && `${engine.name} is not here; ${engine.advice}`;
    test(`${engine.name}: ${name}`, { skip }, async (t) => {
      const address = await serve(t, await watchedDist(t));
      const page = await engine.start();
      t.after(() => page.close());
      await page.goto(address);
      await body(page, address);
      assert.deepEqual(await page.evaluate(() => globalThis.complaints), [], "the page complained");
    });
  }
}

export async function behindProxy(t, folder) {
  const proxy = await startProxy([], folder);
  t.after(proxy.stop);
  return `${proxy.origin}/`;
}

/** What a person sees of the list. */
export const seen = {
  /** Waits until cards are there and every source has told how it went. */
  settled: (page) =>
    page.until(() => {
      const rows = [...document.querySelectorAll("[data-source]")];
      return rows.length > 0 && rows.every(({ dataset }) => ["ready", "done"].includes(dataset.state)) && document.querySelector("article[data-key]") !== null;
    }),

  /** How many pass. */
  total: (page) => page.evaluate(() => Number(document.querySelector('[data-testid="list"]').dataset.total)),

  /** Waits until so many pass. */
  has: (page, total) => page.until((total) => document.querySelector('[data-testid="list"]').dataset.total === String(total), total),

  /** Waits until another number passes than this, and gives it. */
  hasOther: async (page, total) =>
    Number(await page.until((total) => {
      const now = document.querySelector('[data-testid="list"]').dataset.total;
      return now === String(total) ? "" : now;
    }, total)),

  /** What is written in the query bar. */
  query: (page) => page.evaluate(() => document.querySelector('[data-testid="query-bar"]').value),
};
