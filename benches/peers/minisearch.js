// MiniSearch: words and their beginnings, ranked. No facets and no other order.
import MiniSearch from "minisearch";

import { fold } from "./fold.js";

export class Words {
  #index;

  constructor(rows) {
    this.#index = new MiniSearch({
      fields: ["title", "displayTitle"],
      idField: "refId",
      processTerm: fold,
      searchOptions: { prefix: true, combineWith: "AND" },
    });
    this.#index.addAll(rows);
  }

  /** How many have a word that begins so. */
  count(word) {
    return this.#index.search(word).length;
  }
}
