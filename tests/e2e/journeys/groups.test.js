import assert from "node:assert/strict";

import { assertAccessible } from "../harness/axe.js";
import { Gate } from "../harness/gate.js";
import { journey } from "../harness/journey.js";

const head = (page, word) => page.locator(`[data-action="fold-group"][data-group="${word}"]`);
const inGroup = (page, word) => page.locator(`section.group:has([data-group="${word}"]) [data-key]`);

journey("groups have heads with counts, fold by key, and stay in the link", {}, async ({ page, viewer }) => {
  await viewer.settles();
  await viewer.part("group-by").selectOption("source");
  await head(page, "upsun").waitFor();
  assert.deepEqual(await page.locator(".group__count").allInnerTexts(), ["100", "60", "30"]);
  await head(page, "ayrshare").focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => location.hash.includes("fold=ayrshare"));
  assert.equal(await head(page, "ayrshare").getAttribute("aria-expanded"), "false");
  assert.equal(await inGroup(page, "ayrshare").count(), 0);
  await page.reload();
  await viewer.settles();
  await head(page, "insightiq").waitFor();
  assert.equal(await inGroup(page, "ayrshare").count(), 0, "what is folded stays folded in the link");
  assert.ok((await inGroup(page, "insightiq").count()) > 0);
  await head(page, "ayrshare").click();
  await inGroup(page, "ayrshare").first().waitFor();
});

journey("people are groups, told apart by id, with the profiles that have none apart", {}, async ({ page, viewer }) => {
  await viewer.settles();
  await viewer.part("group-by").selectOption("user");
  await page.waitForFunction(() => location.hash.includes("group=user"));
  await page.locator(".group__fold").first().waitFor();
  const heads = await page.locator(".group__fold").evaluateAll((all) =>
    all.map((fold) => ({ word: fold.dataset.group, title: fold.querySelector("bdi").textContent, n: Number(fold.querySelector("[data-count]").dataset.count) })),
  );
  const people = heads.filter(({ word }) => !word.startsWith("~"));
  assert.equal(people.reduce((sum, { n }) => sum + n, 0), 60, "every profile of InsightIQ has its person");
  assert.ok(people.some(({ n }) => n > 1) && people.every(({ word, title }) => title && title !== word), "named by their names");
  assert.deepEqual(heads.filter(({ word }) => word.startsWith("~")).map(({ word, n }) => [word, n]), [["~not-in-api", 130]]);
  const many = people.find(({ n }) => n > 1);
  const cards = await inGroup(page, many.word).allInnerTexts();
  assert.ok(cards.length === many.n && cards.every((text) => text.includes(`(${many.n} profiles)`)), cards.join(" | "));
});

journey("a reload shows the same profile again in its group, though others stand before it now", { fragment: "#group=platform" }, async (scene) => {
  const { page, viewer } = scene;
  await viewer.settles();
  const card = page.locator('section.group article[data-key^="ayrshare:"]').nth(30);
  await card.waitFor({ state: "attached" });
  await card.evaluate((card) => card.scrollIntoView({ block: "start" }));
  await page.waitForFunction(() => history.state?.key?.startsWith("ayrshare:") && history.state.place > 5);
  const { key } = await page.evaluate(() => history.state);
  // Now the profiles of the others come first and stand before it in every group.
  const gate = await Gate.across(page, ({ pathname }) => pathname.endsWith("/ayrshare/profiles"));
  await page.reload();
  await viewer.reaches("insightiq", "done");
  await gate.holds(1);
  gate.release();
  await viewer.settles();
  await page.waitForFunction((key) => {
    const seen = [...document.querySelectorAll(`article[data-key="${key}"]`)].map((card) => card.getBoundingClientRect());
    return seen.some((box) => box.height > 0 && box.top >= 0 && box.bottom <= innerHeight);
  }, key);
});

journey("groups hold in every drawing, and keys and the drawer go through them", { fragment: "#group=source" }, async (scene) => {
  const { page, viewer } = scene;
  await viewer.settles();
  for (const view of ["table", "compact", "cards"]) {
    await page.locator(`[data-view="${view}"]`).click();
    await inGroup(page, "upsun").first().waitFor();
    assert.equal(await page.locator('[data-action="fold-group"]').count(), 3);
    await assertAccessible(page, `groups as ${view}`);
  }
  await head(page, "ayrshare").click();
  await page.waitForFunction(() => !document.querySelector('[data-key^="ayrshare:"]'));
  const first = inGroup(page, "insightiq").first();
  const key = await first.getAttribute("data-key");
  await first.locator('[data-action="open"]').click();
  await viewer.part("drawer").waitFor();
  await page.keyboard.press("Escape");
  await page.waitForFunction((key) => document.activeElement.closest("[data-key]")?.dataset.key === key, key);
  await page.keyboard.press("j");
  await page.waitForFunction(() => document.activeElement.closest("[data-place]")?.dataset.place === "1");
});
