// What the page shows once there are profiles: lists of every kind, conditions, and what opens over or beside them.
import { hostile, foreign } from "./odd.js";

const shown = (view, wait) => async ({ page }) => {
  await page.locator(`[data-view="${view}"]`).click();
  await page.locator(wait).first().waitFor();
};
const table = shown("table", "tr[data-key]");
const compact = shown("compact", ".line[data-key]");
const grouped = (field) => ({ viewer }) => viewer.part("group-by").selectOption(field);
const press = (action) => ({ page }) => page.locator(`[data-action="${action}"]`).click();

/** Does one thing after the other. */
const all = (...acts) => async (scene) => {
  for (const act of acts) await act(scene);
};

const ask = (query) => ({ viewer }) => viewer.ask(query);
const showAll = ({ viewer }) => viewer.showAll();

/** Lists of every kind. */
export const LISTED = [
  { name: "cards", act: showAll },
  { name: "cards further down", act: all(showAll, ({ page }) => page.evaluate(() => scrollTo(0, 2400))) },
  { name: "cards with pictures", act: all(press("pictures"), showAll), allowed: [/Failed to load|ERR_/] },
  { name: "cards, dense", act: press("density") },
  { name: "cards, high contrast", act: press("contrast") },
  { name: "forced colours", context: { forcedColors: "active" } },
  { name: "motion", context: { reducedMotion: "no-preference" } },
  { name: "cards of one API", act: all(ask("source:insightiq"), showAll) },
  { name: "cards of the other API", act: all(ask("source:upsun"), showAll) },
  { name: "table", act: table },
  { name: "table, dense", act: all(table, press("density")) },
  { name: "table, sorted", fragment: "#view=table&sort=-followers", act: ({ page }) => page.locator("tr[data-key]").first().waitFor() },
  { name: "compact", act: compact },
  { name: "compact, dense", act: all(compact, press("density")) },
  { name: "groups", act: grouped("source") },
  { name: "groups in a table", act: all(table, grouped("status")) },
  { name: "chosen profiles", act: all(pick(3)) },
  { name: "hostile and long names", before: hostile, act: all(ask("source:insightiq"), showAll) },
  { name: "hostile and long names in a table", before: hostile, act: all(ask("source:insightiq"), table) },
  { name: "hostile and long names in lines", before: hostile, act: all(ask("source:insightiq"), compact) },
  { name: "names from right to left", before: foreign, act: all(ask("source:insightiq"), showAll) },
  { name: "print", media: "print", act: all(showAll, ({ page }) => page.emulateMedia({ media: "print" })) },
  { name: "print of a table", media: "print", act: all(table, ({ page }) => page.emulateMedia({ media: "print" })) },
  { name: "blanks last", fragment: "#sort=-followers", act: all(ask("source:insightiq,upsun"), ({ page }) => page.evaluate(() => scrollTo(0, 9_000))) },
];

function pick(n) {
  return async ({ viewer }) => {
    await viewer.cards().first().waitFor();
    for (const card of (await viewer.cards().all()).slice(0, n)) await card.locator('[data-action="pick"]').click();
  };
}

/** Conditions, and what helps to write them. */
export const NARROWED = [
  { name: "suggestions of keys", act: typed("pla") },
  { name: "suggestions of values", act: typed("platform:") },
  { name: "conditions, marks and a remark", act: ask("status:active platfrom:x a") },
  { name: "many conditions", act: ask("platform:instagram,tiktok -platform:youtube -status:suspended created:2019..2026 quota:<200% no:email salon") },
  { name: "a condition asked of the API", act: all(ask("has:accounts platform:instagram"), ({ viewer }) => viewer.asking("ayrshare").click()) },
  { name: "an impossible range", act: ask("followers:10k..1k status:nonsense") },
  { name: "every group of the rail", act: unfold },
  { name: "filters opened", act: openFilters },
  { name: "a problem preset", act: ({ page }) => page.locator('[data-preset="suspended"]').click() },
  { name: "filters folded", act: ({ page }) => page.locator("details.rail > summary").click() },
];

function typed(text) {
  return async ({ page }) => {
    await page.keyboard.press("/");
    await page.keyboard.type(text);
    await page.getByRole("option").first().waitFor();
  };
}

async function unfold({ page }) {
  const folded = page.locator('[data-action="fold"][aria-expanded="false"]:visible');
  while ((await folded.count()) > 0) await folded.first().click();
}

async function openFilters({ page }) {
  const rail = page.locator("details.rail");
  if ((await rail.getAttribute("open")) === null) await rail.locator("summary").first().click();
}

const open = (query, section) => async ({ page, viewer }) => {
  await viewer.ask(query);
  await viewer.cards().first().waitFor();
  await viewer.showAll();
  await viewer.cards().first().locator('[data-action="open"]').click();
  await viewer.part("drawer").waitFor();
  if (section) await page.locator(`[data-testid="drawer"] [role="tab"][data-section="${section}"]`).click();
};

async function checked({ page, viewer }) {
  await open("source:ayrshare", "health")({ page, viewer });
  await page.locator('[data-testid="drawer"] [data-action="load-parts"]').first().click();
  await page.locator('[data-testid="drawer"] [data-action="load-parts"]').first().waitFor({ state: "detached" });
}

/** What opens over the list or beside it. */
export const OPENED = [
  { name: "a profile of Ayrshare", act: open("source:ayrshare") },
  { name: "health not loaded", act: open("source:ayrshare", "health") },
  { name: "health loaded", act: checked },
  { name: "accounts of a profile", act: open("source:ayrshare", "accounts") },
  { name: "a profile of InsightIQ", act: open("source:insightiq") },
  { name: "personal data", act: open("source:insightiq", "contact") },
  { name: "a profile of Upsun", act: open("source:upsun") },
  { name: "a trial", act: open("source:upsun", "trial") },
  { name: "other fields", act: open("platform:mastodon", "other") },
  { name: "the raw answer", act: open("source:ayrshare", "raw") },
  { name: "a hostile profile", before: hostile, act: open("source:insightiq") },
  { name: "a profile beside the table", act: async ({ page, viewer }) => (await table({ page }), await page.locator('tr[data-key] [data-action="open"]').nth(2).click(), await viewer.part("drawer").waitFor()) },
  { name: "the choice of columns", act: all(table, press("columns")) },
  { name: "pictures", act: async ({ page, viewer }) => (await page.locator('[data-tab="charts"]').click(), await viewer.part("charts").waitFor()) },
  { name: "pictures as tables", act: async ({ page }) => (await page.locator('[data-tab="charts"]').click(), await page.locator(".chart__twin summary").first().click()) },
  { name: "pictures of a part", fragment: "#tab=charts&q=platform%3Ainstagram", act: ({ viewer }) => viewer.part("charts").waitFor() },
  { name: "profiles side by side", act: all(pick(3), press("compare"), ({ viewer }) => viewer.part("compare").waitFor()) },
  { name: "everything of one person", act: person },
  { name: "the export", act: async ({ page, viewer }) => (await page.keyboard.press("e"), await viewer.part("export").waitFor()) },
  { name: "the help", act: async ({ page }) => (await page.keyboard.press("?"), await page.getByRole("dialog").waitFor()) },
  { name: "files, one of them wrong", act: files },
  { name: "a file that is being read", before: neverRead, act: ({ page, viewer }) => (viewer.part("files").setInputFiles([json("batch.json", RIGHT)]), page.locator('[data-file="batch.json"]').waitFor()) },
  { name: "a file that is very large", act: largeFile },
  { name: "a file over the page", act: ({ page }) => page.evaluate(dragOver) },
  { name: "masked", act: async (scene) => (await open("source:insightiq", "contact")(scene), await scene.page.keyboard.press("m")) },
];

async function person({ page, viewer }) {
  await viewer.ask("source:insightiq");
  await viewer.showAll();
  const many = page.locator("article[data-key]", { hasText: /Person: .*\(\d+ profiles\)/ }).first();
  await many.locator('[data-action="open"]').click();
  await page.locator('[data-action="show-person"]').click();
  await viewer.part("person").waitFor();
}

const RIGHT = '{"users":[{"refId":"a1","title":"Batch One"}]}';
const json = (name, text) => ({ name, mimeType: "application/json", buffer: Buffer.from(text) });

async function files({ page, viewer }) {
  const long = `${"a-very-long-name-of-a-file-".repeat(4)}.json`;
  await viewer.part("files").setInputFiles([json("batch.json", RIGHT), json("notes.json", "<!doctype html>"), json(long, RIGHT.replace("a1", "a2"))]);
  await page.locator('[data-file="batch.json"][data-state="done"]').waitFor();
  await page.locator('[data-file="notes.json"][data-state="failed"]').waitFor();
  await page.locator(`[data-file="${long}"][data-state="done"]`).waitFor();
}

/** Reading that begins and does not end. */
function neverRead(page) {
  return page.addInitScript(() => {
    const never = () => new Promise(() => {});
    Blob.prototype.arrayBuffer = never;
    Blob.prototype.text = never;
    FileReader.prototype.readAsArrayBuffer = () => {};
    ReadableStreamDefaultReader.prototype.read = never;
  });
}

async function largeFile({ page }) {
  await page.evaluate(() => {
    const data = new DataTransfer();
    const file = new File(["{}"], "everybody.json");
    data.items.add(file);
    // The transfer hands out copies, so all files are large here.
    Object.defineProperty(Blob.prototype, "size", { get: () => 3_200_000_000 });
    dispatchEvent(new DragEvent("drop", { dataTransfer: data, cancelable: true }));
  });
  await page.locator('[data-file="everybody.json"]').waitFor();
}

function dragOver() {
  const data = new DataTransfer();
  data.items.add(new File(["{}"], "people.json"));
  document.body.dispatchEvent(new DragEvent("dragover", { dataTransfer: data, bubbles: true, cancelable: true }));
}
