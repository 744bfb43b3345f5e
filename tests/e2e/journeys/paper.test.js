// What is printed, and what the browser's own search is left to.
import assert from "node:assert/strict";

import { journey } from "../harness/journey.js";

const MANY = { args: ["--profiles", "4000"] };

const ROWS = "table.paper tbody tr";

/** Does something between the two events of the browser's own printing. */
async function printing(page, look) {
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  const seen = await look();
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await page.emulateMedia({ media: "screen" });
  return seen;
}

journey("everything that matches is printed as a plain table, though most of it is not in the document", MANY, async ({ page, viewer }) => {
  await viewer.settles();
  await page.locator('[data-action="load-rest"]').click();
  for (const source of ["ayrshare", "insightiq", "upsun"]) await viewer.reaches(source, "done");
  await viewer.ask("source:ayrshare");
  await page.waitForFunction(() => document.querySelector('[data-testid="list"]').dataset.total === "2500");
  await viewer.part("order").selectOption("title");
  const cards = await page.locator("article[data-key]").count();
  assert.ok(cards < 150);
  const printed = await printing(page, async () => ({
    n: await page.locator(ROWS).count(),
    isSeen: await page.locator(ROWS).last().isVisible(),
    isListSeen: await viewer.part("list").isVisible(),
    caption: await page.locator("table.paper caption").innerText(),
    heads: await page.locator("table.paper thead th").allInnerTexts(),
    names: await page.locator(`${ROWS} td:first-child`).allInnerTexts(),
  }));
  assert.equal(printed.n, 2500, "each of them");
  assert.ok(printed.isSeen && !printed.isListSeen, "the table, and not the cards");
  assert.match(printed.caption, /^Roster · 2,500 of 4,000 profiles loaded · source:ayrshare · .*20\d\d/);
  assert.deepEqual(printed.heads.slice(0, 3), ["Title", "Source", "Status"]);
  const named = printed.names.filter((name) => /^[A-Z][a-z]/.test(name)).map((name) => name.split(" ")[0]);
  assert.ok(named[0] < named.at(-1), "in the order of the list");
  assert.equal(await page.locator("table.paper").count(), 0, "afterwards it is gone");
  assert.ok(await viewer.part("list").isVisible());
});

journey("the browser prints that table by itself", {}, async ({ page, viewer }) => {
  await viewer.settles();
  await page.evaluate(() => {
    globalThis.laid = [];
    new MutationObserver(() => laid.push(document.querySelectorAll("table.paper tbody tr").length)).observe(document.body, { childList: true });
  });
  await page.pdf();
  const laid = await page.evaluate(() => laid);
  assert.deepEqual([Math.max(...laid), laid.at(-1)], [190, 0]);
});

journey("pictures are printed as they are", { fragment: "#tab=charts" }, async ({ page, viewer }) => {
  await viewer.settles();
  await viewer.part("charts").waitFor();
  await printing(page, async () => {
    assert.equal(await page.locator("table.paper").count(), 0);
    assert.ok(await viewer.part("charts").isVisible());
  });
});

journey("a list that is too long for the browser's own search names ours, and leaves the browser's alone", MANY, async ({ page, viewer }) => {
  await viewer.settles();
  const hint = viewer.part("find-hint");
  assert.equal(await hint.innerText(), "", "the first pages are in the document whole");
  await page.locator('[data-action="load-rest"]').click();
  for (const source of ["ayrshare", "insightiq", "upsun"]) await viewer.reaches(source, "done");
  await page.waitForFunction(() => document.querySelector('[data-testid="list"]').dataset.total === "4000");
  assert.match(await hint.innerText(), /browser’s own search sees only a part/);
  await page.locator("#profiles").focus();
  const taken = await page.evaluate(() => {
    const pressed = (key, more) => new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
    const keys = [pressed("f", { ctrlKey: true }), pressed("f", { metaKey: true }), pressed("g", { ctrlKey: true }), pressed("p", { ctrlKey: true }), pressed("F3")];
    return keys.filter((key) => !document.activeElement.dispatchEvent(key)).map((key) => key.key);
  });
  assert.deepEqual(taken, [], "keys of the browser stay the browser's");
  await viewer.ask("source:upsun");
  await page.waitForFunction(() => document.querySelector('[data-testid="find-hint"]').textContent === "");
});
