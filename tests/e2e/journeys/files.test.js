// Files of this device: opened by the button or dropped, browsed without any proxy, and taken off the list again.
import assert from "node:assert/strict";

import { assertAccessible } from "../harness/axe.js";
import { journey } from "../harness/journey.js";

const CURL = `HTTP/2 200\r\ncontent-type: application/json\r\n\r\n{"data":[{"id":"9dd6","full_name":"Curl Creator","work_platform":{"name":"Instagram"}}]}`;
const BATCH = `{"success":true,"users":[{"refId":"a1","title":"Batch One"},{"refId":"a2","title":"=Two"}, 7]}`;

const file = (name, text) => ({ name, mimeType: "application/json", buffer: Buffer.from(text) });

/** Opens files as the browser's own dialog would. */
const choose = (viewer, files) => viewer.part("files").setInputFiles(files);

const row = (page, name) => page.locator(`[data-file="${name}"]`);

journey(
  "saved answers are browsed with no proxy at all, each file as a source of its own, and the demo makes room",
  { before: (page) => page.route(/\/api\/v1\//, (route) => route.fulfill({ status: 404, body: "" })), allowed: [/404/] },
  async ({ page, viewer, watch }) => {
    await viewer.settles();
    await viewer.part("demo-ribbon").waitFor();
    const nAsked = watch.asked.length;
    await choose(viewer, [file("curl.txt", CURL), file("batch.json", BATCH), file("notes.json", "<!doctype html>")]);
    await row(page, "batch.json").and(page.locator('[data-state="done"]')).waitFor();
    await row(page, "notes.json").and(page.locator('[data-state="failed"]')).waitFor();
    assert.match(await row(page, "curl.txt").innerText(), /InsightIQ/);
    assert.match(await row(page, "batch.json").innerText(), /2 profiles read on this device/);
    assert.match(await row(page, "batch.json").innerText(), /1 record has a form we do not know/);
    const wrong = await row(page, "notes.json").locator('[data-testid="error"]').innerText();
    assert.match(wrong, /not a profile answer we know/);
    assert.match(wrong, /expected profiles of Ayrshare, InsightIQ or Upsun.*found a web page/);
    await viewer.shows("ayrshare", ["ayrshare:a1", "ayrshare:a2"]);
    await viewer.shows("insightiq", ["insightiq:9dd6"]);
    await viewer.shows("upsun", []);
    assert.equal(await viewer.part("demo-ribbon").count(), 0, "what is shown is real");
    assert.match(await viewer.part("result-bar").innerText(), /^3 profiles loaded$/);
    await assertAccessible(page, "files are open, one of them wrong");
    await row(page, "batch.json").locator('[data-action="remove-file"]').click();
    await row(page, "batch.json").waitFor({ state: "detached" });
    await viewer.shows("ayrshare", []);
    await viewer.shows("insightiq", ["insightiq:9dd6"]);
    assert.equal(watch.asked.length, nAsked, "no file was uploaded and nobody was asked");
  },
);

journey("a dropped file is merged with the list by its ids", {}, async ({ page, viewer }) => {
  await viewer.settles();
  await viewer.showAll();
  const key = (await viewer.keys("upsun"))[0];
  const text = `{"id":"${key.split(":")[1]}","display_name":"From The File","username":"f"}\n{"id":"only-here","display_name":"Only Here"}\n`;
  const data = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "people.ndjson"));
    return data;
  }, text);
  await page.dispatchEvent("body", "dragover", { dataTransfer: data });
  assert.ok(await page.locator(".drop-hint").isVisible());
  await page.dispatchEvent("body", "drop", { dataTransfer: data });
  await row(page, "people.ndjson").and(page.locator('[data-state="done"]')).waitFor();
  assert.match(await row(page, "people.ndjson").innerText(), /2 profiles read, 1 matched to the list, 1 only in the file/);
  assert.ok(!(await page.locator(".drop-hint").isVisible()));
});

journey("a file of many megabytes is read with progress, and can be stopped without a trace", {}, async ({ page, viewer }) => {
  await viewer.settles();
  const before = await viewer.part("result-bar").innerText();
  await page.evaluate(() => {
    globalThis.longest = 0;
    const watch = (from) => requestAnimationFrame((to) => ((globalThis.longest = Math.max(globalThis.longest, to - from)), watch(to)));
    watch(performance.now());
    const users = [];
    for (let n = 0; n < 60_000; n++) users.push(`{"refId":"big-${n}","title":"Client ${n} ${"x".repeat(400)}"}`);
    const data = new DataTransfer();
    data.items.add(new File([`{"users":[${users.join(",")}]}`], "big.json"));
    globalThis.longest = 0;
    dispatchEvent(new DragEvent("drop", { dataTransfer: data, cancelable: true }));
  });
  // It is read within a second or two, which a busy machine may take to press a button from outside.
  await page.waitForFunction(() => {
    const row = document.querySelector('[data-file="big.json"]');
    const button = row?.querySelector('[data-action="cancel"]');
    if (row?.querySelector("progress")) button?.click();
    return row?.querySelector("progress") && button;
  });
  await row(page, "big.json").and(page.locator('[data-state="stopped"]')).waitFor();
  assert.equal(await viewer.part("result-bar").innerText(), before);
});
