import assert from "node:assert/strict";

import { Gate } from "../harness/gate.js";
import { journey } from "../harness/journey.js";

/** More than what stays in the document whole: 2,500 of Ayrshare, 1,000 of InsightIQ, 500 of Upsun. */
const MANY = { args: ["--profiles", "4000"] };

const list = (page) => page.locator('[data-testid="list"]');

/** Waits until so many profiles are in the list. */
const holds = (page, n) =>
  page.waitForFunction((n) => document.querySelector('[data-testid="list"]').dataset.total === n, `${n}`);

async function loadEverything({ page, viewer }) {
  await viewer.settles();
  await page.locator('[data-action="load-rest"]').click();
  for (const source of ["ayrshare", "insightiq", "upsun"]) await viewer.reaches(source, "done");
}

/** Runs in the page: the card at the window's upper third, by its key and its distance from the upper edge. */
function atSight() {
  // Between two cards there is nothing; a little further there is one.
  const points = [0.5, 0.55, 0.6, 0.65].map((share) => [innerWidth * (share + 0.05), innerHeight * share]);
  const cards = points.map(([x, y]) => document.elementFromPoint(x, y)?.closest("[data-key]"));
  const card = cards.find(Boolean);
  return card && { key: card.dataset.key, place: card.dataset.place, top: Math.round(card.getBoundingClientRect().top) };
}

journey("of thousands only what is seen is in the document, and the end is reached", MANY, async (scene) => {
  const { page, viewer } = scene;
  await loadEverything(scene);
  await holds(page, 4000);
  await viewer.showAll();
  assert.ok((await viewer.cards().count()) < 150, "most cards are not in the document");
  assert.equal(await viewer.cards().first().getAttribute("aria-setsize"), "4000");

  await page.keyboard.press("End");
  await page.locator('[data-place="3999"]').waitFor();
  await page.waitForFunction(() => {
    const last = document.querySelector('[data-place="3999"]')?.getBoundingClientRect();
    return last && last.top < innerHeight && last.bottom > 0;
  });
  await viewer.showAll();
  assert.ok((await viewer.cards().count()) < 150);
  const places = await viewer.cards().evaluateAll((cards) => cards.map((card) => Number(card.dataset.place)));
  assert.deepEqual(places, [...places].sort((a, b) => a - b), "in the document they stand in the order of the list");
});

journey("up to 2,000 profiles stay in the document, so that the browser's own search finds them", {}, async (scene) => {
  const { page, viewer } = scene;
  await loadEverything(scene);
  await viewer.showAll();
  assert.equal(await viewer.cards().count(), 240);
  const last = await viewer.cards().last().locator("h3").innerText();
  assert.ok(await page.evaluate((name) => window.find(name), last), `${last} is found`);
});

let gate;
journey(
  "nothing moves while the rest loads in the background",
  {
    ...MANY,
    before: async (page) => {
      gate = await Gate.across(page, ({ searchParams }) => searchParams.get("offset") === "300");
    },
  },
  async ({ page, viewer }) => {
    await viewer.settles();
    await page.mouse.move(800, 600);
    await page.mouse.wheel(0, 4000);
    // Scrolling has come to rest when the place is kept.
    await page.waitForFunction(() => scrollY > 3000 && history.state?.place > 0);
    await page.waitForFunction(atSight);
    const before = await page.evaluate(atSight);
    const shifts = await page.evaluateHandle(() => {
      const seen = [];
      const told = ({ node, previousRect, currentRect }) =>
        `${node?.className ?? node?.nodeName} in ${node?.parentElement?.className}: ${JSON.stringify([previousRect, currentRect])}`;
      const heard = (entries) => seen.push(...entries.getEntries().map(({ value, sources }) => ({ value, moved: sources.map(told) })));
      new PerformanceObserver(heard).observe({ type: "layout-shift" });
      return seen;
    });
    await viewer.button("ayrshare", "load-all").evaluate((button) => button.click());
    await viewer.button("insightiq", "load-all").evaluate((button) => button.click());
    await gate.holds(1);
    await viewer.reaches("ayrshare", "done");
    gate.release();
    await viewer.reaches("insightiq", "done");
    assert.deepEqual(await page.evaluate(atSight), before);
    const seen = await shifts.jsonValue();
    const moved = seen.reduce((sum, { value }) => sum + value, 0);
    assert.ok(moved < 0.01, `things shifted by ${moved}: ${JSON.stringify(seen, null, 1)}`);
  },
);

journey("another answer is written into the same cards", {}, async ({ page, viewer }) => {
  await viewer.settles();
  await page.evaluate(() => {
    document.querySelector("article[data-key]").isFirst = true;
  });
  const [before] = await viewer.keys();
  const [other, n] = before.startsWith("upsun:") ? ["insightiq", 60] : ["upsun", 30];
  await viewer.ask(`source:${other}`);
  await holds(page, n);
  const [after] = await viewer.keys();
  assert.notEqual(after, before);
  assert.ok(await page.evaluate(() => document.querySelector("article[data-key]").isFirst), "it is the same element");

  // How long the list is, cards that stay where they are say only when nothing else is to be done.
  await viewer.ask("");
  await page.waitForFunction((n) => Number(document.querySelector('[data-testid="list"]').dataset.total) > n, n);
  await viewer.showAll();
  const said = await viewer.cards().evaluateAll((cards) => [...new Set(cards.map((card) => card.getAttribute("aria-setsize")))]);
  assert.deepEqual(said, [await viewer.part("list").getAttribute("data-total")]);
});

journey("j and k go from card to card, also past what was in the document", MANY, async (scene) => {
  const { page } = scene;
  await loadEverything(scene);
  const place = () => page.evaluate(() => document.activeElement.closest("[data-place]")?.dataset.place);
  const reaches = (n) =>
    page.waitForFunction((n) => document.activeElement.closest("[data-place]")?.dataset.place === n, `${n}`);
  await page.keyboard.press("j");
  await reaches(1);
  for (let n = 2; n <= 60; n++) {
    await page.keyboard.press("j");
    await reaches(n);
  }
  const isSeen = await page.evaluate(() => {
    const { top, bottom } = document.activeElement.getBoundingClientRect();
    const above = document.querySelector(".app__tools").getBoundingClientRect().bottom;
    return top >= above && bottom <= innerHeight;
  });
  assert.ok(isSeen, "nothing covers the card that has the focus");
  await page.mouse.move(800, 600);
  await page.mouse.wheel(0, 30_000);
  await page.waitForFunction(() => scrollY > 20_000);
  assert.equal(await place(), "60", "a card that has the focus keeps it when it is scrolled away");
  await page.keyboard.press("k");
  await reaches(59);
});

journey("back and forward return to the same place and the same open profile, a reload to the place", {}, async (scene) => {
  const { page, viewer } = scene;
  await loadEverything(scene);
  await page.mouse.move(800, 600);
  await page.mouse.wheel(0, 2500);
  await page.waitForFunction(() => history.state?.place > 0);
  let place = await page.evaluate(() => history.state.place);
  const key = await page.evaluate(
    (place) => document.querySelector(`[data-place="${place}"]`).dataset.key,
    place,
  );
  await viewer.open(key);
  await page.waitForFunction(() => location.hash.includes("open="));
  await page.goBack();
  await viewer.part("drawer").waitFor({ state: "detached" });
  await page.goForward();
  await viewer.part("drawer").waitFor();
  assert.equal(await viewer.part("drawer").getAttribute("data-key"), key);
  await page.goBack();
  await viewer.part("drawer").waitFor({ state: "detached" });

  // Opening a card that something covered has scrolled it free.
  await page.waitForFunction(() => history.state?.place > 0);
  place = await page.evaluate(() => history.state.place);
  await page.locator('[data-preset="suspended"]').evaluate((button) => button.click());
  // The address is written behind the frame.
  await page.waitForFunction(() => scrollY < 600 && location.hash.includes("suspended"));
  await page.goBack();
  await page.waitForFunction(
    (place) => {
      const box = document.querySelector(`[data-place="${place}"]`)?.getBoundingClientRect();
      return box && box.top >= 0 && box.bottom <= innerHeight;
    },
    place,
  );

  // As loaded means as it arrived, so that after a reload the profile may stand elsewhere. It is what comes back.
  const seen = await page.evaluate(() => history.state.key);
  await page.reload();
  await viewer.settles();
  await page.waitForFunction(
    (key) => {
      const box = document.querySelector(`article[data-key="${key}"]`)?.getBoundingClientRect();
      return box && box.top >= 0 && box.bottom <= innerHeight;
    },
    seen,
  );
});

journey("the list is drawn as cards or as lines, and the choice is kept", {}, async ({ page, viewer }) => {
  await viewer.settles();
  const key = (await viewer.keys())[0];
  const height = () => viewer.card(key).evaluate((card) => card.getBoundingClientRect().height);
  const asCard = await height();
  await page.locator('[data-view="compact"]').click();
  await page.waitForFunction(() => location.hash.includes("view=compact"));
  assert.ok((await height()) < asCard / 3);
  assert.equal((await viewer.keys())[0], key, "the same list");
  await page.evaluate(() => (location.hash = ""));
  await page.reload();
  await viewer.settles();
  assert.equal(await page.locator('[data-view="compact"]').getAttribute("aria-pressed"), "true");
});

journey("the end of the list is one key away, and every card can be reached by Tab", {}, async ({ page, viewer }) => {
  await viewer.settles();
  const skip = page.getByText("Skip the list");
  await skip.focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.id === "list-end");
  await viewer.showAll();
  const opener = viewer.cards().first().locator('[data-action="open"]');
  await opener.focus();
  for (let stop = 0; stop < 100; stop++) await page.keyboard.press("Tab");
  const place = await page.evaluate(() => Number(document.activeElement.closest("[data-place]")?.dataset.place));
  assert.ok(place > 20, `the focus came to ${place}`);
});

journey("on paper the list has its names and none of its buttons", {}, async ({ page, viewer }) => {
  await viewer.settles();
  await viewer.showAll();
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".app__rail").isVisible(), false);
  assert.equal(await viewer.cards().last().locator("h3").isVisible(), true);
  assert.equal(await viewer.cards().first().locator('[data-action="copy-id"]').isVisible(), false);
});

journey("a reload shows the same profile again, though its API answers later and it stands elsewhere", {}, async ({ page, viewer }) => {
  await viewer.settles();
  await viewer.showAll();
  await viewer.cards("upsun").nth(12).evaluate((card) => card.scrollIntoView({ block: "start" }));
  await page.waitForFunction(() => history.state?.key?.startsWith("upsun:"));
  const { key, place } = await page.evaluate(() => history.state);
  const gate = await Gate.across(page, ({ pathname }) => pathname.endsWith("/upsun/profiles"));
  await page.reload();
  await viewer.reaches("ayrshare", "ready");
  await viewer.reaches("insightiq", "done");
  await gate.holds(1);
  gate.release();
  await viewer.reaches("upsun", "done");
  await page.waitForFunction((key) => {
    const box = document.querySelector(`article[data-key="${key}"]`)?.getBoundingClientRect();
    return box && box.top >= 0 && box.bottom <= innerHeight;
  }, key);
  const now = Number(await viewer.card(key).getAttribute("data-place"));
  assert.ok(now >= 160, `the profiles of the other sources stand before it now, which was at ${place}: ${now}`);
});
