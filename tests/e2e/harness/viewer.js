// The viewer as a person meets it: sources, cards, filters, the drawer. Everything waits for a condition.

/** How each API calls its list of records, and their id. */
const LISTS = {
  ayrshare: { list: "profiles", id: "refId" },
  insightiq: { list: "data", id: "id" },
  upsun: { list: "profiles", id: "id" },
};

/** The sources, in their order. */
export const SOURCES = Object.keys(LISTS);

/** The keys of the cards that an answer brings. */
export function keysOf(source, text) {
  const { list, id } = LISTS[source];
  return JSON.parse(text)[list].map((record) => `${source}:${record[id]}`);
}

/** A page that shows the viewer. */
export class Viewer {
  /** @param {import("playwright-core").Page} page */
  constructor(page) {
    this.page = page;
  }

  /** A part of the page by its name for tests. */
  part(name) {
    return this.page.locator(`[data-testid="${name}"]`);
  }

  /** A source's row. */
  source(id) {
    return this.page.locator(`[data-source="${id}"]`);
  }

  /** A button of a source's row. */
  button(id, action) {
    return this.source(id).locator(`[data-action="${action}"]`);
  }

  /** What a source's row says about its error. */
  error(id) {
    return this.source(id).locator('[data-testid="error"]').innerText();
  }

  /** Waits until a source is in one of these states. */
  async reaches(id, ...states) {
    const rows = states.map((state) => `[data-source="${id}"][data-state="${state}"]`);
    await this.page.locator(rows.join(", ")).waitFor();
  }

  /** Waits until every source has its first page. */
  async settles() {
    for (const id of SOURCES) await this.reaches(id, "ready", "done");
  }

  /** The cards on screen, of one source or of all. */
  cards(id) {
    return this.page.locator(id ? `article[data-key^="${id}:"]` : "article[data-key]");
  }

  /** The card of a record. */
  card(key) {
    return this.page.locator(`article[data-key=${JSON.stringify(key)}]`);
  }

  /** The keys of the cards on screen. */
  async keys(id) {
    return this.cards(id).evaluateAll((cards) => cards.map((card) => card.dataset.key));
  }

  /** The keys of a source's cards on screen, once there is one: a short list is completed in the pauses. */
  async someKeys(id) {
    await this.cards(id).first().waitFor({ state: "attached" });
    return this.keys(id);
  }

  /** Waits until the whole list is in the document, as it is in the pauses for a list of up to 2,000. */
  async showAll() {
    await this.page.locator('[data-testid="list"][data-whole="true"]').waitFor({ state: "attached" });
  }

  /** Shows everything, and waits until the cards of a source are these and no others. */
  async shows(id, keys) {
    const wanted = [...keys].sort();
    for (;;) {
      await this.showAll();
      const shown = (await this.keys(id)).sort();
      if (JSON.stringify(shown) === JSON.stringify(wanted)) return;
      await this.page.waitForFunction(
        ([id, shown]) => {
          const cards = [...document.querySelectorAll(`article[data-key^="${id}:"]`)];
          return JSON.stringify(cards.map((card) => card.dataset.key).sort()) !== shown;
        },
        [id, JSON.stringify(shown)],
      );
    }
  }

  /** Writes a query in the place of the old one. */
  async ask(text) {
    await this.part("query-bar").fill(text);
    // What was written is kept, and the suggestions give the page free.
    await this.part("query-bar").press("Enter");
  }

  /** The button that has an API asked for what it takes of the query. */
  asking(source) {
    return this.page.locator(`[data-action="ask-api"][data-provider="${source}"]`);
  }

  /** Opens a card's drawer. */
  async open(key) {
    await this.card(key).locator('[data-action="open"]').click();
    await this.part("drawer").waitFor();
  }
}
