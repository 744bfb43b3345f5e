// Runs in the page before anything else: how long it takes from what a person does to the DOM and to the frame.
// Whoever is measured is watched in the same way, by what stands in the document.

export function probe() {
  /** Behind a frame, so that whoever is fast enough makes the next one. */
  const AFTER_FRAME_MS = 3;

  /** Nothing takes that many frames unless it is broken. */
  const MAX_FRAMES = 600;

  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const list = () => document.querySelector('[data-testid="list"]');

  /** When the first card stood in the document, and when that was painted, since the bytes of the first page were there. */
  const first = {};
  const born = new MutationObserver(() => {
    if (document.querySelector("article[data-key]") === null) return;
    born.disconnect();
    first.committed = performance.now();
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => (first.painted = performance.now());
      port2.postMessage(0);
    });
  });
  born.observe(document, { subtree: true, childList: true });

  const has = {
    total: (total) => Number(list()?.dataset.total) === total,
    place: (from, to) => [...document.querySelectorAll("[data-place]")].some(({ dataset }) => from <= Number(dataset.place) && Number(dataset.place) <= to),
  };

  /** Does something, and gives the milliseconds until the document shows it and until the frame after that is painted. */
  async function measured(act, isThere) {
    await frame();
    await pause(AFTER_FRAME_MS);
    let committed;
    const observer = new MutationObserver(() => {
      if (committed === undefined && isThere()) committed = performance.now();
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    const start = performance.now();
    act();
    for (let nFrames = 1; nFrames <= MAX_FRAMES; nFrames += 1) {
      const drawn = await painted();
      if (committed === undefined) continue;
      observer.disconnect();
      return { commit: committed - start, paint: drawn - start, nFrames };
    }
    throw new Error(`expected it within ${MAX_FRAMES} frames; the list has ${list()?.dataset.total}`);
  }

  const painted = () =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(0);
      });
    });

  globalThis.probe = {
    /** Milliseconds from the last byte of the first page to the first card in the document, and to the painted frame. */
    first: () => {
      const [page] = performance.getEntriesByType("resource").filter(({ name }) => name.includes("/ayrshare/profiles"));
      if (page === undefined || first.painted === undefined) return {};
      return { commit: first.committed - page.responseEnd, paint: first.painted - page.responseEnd };
    },

    /** Writes into the search as a person does, letter by letter or all at once. */
    type: (text, total) => {
      const input = document.querySelector('[data-testid="query-bar"]');
      const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
      input.focus();
      return measured(() => {
        write.call(input, text);
        input.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText" }));
      }, () => has.total(total));
    },

    /** Ticks a value beside the list. */
    tick: (field, word, total) => measured(() => document.querySelector(`[data-facet="${field}"] input[value="${word}"]`).click(), () => has.total(total)),

    /** Goes to a share of the page's height; there is the card of about that place. */
    jump: (share, from, to) => {
      const endPx = document.documentElement.scrollHeight;
      return measured(() => scrollTo({ top: share * endPx, behavior: "instant" }), () => has.place(from, to));
    },

    /** What the page tells, so that nobody is measured who answers wrongly. */
    told: () => {
      const counts = (field) => [...document.querySelectorAll(`[data-facet="${field}"] input[type="checkbox"]`)].map((input) => [input.value, Number(input.closest("label").querySelector("[data-count]").dataset.count)]);
      return { total: Number(list().dataset.total), platform: Object.fromEntries(counts("platform")), status: Object.fromEntries(counts("status")) };
    },
  };
}
