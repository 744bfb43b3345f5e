// The types, with the checks that a careful user turns on, in every TypeScript that people have.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { project, run, tools } from "../harness/package.js";

const COMPILERS = ["typescript-5.7", "typescript-5.9", "typescript-6", "typescript-7"];
const programs = fileURLToPath(new URL("../programs/", import.meta.url));

const settings = (resolution) => ({
  compilerOptions: {
    target: "es2022",
    lib: ["es2022", "dom", "dom.iterable"],
    module: resolution === "bundler" ? "esnext" : "nodenext",
    moduleResolution: resolution,
    strict: true,
    skipLibCheck: false,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noPropertyAccessFromIndexSignature: false,
    noEmit: true,
    types: [],
  },
  include: ["calls.ts"],
});

for (const compiler of COMPILERS) {
  for (const resolution of ["nodenext", "bundler"]) {
    test(`${compiler} accepts the calls and refuses the wrong ones (${resolution})`, async (t) => {
      const calls = await readFile(path.join(programs, "calls.ts"), "utf8");
      const folder = await project(t, { "calls.ts": calls, "tsconfig.json": JSON.stringify(settings(resolution)) }, []);
      await run(folder, process.execPath, [path.join(tools, compiler, "bin", "tsc"), "--project", "."]);
    });
  }
}

test("a wrong call that is not marked as wrong does not compile", async (t) => {
  const calls = `import { Client } from "roster-profiles";\nnew Client({ baseUrl: 7 });\n`;
  const folder = await project(t, { "calls.ts": calls, "tsconfig.json": JSON.stringify(settings("nodenext")) }, []);
  await assert.rejects(run(folder, process.execPath, [path.join(tools, "typescript-7", "bin", "tsc"), "--project", "."]), /TS2322/);
});
