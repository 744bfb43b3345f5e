import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

import { assertAccessible } from "../harness/axe.js";
import { journey } from "../harness/journey.js";

const CHARTS = { fragment: "#tab=charts" };

const chart = (page, field) => page.locator(`[data-chart="${field}"]`);
const found = (page) => page.locator('[data-testid="result-bar"]').innerText();

journey("a mark filters, by click and by key, and says that it is chosen", CHARTS, async ({ page, viewer }) => {
  await viewer.settles();
  const mark = chart(page, "platform").getByRole("button", { name: /^Instagram: \d+ profiles$/ });
  const n = await mark.getAttribute("data-count");
  await mark.click();
  await page.waitForFunction(() => location.hash.includes("platform"));
  assert.ok((await found(page)).startsWith(`${n} of `), await found(page));
  assert.equal(await mark.getAttribute("aria-pressed"), "true");
  assert.equal(await page.locator('[data-facet="platform"] input[value="instagram"]').isChecked(), true, "the rail says the same");
  await mark.focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => !location.hash.includes("platform"));

  const month = chart(page, "created").locator('g[role="button"]:not([data-count="0"])').last();
  const n_month = await month.getAttribute("data-count");
  await month.focus();
  await page.keyboard.press(" ");
  await page.waitForFunction(() => location.hash.includes("created"));
  assert.ok((await found(page)).startsWith(`${n_month} of `), await found(page));
});

journey("followers and subscribers are drawn apart, and who has neither is counted", CHARTS, async ({ page, viewer }) => {
  await viewer.settles();
  const followers = chart(page, "followers");
  assert.match(await followers.innerText(), /Not drawn: \d+ not set, \d+ not in this API\./);
  await chart(page, "subscribers").waitFor();
  const mark = followers.locator('g[role="button"]:not([data-count="0"])').first();
  const n = await mark.getAttribute("data-count");
  await mark.click();
  await page.waitForFunction(() => location.hash.includes("followers"));
  assert.ok((await found(page)).startsWith(`${n} of `), await found(page));
});

journey("each picture has the same numbers as a table, and as a file", CHARTS, async ({ page, viewer }) => {
  await viewer.settles();
  const platforms = chart(page, "platform");
  await platforms.getByText("Show as table").click();
  const marks = await platforms.getByRole("button", { name: /profiles?$/ }).evaluateAll((all) => all.map((mark) => mark.dataset.count));
  const cells = await platforms.locator("tbody td").allInnerTexts();
  assert.deepEqual(cells, marks);
  const csv = await saved(page, platforms, "csv");
  assert.equal(csv.name, "roster-platform.csv");
  assert.deepEqual(csv.text.trimEnd().split("\r\n").slice(1).map((line) => line.split(",").at(-1)), cells);
  const svg = await saved(page, platforms, "svg");
  assert.equal(svg.name, "roster-platform.svg");
  const alone = await page.context().newPage();
  await alone.goto(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg.text)}`);
  const drawn = await alone.evaluate(() => ({
    root: `${document.documentElement.namespaceURI} ${document.documentElement.localName}`,
    title: document.querySelector("title").textContent,
    texts: [...document.querySelectorAll("text")].map((text) => text.textContent),
  }));
  assert.equal(drawn.root, "http://www.w3.org/2000/svg svg", "a picture by itself");
  assert.equal(drawn.title, await platforms.locator("figcaption").innerText());
  for (const n of cells) assert.ok(drawn.texts.includes(n), `${n} is in the picture`);
});

/** The file that a button of a picture brings. */
async function saved(page, chart, kind) {
  const [download] = await Promise.all([page.waitForEvent("download"), chart.locator(`[data-action="save-${kind}"]`).click()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
}

journey("pictures and list are one state: back leads to the list, and the link to the pictures", {}, async ({ page, viewer }) => {
  await viewer.settles();
  await page.locator('[data-tab="charts"]').click();
  await viewer.part("charts").waitFor();
  assert.equal(await viewer.cards().count(), 0);
  // The address is written behind the frame.
  await page.waitForFunction(() => location.hash.includes("tab=charts"));
  await page.goBack();
  await viewer.cards().first().waitFor();
  await page.goForward();
  await viewer.part("charts").waitFor();
});

for (const [colorScheme, width] of [
  ["light", 1280],
  ["dark", 390],
]) {
  const context = { colorScheme, viewport: { width, height: 844 } };
  journey(`axe finds nothing in the pictures, and they fit (${colorScheme}, ${width} px)`, { ...CHARTS, context }, async (scene) => {
    const { page, viewer } = scene;
    await viewer.settles();
    await chart(page, "platform").waitFor();
    await assertAccessible(page, "the pictures");
    const px = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(px <= width, `the page is ${px} px wide`);
    const small = await page.locator('.chart g[role="button"]').evaluateAll((marks) =>
      marks.map((mark) => mark.getBoundingClientRect()).filter(({ width, height }) => width < 24 || height < 24).length,
    );
    assert.equal(small, 0, "every mark is big enough for a finger");
  });
}
