import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { test } from "node:test";

import { ayrsharePage } from "./proxy.js";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

test("the ten lines of the README work as printed", async (t) => {
  const lines = /## Ten lines\n\n```js\n(.*?)```/s.exec(readme)[1];
  // Beside package.json, so that the package's own name leads to it.
  const file = new URL("../readme-lines.mjs", import.meta.url);
  writeFileSync(file, lines);
  t.after(() => rmSync(file));
  const said = [];
  t.mock.method(console, "log", (...words) => said.push(words));
  const profiles = ["a", { refId: "b", title: "Bad", status: "suspended", activeSocialAccounts: ["facebook"] }];
  t.mock.method(globalThis, "fetch", async () => Response.json(ayrsharePage(profiles)));
  await import(file.href);
  assert.deepEqual(said, [["1 of 2 profiles are suspended"], ["Bad", "facebook", "suspended"], [[{ value: "facebook", count: 1, selected: false }]]]);
});

test("the README says what to do about every code of an error", () => {
  const types = readFileSync(new URL("../dist/errors.d.ts", import.meta.url), "utf8");
  const codes = /type RosterErrorCode = ([^;]+);/.exec(types)[1].match(/\w+/g);
  const told = [...readme.matchAll(/^\| `(\w+)` \|/gm)].map((row) => row[1]);
  assert.deepEqual(told, codes);
});
