// Pages one after the other, as any such app has them: the list is there after the first, the rest comes by itself.
import { Tuned } from "../../peers/tuned.js";

const START = "api/v1/ayrshare/profiles?limit=1000";

/**
 * @param {(engine: Tuned, rows: object[], isWhole: boolean) => void} show called after the first page, and again when all have
 *   come: to make the index anew after each would be quadratic
 */
export async function load(show) {
  const rows = [];
  let url = START;
  for (let nPages = 1; url !== undefined; nPages += 1) {
    const { profiles, pagination } = await (await fetch(url)).json();
    for (const profile of profiles) rows.push(profile);
    const isLast = !pagination.hasMore;
    if (nPages === 1 || isLast) show(new Tuned(rows), rows.slice(), isLast);
    url = isLast ? undefined : `${START}&cursor=${encodeURIComponent(pagination.nextCursor)}`;
    if (nPages === 1 && !isLast) await wanted();
  }
}

/** A person asks for the rest, as in ours. */
function wanted() {
  return new Promise((resolve) => document.querySelector('[data-action="load-all"]').addEventListener("click", resolve, { once: true }));
}
