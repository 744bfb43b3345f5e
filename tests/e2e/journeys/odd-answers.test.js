import assert from "node:assert/strict";

import { journey } from "../harness/journey.js";

journey(
  "a place that the API forgot can be left by starting over, and what came is kept",
  {
    args: ["--profiles", "800", "--fault", "ayrshare/profiles:expired-cursor@2x1"],
    allowed: [/status of 4\d\d/],
  },
  async ({ viewer, watch }) => {
    await viewer.settles();
    await viewer.button("ayrshare", "load-all").click();
    await viewer.reaches("ayrshare", "failed");
    assert.equal(watch.of("ayrshare").length, 2, "a refused place is not asked for again");
    assert.match(await viewer.source("ayrshare").innerText(), /\b100\b/, "the page before it is kept");
    await viewer.button("ayrshare", "start-over").click();
    await viewer.reaches("ayrshare", "done");
    assert.equal(watch.of("ayrshare")[2].params.has("cursor"), false, "it asks for the first page");
    assert.match(await viewer.source("ayrshare").innerText(), /100 arrived twice and were merged/);
    await viewer.showAll();
    const keys = await viewer.someKeys("ayrshare");
    assert.equal(keys.length, 500);
    assert.equal(new Set(keys).size, 500, "what came twice is one card");
  },
);

journey(
  "the same next page twice is an error on screen and no endless load",
  { args: ["--profiles", "800", "--fault", "ayrshare/profiles:repeated-cursor@2"] },
  async ({ viewer, watch }) => {
    await viewer.settles();
    await viewer.button("ayrshare", "load-all").click();
    await viewer.reaches("ayrshare", "failed");
    assert.match(await viewer.error("ayrshare"), /The pages of Ayrshare contradict each other/);
    assert.ok(watch.of("ayrshare").length <= 3, "nothing was asked in a circle");
  },
);

journey(
  "a next link to another host is refused, and nothing is asked there",
  { args: ["--profiles", "800", "--fault", "upsun/profiles:foreign-link@1"], allowed: [/status of 502/] },
  async ({ viewer, watch, origin }) => {
    await viewer.reaches("upsun", "failed");
    assert.match(await viewer.error("upsun"), /The pages of Upsun contradict each other/);
    const strange = watch.urls.filter((url) => !url.startsWith(origin));
    assert.deepEqual(strange, []);
  },
);

journey(
  "a record that cannot be read is counted and shown beside the others",
  { args: ["--fault", "insightiq/profiles:malformed-record@1x1"] },
  async ({ viewer }) => {
    await viewer.settles();
    const rejected = viewer.source("insightiq").locator('[data-testid="rejected"]');
    assert.match(await rejected.innerText(), /1 record has a form we do not know/);
    await viewer.showAll();
    assert.equal(await viewer.cards("insightiq").count(), 59);
  },
);
