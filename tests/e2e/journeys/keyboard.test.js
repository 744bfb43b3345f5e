import assert from "node:assert/strict";

import { journey } from "../harness/journey.js";

journey("the first stop of the Tab key skips to the profiles", {}, async ({ page, viewer }) => {
  await viewer.settles();
  await page.keyboard.press("Tab");
  const link = page.locator(":focus");
  assert.match(await link.innerText(), /^Skip to/);
  const box = await link.boundingBox();
  assert.ok(box.width > 1 && box.height > 1 && box.x >= 0 && box.y >= 0, "it is seen when it has the focus");
  await page.keyboard.press("Enter");
  const isBeforeCards = await page.evaluate(() => {
    const main = document.activeElement;
    return main !== document.body && main.querySelector("article[data-key]") !== null;
  });
  assert.ok(isBeforeCards, "the focus is at the profiles");
});

journey("Enter opens a card, Escape closes it, and the focus returns", {}, async ({ page, viewer }) => {
  await viewer.settles();
  const key = (await viewer.keys())[3];
  const opener = viewer.card(key).locator('[data-action="open"]');
  await opener.focus();
  await page.keyboard.press("Enter");
  await viewer.part("drawer").waitFor();
  await page.waitForFunction(() => document.activeElement?.closest('[data-testid="drawer"]'));
  await page.keyboard.press("Escape");
  await viewer.part("drawer").waitFor({ state: "detached" });
  await page.waitForFunction((key) => document.activeElement?.closest("article")?.dataset.key === key, key);
  assert.ok(await opener.evaluate((element) => element === document.activeElement), "on the very button");
});

journey("what happens is told to people who do not see it", {}, async ({ viewer, page }) => {
  await viewer.settles();
  await viewer.button("ayrshare", "load-all").click();
  await viewer.reaches("ayrshare", "done");
  const spoken = page.locator('[role="status"], [aria-live="polite"]').filter({ hasText: /\d/ });
  await spoken.first().waitFor({ state: "attached" });
  const unnamed = await page
    .locator("#app button, #app select, #app input")
    .evaluateAll((controls) =>
      controls
        .filter((c) => !(c.labels?.length || c.ariaLabel || c.title || c.textContent.trim()))
        .map((c) => c.outerHTML),
    );
  assert.deepEqual(unnamed, [], "each control has a name");
});
