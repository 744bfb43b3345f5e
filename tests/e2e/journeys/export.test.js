// What leaves the viewer: all that match, as a file or by the clipboard, and a link.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

import { assertAccessible } from "../harness/axe.js";
import { journey } from "../harness/journey.js";

const CLIPBOARD = { context: { permissions: ["clipboard-read", "clipboard-write"] } };

const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());

/** The file that a click brings. */
async function saved(page) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator('[data-action="save-file"]').click()]);
  const text = await readFile(await download.path(), "utf8");
  return { name: download.suggestedFilename(), text };
}

journey("everything that matches is written, not only what is on the screen, and opens safely in a spreadsheet", CLIPBOARD, async ({ page, viewer }) => {
  await viewer.settles();
  await viewer.ask("source:insightiq,upsun");
  const button = page.locator('[data-action="export"]');
  await page.waitForFunction(() => document.querySelector('[data-action="export"]').textContent.includes("Export 90…"));
  await button.click();
  await viewer.part("export").waitFor();
  assert.match(await viewer.part("pages-missing").innerText(), /Only 190 loaded profiles are in this file; more are available/);
  await assertAccessible(page, "the export is open");
  const personal = viewer.part("export").locator("label", { has: page.locator('[data-option="personal"]') });
  assert.match(await personal.innerText(), /Include personal data: .*E-mail/, "what is personal is named");
  assert.equal(await personal.locator("input").isChecked(), false);
  const table = await saved(page);
  assert.match(table.name, /^roster-profiles-\d{4}-\d\d-\d\d\.csv$/);
  assert.ok(table.text.startsWith("\ufeffSource,Id,"));
  const [titles, ...lines] = table.text.trimEnd().split("\r\n");
  assert.ok(lines.filter((line) => /^(insightiq|upsun),/.test(line)).length === 90, "a line for each profile");
  assert.ok(!titles.includes("E-mail"), "personal data is left out");
  assert.ok(!/(^|,)=/m.test(table.text), "nothing is a formula");
  assert.match(await viewer.part("written").innerText(), /Saved roster-profiles-.*: 90 rows, \d+ columns, personal data left out/);

  await page.locator('[data-option="bom"]').uncheck();
  await page.locator('[data-option="source"]').uncheck();
  await page.locator('[data-option="personal"]').check();
  const second = await saved(page);
  assert.ok(second.text.startsWith("Id,") && second.text.split("\r\n")[0].includes("E-mail"));

  await page.locator('input[value="ndjson"]').check();
  const records = await saved(page);
  assert.match(records.name, /\.ndjson$/);
  const parsed = records.text.trimEnd().split("\n").map((line) => JSON.parse(line));
  assert.equal(parsed.length, 90);
  assert.ok(parsed.some((record) => "email" in record), "as received");

  await page.locator('input[value="json"]').check();
  await page.locator('[data-action="copy-text"]').click();
  await page.waitForFunction(() => document.querySelector('[data-testid="written"]').textContent.includes("Copied"));
  assert.equal(JSON.parse(await clipboard(page)).length, 90);
  await page.keyboard.press("Escape");
  await viewer.part("export").waitFor({ state: "detached" });
});

journey("chosen profiles stay chosen whatever is filtered, and their ids leave as they are wanted", CLIPBOARD, async ({ page, viewer }) => {
  await viewer.settles();
  await viewer.showAll();
  // Which source answers first is not said. Four in a row are wanted of those that the filter leaves out.
  const all = await viewer.keys();
  const from = all.findIndex((_, at) => all.slice(at, at + 4).every((key) => !key.startsWith("upsun:")));
  const keys = all.slice(from, from + 4);
  const box = (key) => viewer.card(key).locator('[data-action="pick"]');
  await box(keys[0]).click();
  await box(keys[3]).click({ modifiers: ["Shift"] });
  assert.equal(await viewer.part("picked").innerText(), "4 profiles chosen");
  await box(keys[1]).click();
  assert.equal(await viewer.part("picked").innerText(), "3 profiles chosen");
  await viewer.ask("source:upsun");
  assert.equal(await viewer.part("picked").innerText(), "3 profiles chosen", "the choice is by key");
  await page.locator('[data-action="choose-all"]').click();
  assert.equal(await viewer.part("picked").innerText(), "33 profiles chosen");
  await viewer.ask("");
  await viewer.showAll();
  assert.ok(await box(keys[0]).isChecked());
  assert.ok(!(await box(keys[1]).isChecked()));

  await page.locator('[data-action="choose-none"]').click();
  await box(keys[2]).click();
  await page.locator('[data-action="export"]').click();
  await page.locator('input[value="id-json"]').check();
  await page.locator('[data-action="copy-text"]').click();
  await page.waitForFunction(() => document.querySelector('[data-testid="written"]').textContent.includes("Copied: 1 row"));
  assert.deepEqual(JSON.parse(await clipboard(page)), [keys[2].split(":")[1]]);
});

journey("what would be a formula, a number or a local date in a spreadsheet is text", {}, async ({ page, viewer, watch }) => {
  await viewer.settles();
  await viewer.button("ayrshare", "load-all").click();
  await viewer.reaches("ayrshare", "done");
  const profiles = (await watch.answers("ayrshare")).flatMap((answer) => JSON.parse(answer.text).profiles);
  const formula = profiles.find(({ title }) => title?.startsWith("="));
  assert.ok(formula, "the demo has a title that is a formula");
  await page.locator('[data-action="export"]').click();
  await viewer.part("export").waitFor();
  const { text } = await saved(page);
  const line = text.split("\r\n").find((line) => line.includes(formula.refId));
  assert.ok(line.includes(`'${formula.title}`) || line.includes(`"'${formula.title.replaceAll('"', '""')}"`), line);
  assert.doesNotMatch(text, /(^|,|\n)"?[=+@\t]/m, "no cell begins as a formula does");
  assert.match(line, /,20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d/, "dates are ISO 8601");
});

journey("ids leave as lines and with commas", CLIPBOARD, async ({ page, viewer }) => {
  await viewer.settles();
  await viewer.ask("source:upsun");
  await viewer.showAll();
  const ids = (await viewer.keys()).map((key) => key.split(":")[1]);
  await page.locator('[data-action="choose-all"]').click();
  await page.locator('[data-action="export"]').click();
  for (const [form, between] of [["id-lines", "\n"], ["id-commas", ", "]]) {
    await page.locator(`input[value="${form}"]`).check();
    await page.locator('[data-action="copy-text"]').click();
    await page.waitForFunction(async (text) => (await navigator.clipboard.readText()).trimEnd() === text, ids.join(between));
  }
});

journey("profiles are chosen by the keyboard alone", {}, async ({ page, viewer }) => {
  await viewer.settles();
  await viewer.showAll();
  const keys = await viewer.keys();
  await viewer.card(keys[0]).locator('[data-action="open"]').focus();
  await page.keyboard.press("x");
  assert.equal(await viewer.part("picked").innerText(), "1 profile chosen");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Shift+X");
  assert.equal(await viewer.part("picked").innerText(), "3 profiles chosen");
  await page.keyboard.press("e");
  await viewer.part("export").waitFor();
});

journey("the copied link holds the whole view, and no key and no profile", CLIPBOARD, async ({ page, viewer }) => {
  await viewer.settles();
  await viewer.ask("source:upsun jane@example.com");
  await page.locator('[data-view="compact"]').click();
  await page.locator('[data-action="share"]').click();
  // It is said once the clipboard has it.
  await viewer.part("shared").filter({ hasText: /no key and no profile data/ }).waitFor();
  const said = await viewer.part("shared").innerText();
  assert.match(said, /contains the text .*jane@example\.com/, "what looks like an address is named");
  const link = new URL(await clipboard(page));
  await page.waitForURL(link.href);
  const state = new URLSearchParams(link.hash.slice(1));
  assert.deepEqual([...state.keys()].sort(), ["q", "view"]);
  assert.equal(link.search, "", "everything stands after the sign that servers never see");
});
