import assert from "node:assert/strict";

import { journey } from "../harness/journey.js";

/** Runs in the page: relative luminance of the page's ground, from 0 to 1, and the contrast of what lies on it. */
function look() {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
  const channels = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const linear = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor);
      if (colour[3] > 0) return colour;
    }
    return [255, 255, 255, 255];
  };
  const contrast = (element) => {
    const [a, b] = [channels(getComputedStyle(element).color), ground(element)].map(luminance);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  const isText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const texts = [...document.querySelectorAll("#app *")].filter((e) => isText(e) && e.checkVisibility() && !e.disabled);
  const faint = texts
    .map((e) => [contrast(e), e.className, e.textContent.trim().slice(0, 30)])
    .filter(([c]) => c < 4.5);
  return { ground: luminance(ground(document.body)), faint };
}

for (const [colorScheme, isRight] of [
  ["light", (ground) => ground > 0.7],
  ["dark", (ground) => ground < 0.1],
]) {
  journey(
    `the ${colorScheme} look follows the system and every text can be read`,
    { context: { colorScheme } },
    async ({ page, viewer }) => {
      await viewer.settles();
      await viewer.open((await viewer.keys())[0]);
      const { ground, faint } = await page.evaluate(look);
      assert.ok(isRight(ground), `the ground has a luminance of ${ground}`);
      assert.deepEqual(faint, [], "texts with a contrast below 4.5");
    },
  );
}

journey("things stand closer where a person wants it, and it is kept", { fragment: "#view=table" }, async ({ page, viewer }) => {
  await viewer.settles();
  // Rows are hidden for the moment in which newer ones take their place, so the look that finds one shown also measures it.
  const heightBelow = async (limit) => {
    const found = await page.waitForFunction((limit) => {
      const heights = [...document.querySelectorAll("tr[data-key]")].map((row) => row.getBoundingClientRect().height);
      const shown = heights.find((height) => height > 0);
      return shown !== undefined && shown < limit && shown;
    }, limit);
    return found.jsonValue();
  };
  const roomy = await heightBelow(Number.MAX_VALUE);
  await page.locator('[data-action="density"]').click();
  await page.waitForFunction(() => document.documentElement.dataset.density === "dense");
  const dense = await heightBelow(roomy);
  assert.ok(dense >= 24, `${dense} px, before ${roomy} px`);
  await page.reload();
  await viewer.settles();
  assert.equal(await heightBelow(Number.MAX_VALUE), dense);
});

journey("with more contrast asked for, soft text is as strong as any", { fragment: "#view=table" }, async ({ page, viewer }) => {
  await viewer.settles();
  const colours = () =>
    page.evaluate(() => {
      const of = (selector) => getComputedStyle(document.querySelector(selector)).color;
      return [of("body"), of(".head__purpose")];
    });
  const [ink, soft] = await colours();
  assert.notEqual(soft, ink);
  await page.emulateMedia({ contrast: "more" });
  const [strong, alsoStrong] = await colours();
  assert.equal(alsoStrong, strong);
});

journey("contrast can be chosen against the system's wish, and is kept", { context: { contrast: "more" } }, async ({ page, viewer }) => {
  await viewer.settles();
  const isStrong = () =>
    page.evaluate(() => getComputedStyle(document.querySelector(".head__purpose")).color === getComputedStyle(document.body).color);
  const chosen = (word) => page.waitForFunction((word) => document.documentElement.dataset.contrast === word, word);
  assert.ok(await isStrong(), "as the system wants it");
  const button = page.locator('[data-action="contrast"]');
  await button.click();
  await chosen("more");
  await button.click();
  await chosen("usual");
  assert.ok(!(await isStrong()), "as the viewer is drawn, whatever the system wants");
  await page.reload();
  await viewer.settles();
  assert.ok(!(await isStrong()), "after a reload too");
  await page.emulateMedia({ contrast: "no-preference" });
  await button.click();
  await chosen(undefined);
  assert.ok(!(await isStrong()));
  await button.click();
  await chosen("more");
  assert.ok(await isStrong(), "a person's choice, without any wish of the system");
});

journey("the other look can be chosen and is kept", { context: { colorScheme: "light" } }, async ({ page, viewer }) => {
  await viewer.settles();
  await page.locator('[data-action="theme"]').click();
  await page.waitForFunction(() => document.documentElement.dataset.theme === "dark");
  assert.ok((await page.evaluate(look)).ground < 0.1);
  await page.reload();
  await viewer.settles();
  assert.ok((await page.evaluate(look)).ground < 0.1, "after a reload it is still dark");
});
