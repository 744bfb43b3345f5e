import assert from "node:assert/strict";

import { Gate } from "../harness/gate.js";
import { journey } from "../harness/journey.js";
import { SOURCES, keysOf } from "../harness/viewer.js";

journey("all 240 demo profiles load, each exactly once", {}, async ({ viewer, watch }) => {
  await viewer.settles();
  await viewer.button("ayrshare", "load-all").click();
  for (const source of SOURCES) await viewer.reaches(source, "done");
  await viewer.showAll();
  const keys = await viewer.keys();
  assert.equal(keys.length, 240);
  assert.equal(new Set(keys).size, 240);
  const arrived = [];
  for (const source of SOURCES) {
    for (const answer of await watch.answers(source)) arrived.push(...keysOf(source, answer.text));
  }
  assert.deepEqual([...keys].sort(), arrived.sort());
  const bar = await viewer.part("result-bar").innerText();
  assert.match(bar, /240 profiles/);
  assert.doesNotMatch(bar, /more available/);
});

const MANY = ["--profiles", "4000"];

journey("load more asks for one page and no more", { args: MANY }, async ({ viewer, watch }) => {
  await viewer.settles();
  for (const [source, nProfiles] of [
    ["ayrshare", 200],
    ["insightiq", 200],
    ["upsun", 100],
  ]) {
    await viewer.button(source, "load-more").click();
    await viewer
      .source(source)
      .getByText(new RegExp(`\\b${nProfiles}\\b`))
      .first()
      .waitFor();
    await viewer.reaches(source, "ready");
    assert.equal(watch.of(source).length, 2, source);
  }
});

let gate;
journey(
  "progress names a total only where the API tells one",
  {
    args: MANY,
    before: async (page) => {
      // The third page of each source waits until somebody has read the line. A page of Upsun is named by a seal.
      const asked = new Set();
      const isThird = ({ href, pathname, searchParams }) => {
        if (pathname.endsWith("/upsun/profiles")) return asked.add(href).size === 3;
        return pathname.endsWith("/insightiq/profiles") && searchParams.get("offset") === "200";
      };
      gate = await Gate.across(page, isThird);
    },
  },
  async ({ viewer, watch }) => {
    await viewer.settles();
    await viewer.button("upsun", "load-all").click();
    await viewer.button("insightiq", "load-all").click();
    await gate.holds(2);
    await viewer
      .source("upsun")
      .getByText(/100 of 500 profiles \(20 %\)/)
      .waitFor();
    await viewer
      .source("insightiq")
      .getByText(/200 profiles so far\. More are coming\./)
      .waitFor();
    assert.match(await viewer.source("upsun").innerText(), /2 pages, (under 1|\d+) s\./, "pages, and the time that it takes");
    gate.release();
    await viewer.reaches("upsun", "done");
    await viewer.reaches("insightiq", "done");
    assert.match(await viewer.source("upsun").innerText(), /All 500 profiles loaded in (under 1|\d+) s\./);
    assert.match(await viewer.source("upsun").innerText(), /\b500\b/);
    assert.match(await viewer.source("insightiq").innerText(), /\b1,000\b/);
    assert.equal(watch.of("upsun").length, 10);
  },
);

journey("everything is asked for by the largest pages, and the row meters what is used of the window", { args: MANY }, async ({ viewer, watch }) => {
  await viewer.settles();
  await viewer.source("ayrshare").locator('[data-testid="budget"]').waitFor();
  await viewer.button("ayrshare", "load-all").click();
  await viewer.reaches("ayrshare", "done");
  const limits = watch.of("ayrshare").map((request) => request.params.get("limit"));
  assert.deepEqual(limits, ["100", "5000"], "first cards soon, then as many as the API gives");
  const row = await viewer.source("ayrshare").innerText();
  assert.match(row, /All 2,500 profiles loaded/);
  // A window of the API may end between the two.
  assert.match(row, /[12] of 300 requests in 5 min/);
});
