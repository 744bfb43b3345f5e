// Loads the program. It stands in a file of its own because the page's policy allows no inline script, and it says in
// words what goes wrong before the program can speak for itself.

const SLOW_AFTER_MS = 4000;

/** What could not be fetched in the background is fetched again after so long. */
const AGAIN_AFTER_MS = 5000;

/** What was drawn is seen within so long, or is not looked at. */
const SEEN_WITHIN_MS = 250;

const status = document.getElementById("start-status");
const address = (name) => document.querySelector(`meta[name="${name}"]`)?.content;
const absolute = (address) => new URL(address, document.baseURI).href;

/** Replaces the line under the title; the program removes it when it draws. */
function say(text, isError = false) {
  if (!status?.isConnected) return;
  status.textContent = text;
  status.classList.toggle("shell__status--error", isError);
  if (isError) status.setAttribute("role", "alert");
}

/** What was kept on this device; storage may be turned off. */
function stored(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** The looks that can be chosen, and the words that the style sheets know. */
const LOOKS = { theme: ["light", "dark"], contrast: ["more", "usual"], density: ["dense"] };

/** What was chosen here before, so that the page does not flash in another look. */
function applyLooks() {
  for (const [look, words] of Object.entries(LOOKS)) {
    const chosen = stored(`roster.${look}`);
    if (words.includes(chosen)) document.documentElement.dataset[look] = chosen;
  }
}

/** Ends when what the page has drawn is seen, and soon where it is not: a page that nobody looks at makes no frames. */
const seen = () =>
  new Promise((ends) => {
    requestAnimationFrame(() => setTimeout(ends));
    setTimeout(ends, SEEN_WITHIN_MS);
  });

const reason = (error) => (error instanceof Error ? error.message : String(error));

/** The second part of the program, which the build has cut from the first: what the first cards do not need. */
class Rest {
  #address = address("roster-rest");
  #module;
  #coming;
  #underway;
  #isAwaited = false;
  #isHere = false;
  #hasFailedNow = false;
  #arrive;
  #here = new Promise((resolve) => (this.#arrive = resolve));

  /** Fetches it beside the first part, for a page that begins with more than the first cards. */
  async early() {
    if (this.#address) await this.#fetched().catch(() => {});
  }

  /** Puts it beside the first part: at once, or when it has come. Ends when it is there. */
  load(first, isNow) {
    if (!this.#address) return Promise.resolve();
    if (isNow) this.#joinNow(first);
    else if (!this.#isAwaited) this.#await(first);
    return this.#here;
  }

  /** What cannot be loaded is asked for again, as long as it takes. */
  async #await(first) {
    this.#isAwaited = true;
    // Whoever waits for the first cards does not share the processor with what comes behind them. What was fetched with
    // them is needed for them.
    if (!this.#coming) await seen();
    while (!this.#isHere) {
      try {
        this.#join(first, await this.#fetched());
      } catch (error) {
        if (this.#isHere) break;
        // What somebody did is lost: that it is asked for again would be no help to them.
        if (!this.#hasFailedNow) {
          stop(`A part of the program could not be loaded: ${reason(error)}. It is asked for again; reload the page if that does not help.`);
        }
        await new Promise((ends) => setTimeout(ends, AGAIN_AFTER_MS));
      }
    }
  }

  /** Somebody is in the midst of what needs it, and waits. */
  #joinNow(first) {
    try {
      this.#join(first, this.#module ?? this.#fetchedNow());
    } catch (error) {
      this.#hasFailedNow = true;
      stop(`A part of the program could not be loaded: ${reason(error)}. Reload the page to try again.`);
      throw error;
    }
  }

  #join(first, module) {
    if (this.#isHere) return;
    try {
      new WebAssembly.Instance(module, { f: first });
    } catch (error) {
      // What does not fit is fetched anew.
      this.#coming = this.#module = undefined;
      throw error;
    }
    this.#isHere = true;
    document.getElementById("stopped").hidden = true;
    this.#arrive();
  }

  #fetched() {
    this.#underway = this.#coming ? this.#underway : new AbortController();
    this.#coming ??= this.#compiled(this.#underway.signal).catch((error) => {
      this.#coming = undefined;
      throw error;
    });
    return this.#coming;
  }

  async #compiled(signal) {
    const styled = this.#styled();
    this.#module = await WebAssembly.compileStreaming(fetch(absolute(this.#address), { signal }));
    await styled;
    return this.#module;
  }

  /** Puts each style sheet that has waited into its place. One that does not come leaves things plain, and nothing waits. */
  #styled() {
    const places = [...document.querySelectorAll('meta[name="roster-style"]')];
    const loaded = places.map((place) => {
      const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: absolute(place.content) });
      place.replaceWith(link);
      return new Promise((ends) => (link.onload = link.onerror = ends));
    });
    return Promise.all(loaded);
  }

  /** Fetches it while everything else stands still. */
  #fetchedNow() {
    this.#styled();
    // Two requests for one file would wait for each other.
    this.#underway?.abort();
    const request = new XMLHttpRequest();
    request.open("GET", absolute(this.#address), false);
    // Bytes as letters: a request that is waited for cannot give them otherwise.
    request.overrideMimeType("text/plain; charset=x-user-defined");
    request.send();
    if (request.status !== 200) throw new Error(`its file answered with status ${request.status}`);
    return new WebAssembly.Module(Uint8Array.from(request.responseText, (letter) => letter.charCodeAt(0)));
  }
}

/** The program cannot go on. */
function stop(text) {
  const stopped = document.getElementById("stopped");
  stopped.textContent = text;
  stopped.hidden = false;
}

async function start() {
  if (typeof WebAssembly !== "object") {
    return say("This browser is too old for the viewer. It needs WebAssembly (any browser since 2022).", true);
  }
  const rest = new Rest();
  globalThis.roster = { rest: (first, isNow) => rest.load(first, isNow) };
  const beginsWithMore = location.hash.length > 1 || !["cards", null].includes(stored("roster.view"));
  let size = "";
  const slow = setTimeout(() => say(`Still starting. The program ${size}is kept for next time.`), SLOW_AFTER_MS);
  try {
    const [program, binary] = await Promise.all([
      import(absolute(address("roster-js"))),
      fetch(absolute(address("roster-wasm"))),
      beginsWithMore && rest.early(),
    ]);
    if (!binary.ok) throw new Error(`the program's file answered with status ${binary.status}`);
    const bytes = Number(binary.headers.get("content-length"));
    if (bytes > 0) size = `is ${Math.round(bytes / 1024).toLocaleString("en")} KB and `;
    await program.default({ module_or_path: binary });
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) {
      say(
        "Your browser or this server does not allow the program to run (WebAssembly). " +
          `The host needs to allow 'wasm-unsafe-eval'. (${reason(error)})`,
        true,
      );
    } else {
      say(`The program could not be loaded: ${reason(error)}. Reload the page to try again.`, true);
    }
  } finally {
    clearTimeout(slow);
  }
}

applyLooks();
start();
