import React, { useState } from "react";

import { useRoster } from "./useRoster.js";

export function List() {
  const [text, setText] = useState("");
  const { view, size, state, error, loadMore, cancel } = useRoster(text);
  return (
    <main data-state={state}>
      <h1>Profiles</h1>
      <input type="search" aria-label="Search or filter" value={text} onChange={(event) => setText(event.target.value)} />
      {view && <Found view={view} size={size} onChoose={setText} />}
      {state === "loading" && <button onClick={cancel}>Cancel</button>}
      {state === "ready" && <button onClick={loadMore}>Load more</button>}
      {state === "cancelled" && <p role="status">Stopped. What is loaded stays.</p>}
      {state === "failed" && <p role="alert">{error.message}</p>}
    </main>
  );
}

function Found({ view, size, onChoose }) {
  return (
    <>
      <p role="status">
        {view.total} of {size} profiles
      </p>
      {Object.entries(view.facets).map(([key, values]) => (
        <p key={key}>
          {values.map(({ value, count }) => (
            <button key={value} onClick={() => onChoose(`${key}:${value}`)}>
              {value} {count}
            </button>
          ))}
        </p>
      ))}
      <ol>
        {view.rows.map((row) => (
          <li key={row.key}>
            {row.title} {row.problems.join(", ")}
          </li>
        ))}
      </ol>
    </>
  );
}
