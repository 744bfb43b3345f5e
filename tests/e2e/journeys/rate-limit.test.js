import assert from "node:assert/strict";

import { journey } from "../harness/journey.js";

const LIMITED = /status of 429/;

/** The page's clock stands still until the journey moves it: a minute's wait takes no minute. */
const options = {
  args: ["--fault", "ayrshare/profiles:rate-limit=60@2x1"],
  allowed: [LIMITED],
  before: (page) => page.clock.install(),
};

async function untilWaiting({ page, viewer }) {
  await viewer.settles();
  await page.clock.pauseAt(new Date(Date.now() + 60_000));
  await viewer.button("ayrshare", "load-more").click();
  await viewer.reaches("ayrshare", "waiting");
}

journey("a rate limit counts down and goes on by itself", options, async (scene) => {
  const { page, viewer, watch } = scene;
  await untilWaiting(scene);
  const row = viewer.source("ayrshare");
  await row.getByText(/asks us to wait 60 s.*100 profiles are safe/).waitFor();
  await page.clock.runFor(20_000);
  await row.getByText(/asks us to wait 40 s/).waitFor();
  assert.equal(watch.of("ayrshare").length, 2, "nothing is asked while waiting");
  assert.ok((await viewer.cards("ayrshare").count()) > 0, "the first cards stay");
  await page.clock.runFor(41_000);
  await page.clock.resume();
  await viewer.reaches("ayrshare", "done");
  const targets = watch.of("ayrshare").map((request) => request.target);
  assert.equal(targets.length, 3);
  assert.equal(targets[2], targets[1], "the refused page, and no other, was asked again");
  assert.match(await row.innerText(), /\b150\b/);
});

journey("a wait can be cancelled, and nothing is asked any more", options, async (scene) => {
  const { page, viewer, watch } = scene;
  await untilWaiting(scene);
  await viewer.button("ayrshare", "cancel").click();
  await viewer.reaches("ayrshare", "stopped");
  await page.clock.runFor(120_000);
  assert.equal(watch.of("ayrshare").length, 2);
  assert.ok((await viewer.cards("ayrshare").count()) > 0, "the first cards stay");
  await page.clock.resume();
  await viewer.button("ayrshare", "continue").click();
  await viewer.reaches("ayrshare", "done", "ready");
  const targets = watch.of("ayrshare").map((request) => request.target);
  assert.equal(targets[2], targets[1]);
});
