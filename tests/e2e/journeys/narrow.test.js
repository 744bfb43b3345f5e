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
