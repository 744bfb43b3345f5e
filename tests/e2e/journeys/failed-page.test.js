import assert from "node:assert/strict";

import { journey } from "../harness/journey.js";
import { keysOf } from "../harness/viewer.js";

const BROKEN = /status of 50\d/;

journey(
  "a page that fails three times keeps the cards, and its retry asks for that page only",
  { args: ["--profiles", "4000", "--fault", "insightiq/profiles:status-500@3x3"], allowed: [BROKEN] },
  async ({ viewer, watch }) => {
    await viewer.settles();
    await viewer.button("insightiq", "load-all").click();
    await viewer.reaches("insightiq", "failed");
    const offsets = () => watch.of("insightiq").map((request) => Number(request.params.get("offset") ?? 0));
    assert.deepEqual(offsets(), [0, 100, 200, 200, 200], "three tries for the third page");
    assert.match(await viewer.error("insightiq"), /InsightIQ has a problem on its side/);
    assert.match(await viewer.button("insightiq", "retry").innerText(), /page 3/i);
    assert.ok((await viewer.someKeys("insightiq")).length > 0, "the first cards stay");
    await viewer.reaches("ayrshare", "ready");
    await viewer.reaches("upsun", "ready");

    await viewer.button("insightiq", "retry").click();
    await viewer.reaches("insightiq", "ready", "done");
    assert.equal(offsets()[5], 200, "the retry asks for the failed page");
    const answers = (await watch.answers("insightiq")).filter((answer) => answer.status === 200);
    const arrived = answers.flatMap((answer) => keysOf("insightiq", answer.text));
    assert.equal(new Set(arrived).size, arrived.length, "no page was answered twice");
  },
);

journey(
  "a source whose first page fails leaves the others usable",
  { args: ["--fault", "upsun/profiles:status-500@1x3"], allowed: [BROKEN] },
  async ({ viewer }) => {
    await viewer.reaches("upsun", "failed");
    await viewer.reaches("ayrshare", "ready");
    await viewer.reaches("insightiq", "done");
    assert.equal(await viewer.cards("upsun").count(), 0);
    assert.ok((await viewer.cards().count()) > 0);
    await viewer.button("upsun", "retry").click();
    await viewer.reaches("upsun", "done");
    await viewer.showAll();
    assert.equal(await viewer.cards("upsun").count(), 30);
  },
);

journey(
  "a web page in place of data is said to be one",
  { args: ["--fault", "insightiq/profiles:html@1x9"], allowed: [BROKEN] },
  async ({ viewer }) => {
    await viewer.reaches("insightiq", "failed");
    assert.match(await viewer.error("insightiq"), /not profile data: expected JSON, found text\/html/);
    await viewer.reaches("ayrshare", "ready");
  },
);
