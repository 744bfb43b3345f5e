// The record's JSON: a tree that is narrowed down, paths and values for the clipboard, the text as a file.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

import { journey } from "../harness/journey.js";
import { keysOf } from "../harness/viewer.js";

const CLIPBOARD = { permissions: ["clipboard-read", "clipboard-write"] };

const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());

journey("a field is found in the tree, and its path and value are copied", { context: CLIPBOARD }, async ({ viewer, watch, page }) => {
  await viewer.settles();
  await viewer.showAll();
  const [answer] = await watch.answers("insightiq");
  const [key] = keysOf("insightiq", answer.text);
  const [record] = JSON.parse(answer.text).data;
  await viewer.open(key);
  const drawer = viewer.part("drawer");
  await drawer.locator('[data-section="raw"]').first().click();
  const rows = viewer.part("tree").locator(".tree__row[data-path]");
  const leaves = (value) => (value !== null && typeof value === "object" ? Object.values(value).reduce((n, child) => n + leaves(child), 0) : 1);
  assert.equal(await rows.count(), leaves(record), "every value is in the tree");

  await viewer.part("tree-find").fill(record.work_platform.name.toUpperCase());
  await page.waitForFunction((n) => document.querySelectorAll(".tree__row[data-path]").length < n, leaves(record));
  const found = viewer.part("tree").locator('[data-path="$.work_platform.name"]');
  assert.equal(await found.locator("code").innerText(), JSON.stringify(record.work_platform.name));
  const item = viewer.part("tree").locator("li", { has: page.locator('> [data-path="$.work_platform.name"]') }).last();
  await item.hover();
  await item.locator('[data-action="copy-path"]').click();
  await item.getByText("Copied").waitFor({ state: "attached" });
  assert.equal(await clipboard(page), "$.work_platform.name");
  await item.locator('[data-action="copy-value"]').click();
  assert.equal(await clipboard(page), record.work_platform.name);

  await viewer.part("tree-find").fill("nothing has this text");
  await drawer.getByText("Nothing in this record has this text.").waitFor();
});

journey("a record is kept as a file, to the letter", {}, async ({ viewer, page }) => {
  await viewer.settles();
  const [key] = await viewer.someKeys("upsun");
  await viewer.open(key);
  await viewer.part("drawer").locator('[data-section="raw"]').first().click();
  const [file] = await Promise.all([page.waitForEvent("download"), page.locator('[data-action="download-raw"]').click()]);
  assert.equal(file.suggestedFilename(), `${key.replaceAll(/[^A-Za-z0-9]/g, "-")}-list.json`);
  assert.equal(await readFile(await file.path(), "utf8"), await viewer.part("raw-json").textContent());
});
