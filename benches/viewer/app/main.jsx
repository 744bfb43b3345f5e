// What an expert would write: the tuned index, React 19, @tanstack/react-virtual, and the viewer's own style sheets.
import { useCallback, useEffect, useMemo, useState } from "react";
import { createRoot } from "react-dom/client";

import { fold } from "../../peers/fold.js";
import { List } from "./list.jsx";
import { load } from "./loading.js";
import { Rail } from "./rail.jsx";

/** Rows that an answer holds; who scrolls further asks for all of them. */
const FIRST_ROWS = 96;

const numbers = new Intl.NumberFormat("en");

function App() {
  const [{ engine, rows, isWhole }, setLoaded] = useState({ isWhole: false });
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState({ platforms: [], status: null });
  useEffect(() => void load((engine, rows, isWhole) => setLoaded({ engine, rows, isWhole })), []);
  const needle = fold(text.trim());
  const answer = useMemo(() => engine?.query({ needle, ...chosen, limit: FIRST_ROWS }), [engine, needle, chosen]);
  const toggle = useCallback((field, word) => {
    scrollTo(0, 0);
    setChosen((now) => toggled(now, field, word));
  }, []);
  return (
    <div className="app">
      <div className="app__page">
        <header className="head"><h1>Roster</h1></header>
        <section>
          <ul className="sources" role="list">
            <li className="source-row" data-source="ayrshare" data-state={isWhole ? "done" : rows ? "ready" : "loading"}>
              <strong>Ayrshare</strong> <button type="button" className="button" data-action="load-all">Load all</button>
            </li>
          </ul>
        </section>
        <div className="app__columns">
          <aside className="app__rail">{answer && <Rail {...answer} chosen={chosen} toggle={toggle} />}</aside>
          <main className="app__main">
            <div className="app__tools">
              <Search text={text} setText={setText} />
              <p data-testid="result-bar">{answer && `${numbers.format(answer.total)} of ${numbers.format(rows.length)} profiles`}</p>
            </div>
            {answer && <Results engine={engine} rows={rows} answer={answer} needle={needle} chosen={chosen} />}
          </main>
        </div>
      </div>
    </div>
  );
}

function Search({ text, setText }) {
  const onChange = (event) => {
    if (scrollY > 0) scrollTo(0, 0);
    setText(event.target.value);
  };
  return (
    <div className="query" role="search">
      <div className="query__line">
        <input className="query__input" type="text" data-testid="query-bar" value={text} onChange={onChange} autoComplete="off" />
      </div>
    </div>
  );
}

function Results({ engine, rows, answer, needle, chosen }) {
  const all = useMemo(() => {
    let top;
    return () => (top ??= engine.query({ needle, ...chosen, limit: Infinity }).top);
  }, [engine, needle, chosen]);
  const rowAt = (place) => rows[place < answer.top.length ? answer.top[place] : all()[place]];
  return <List rowAt={rowAt} total={answer.total} needle={needle} now={now} />;
}

const now = Date.now();

function toggled(now, field, word) {
  if (field === "status") return { ...now, status: now.status === word ? null : word };
  const without = now.platforms.filter((other) => other !== word);
  return { ...now, platforms: without.length < now.platforms.length ? without : [...now.platforms, word] };
}

createRoot(document.querySelector("#app")).render(<App />);
