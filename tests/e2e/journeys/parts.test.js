// The program comes in two parts: what the first cards need, and the rest behind them.
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

let gate;
let ways;

/** Lets through only what is waited for. */
const holdBehind = async (page) => {
  ways = asked(page);
  gate = await Gate.across(page, isRest, (request) => request.resourceType() === "fetch");
};

/**
 * Waits for the first pages, which need nothing of the rest, and then for the request that asks for it behind them. What a
 * browser happens to do in another order may need a function that no recording saw: a list that is out of date needs it each
 * time.
 */
async function settlesWithoutRest(page, viewer) {
  for (let nVisits = 1; ; nVisits += 1) {
    await viewer.settles();
    if (!ways.includes("xhr")) break;
    assert.ok(nVisits < 4, "web/first.txt is out of date: the first pages need the rest; `cargo xtask first` writes it anew");
    gate.release();
    ways.length = 0;
    await page.reload();
  }
  if (ways.length === 0) await page.waitForRequest((request) => isRest(new URL(request.url())));
  assert.deepEqual(ways, ["fetch"]);
}

journey(
  "the first cards of every source are there before the rest of the program, and it comes behind them",
  { before: holdBehind },
  async ({ page, viewer }) => {
    await settlesWithoutRest(page, viewer);
    assert.ok((await viewer.cards().count()) > 0);
    gate.release();
    await page.waitForResponse((response) => isRest(new URL(response.url())));
    await viewer.ask("an");
    assert.deepEqual(ways, ["fetch"], "it is loaded once");
  },
);

journey(
  "what is needed before the rest has come is waited for, and works",
  { before: holdBehind, allowed: [/net::ERR_ABORTED/] },
  async ({ page, viewer }) => {
    await settlesWithoutRest(page, viewer);
    await viewer.open((await viewer.someKeys("ayrshare"))[0]);
    assert.deepEqual(ways, ["fetch", "xhr"], "the first request was given up for one that is waited for");
    await viewer.part("drawer").getByRole("heading", { level: 2 }).first().waitFor();
    gate.release();
    await page.keyboard.press("Escape");
    await viewer.ask("an");
    assert.deepEqual(ways, ["fetch", "xhr"]);
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

journey(
  "where the rest cannot be loaded the page says so, and what to do",
  {
    before: (page) => page.route(isRest, (route) => route.abort()),
    allowed: [/net::ERR_FAILED/, /Failed to (load|execute)/],
  },
  async ({ page }) => {
    // The first cards can do without.
    await page.locator('[data-action="open"]').first().click();
    await page.locator("#stopped", { hasText: /could not be loaded: .*Reload the page/ }).waitFor();
  },
);
