import assert from "node:assert/strict";

import { assertAccessible } from "../harness/axe.js";
import { journey } from "../harness/journey.js";

const TABLE = { fragment: "#view=table" };
const MANY = { ...TABLE, args: ["--profiles", "4000"] };

const head = (page, column) => page.locator(`th[data-column="${column}"]`);
const followers = (page) =>
  page.locator('td[data-column="followers"]').evaluateAll((cells) => cells.map((cell) => cell.textContent));

/** Waits until a head says how it sorts; `null` if it does not. */
const sorts = (page, column, how) =>
  page.waitForFunction(
    ([column, how]) => document.querySelector(`th[data-column="${column}"]`).getAttribute("aria-sort") === how,
    [column, how],
  );

journey("the table is chosen by a button or a key, is a table by its roles, and opens profiles", TABLE, async (scene) => {
  const { page, viewer } = scene;
  await viewer.settles();
  const table = page.getByRole("table", { name: "Profiles" });
  await table.waitFor();
  assert.equal(await page.getByRole("columnheader").count(), 7);
  await page.locator('[data-view="cards"]').click();
  await table.waitFor({ state: "detached" });
  await page.locator("#profiles").focus();
  await page.keyboard.press("2");
  await page.waitForFunction(() => location.hash.includes("view=table"));
  await viewer.showAll();
  const row = page.locator("tr[data-key]").nth(1);
  const key = await row.getAttribute("data-key");
  await row.getByRole("rowheader").getByRole("button").click();
  await viewer.part("drawer").waitFor();
  assert.equal(await viewer.part("drawer").getAttribute("data-key"), key);
  await page.keyboard.press("Escape");
  await page.waitForFunction((key) => document.activeElement.closest("[data-key]")?.dataset.key === key, key);
});

journey("heads sort by click and by key, turn, add a second key with Shift, and give up", TABLE, async ({ page, viewer }) => {
  await viewer.settles();
  await viewer.ask("source:insightiq has:followers");
  await head(page, "followers").getByRole("button").click();
  await sorts(page, "followers", "descending");
  await viewer.showAll();
  const numbers = (await followers(page)).map((text) => Number(text.replaceAll(",", "")));
  assert.ok(numbers.length > 10);
  assert.deepEqual(numbers, [...numbers].sort((a, b) => b - a));
  await page.keyboard.press("Enter");
  await sorts(page, "followers", "ascending");
  await head(page, "platform").getByRole("button").focus();
  await page.keyboard.press("Shift+Enter");
  await page.waitForFunction(() => decodeURIComponent(location.hash).includes("sort=followers,platform"));
  assert.match(await head(page, "platform").innerText(), /2/);
  await head(page, "followers").getByRole("button").click();
  await sorts(page, "followers", null);
});

journey("columns are chosen and moved, and stay in the link and on the device", TABLE, async ({ page, viewer }) => {
  await viewer.settles();
  await page.locator('[data-view="cards"]').click();
  await page.locator('[data-view="table"]').click();
  await page.locator('[data-action="columns"]').click();
  const panel = viewer.part("columns");
  await panel.getByRole("checkbox", { name: "Handle" }).check();
  await panel.getByRole("checkbox", { name: "Health" }).uncheck();
  await panel.getByRole("button", { name: "Move Handle earlier" }).click();
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "hidden" });
  const titles = () => page.getByRole("columnheader").allInnerTexts();
  const wanted = ["Title", "Source", "Status", "Platforms", "Followers", "Handle", "Created"];
  assert.deepEqual(await titles(), wanted);
  // The address is written behind the frame.
  await page.waitForFunction(() => decodeURIComponent(location.hash).includes("columns=source,status,platform,followers,handle,created"));
  await page.evaluate(() => history.replaceState(null, "", location.pathname));
  await page.reload();
  await viewer.settles();
  await page.getByRole("columnheader").first().waitFor();
  assert.deepEqual(await titles(), wanted, "the choice is kept on the device");
});

journey("of thousands of rows only what is seen is there, and the head stays in sight", MANY, async ({ page, viewer }) => {
  await viewer.settles();
  await page.locator('[data-action="load-rest"]').click();
  for (const source of ["ayrshare", "insightiq", "upsun"]) await viewer.reaches(source, "done");
  await page.waitForFunction(() => document.querySelector("table").getAttribute("aria-rowcount") === "4001");
  await viewer.showAll();
  assert.ok((await page.locator("tr[data-key]").count()) < 150, "most rows are not in the document");
  await page.mouse.move(800, 600);
  await page.mouse.wheel(0, 20_000);
  await page.waitForFunction(() => history.state?.place > 100);
  const { isUnderTools, isOnTop } = await page.evaluate(() => {
    const head = document.querySelector("thead th").getBoundingClientRect();
    const tools = document.querySelector(".app__tools").getBoundingClientRect();
    const there = document.elementFromPoint(head.left + 40, head.top + head.height / 2);
    return { isUnderTools: Math.abs(head.top - tools.bottom) < 2, isOnTop: there.closest("thead") !== null };
  });
  assert.ok(isUnderTools && isOnTop, "the head stands below the query bar, above the rows");
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  const last = page.locator('tr[data-place="3999"]');
  await last.waitFor();
  assert.equal(await last.getAttribute("aria-rowindex"), "4001");
});

journey("the browser finds what is in the table, and back leads to the same row", TABLE, async ({ page, viewer }) => {
  await viewer.settles();
  await viewer.showAll();
  const last = await page.locator("tr[data-key]").last().locator("th").innerText();
  assert.ok(await page.evaluate((name) => window.find(name), last), `${last} is found`);
  await page.mouse.move(800, 600);
  await page.mouse.wheel(0, 3000);
  await page.waitForFunction(() => history.state?.place > 20);
  const place = await page.evaluate(() => history.state.place);
  await page.locator('[data-preset="suspended"]').evaluate((button) => button.click());
  await page.waitForFunction(() => document.querySelector('[data-testid="list"]').dataset.total === "6");
  await page.waitForFunction(() => location.hash.includes("suspended") && scrollY < 600);
  await page.goBack();
  await page.waitForFunction((place) => {
    const box = document.querySelector(`tr[data-place="${place}"]`)?.getBoundingClientRect();
    return box && box.top >= 0 && box.bottom <= innerHeight;
  }, place);
});

journey(
  "on a phone the table scrolls sideways in its own box, and the page does not",
  { ...TABLE, context: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } },
  async ({ page, viewer }) => {
    await viewer.settles();
    const { page: pagePx, inside, shown } = await page.evaluate(() => {
      const box = document.querySelector('[data-testid="list"]');
      box.scrollLeft = 10_000;
      return { page: document.documentElement.scrollWidth, inside: box.scrollWidth, shown: box.clientWidth, left: box.scrollLeft };
    });
    assert.ok(pagePx <= 390 && inside > shown, `${pagePx} px, ${inside} in ${shown}`);
    await assertAccessible(page, "the table on a phone");
  },
);

for (const colorScheme of ["light", "dark"]) {
  journey(`axe finds nothing in the table and its chooser (${colorScheme})`, { ...TABLE, context: { colorScheme } }, async (scene) => {
    await scene.viewer.settles();
    await scene.page.locator("tr[data-key]").first().waitFor();
    await assertAccessible(scene.page, "the table");
    await scene.page.locator('[data-action="columns"]').click();
    await assertAccessible(scene.page, "the chooser of columns");
  });
}

journey("on paper the table has all its rows and none of its buttons' frames", TABLE, async ({ page, viewer }) => {
  await viewer.settles();
  await viewer.showAll();
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("tr[data-key]").count(), 190);
  assert.equal(await page.locator("tr[data-key] th").last().isVisible(), true);
  assert.equal(await page.locator('[data-action="columns"]').isVisible(), false);
});
