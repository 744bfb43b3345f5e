// Every state of the page, looked at by axe in both themes, and on a phone.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { assertAccessible } from "../harness/axe.js";
import { browser } from "../harness/browser.js";
import { STATES, reach } from "../harness/states.js";

const DESK = { width: 1280, height: 860 };
const PHONE = { width: 390, height: 844 };

/** WCAG 2.2, target size: in CSS pixels. */
const LEAST_TARGET_PX = 24;

after(async () => (await browser()).close());

/** Paper is not read aloud, and nobody touches it. */
const onScreen = STATES.filter(({ media }) => media === undefined);

for (const state of onScreen) {
  test(`axe finds nothing in either theme, and a phone has room and targets: ${state.name}`, async (t) => {
    const { page, watch } = await reach(t, state, { colorScheme: "light", viewport: DESK });
    await assertAccessible(page, `${state.name}, light`);
    await page.emulateMedia({ colorScheme: "dark" });
    await assertAccessible(page, `${state.name}, dark`);
    await page.setViewportSize(PHONE);
    assert.deepEqual(await page.evaluate(misfits, LEAST_TARGET_PX), [], "on a phone");
    watch.assertClean();
  });
}

/** Runs in the page: what is wider than the window, and what is too small for a finger. */
function misfits(leastPx) {
  const found = [];
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) found.push(`the page is ${scrollWidth} px wide`);
  for (const target of document.querySelectorAll("button, select, summary, input:not([type=checkbox], [type=radio])")) {
    if (!target.checkVisibility({ visibilityProperty: true }) || target.closest("[inert]")) continue;
    const { width, height } = target.getBoundingClientRect();
    // What nobody sees, as the browser's own control behind a button, is no target.
    if (width > 1 && (width < leastPx - 0.5 || height < leastPx - 0.5)) found.push(`${target.outerHTML.slice(0, 120)}: ${width} x ${height} px`);
  }
  return found;
}
