// Two groups of values with their counts, each counted under the other's filter.
import { memo } from "react";

import { PLATFORMS, STATUSES } from "../../peers/profile.js";
import { Icon } from "./icon.jsx";

export function Rail({ platforms, statuses, chosen, toggle }) {
  return (
    <details className="rail" open data-testid="rail">
      <summary className="rail__summary">Filters</summary>
      <div className="facets">
        <Group field="status" words={STATUSES} counts={statuses} chosen={chosen.status === null ? [] : [chosen.status]} toggle={toggle} />
        <Group field="platform" words={PLATFORMS} counts={platforms} chosen={chosen.platforms} toggle={toggle} />
      </div>
    </details>
  );
}

function Group({ field, words, counts, chosen, toggle }) {
  // A value that nobody has is not offered, unless it is chosen; the others keep their places, as ours do.
  const offered = words.map((word, place) => ({ word, count: counts[place] })).filter(({ word, count }) => count > 0 || chosen.includes(word));
  return (
    <section className="facet" data-facet={field}>
      <h3 className="facet__head"><button type="button" className="facet__fold" aria-expanded="true">{field}</button></h3>
      <div className="facet__body">
        <div className="facet__choices">
          {offered.map(({ word, count }) => <Choice key={word} field={field} word={word} count={count} isChosen={chosen.includes(word)} toggle={toggle} />)}
        </div>
      </div>
    </section>
  );
}

const numbers = new Intl.NumberFormat("en");

const Choice = memo(function Choice({ field, word, count, isChosen, toggle }) {
  const id = `${field}-${word}`;
  return (
    <div className="facet__choice">
      <label className="facet__label">
        <input type="checkbox" value={word} checked={isChosen} aria-describedby={id} onChange={() => toggle(field, word)} />
        <bdi className="facet__value">{word}</bdi> <span id={id} className="facet__count" data-count={count}>{numbers.format(count)}</span>
      </label>
      <button type="button" className="facet__not" aria-pressed="false" aria-label={`Not ${word}`}><Icon name="not" /></button>
    </div>
  );
});
