// Nothing moves by itself: layout shifts as the browser counts them, from the first moment on.
import assert from "node:assert/strict";

import { journey } from "../harness/journey.js";

/**
 * The sum of all shifts that no key or click explains; the browser calls so much good. What there is, is the filters beside
 * the list, which grow when another source's first page brings more of them: what stands below them goes down.
 */
const MOST_SHIFT = 0.1;

/** Rounding moves things by so much, in pixels. */
const ROUNDING_PX = 2;

/** Runs in the page before anything else. */
function record() {
  globalThis.shifts = [];
  const isOfFilters = ({ node }) => (node?.closest ? node : node?.parentElement)?.closest(".app__rail") != null;
  const told = (source) => ({
    what: source.node?.className ?? source.node?.nodeName ?? "gone",
    isOfFilters: isOfFilters(source),
    // What has gone has moved nowhere.
    downPx: source.currentRect.height === 0 ? 0 : Math.round(source.currentRect.y - source.previousRect.y),
  });
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) {
      if (!shift.hadRecentInput) shifts.push({ value: shift.value, moved: shift.sources.map(told) });
    }
  }).observe({ type: "layout-shift", buffered: true });
}

async function assertStill(page, when) {
  const shifts = await page.evaluate(() => shifts);
  const sum = shifts.reduce((sum, { value }) => sum + value, 0);
  const others = shifts.flatMap(({ moved }) => moved).filter(({ isOfFilters, what, downPx }) => !isOfFilters && what !== "gone" && Math.abs(downPx) > ROUNDING_PX);
  assert.deepEqual(others, [], `${when}: beside the filters nothing goes up or down`);
  assert.ok(sum <= MOST_SHIFT, `${when}: ${sum.toFixed(4)} of ${JSON.stringify(shifts, null, 1)}`);
}

for (const viewport of [
  { width: 1920, height: 1080 },
  { width: 1280, height: 860 },
  { width: 768, height: 1024 },
  { width: 390, height: 844 },
]) {
  const options = { context: { viewport }, before: (page) => page.addInitScript(record) };
  journey(`nothing moves by itself while it starts, loads, is filtered and opened (${viewport.width} px)`, options, async ({ page, viewer }) => {
    await viewer.settles();
    await viewer.showAll();
    await assertStill(page, "after the first pages");
    await page.keyboard.press("/");
    await page.keyboard.type("status:suspended");
    await page.waitForFunction(() => document.querySelector('[data-testid="list"]').dataset.total === "6");
    await page.keyboard.press("Enter");
    await assertStill(page, "while it was filtered");
    await viewer.cards().first().locator('[data-action="open"]').click();
    await viewer.part("drawer").waitFor();
    await page.keyboard.press("Escape");
    await viewer.part("drawer").waitFor({ state: "detached" });
    await assertStill(page, "after a profile was opened and closed");
    assert.ok(await page.evaluate(() => PerformanceObserver.supportedEntryTypes.includes("layout-shift")), "shifts are counted at all");
  });
}
