// What WCAG 2.2 asks of everything that can be pressed, looked at in the page.
import assert from "node:assert/strict";

/** Runs in the page: what can be pressed and is smaller than 24 px, unless it is a link within a text or a control whose label is larger. */
function small() {
  const LEAST_PX = 24;
  const pressed = "button, select, a[href], summary, input:not([type=file]), [role=button], [role=tab], [role=option]";
  const box = (element) => {
    const { width, height } = (element.matches("input[type=checkbox], input[type=radio]") && element.closest("label") || element).getBoundingClientRect();
    return { width: Math.round(width * 10) / 10, height: Math.round(height * 10) / 10 };
  };
  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !element.closest("[inert], [hidden], .visually-hidden");
  const isInText = (element) => element.matches("a[href]") && getComputedStyle(element).display === "inline";
  return [...document.querySelectorAll(pressed)]
    .filter((element) => isSeen(element) && !isInText(element) && !element.matches(".skip, .visually-hidden"))
    .map((element) => ({ element: element.outerHTML.slice(0, 120), ...box(element) }))
    .filter(({ width, height }) => width > 0 && (width < LEAST_PX || height < LEAST_PX));
}

/** Fails on any target that is too small for a finger. */
export async function assertTargets(page, state) {
  assert.deepEqual(await page.evaluate(small), [], `too small in this state: ${state}`);
}
