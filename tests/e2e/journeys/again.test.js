// What is asked again: after a reload, after a limit that lasts, and to renew what is here.
import assert from "node:assert/strict";

import { Gate } from "../harness/gate.js";
import { journey } from "../harness/journey.js";

const MANY = ["--profiles", "4000"];

const offsets = (watch) => watch.of("insightiq").map((request) => Number(request.params.get("offset") ?? 0));

let gate;
journey(
  "a load that was stopped goes on at the same place after a reload, and ends with every profile, each asked for once more at most",
  { args: MANY, before: async (page) => (gate = await Gate.across(page, ({ searchParams }) => searchParams.get("offset") === "500")) },
  async ({ page, viewer, watch }) => {
    await viewer.settles();
    await viewer.button("insightiq", "load-all").click();
    await gate.holds(1);
    await viewer.button("insightiq", "stop").click();
    await viewer.reaches("insightiq", "stopped");
    await page.reload();
    await viewer.settles();
    const row = viewer.source("insightiq");
    await row.getByText("Before this page was reloaded, 500 profiles had come.").waitFor();
    assert.match(await viewer.button("insightiq", "go-on").innerText(), /Go on after 500/);
    const nAsked = watch.of("insightiq").length;
    await viewer.button("insightiq", "go-on").click();
    await gate.holds(2);
    gate.release();
    await viewer.reaches("insightiq", "done");
    const asked = offsets(watch).slice(nAsked);
    assert.equal(asked[0], 500, "it goes on where it was stopped");
    assert.deepEqual(asked.slice(-4), [100, 200, 300, 400], "what had come before the reload is not here any more, and comes too");
    assert.equal(new Set(asked).size, asked.length, "no page is asked for twice");
    assert.match(await row.innerText(), /All 1,000 profiles loaded/);
  },
);

journey(
  "a limit that lasts ends the load after three tries, says why, and keeps what came",
  {
    args: ["--fault", "ayrshare/profiles:rate-limit=60@2x9"],
    allowed: [/status of 429/],
    before: (page) => page.clock.install(),
  },
  async ({ page, viewer, watch }) => {
    await viewer.settles();
    await page.clock.pauseAt(new Date(Date.now() + 60_000));
    await viewer.button("ayrshare", "load-more").click();
    for (let n = 0; n < 2; n++) {
      await viewer.reaches("ayrshare", "waiting");
      await viewer.source("ayrshare").getByText(/asks us to wait 60 s/).waitFor();
      await page.clock.runFor(61_000);
    }
    await viewer.reaches("ayrshare", "failed");
    assert.equal(watch.of("ayrshare").length, 4, "the first page, and three tries for the second");
    const said = await viewer.error("ayrshare");
    assert.match(said, /Ayrshare still limits us after 3 tries\. 100 profiles are kept\./);
    assert.match(said, /can suspend a profile, so we stopped\. Try again in \d/);
    assert.ok((await viewer.cards("ayrshare").count()) > 0, "the cards stay");
    await page.clock.resume();
  },
);

journey("asking anew says what has changed, in the list and in words", {}, async ({ page, viewer }) => {
  await viewer.settles();
  await viewer.ask("source:upsun");
  await viewer.showAll();
  const [key] = await viewer.keys("upsun");
  await page.route(/\/upsun\/profiles/, async (route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    body.profiles[0] = { ...body.profiles[0], display_name: "Somebody Else" };
    body.profiles[1] = { id: "new-one", display_name: "Newcomer" };
    await route.fulfill({ response: answer, json: body });
  });
  await viewer.button("upsun", "refresh").click();
  await viewer.source("upsun").getByText("Up to date. 1 changed, 1 new. 1 profile has not come again and is kept.").waitFor();
  await viewer.card("upsun:new-one").waitFor();
  assert.match(await viewer.card(key).innerText(), /Somebody Else/);
  assert.equal(await viewer.cards("upsun").count(), 31);
});

journey(
  "how old the data is stands beside it, and until it is renewed nothing is asked for nothing",
  { before: (page) => page.clock.install() },
  async ({ page, viewer, watch }) => {
    await viewer.settles();
    await viewer.button("ayrshare", "load-all").click();
    await viewer.reaches("ayrshare", "done");
    const row = viewer.source("ayrshare");
    assert.match(await row.innerText(), /Data .*new data in \d+ (min|s)/);
    const refresh = viewer.button("ayrshare", "refresh");
    assert.equal(await refresh.getAttribute("aria-disabled"), "true");
    const why = await refresh.getAttribute("title");
    assert.match(why, /Ayrshare renews this data in .*\. Asking earlier returns the same\./);
    const nAsked = watch.of("ayrshare").length;
    await refresh.click({ force: true });
    await page.clock.runFor(1_000);
    await page.waitForFunction(() => document.querySelector('[data-testid="announcement"]').textContent.includes("Asking earlier returns the same"));
    assert.equal(watch.of("ayrshare").length, nAsked);
    await page.clock.runFor(6 * 60_000);
    await page.waitForFunction(() => !document.querySelector('[data-source="ayrshare"] [data-action="refresh"]').ariaDisabled);
    await page.clock.resume();
    await refresh.click();
    await row.getByText(/Up to date\. 0 changed, 0 new\./).waitFor();
    assert.ok(watch.of("ayrshare").length > nAsked);
  },
);
