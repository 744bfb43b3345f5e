// Every state of the page, looked at by axe in both themes, and on a phone.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { assertAccessible } from "../harness/axe.js";
import { browser } from "../harness/browser.js";
import { STATES, reach } from "../harness/states.js";
import { assertTargets } from "../harness/targets.js";

const DESK = { width: 1280, height: 860 };
const PHONE = { width: 390, height: 844 };

after(async () => (await browser()).close());

/** Paper is not read aloud, and nobody touches it. */
const onScreen = STATES.filter(({ media }) => media === undefined);

for (const state of onScreen) {
  test(`axe finds nothing in either theme, and nothing is too small to press: ${state.name}`, async (t) => {
    const { page, watch } = await reach(t, state, { colorScheme: "light", viewport: DESK });
    await assertAccessible(page, `${state.name}, light`);
    await page.emulateMedia({ colorScheme: "dark" });
    await assertAccessible(page, `${state.name}, dark`);
    await assertTargets(page, state.name);
    if (!state.hasOwnSize) {
      await page.setViewportSize(PHONE);
      await assertTargets(page, `${state.name}, on a phone`);
    }
    const { width } = page.viewportSize();
    const px = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(px <= width, `the page is ${px} px wide in a window of ${width} px`);
    watch.assertClean();
  });
}
