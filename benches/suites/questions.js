// What is asked of ours, and its answer in the form of the peers'.
import { PLATFORMS, STATUSES, answer } from "../peers/profile.js";

/** Of every question: the order, and the fields whose values are counted. */
export const ASKED = { sort: "title", facets: "platform,status" };

/** Anybody's answer as it is compared. */
export function read(view) {
  if (view.facets === undefined) return view;
  const [platforms, statuses] = view.facets;
  return answer(view.total, counts(platforms, PLATFORMS), counts(statuses, STATUSES), view.rows);
}

/** The same for those who order by less, or by the collation of the browser, so that their first rows are others. */
export function unordered(view) {
  return { ...read(view), top: [] };
}

function counts({ values }, words) {
  const byWord = new Map(values.map(({ value, count }) => [value, count]));
  return words.map((word) => byWord.get(word) ?? 0);
}
