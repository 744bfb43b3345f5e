// The program comes in two parts: what shows the first records, and the rest behind them.
import assert from "node:assert/strict";

import { Gate } from "../harness/gate.js";
import { journey } from "../harness/journey.js";

const isRest = ({ pathname }) => /\/roster-rest-[0-9a-f]{16}\.wasm$/.test(pathname);

/** How each request for the rest was made: `fetch` goes on meanwhile, `xhr` is waited for. */
function asked(page) {
  const ways = [];
  page.on("request", (request) => {
    if (isRest(new URL(request.url()))) ways.push(request.resourceType());
  });
  return ways;
}

/** What stands above the cards may need a line more than was left for it, in pixels. */
const LINE_PX = 20;

let gate;
let others;
let ways;

/** Lets through only what is waited for. */
const holdBehind = async (page) => {
  ways = asked(page);
  gate = await Gate.across(page, isRest, (request) => request.resourceType() === "fetch");
};

/**
 * Waits for the first cards, which need nothing of the rest, and for the request that asks for it behind them. What a browser
 * happens to do in another order may need a function that no recording saw: a list that is out of date needs it each time.
 */
async function showsWithoutRest(page, viewer) {
  for (let nVisits = 1; ; nVisits += 1) {
    await viewer.cards().first().waitFor();
    if (ways.length === 0) await page.waitForRequest((request) => isRest(new URL(request.url())));
    if (!ways.includes("xhr")) break;
    assert.ok(nVisits < 4, "web/first.txt is out of date: the first cards need the rest; `cargo xtask first` writes it anew");
    gate.release();
    ways.length = 0;
    await page.reload();
  }
  assert.deepEqual(ways, ["fetch"]);
}

journey(
  "the first cards are there before the rest of the program, it comes behind them, and they stay where they are",
  { before: holdBehind },
  async ({ page, viewer }) => {
    await showsWithoutRest(page, viewer);
    const place = (key) =>
      viewer.card(key).evaluate((card) => {
        const { x, y, width, height } = card.getBoundingClientRect();
        return { x, y, width, height };
      });
    const keys = await viewer.keys();
    const places = await Promise.all(keys.map(place));
    assert.equal(await viewer.part("rail").count(), 0, "what counts is not there yet");
    gate.release();
    await viewer.settles();
    assert.deepEqual((await viewer.keys()).slice(0, keys.length), keys);
    for (const [at, { y, ...now }] of (await Promise.all(keys.map(place))).entries()) {
      const { y: before, ...was } = places[at];
      assert.deepEqual(now, was);
      assert.ok(Math.abs(y - before) <= LINE_PX, `card ${at} moved from ${before} to ${y}`);
    }
    await viewer.ask("an");
    assert.deepEqual(ways, ["fetch"], "it is loaded once");
  },
);

journey(
  "what is written and chosen before the rest has come is kept",
  { before: holdBehind },
  async ({ page, viewer }) => {
    await showsWithoutRest(page, viewer);
    const [key] = await viewer.keys();
    await viewer.card(key).locator('[data-action="pick"]').check();
    await page.locator('[data-action="theme"]').click();
    await viewer.part("query-bar").pressSequentially("an");
    gate.release();
    await viewer.settles();
    assert.equal(await viewer.part("query-bar").inputValue(), "an");
    assert.ok(await viewer.part("query-bar").evaluate((bar) => bar === document.activeElement), "the focus stays");
    await page.waitForURL(/q=an/);
    await page.locator("html[data-theme]").waitFor();
    await page.locator('[data-testid="picked"]', { hasText: "1" }).waitFor();
    assert.deepEqual(ways, ["fetch"]);
  },
);

journey(
  "what is needed before the rest has come is waited for, and works",
  { before: holdBehind, allowed: [/net::ERR_ABORTED/] },
  async ({ page, viewer }) => {
    await showsWithoutRest(page, viewer);
    await viewer.cards().first().locator('[data-action="open"]').click();
    assert.deepEqual(ways, ["fetch"], "what can wait waits");
    await viewer.button("ayrshare", "stop").click();
    assert.deepEqual(ways, ["fetch", "xhr"], "the first request was given up for one that is waited for");
    await viewer.part("drawer").getByRole("heading", { level: 2 }).first().waitFor();
    gate.release();
    await viewer.settles();
    await viewer.ask("an");
    assert.deepEqual(ways, ["fetch", "xhr"]);
  },
);

journey(
  "an id is copied before the rest has come, which is waited for",
  { before: holdBehind, allowed: [/net::ERR_ABORTED/], context: { permissions: ["clipboard-read", "clipboard-write"] } },
  async ({ page, viewer }) => {
    await showsWithoutRest(page, viewer);
    const [key] = await viewer.keys();
    await viewer.card(key).locator('[data-action="copy-id"]').click();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), key.split(":")[1]);
    assert.deepEqual(ways, ["fetch", "xhr"]);
    await viewer.settles();
  },
);

journey(
  "a check that is wanted before the rest has come is kept, and made once when it is there",
  {
    allowed: [/net::ERR_ABORTED/],
    before: async (page) => {
      await holdBehind(page);
      // Only Ayrshare's profiles can be checked, and whoever answers first is seen first. The check itself is held, too.
      const isOther = ({ pathname, searchParams }) => /\/(insightiq|upsun)\/profiles$/.test(pathname) || searchParams.has("include");
      others = await Gate.across(page, isOther);
    },
  },
  async ({ page, viewer, watch }) => {
    await showsWithoutRest(page, viewer);
    const isCheck = (request) => request.url().includes("include=");
    const [key] = await viewer.someKeys("ayrshare");
    const line = viewer.card(key).locator('[data-slot="trouble"]');
    const checked = page.waitForRequest(isCheck);
    await line.locator('[data-action="check"]').click();
    await line.locator('[data-action="check"][aria-disabled="true"]').waitFor();
    gate.release();
    assert.equal(new URL((await checked).url()).searchParams.get("refId"), key.split(":")[1]);
    others.release();
    await line.locator('[data-action="check"]').waitFor({ state: "detached" });
    assert.equal(watch.of("ayrshare").filter(({ params }) => params.has("include")).length, 1);
    await viewer.settles();
  },
);

journey(
  "a link to more than the first cards loads both parts beside each other",
  { fragment: "#q=an&view=table", before: holdBehind },
  async ({ page, viewer }) => {
    await gate.holds(1);
    assert.equal(await page.locator("#start-status").count(), 1, "nothing is drawn before");
    gate.release();
    await viewer.settles();
    assert.deepEqual(ways, ["fetch"]);
    assert.ok((await page.locator("tr[data-key]").count()) > 0);
  },
);

/** A page that nobody sees makes no frames, and says so only sometimes. */
const standStill = (page) =>
  page.addInitScript(() => {
    globalThis.requestAnimationFrame = () => 0;
  });

journey("a page that makes no frames loads all the same", { before: standStill }, async ({ viewer }) => {
  await viewer.settles();
});

const refuseRest = (page) => page.route(isRest, (route) => route.abort());

/** A program that asks for what nobody has: it is fetched and compiled, and does not fit. */
const STRANGER = Buffer.from([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, 7, 1, 1, 102, 1, 120, 0, 0]);
const bringStranger = (page) =>
  page.route(isRest, (route) => route.fulfill({ body: STRANGER, contentType: "application/wasm" }));

/** The first cards stay, it is said that a part is missing, and the page goes on once it can have it. */
async function goesOnLater({ page, viewer }) {
  await viewer.cards().first().waitFor();
  await page.locator("#stopped", { hasText: /could not be loaded: .*asked for again/ }).waitFor();
  await page.unroute(isRest);
  await viewer.settles();
  assert.ok(await page.locator("#stopped").isHidden());
}

/** What is needed at once cannot be done, and it is said what helps. */
async function saysWhatToDo({ page, viewer }) {
  await viewer.cards().first().waitFor();
  await viewer.button("ayrshare", "stop").click();
  await page.locator("#stopped", { hasText: /could not be loaded: .*Reload the page/ }).waitFor();
}

journey(
  "where the rest cannot be loaded the page says so, and goes on once it can",
  { before: refuseRest, allowed: [/net::ERR_FAILED/] },
  goesOnLater,
);

journey(
  "where it cannot be loaded at once either the page says what to do",
  { before: refuseRest, allowed: [/net::ERR_FAILED/, /Failed to (load|execute)/] },
  saysWhatToDo,
);

journey("a rest that does not fit is told of, and fetched anew", { before: bringStranger }, goesOnLater);

journey(
  "a rest that does not fit where it is waited for is told of too",
  { before: bringStranger, allowed: [/import|LinkError|WebAssembly/i] },
  saysWhatToDo,
);
