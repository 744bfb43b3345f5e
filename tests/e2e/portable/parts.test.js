// The program's second part, in every engine.
import assert from "node:assert/strict";
import { appendFile } from "node:fs/promises";
import { join } from "node:path";

import { behindProxy, everywhere, seen } from "../harness/portable.js";

/** Runs in the page before the program: what is fetched behind the first cards never comes. A name of its own in the script
 * would stand before the global one. */
const NEVER = `
  globalThis.fetch = ((fetch) => (address, options) => (/roster-rest-/.test(address) ? new Promise(() => {}) : fetch(address, options)))(globalThis.fetch);
`;

async function withoutRest(t, folder) {
  await appendFile(join(folder, "watch.js"), NEVER);
  return behindProxy(t, folder);
}

everywhere(
  "what is needed before the second part of the program has come is waited for, and works",
  async (page) => {
    await page.until(() => document.querySelector("article[data-key]") !== null);
    await page.click('[data-action="stop"]');
    await seen.settled(page);
    const ways = await page.evaluate(() => {
      const files = performance.getEntriesByType("resource").filter(({ name }) => /roster-rest-/.test(name));
      return files.map(({ initiatorType }) => initiatorType);
    });
    assert.deepEqual(ways, ["xmlhttprequest"], "it was asked for once, and that was waited for");
  },
  withoutRest,
);
