// Records of a form that nobody expects: nothing breaks, nothing runs, nothing leaves its place, and nothing is lost.
import assert from "node:assert/strict";

import { journey } from "../harness/journey.js";
import { foreign, turning } from "../harness/states/odd.js";

const ZERO_WIDTH = "Zero\u200b\u200bWidth\u2060";
const RIGHT_TO_LEFT = "\u202eשלום \u202dعالم";
const LONG = "W".repeat(20_000);
const HUGE = "x".repeat(5_000_000);

/** Upsun's records in the place of its own. */
const sending = (profiles, more = {}) => (page) =>
  page.route(/\/upsun\/profiles/, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { count: profiles.length, profiles, ...more } });
  });

const only = async ({ page, viewer }, n) => {
  await viewer.settles();
  await viewer.ask("source:upsun");
  await page.waitForFunction((n) => document.querySelector('[data-testid="list"]').dataset.total === n, `${n}`);
  await viewer.showAll();
};

const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

const NAMES = [ZERO_WIDTH, RIGHT_TO_LEFT, LONG, "<script>window.pwned = 1</script>", "\u0000\u0007", "👩‍👩‍👧‍👦".repeat(200), "=HYPERLINK(\"javascript:window.pwned=1\")"];

journey("odd names keep every letter and their place, in every drawing", { before: sending(NAMES.map((name, n) => ({ id: `n${n}`, display_name: name, username: name }))) }, async (scene) => {
  const { page, viewer } = scene;
  await only(scene, NAMES.length);
  for (const view of ["cards", "table", "compact"]) {
    await page.locator(`[data-view="${view}"]`).click();
    await page.locator('[data-key="upsun:n0"]').waitFor();
    await viewer.showAll();
    assert.ok(await fits(page), `${view} fits`);
    const texts = await page.locator("[data-key^=upsun]").allTextContents();
    for (const name of NAMES) assert.ok(texts.some((text) => text.includes(name)), `${view} shows ${name.slice(0, 20)}`);
    // What turns the direction of text around ends with the name.
    const isolated = await page.locator('[data-key="upsun:n1"] bdi').count();
    assert.ok(isolated > 0, `${view} isolates names`);
  }
  await viewer.part("group-by").selectOption("source");
  await page.locator('[data-view="cards"]').click();
  for (let n = 0; n < NAMES.length; n++) {
    await viewer.open(`upsun:n${n}`);
    assert.ok(await fits(page), `the drawer of ${n} fits`);
    await page.keyboard.press("Escape");
    await viewer.part("drawer").waitFor({ state: "detached" });
  }
  assert.equal(await page.evaluate(() => window.pwned), undefined);
});

/** Runs in the page: of each line that begins with a handle, where its sign, the handle and the word behind it stand. */
function places() {
  const WORD = " · CREATOR";
  return [...document.querySelectorAll('article [data-slot="identity"] bdi')].flatMap((line) => {
    const node = line.firstChild;
    const at = node.data.indexOf(WORD);
    if (at < 0) return [];
    const box = (from, to) => {
      const range = new Range();
      range.setStart(node, from);
      range.setEnd(node, to);
      const { left, right, top } = range.getBoundingClientRect();
      return { left: Math.round(left), right: Math.round(right), top: Math.round(top) };
    };
    const [sign, handle, word] = [box(0, 1), box(1, at), box(at + 3, at + WORD.length)];
    // Behind a very long handle the word is on the next line, which is not shown.
    return word.top > sign.top + 4 ? [] : [{ text: node.data, sign, handle, word }];
  });
}

for (const [what, before] of Object.entries({ "what turns letters around": turning, "a name from right to left": foreign })) {
  journey(`${what} turns nothing that stands beside it`, { before, context: { viewport: { width: 1920, height: 900 } } }, async ({ page, viewer }) => {
    await viewer.settles();
    await viewer.ask("source:insightiq");
    await page.waitForFunction(() => document.querySelector('[data-testid="list"]').dataset.total === "60");
    await viewer.showAll();
    const lines = await page.evaluate(places);
    assert.ok(lines.length > 3, "there are lines to look at");
    for (const { text, sign, handle, word } of lines) {
      assert.ok(sign.left <= handle.left, `the sign stands before ${text}`);
      assert.ok(word.left >= handle.right - 1, `the word stands behind ${text}: ${JSON.stringify({ handle, word })}`);
    }
  });
}

const WRONG = [
  { id: 7, display_name: 7, created_at: 7, company_name: {}, current_trial: [] },
  { id: "t1", display_name: ["a"], username: null, picture: 9, created_at: "yesterday", current_trial: "no" },
  { id: "t2", display_name: { first: "a" }, email: [1], current_trial: { spend: 4, days_remaining: "many", projects: 3 } },
  { id: "t3", pending_verification: {}, type: true, marketing: "maybe" },
];

journey("values of a wrong type are shown as what they are, and the record stays", { before: sending(WRONG) }, async (scene) => {
  const { page, viewer } = scene;
  await only(scene, 4);
  for (const id of ["t1", "t2", "t3"]) {
    await viewer.open(`upsun:${id}`);
    const drawer = viewer.part("drawer");
    await drawer.locator('[data-section="other"]').first().click();
    assert.match(await drawer.getByRole("tabpanel").innerText(), /Fields of another form than documented/, id);
    await drawer.locator('[data-section="raw"]').first().click();
    await viewer.part("raw-json").waitFor({ state: "attached" });
    assert.equal(await viewer.part("raw-json").textContent(), JSON.stringify(WRONG.find((one) => one.id === id)));
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });
  }
});

journey(
  "a value of five megabytes is searched and its record opened, and the page still answers",
  { before: sending([{ id: "huge", display_name: "Huge", company_name: HUGE, extra: HUGE }, { id: "small", display_name: "Small" }]) },
  async (scene) => {
    const { page, viewer } = scene;
    await only(scene, 2);
    await viewer.open("upsun:huge");
    await page.keyboard.press("Escape");
    await viewer.part("drawer").waitFor({ state: "detached" });
    await viewer.ask("small");
    await page.waitForFunction(() => document.querySelector('[data-testid="list"]').dataset.total === "1");
    assert.ok(await fits(page));
  },
);

journey(
  "one id many times is one profile, and that is told",
  { before: sending(Array.from({ length: 50 }, (_, n) => ({ id: "same", display_name: `Version ${n}` }))) },
  async (scene) => {
    const { viewer } = scene;
    await only(scene, 1);
    assert.match(await viewer.card("upsun:same").innerText(), /Version 49/, "the last one counts");
    assert.match(await viewer.source("upsun").innerText(), /49 arrived twice and were merged\. 49 profiles changed while loading\./);
  },
);

journey(
  "a field and a section that no version of us knew are named",
  { before: sending([{ id: "new", display_name: "New", loyalty_tier: "gold", later: { deep: [1, { er: "yes" }] } }]) },
  async (scene) => {
    const { viewer } = scene;
    await only(scene, 1);
    await viewer.open("upsun:new");
    await viewer.part("drawer").locator('[data-section="other"]').first().click();
    const panel = await viewer.part("drawer").getByRole("tabpanel").innerText();
    assert.match(panel, /Fields that we do not know/);
    assert.match(panel, /loyalty.?tier/i);
    assert.match(panel, /gold/);
    assert.match(panel, /later/i);
  },
);
