// What the program `use.js` tells of the sandbox's demo data: the same everywhere, or something is broken.
import assert from "node:assert/strict";

/** Checks what a consumer printed or showed. */
export function assertTold(text, where) {
  const told = JSON.parse(text);
  const { first, ...rest } = told;
  assert.deepEqual(
    rest,
    { size: 240, pages: { ayrshare: 1, insightiq: 7, upsun: 1 }, suspended: 6, isExact: true, refused: "invalid_query", aborted: "my own reason" },
    where,
  );
  assert.match(first, /^ayrshare:/, where);
}
