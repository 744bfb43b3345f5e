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

  /** Shows every card that is loaded: asks for more once a frame until there is no more. */
  async showAll() {
    await this.page.waitForFunction(() => {
      const more = document.querySelector('[data-action="show-more"]');
      more?.click();
      return more === null;
    });
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

  /** A filter's control. */
  param(name) {
    return this.page.locator(`[data-param="${name}"]`);
  }

  /** Opens a card's drawer. */
  async open(key) {
    await this.card(key).locator('[data-action="open"]').click();
    await this.part("drawer").waitFor();
  }
}
