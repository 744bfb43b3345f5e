// The whole of Roster in one hook: pages arrive when they are asked for, questions are answered from memory.
import { Client, Roster } from "roster-profiles";
import { useEffect, useMemo, useRef, useState } from "react";

/** How many profiles a page has. */
const LIMIT = 50;

/** @param {string} text what is asked, in the query language */
export function useRoster(text) {
  const held = useRef(null);
  const [loaded, setLoaded] = useState({ version: 0, state: "loading", error: null });

  useEffect(() => {
    const controller = new AbortController();
    const own = { roster: null, pages: null, controller };
    held.current = own;
    // A component that leaves stops its request; an answer that is late finds nobody.
    const isCurrent = () => held.current === own;
    (async () => {
      const client = await Client.connect({ baseUrl: "/api/v1" });
      if (!isCurrent()) return;
      own.roster = new Roster();
      own.pages = client.ayrshare.profiles({ limit: LIMIT }, { signal: controller.signal })[Symbol.asyncIterator]();
      await more(own, setLoaded);
    })().catch((error) => isCurrent() && setLoaded((before) => ({ ...before, state: "failed", error })));
    return () => {
      held.current = null;
      controller.abort();
      own.roster?.free();
    };
  }, []);

  const view = useMemo(() => held.current?.roster?.query({ text, facets: ["status", "platform"], sort: ["title"], limit: 100 }) ?? null, [text, loaded.version]);
  return {
    ...loaded,
    view,
    size: held.current?.roster?.size ?? 0,
    loadMore: () => held.current && more(held.current, setLoaded),
    cancel: () => held.current?.controller.abort(),
  };
}

/** Loads one more page. */
async function more(own, setLoaded) {
  setLoaded((before) => ({ ...before, state: "loading" }));
  try {
    const { value: page, done } = await own.pages.next();
    if (!done) own.roster.ingest("ayrshare", page);
    const isEnd = done || page.resume === null;
    setLoaded(({ version }) => ({ version: version + 1, state: isEnd ? "done" : "ready", error: null }));
  } catch (error) {
    const state = own.controller.signal.aborted ? "cancelled" : "failed";
    setLoaded((before) => ({ ...before, state, error: state === "failed" ? error : null }));
  }
}
