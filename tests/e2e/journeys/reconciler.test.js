// Yew 0.23.0 pairs children without keys from the back, which rebuilds what stands in front of something that comes or goes
// (yewstack/yew#3262), and crashes where a component that draws nothing stands between such things (yewstack/yew#4092).
// Both are avoided by keys and by an element around whatever may be missing. These journeys fail where that is forgotten:
// a rebuilt element has lost its mark, and the crash is an error in the console.
import assert from "node:assert/strict";

import { journey } from "../harness/journey.js";

/** Parts that stay whatever happens around them. */
const LASTING = [
  '[data-testid="query-bar"]', '[data-testid="result-bar"]', '[data-testid="rail"]', '[data-testid="facets"]', '[data-testid="presets"]',
  '[data-testid="chips"]', '[data-testid="list"]', '[data-testid="announcement"]', '[data-testid="empty"]', "#profiles", "#list-end", "header",
  '[data-facet="source"]', '[data-facet="status"]', '[data-facet="platform"]', '[data-source="ayrshare"]', '[data-source="upsun"]',
];

/** Does one thing after the other, and looks each time whether all is still the element that it was. */
async function everythingLasts(page, steps, lasting = LASTING) {
  await page.evaluate((selectors) => {
    for (const selector of selectors) document.querySelector(selector).isMarked = true;
  }, lasting);
  for (const [name, act] of steps) {
    await act();
    const rebuilt = await page.evaluate((selectors) => selectors.filter((selector) => document.querySelector(selector)?.isMarked !== true), lasting);
    assert.deepEqual(rebuilt, [], `rebuilt or gone after: ${name}`);
  }
}

journey("what comes and goes leaves what stands before and behind it as it is", {}, async ({ page, viewer }) => {
  await viewer.settles();
  const chip = viewer.part("chip");
  const fold = page.locator('[data-facet="platform"] [data-action="fold"]');
  await everythingLasts(page, [
    ["a condition", async () => (await viewer.ask("status:suspended"), await chip.first().waitFor())],
    ["a second condition and a remark", async () => (await viewer.ask("status:suspended platfrom:x"), await viewer.part("query-remarks").getByRole("listitem").waitFor())],
    ["no match", async () => (await viewer.ask("nobody has this"), await page.locator('[data-testid="empty"] button').first().waitFor())],
    ["nothing asked", async () => (await page.locator('[data-action="clear-query"]').click(), await chip.first().waitFor({ state: "detached" }))],
    ["a folded group", async () => (await fold.click(), await page.locator('[data-facet="platform"] [data-action="fold"][aria-expanded="false"]').waitFor())],
    ["an unfolded group", async () => (await fold.click(), await page.locator('[data-facet="platform"] input').first().waitFor())],
    ["another order", async () => page.locator('[data-preset="urgent"]').click()],
    ["a profile", async () => viewer.open((await viewer.keys())[0])],
    ["the same without it", async () => (await page.keyboard.press("Escape"), await viewer.part("drawer").waitFor({ state: "detached" }))],
    ["lines", async () => (await page.locator('[data-view="compact"]').click(), await page.locator("article.line").first().waitFor())],
    ["cards", async () => (await page.locator('[data-view="cards"]').click(), await page.locator("article.card").first().waitFor())],
    ["the help", async () => (await page.keyboard.press("?"), await page.getByRole("dialog").waitFor())],
    ["the same without it", async () => (await page.keyboard.press("Escape"), await page.getByRole("dialog").waitFor({ state: "detached" }))],
    ["everything loaded", async () => (await page.locator('[data-action="load-rest"]').click(), await viewer.reaches("ayrshare", "done"))],
  ]);
});

journey(
  "an error that comes and goes at one source leaves the others as they are",
  { args: ["--fault", "insightiq/profiles:status-500@1x3"], allowed: [/status of 5\d\d/] },
  async ({ page, viewer }) => {
    await viewer.reaches("insightiq", "failed");
    await viewer.reaches("ayrshare", "ready", "done");
    await everythingLasts(page, [
      ["a condition while one has failed", async () => viewer.ask("status:suspended")],
      ["another try", async () => (await viewer.button("insightiq", "retry").click(), await viewer.reaches("insightiq", "ready", "done"))],
    ]);
  },
);

journey("pictures in the place of the list, and sheets above it, leave what stands around them as it is", {}, async ({ page, viewer }) => {
  await viewer.settles();
  const ofTheList = ['[data-testid="list"]', '[data-testid="empty"]', "#list-end"];
  const around = LASTING.filter((selector) => !ofTheList.includes(selector));
  await page.locator('[data-facet="platform"] input').first().waitFor();
  await everythingLasts(
    page,
    [
      ["pictures", async () => (await page.locator('[data-tab="charts"]').click(), await viewer.part("charts").waitFor())],
      ["a condition", async () => (await page.locator('[data-facet="status"] input').first().click(), await viewer.part("chip").waitFor())],
      ["the list", async () => (await page.locator('[data-tab="profiles"]').click(), await viewer.part("list").waitFor())],
      ["the table", async () => (await page.locator('[data-view="table"]').click(), await page.locator("tr[data-key]").first().waitFor())],
      ["groups", async () => (await viewer.part("group-by").selectOption("source"), await page.locator(".group__fold").first().waitFor())],
      ["no groups", async () => (await viewer.part("group-by").selectOption(""), await page.locator(".group__fold").first().waitFor({ state: "detached" }))],
      ["chosen profiles", async () => (await page.locator('[data-action="pick"]').first().click(), await viewer.part("picked").waitFor())],
      ["the export", async () => (await page.locator('[data-action="export"]').first().click(), await viewer.part("export").waitFor())],
      ["the same without it", async () => (await page.keyboard.press("Escape"), await viewer.part("export").waitFor({ state: "detached" }))],
    ],
    around,
  );
});

journey("what somebody writes in a list that grows and shrinks stays written", {}, async ({ page, viewer }) => {
  await viewer.settles();
  const search = page.locator('[data-facet="platform"] [data-testid="facet-search"]');
  await search.fill("in");
  await page.locator('[data-facet="platform"] input[type="checkbox"]').first().click();
  await viewer.part("chip").first().waitFor();
  assert.equal(await search.inputValue(), "in");
  await page.locator('[data-action="clear-all"]').click();
  await viewer.part("chip").first().waitFor({ state: "detached" });
  assert.equal(await search.inputValue(), "in");
});
