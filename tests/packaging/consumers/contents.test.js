// What is in the tarball, and whether it says so rightly.
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";

import { project, run, tarball, tool } from "../harness/package.js";

const installed = async (t) => path.join(await project(t, {}, []), "node_modules", "roster-profiles");

test("publint has nothing to say", async (t) => {
  const said = await run(await installed(t), process.execPath, [tool("publint"), "--strict", "."]);
  assert.match(said, /All good/);
});

test("the types resolve as the entries do", async (t) => {
  await run(await installed(t), tool("attw"), [tarball(), "--profile", "esm-only", "--no-emoji"]);
});

test("it holds what was named, and no source, map or test", async (t) => {
  const folder = await installed(t);
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const names = files.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name))).sort();
  const manifest = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
  for (const name of names) assert.match(name, /^(package\.json|README\.md|CHANGELOG\.md|LICEN[CS]E[-\w.]*|dist\/(wasm\/)?[\w.]+\.(js|d\.ts|wasm))$/);
  assert.ok(names.includes("README.md"));
  assert.equal(manifest.sideEffects, false);
  assert.deepEqual(manifest.dependencies ?? {}, {});
  assert.deepEqual(Object.keys(manifest.scripts ?? {}), []);
});

test("nothing of it needs eval", async (t) => {
  const dist = path.join(await installed(t), "dist");
  for (const name of (await readdir(dist)).filter((name) => name.endsWith(".js"))) {
    const text = await readFile(path.join(dist, name), "utf8");
    assert.doesNotMatch(text, /\beval\s*\(|new Function\b/, name);
  }
});
