// What a person may do next, whatever the page shows. A step that is impossible now says so and does nothing.

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const WORDS = ["bakery", "travel", "kitchen", "status:suspended", "platform:instagram", "has:platform", "-status:active", "garden", "zzzq", "followers:>1000", "title:books"];
const VIEWPORTS = [[1280, 900], [768, 900], [390, 844], [1600, 1000]];

const pick = (list, next) => list[Math.floor(next() * list.length)];

/** Clicks one of those that are seen, if any is. */
async function clickOne({ page }, selector, next) {
  const all = await page.locator(`${selector} >> visible=true`).all();
  if (all.length === 0) return false;
  const one = all[Math.floor(next() * all.length)];
  await one.scrollIntoViewIfNeeded();
  await one.click();
  return true;
}

/** Below a dialog nothing can be reached. */
const hasDialog = ({ page }) => page.evaluate(() => document.querySelector("dialog[open]") !== null);

const clicking = (selector) => async (viewer, next) => !(await hasDialog(viewer)) && clickOne(viewer, selector, next);
const pressing = (key) => async ({ page }) => (await page.keyboard.press(key), true);

async function type(viewer, next) {
  if (await hasDialog(viewer)) return false;
  await viewer.part("query-bar").focus();
  await viewer.page.keyboard.type(pick(WORDS, next).slice(0, 1 + Math.floor(next() * 16)));
  return true;
}

async function erase(viewer) {
  if (await hasDialog(viewer)) return false;
  await viewer.part("query-bar").focus();
  await viewer.page.keyboard.press("Control+a");
  await viewer.page.keyboard.press("Backspace");
  return true;
}

async function scroll({ page }, next) {
  const share = next();
  await page.evaluate((share) => scrollTo({ top: share * document.documentElement.scrollHeight, behavior: "instant" }), share);
  return true;
}

async function choose(viewer, next) {
  const select = viewer.page.locator("select >> visible=true").first();
  if ((await hasDialog(viewer)) || (await select.count()) === 0) return false;
  await select.selectOption({ index: Math.floor(next() * (await select.locator("option").count())) });
  return true;
}

async function resize({ page }, next) {
  const [width, height] = pick(VIEWPORTS, next);
  await page.setViewportSize({ width, height });
  return true;
}

const go = (way) => async ({ page }) => {
  // Outside the page there is nothing to use.
  const isInside = await page.evaluate((way) => (way === "back" ? (navigation?.canGoBack ?? false) : (navigation?.canGoForward ?? false)), way);
  if (!isInside) return false;
  await page.evaluate((way) => history[way](), way);
  return true;
};

/** The steps, frequent ones more than once. */
export const STEPS = [
  ["type", type], ["type", type], ["type", type], ["erase", erase],
  ["take a suggestion", async ({ page }) => (await page.keyboard.press("ArrowDown"), await page.keyboard.press("Enter"), true)],
  ["tick a value", clicking('[data-testid="facets"] input[type="checkbox"]')],
  ["tick a value", clicking('[data-testid="facets"] input[type="checkbox"]')],
  ["exclude a value", clicking("[data-exclude]")],
  ["fold a group", clicking('[data-action="fold"]')],
  ["take a preset", clicking("[data-preset]")],
  ["remove a chip", clicking(".chip__remove")],
  ["clear all", clicking('[data-action="clear-all"]')],
  ["open a profile", clicking('article[data-key] [data-action="open"]')],
  ["open a profile", clicking('article[data-key] [data-action="open"]')],
  ["next card", pressing("j")], ["previous card", pressing("k")],
  ["close", pressing("Escape")], ["close", pressing("Escape")],
  ["scroll", scroll], ["scroll", scroll], ["scroll", scroll],
  ["another order", choose], ["another view", clicking("[data-view]")],
  ["help", pressing("?")], ["theme", clicking('[data-action="theme"]')],
  ["back", go("back")], ["forward", go("forward")], ["another window", resize],
];
