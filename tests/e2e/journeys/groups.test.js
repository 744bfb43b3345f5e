import assert from "node:assert/strict";

import { assertAccessible } from "../harness/axe.js";
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
