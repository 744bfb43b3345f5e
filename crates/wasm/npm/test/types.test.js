// The types that people see are kept, so that a change of them is seen in review. `node test/types.test.js --write`
// renews the file.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";

const KEPT = new URL("../types.snapshot.d.ts", import.meta.url);
const read = (name) => readFileSync(new URL(`../dist/${name}.d.ts`, import.meta.url), "utf8");

/** The shapes; the classes of the glue are nobody's business. */
const shapes = () => read("wasm/roster_wasm").split(/^export class /m)[0].replace(/\/\*\*[^/]*\*\/\s*$/, "");

function types() {
  const files = ["index", "api", "client", "errors", "module", "options", "pages", "roster"];
  const parts = files.map((name) => `// ${name}\n${read(name)}`);
  return [...parts, `// shapes\n${shapes()}`].join("\n").replace(/[ \t]+$/gm, "");
}

if (process.argv.includes("--write")) writeFileSync(KEPT, types());

test("the types are those that were kept", () => {
  assert.equal(types(), readFileSync(KEPT, "utf8"));
});

test("every shape and every property of it is described", () => {
  const bare = [...shapes().matchAll(/^(?!.*\*\/)(.*)\n( *(?:export )?(?:interface|type) \w+| {4}\w+\??:.*)$/gm)];
  const undescribed = bare.filter(([, before]) => !before.trim().endsWith("*/")).map(([, , line]) => line.trim());
  assert.deepEqual(undescribed, []);
});
