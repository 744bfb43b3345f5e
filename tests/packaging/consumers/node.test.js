// Node, the oldest that we support and the newest there is; import and require; an import that does nothing.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

import { assertTold } from "../harness/expected.js";
import { project, run, tools } from "../harness/package.js";
import { serve } from "../harness/site.js";

const NEWEST = path.join(tools, "node-newest", "bin", "node");
const NODES = [["this Node", process.execPath], ["the newest Node", NEWEST]];

for (const [name, program] of NODES) {
  test(`${name} imports it`, { skip: !existsSync(program) && `${name} comes from npm for x64 Linux only` }, async (t) => {
    const folder = await project(t, {}, ["use.js", "main.js"]);
    assertTold(await run(folder, program, ["main.js", `${await serve(t)}/api/v1`]), name);
  });

  test(`${name} requires it`, { skip: !existsSync(program) && `${name} comes from npm for x64 Linux only` }, async (t) => {
    const text = `
      const { Client } = require("roster-profiles");
      Client.connect({ baseUrl: process.argv[2] })
        .then((client) => client.upsun.profiles().collect({ maxItems: 100 }))
        .then(({ items }) => console.log(items.length));`;
    const folder = await project(t, { "main.cjs": text });
    assert.equal((await run(folder, program, ["main.cjs", `${await serve(t)}/api/v1`])).trim(), "30");
  });
}

test("an import alone loads nothing, so that a server may render a page that names it", async (t) => {
  const text = `
    let n_loads = 0;
    for (const name of ["compile", "compileStreaming", "instantiate", "instantiateStreaming"]) WebAssembly[name] = () => { n_loads += 1; };
    globalThis.fetch = () => { n_loads += 1; };
    const { Client, Roster, providers } = await import("roster-profiles");
    await new Promise((resolve) => setImmediate(resolve));
    let code = "none";
    try { new Client({ baseUrl: "http://127.0.0.1:9/api/v1" }); } catch (error) { code = error.code; }
    console.log(JSON.stringify([n_loads, code, typeof Roster, process.getActiveResourcesInfo().filter((name) => name !== "PipeWrap")]));`;
  const folder = await project(t, { "main.js": text }, []);
  assert.deepEqual(JSON.parse(await run(folder, process.execPath, ["main.js"])), [0, "not_initialised", "function", []]);
});

test("the inline entry needs no second file", async (t) => {
  const text = `import { Client } from "roster-profiles/inline";
    const client = await Client.connect({ baseUrl: process.argv[2] });
    console.log((await client.insightiq.profiles().collect({ maxItems: 7 })).items.length);`;
  const folder = await project(t, { "main.js": text }, []);
  assert.equal((await run(folder, process.execPath, ["main.js", `${await serve(t)}/api/v1`])).trim(), "7");
});
