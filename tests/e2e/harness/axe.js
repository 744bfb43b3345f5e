// axe-core in the page. The browser's own protocol evaluates it, which the page's policy neither hinders nor notices.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const source = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Fails on any violation of any severity, and says which elements it concerns. */
export async function assertAccessible(page, state) {
  await page.evaluate(await source);
  const found = await page.evaluate(async () => {
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    return violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.slice(0, 4).map((node) => node.html.slice(0, 160)) }));
  });
  assert.deepEqual(found, [], `violations in this state: ${state}`);
}
