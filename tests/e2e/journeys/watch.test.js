// The watch itself: a journey is only as good as its eyes.
import assert from "node:assert/strict";
import { test } from "node:test";

import { visit } from "../harness/journey.js";
import { startSite } from "../harness/site.js";

const CANDLE = { "index.html": "<!doctype html><title>x</title>" };

for (const [what, act, pattern] of [
  ["an error in the console", () => console.error("so it is"), /so it is/],
  [
    "an uncaught error",
    () =>
      setTimeout(() => {
        throw new Error("nobody cares");
      }),
    /uncaught: .*nobody cares/s,
  ],
  ["a dialog", () => alert("look"), /a dialog opened: look/],
  ["a style against the policy", () => document.body.setAttribute("style", "color: red"), /policy breached: style-src/],
  ["a file that is not there", () => fetch("nowhere").then(() => {}), /status of 404/],
]) {
  test(`${what} is noticed`, async (t) => {
    const site = await startSite({ files: CANDLE });
    t.after(site.stop);
    const { page, watch } = await visit(t, site.url);
    watch.assertClean();
    await page.evaluate(act);
    await page.waitForFunction(() => new Promise((done) => requestAnimationFrame(() => done(true))));
    assert.throws(
      () => watch.assertClean(),
      (error) => pattern.test(error.actual.join("\n")),
    );
  });
}
