import assert from "node:assert/strict";

import { Gate } from "../harness/gate.js";
import { journey } from "../harness/journey.js";
import { keysOf } from "../harness/viewer.js";

let gate;
const holdFourth = async (page) => {
  gate = await Gate.across(page, ({ searchParams }) => searchParams.get("offset") === "300");
};

journey(
  "stop ends a load within the request in flight, and continue goes on at the same place",
  { args: ["--profiles", "4000"], before: holdFourth },
  async ({ viewer, watch }) => {
    await viewer.settles();
    await viewer.button("insightiq", "load-all").click();
    await gate.holds(1);
    await viewer.button("insightiq", "stop").click();
    await viewer.reaches("insightiq", "stopped");
    assert.equal(watch.of("insightiq").length, 4, "nothing was asked after stop");
    assert.match(await viewer.source("insightiq").innerText(), /Stopped at 300 profiles/);

    const continued = viewer.button("insightiq", "continue").click();
    await gate.holds(2);
    gate.release();
    await continued;
    await viewer.reaches("insightiq", "done");
    const offsets = watch.of("insightiq").map((request) => Number(request.params.get("offset") ?? 0));
    const expected = [0, 100, 200, 300, 300, 400, 500, 600, 700, 800, 900];
    // The page after a full last one is asked for too: this API names no total.
    assert.deepEqual(offsets.slice(0, expected.length), expected, "only the page in flight was asked twice");

    const answers = await watch.answers("insightiq");
    const arrived = answers.flatMap((answer) => keysOf("insightiq", answer.text));
    assert.equal(arrived.length, 1000, "no page was answered twice");
    assert.equal(new Set(arrived).size, 1000);
  },
);
