// The list beside an open profile: it has less room, and is laid out anew around what somebody looks at.
import assert from "node:assert/strict";

import { journey } from "../harness/journey.js";

const DESK = { context: { viewport: { width: 1280, height: 860 } } };

/**
 * Waits until so many cards stand side by side, with the one of this key about where it was.
 *
 * @returns {Promise<{top: number, narrowest: number}>} where it is, and how wide the narrowest card is, in pixels
 */
async function stands(page, key, columns, was = { isAnywhere: true }) {
  const found = await page.waitForFunction(
    ([key, columns, was]) => {
      const cards = [...document.querySelectorAll("article[data-key]")].filter((card) => card.checkVisibility());
      const boxes = cards.map((card) => card.getBoundingClientRect());
      const own = cards.find((card) => card.dataset.key === key)?.getBoundingClientRect();
      const isSo = own && new Set(boxes.map(({ left }) => left)).size === columns && (was.isAnywhere || Math.abs(own.top - was.top) < 2);
      return isSo && { top: own.top, narrowest: Math.min(...boxes.map(({ width }) => width)) };
    },
    [key, columns, was],
  );
  return found.jsonValue();
}

const aFrame = (page) => page.evaluate(() => new Promise(requestAnimationFrame));

const hasFocus = (page, key) => page.waitForFunction((key) => document.activeElement.closest("article")?.dataset.key === key, key);

journey("beside an open profile cards stay wide enough to read, the opened one stays where it is, and the focus returns", DESK, async (scene) => {
  const { page, viewer } = scene;
  await viewer.settles();
  await viewer.showAll();
  const key = (await viewer.keys())[61];
  await viewer.card(key).evaluate((card) => card.scrollIntoView({ block: "center" }));
  const before = await stands(page, key, 3);
  await viewer.card(key).locator('[data-action="open"]').focus();
  await page.keyboard.press("Enter");
  await viewer.part("drawer").waitFor();
  const beside = await stands(page, key, 2, before);
  assert.ok(beside.narrowest >= 272, `cards of ${beside.narrowest} px`);
  await page.waitForFunction(() => document.activeElement.id === "drawer-title");
  await page.keyboard.press("Escape");
  await stands(page, key, 3, before);
  await hasFocus(page, key);
});

/** Shows everything, and gives a card far down the focus. Returns its key. */
async function focusFarDown({ page, viewer }) {
  await viewer.settles();
  await viewer.showAll();
  const key = (await viewer.keys())[80];
  await viewer.card(key).evaluate((card) => card.scrollIntoView({ block: "center" }));
  await viewer.card(key).locator('[data-action="open"]').focus();
  // A window has one size for a frame at least, in which the page hears that it was scrolled.
  await aFrame(page);
  await aFrame(page);
  return key;
}

journey("a window of another width keeps the focus on its card, and the card where it is", DESK, async (scene) => {
  const { page } = scene;
  const key = await focusFarDown(scene);
  const before = await stands(page, key, 3);
  await page.setViewportSize({ width: 1000, height: 860 });
  await stands(page, key, 2, before);
  await hasFocus(page, key);
});

journey("a window that is dragged to and fro keeps the card where it is", DESK, async (scene) => {
  const { page } = scene;
  const key = await focusFarDown(scene);
  const before = await stands(page, key, 3);
  // The next width comes with the next frame, before the list is drawn for the last one or its scrolling is told.
  for (const width of [1000, 1280, 1000, 1280, 1000, 1280, 1000, 1280, 1000]) {
    await page.setViewportSize({ width, height: 860 });
    await aFrame(page);
  }
  await stands(page, key, 2, before);
  await hasFocus(page, key);
});

journey("a window that is scrolled while its height changes goes where it is scrolled to", DESK, async (scene) => {
  const { page } = scene;
  await focusFarDown(scene);
  // As where a phone's browser folds its bar away under the finger: the page hears of the height before the scrolling.
  const target = await page.evaluate(() => {
    scrollBy({ top: 300, behavior: "instant" });
    dispatchEvent(new Event("resize"));
    return scrollY;
  });
  await aFrame(page);
  await aFrame(page);
  assert.equal(await page.evaluate(() => scrollY), target);
});

journey("beside an open profile the table keeps to its box, with the names in sight", { ...DESK, fragment: "#view=table" }, async ({ page, viewer }) => {
  await viewer.settles();
  await page.locator('tr[data-key] [data-action="open"]').nth(2).click();
  await viewer.part("drawer").waitFor();
  await page.waitForFunction(() => document.querySelector('[data-testid="list"]').classList.contains("list--wide"));
  const names = await page.evaluate(() => {
    const list = document.querySelector('[data-testid="list"]');
    list.scrollLeft = 200;
    const edge = document.querySelector('[data-testid="drawer"]').getBoundingClientRect().left;
    const name = document.querySelector("tr[data-key] .row__name").getBoundingClientRect();
    return { isInSight: name.left >= list.getBoundingClientRect().left - 1 && name.right <= edge, right: list.getBoundingClientRect().right, edge };
  });
  assert.ok(names.isInSight && names.right <= names.edge, JSON.stringify(names));
});
