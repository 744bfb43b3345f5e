// What people ship: arrays of objects, `filter`, `toLowerCase().includes`, counters in an object, `sort`, `slice`.
//
// Each facet counts under the other filters, so there is one pass for each. It does not fold accents; words are chosen
// so that this makes no difference.
import { PLATFORMS, STATUSES, answer, statusOf } from "./profile.js";

export class Natural {
  #rows;
  #collator = new Intl.Collator("en", { sensitivity: "base", numeric: true });

  constructor(rows) {
    this.#rows = rows.map((row, place) => ({ ...row, place }));
  }

  query({ needle, platforms, status, limit = 50 }) {
    const hasText = (row) => [row.title, row.displayTitle, row.refId].some((text) => text?.toLowerCase().includes(needle));
    const hasPlatforms = (row) => platforms.every((word) => row.activeSocialAccounts?.includes(word));
    const hasStatus = (row) => statusOf(row) === status;
    const filters = { text: needle && hasText, platform: platforms.length > 0 && hasPlatforms, status: status && hasStatus };
    const passing = (leftOut) => {
      const wanted = Object.entries(filters).filter(([name, filter]) => filter && name !== leftOut);
      return this.#rows.filter((row) => wanted.every(([, filter]) => filter(row)));
    };
    const found = passing();
    const byPlatform = counted(passing("platform").flatMap((row) => row.activeSocialAccounts ?? []));
    const byStatus = counted(passing("status").map(statusOf));
    found.sort((a, b) => this.#collator.compare(a.title ?? "", b.title ?? ""));
    const top = found.slice(0, limit).map((row) => row.place);
    return answer(found.length, countsOf(PLATFORMS, byPlatform), countsOf(STATUSES, byStatus), top);
  }
}

function counted(words) {
  const counts = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

const countsOf = (words, counts) => words.map((word) => counts[word] ?? 0);
