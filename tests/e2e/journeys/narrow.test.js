import assert from "node:assert/strict";

import { journey } from "../harness/journey.js";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Everything must fit: a page that scrolls sideways hides half of itself. */
async function assertFits(page, when) {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 390, `${when}: the page is ${width} px wide`);
}

journey(
  "on a phone the page fits, and filters and drawer can be used",
  { context: PHONE },
  async ({ page, viewer }) => {
    await viewer.settles();
    await viewer.showAll();
    await assertFits(page, "cards");

    const ayrshare = page.locator('[data-facet="source"] input[value="ayrshare"]');
    await page.locator("summary", { hasText: /^Filters/ }).tap();
    await ayrshare.waitFor();
    await assertFits(page, "filters");
    await ayrshare.tap();
    await page.locator('[data-action="show-list"]').tap();
    await page.waitForFunction(() => document.querySelector('[data-testid="list"]').dataset.total === "100");

    await viewer.showAll();
    const [key] = await viewer.someKeys("ayrshare");
    await viewer.card(key).locator('[data-action="open"]').tap();
    await viewer.part("drawer").waitFor();
    await assertFits(page, "drawer");
    const box = await viewer.part("drawer").boundingBox();
    assert.ok(box.width >= 380 && box.x >= 0, "the drawer takes the screen");
    await viewer.part("drawer").locator('[data-section="raw"]').first().tap();
    await viewer.part("raw-json").waitFor({ state: "attached" });
    await assertFits(page, "raw JSON");
  },
);

journey("on a phone the drawer is a dialog: the focus stays in it, and Escape leads back", { context: PHONE }, async (scene) => {
  const { page, viewer } = scene;
  await viewer.settles();
  const [key] = await viewer.keys();
  await viewer.open(key);
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  assert.equal(await dialog.getAttribute("aria-modal"), "true");
  for (let n = 0; n < 40; n++) {
    await page.keyboard.press("Tab");
    const isOutside = await page.evaluate(() => document.activeElement.closest(".app__page") !== null);
    assert.ok(!isOutside, "nothing behind the dialog takes the focus");
  }
  assert.equal(await page.locator(".app__page").evaluate((element) => element.inert), true);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await page.waitForFunction((key) => document.activeElement.closest("[data-key]")?.dataset.key === key, key);
});

journey("a wider window makes the dialog a region beside the list again", { context: PHONE }, async ({ page, viewer }) => {
  await viewer.settles();
  await viewer.open((await viewer.keys())[0]);
  await page.getByRole("dialog").waitFor();
  await page.setViewportSize({ width: 1280, height: 844 });
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.equal(await viewer.part("drawer").getAttribute("role"), "complementary");
  assert.equal(await page.locator(".app__page").evaluate((element) => element.inert), false);
});

journey("targets are big enough for a finger", { context: PHONE }, async ({ page, viewer }) => {
  await viewer.settles();
  const small = await page.locator("#app button:visible, #app select:visible").evaluateAll((targets) =>
    targets
      .map((target) => ({ name: target.textContent.trim(), box: target.getBoundingClientRect() }))
      .filter(({ box }) => box.width < 24 || box.height < 24)
      .map(({ name, box }) => `${name}: ${box.width} × ${box.height}`),
  );
  assert.deepEqual(small, []);
});

journey("the focus is not lost when a window becomes narrow, nor when going back to an open profile there", {}, async ({ page, viewer }) => {
  await viewer.settles();
  await page.locator('[data-facet="source"] input[value="ayrshare"]').focus();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.waitForFunction(() => document.activeElement.matches(".rail > summary"));
  await page.setViewportSize({ width: 1280, height: 860 });
  await page.locator('[data-action="theme"]').focus();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.waitForFunction(() => document.activeElement.matches("[popovertarget]"));
  const [key] = await viewer.keys();
  await viewer.open(key);
  await page.waitForURL(/open=/);
  await page.keyboard.press("Escape");
  await page.waitForURL((url) => !url.hash.includes("open="));
  await viewer.part("query-bar").focus();
  await page.goBack();
  await page.waitForFunction(() => document.activeElement.closest('[data-testid="drawer"]') !== null);
});
