// crossfilter2 as its experts use it: a dimension for each filter, groups that are kept up to date as filters change.
//
// A group leaves out its own dimension's filter, which is just what a facet wants. Platforms are one dimension over
// sets as bits, because a dimension over arrays cannot ask for all of several. Text is a filter on the order's own
// dimension, which then gives the first rows as well.
import crossfilter from "crossfilter2";

import { STATUSES, answer, byPlatform, maskOf, statusOf } from "./profile.js";
import { ordered, textOf, titleOf } from "./tuned.js";

export class Crossfilter {
  #texts;
  #byRank;
  #total;
  #rank;
  #mask;
  #status;
  #sets;
  #statuses;
  #now = { needle: "", platforms: "", status: null };

  constructor(rows, keyOf) {
    const texts = rows.map(textOf);
    const order = ordered(rows.map(titleOf), keyOf);
    this.#texts = Array.from(order, (row) => texts[row]);
    this.#byRank = order;
    const facts = Array.from(order, (row, rank) => ({
      rank,
      mask: maskOf(rows[row].activeSocialAccounts),
      status: STATUSES.indexOf(statusOf(rows[row])),
    }));
    const filter = crossfilter(facts);
    this.#rank = filter.dimension((fact) => fact.rank);
    this.#mask = filter.dimension((fact) => fact.mask);
    this.#status = filter.dimension((fact) => fact.status);
    this.#sets = this.#mask.group();
    this.#statuses = this.#status.group();
    this.#total = filter.groupAll();
  }

  query({ needle, platforms, status, limit = 50 }) {
    this.#narrow(needle, platforms, status);
    const sets = this.#sets.all().map(({ key, value }) => [key, value]);
    const statuses = new Uint32Array(STATUSES.length);
    for (const { key, value } of this.#statuses.all()) statuses[key] = value;
    const top = this.#rank.bottom(limit).map((fact) => this.#byRank[fact.rank]);
    return answer(this.#total.value(), byPlatform(sets), statuses, top);
  }

  /** Sets the filters that have changed. */
  #narrow(needle, platforms, status) {
    const [texts, wanted, words] = [this.#texts, maskOf(platforms), platforms.join()];
    if (needle !== this.#now.needle) {
      if (needle === "") this.#rank.filterAll();
      else this.#rank.filterFunction((rank) => texts[rank].includes(needle));
    }
    if (words !== this.#now.platforms) {
      if (wanted === 0) this.#mask.filterAll();
      else this.#mask.filterFunction((mask) => (mask & wanted) === wanted);
    }
    if (status !== this.#now.status) {
      if (status === null) this.#status.filterAll();
      else this.#status.filterExact(STATUSES.indexOf(status));
    }
    this.#now = { needle, platforms: words, status };
  }
}
