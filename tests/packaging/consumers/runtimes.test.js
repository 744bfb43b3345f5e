// Deno, and workerd as Cloudflare runs it.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";

import { assertTold } from "../harness/expected.js";
import { project, run, tool } from "../harness/package.js";
import { serve } from "../harness/site.js";
import { serveWorker } from "../harness/worker.js";

test("Deno imports it", { skip: !existsSync(tool("deno")) && "Deno has no package for this machine" }, async (t) => {
  const folder = await project(t, {}, ["use.js", "main.js"]);
  const allowed = ["--no-prompt", "--allow-net=127.0.0.1", "--allow-read", "--node-modules-dir=manual"];
  assertTold(await run(folder, tool("deno"), ["run", ...allowed, "main.js", `${await serve(t)}/api/v1`]), "deno");
});

const WORKER = `
import { use } from "./use.js";

export default {
  async fetch(request, env) {
    try {
      return new Response(await use(env.ROSTER_API));
    } catch (error) {
      return new Response(String(error?.stack ?? error), { status: 500 });
    }
  },
};`;

test("workerd imports it", async (t) => {
  const folder = await project(t, { "source.js": WORKER });
  const worker = await serveWorker(folder, "source.js", { ROSTER_API: `${await serve(t)}/api/v1` });
  t.after(worker.stop);
  const answer = await fetch(worker.origin);
  const told = await answer.text();
  assert.equal(answer.status, 200, told);
  assertTold(told, "workerd");
});
