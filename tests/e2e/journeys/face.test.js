// What a card and the drawer show of one profile: picture, state, times, what can be copied, what nobody knew.
import assert from "node:assert/strict";

import { journey } from "../harness/journey.js";

const CLIPBOARD = { context: { permissions: ["clipboard-read", "clipboard-write"] } };

/** A picture of one pixel. */
const PIXEL = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==", "base64");

let pictures = [];
const answerPictures = async (page) => {
  pictures = [];
  await page.route(/\.example\/.*/, (route) => {
    const request = route.request();
    const n = pictures.push({ url: request.url(), referrer: request.headers().referer });
    // A picture, a page in the place of one, and none at all.
    const answers = [{ body: PIXEL, contentType: "image/png" }, { body: "<p>gone", contentType: "text/html" }];
    return n % 3 === 0 ? route.abort() : route.fulfill(answers[n % 3 - 1]);
  });
};

journey(
  "a picture that does not come leaves the initials, in the same place, and nobody is told where it is shown",
  { before: answerPictures, allowed: [/ERR_FAILED|Failed to load resource/] },
  async ({ page, viewer }) => {
    await viewer.settles();
    await viewer.ask("source:insightiq,upsun");
    await viewer.showAll();
    assert.equal(await page.locator(".avatar__picture").count(), 0, "none is asked for unasked");
    const boxes = () =>
      page.evaluate(() =>
        [...document.querySelectorAll("article .avatar")].slice(0, 9).map((avatar) => {
          const { x, y, width, height } = avatar.getBoundingClientRect();
          return [x, y, width, height].map(Math.round).join(" ");
        }),
      );
    const before = await boxes();
    await page.locator('[data-action="pictures"]').click();
    // Each that was begun has ended, one way or the other.
    await page.waitForFunction(() => {
      const near = [...document.querySelectorAll(".avatar__picture")].slice(0, 6);
      return near.length === 6 && near.every((picture) => picture.complete);
    });
    assert.deepEqual(await boxes(), before, "nothing moved");
    const told = await page.evaluate(() =>
      [...document.querySelectorAll(".avatar:has(.avatar__picture)")].slice(0, 6).map((avatar) => ({
        initials: avatar.querySelector(".avatar__initials").textContent,
        alt: avatar.querySelector("img").alt,
        width: avatar.querySelector("img").naturalWidth,
      })),
    );
    assert.ok(told.some(({ width }) => width > 0) && told.some(({ width }) => width === 0), JSON.stringify(told));
    // Browsers draw a picture that failed and has no words as nothing, so that what is behind it is seen.
    assert.ok(told.every(({ initials, alt }) => initials.length > 0 && alt === ""), JSON.stringify(told));
    assert.ok(pictures.length > 0 && pictures.every(({ referrer }) => referrer === undefined), JSON.stringify(pictures[0]));
  },
);

journey("every line of a card has its room", {}, async ({ page, viewer }) => {
  await viewer.settles();
  for (const [width, height, density] of [[1440, 900, "roomy"], [1440, 900, "dense"], [390, 844, "dense"]]) {
    await page.setViewportSize({ width, height });
    await page.evaluate((density) => (document.documentElement.dataset.density = density), density);
    await viewer.showAll();
    const lost = await page.evaluate(() =>
      [...document.querySelectorAll("article .card__line")].filter((line) => {
        const [own, around] = [line, line.parentElement].map((element) => element.getBoundingClientRect());
        return line.textContent && (own.left >= around.right - 1 || own.bottom > line.closest("article").getBoundingClientRect().bottom);
      }).map((line) => line.textContent),
    );
    assert.deepEqual(lost, [], `${width} px wide, ${density}`);
  }
});

journey("no state is told by its colour alone", {}, async ({ page, viewer }) => {
  await viewer.settles();
  await viewer.showAll();
  const marks = await page.locator("article .mark--good, article .mark--warn, article .mark--bad").evaluateAll((all) =>
    all.map((mark) => ({ word: mark.textContent.trim(), hasIcon: mark.querySelector("svg") !== null })),
  );
  assert.ok(marks.length > 90, `${marks.length} states`);
  assert.deepEqual(marks.filter(({ word, hasIcon }) => !word || !hasIcon), []);
  await page.locator('[data-view="table"]').click();
  const cell = page.locator("td.tone--bad").first();
  await cell.waitFor();
  assert.ok((await cell.innerText()).trim() && (await cell.locator("svg").count()) === 1, "in the table too");
});

journey("times are near ones on the card, exact with their zone in the drawer, and in UTC where that is wanted", { context: { timezoneId: "Asia/Kolkata" } }, async (scene) => {
  const { page, viewer } = scene;
  await viewer.settles();
  await viewer.showAll();
  const [key] = await viewer.someKeys("ayrshare");
  const date = viewer.card(key).locator('[data-slot="date"]');
  assert.match(await date.innerText(), /^Created (\d+ \w+ ago|just now|\d+ \w+ \d{4})$/);
  assert.match(await date.getAttribute("title"), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.*Z$/, "the exact instant");
  await viewer.open(key);
  const told = () => page.locator('[data-testid="drawer"] time').first().innerText();
  assert.match(await told(), /\d{2}:\d{2} (GMT\+5:30|IST)/);
  const zone = page.locator('[data-action="zone"]');
  await zone.click();
  await page.waitForFunction(() => / UTC/.test(document.querySelector('[data-testid="drawer"] time')?.textContent));
  assert.ok(await zone.evaluate((button) => button === document.activeElement), "the focus stays at the button");
  await page.reload();
  await viewer.settles();
  await page.waitForFunction(() => / UTC/.test(document.querySelector('[data-testid="drawer"] time')?.textContent));
});

journey("id, handle and link are copied by a button each, and it is said", CLIPBOARD, async ({ page, viewer }) => {
  await viewer.settles();
  await viewer.ask("source:insightiq");
  await viewer.showAll();
  await viewer.open((await viewer.someKeys("insightiq"))[0]);
  for (const name of ["Id", "Handle", "Profile address"]) {
    const fact = page.locator('[data-testid="drawer"] .fact', { has: page.locator("dt", { hasText: new RegExp(`^${name}$`) }) });
    const button = fact.getByRole("button", { name: `Copy ${name}`, exact: true });
    await button.click();
    await fact.getByText("Copied").waitFor({ state: "attached" });
    const text = await page.evaluate(() => navigator.clipboard.readText());
    assert.ok(text.length > 0 && (await fact.innerText()).replace(/\s/g, "").includes(text.replace(/^https?:\/\/|\/$/g, "")), `${name}: ${text}`);
  }
});

/** A page that is not secure has no clipboard. */
const takeClipboard = (page) =>
  page.addInitScript(() => {
    globalThis.kept = navigator.clipboard;
    Object.defineProperty(Navigator.prototype, "clipboard", { get: () => undefined });
  });

journey("where a page may not use the clipboard, what is copied is copied all the same", { ...CLIPBOARD, before: takeClipboard }, async ({ page, viewer }) => {
  await viewer.settles();
  await viewer.ask("source:insightiq");
  await viewer.showAll();
  const [key] = await viewer.someKeys("insightiq");
  const copied = () => page.evaluate(() => globalThis.kept.readText());
  const button = viewer.card(key).locator('[data-action="copy-id"]');
  await button.click();
  assert.equal(await copied(), key.split(":")[1]);
  assert.ok(await button.evaluate((button) => button === document.activeElement), "the focus stays");
  await viewer.open(key);
  await page.locator('[data-testid="drawer"]').getByRole("button", { name: "Copy Handle", exact: true }).click();
  assert.notEqual(await copied(), key.split(":")[1]);
});

journey("fields and platforms that nobody knew are shown", {}, async ({ page, viewer }) => {
  await viewer.settles();
  await viewer.ask("platform:mastodon");
  await viewer.showAll();
  const card = viewer.cards("ayrshare").first();
  await card.waitFor();
  await card.locator('.card__badges[title*="Mastodon" i]').waitFor();
  await viewer.open(await card.getAttribute("data-key"));
  await page.locator('[data-testid="drawer"] [data-section="other"]').first().click();
  assert.ok((await page.locator('[data-testid="drawer"] [role="tabpanel"]').innerText()).trim().length > 0);
});

journey("nothing moves by itself where no motion is wanted, and the focus is always seen", {}, async ({ page, viewer }) => {
  await viewer.settles();
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll("#app *")].filter((element) => {
      const { animationName, transitionDuration } = getComputedStyle(element);
      return animationName !== "none" || transitionDuration.split(",").some((time) => parseFloat(time) > 0);
    }).length,
  );
  assert.equal(moving, 0);
  await page.locator(".skip").first().focus();
  const seen = [];
  for (let n = 0; n < 30; n++) {
    await page.keyboard.press("Tab");
    seen.push(
      await page.evaluate(() => {
        const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
        return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 ? "" : document.activeElement.outerHTML.slice(0, 120);
      }),
    );
  }
  assert.deepEqual(seen.filter(Boolean), [], "each stop has an outline");
});
