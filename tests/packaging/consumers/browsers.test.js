// Three engines, from a folder of static files with no build step, under the viewer's content security policy.
import { cp } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";

import assert from "node:assert/strict";
import { ENGINES } from "../harness/browsers.js";
import { assertTold } from "../harness/expected.js";
import { project } from "../harness/package.js";
import { page, serve } from "../harness/site.js";

/** A page without a bundler names the file itself: an import map would be an inline script, which the policy forbids. */
async function folderWithout(t, script) {
  const { readFile, writeFile } = await import("node:fs/promises");
  const folder = await project(t, {}, ["use.js", "page.js", "worker.js", "worker-page.js"]);
  const file = path.join(folder, "use.js");
  await writeFile(file, (await readFile(file, "utf8")).replace('"roster-profiles"', '"./roster-profiles/index.js"'));
  await cp(path.join(folder, "node_modules", "roster-profiles", "dist"), path.join(folder, "roster-profiles"), { recursive: true });
  await page(folder, script);
  return folder;
}

for (const engine of ENGINES) {
  // In CI a missing engine is a failure: nobody reads a remark.
  const skip = !engine.isThere() && !process.env.CI && `${engine.name} is not here; ${engine.advice}`;
  for (const [where, script] of [["a page", "./page.js"], ["a Web Worker", "./worker-page.js"]]) {
    test(`${engine.name} runs it in ${where}`, { skip }, async (t) => {
      const folder = await folderWithout(t, script);
      const { state, told } = await engine.open(`${await serve(t, "--ui", folder)}/`);
      assert.equal(state, "done", told);
      assertTold(told, `${engine.name}, ${where}`);
    });
  }
}
