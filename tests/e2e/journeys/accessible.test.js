import assert from "node:assert/strict";

import { assertAccessible } from "../harness/axe.js";
import { Gate } from "../harness/gate.js";
import { journey } from "../harness/journey.js";
import { assertTargets } from "../harness/targets.js";

/** Every state of the page, and how a person comes there. */
const STATES = [
  { name: "the first profiles", act: async ({ viewer }) => viewer.showAll() },
  { name: "suggestions", act: suggest },
  { name: "conditions, marks and a remark", act: async ({ viewer }) => viewer.ask("status:active platfrom:x a") },
  { name: "no match", act: async ({ viewer }) => viewer.ask("nobody at all has this") },
  { name: "compact lines", act: async ({ page }) => page.locator('[data-view="compact"]').click() },
  { name: "every group of the rail", act: unfold },
  { name: "a profile", act: async ({ viewer }) => viewer.open((await viewer.keys())[0]) },
  { name: "the table", act: table },
  { name: "the choice of columns", act: columns },
  { name: "groups of people", act: async ({ viewer }) => viewer.part("group-by").selectOption("user") },
  { name: "the pictures, one of them as a table", act: charts },
  { name: "profiles side by side", act: compare },
  { name: "everything of one person", act: person },
  { name: "the export", act: async ({ page, viewer }) => (await page.keyboard.press("e"), await viewer.part("export").waitFor()) },
  { name: "files, one of them wrong", act: files },
  { name: "the help", act: async ({ page }) => page.keyboard.press("?") },
  { name: "everything loaded", act: loadAll },
];

async function suggest({ page }) {
  await page.keyboard.press("/");
  await page.keyboard.type("pla");
  await page.getByRole("option").first().waitFor();
}

async function unfold({ page }) {
  const folded = page.locator('[data-action="fold"][aria-expanded="false"]');
  while ((await folded.count()) > 0) await folded.first().click();
}

async function table({ page }) {
  await page.locator('[data-view="table"]').click();
  await page.locator("tr[data-key]").first().waitFor();
}

async function columns(scene) {
  await table(scene);
  await scene.page.locator('[data-action="columns"]').click();
  await scene.viewer.part("columns").waitFor();
}

async function charts({ page }) {
  await page.locator('[data-tab="charts"]').click();
  await page.locator(".chart__twin summary").first().click();
}

async function compare({ page, viewer }) {
  for (const card of (await viewer.cards().all()).slice(0, 3)) await card.locator('[data-action="pick"]').click();
  await page.locator('[data-action="compare"]').click();
  await viewer.part("compare").waitFor();
}

async function person({ page, viewer }) {
  await viewer.ask("source:insightiq");
  await viewer.showAll();
  const many = page.locator("article[data-key]", { hasText: /Person: .*\(\d+ profiles\)/ }).first();
  await many.locator('[data-action="open"]').click();
  await page.locator('[data-action="show-person"]').click();
  await viewer.part("person").waitFor();
}

async function files({ page, viewer }) {
  const file = (name, text) => ({ name, mimeType: "application/json", buffer: Buffer.from(text) });
  const right = file("batch.json", '{"users":[{"refId":"a1","title":"Batch One"}]}');
  await viewer.part("files").setInputFiles([right, file("notes.json", "<!doctype html>")]);
  await page.locator('[data-file="batch.json"][data-state="done"]').waitFor();
  await page.locator('[data-file="notes.json"][data-state="failed"]').waitFor();
}

async function loadAll({ page, viewer }) {
  await page.locator('[data-action="load-rest"]').click();
  await viewer.reaches("ayrshare", "done");
}

for (const colorScheme of ["light", "dark"]) {
  for (const { name, act } of STATES) {
    journey(`axe finds nothing, and nothing is too small to press (${colorScheme}): ${name}`, { context: { colorScheme } }, async (scene) => {
      await scene.viewer.settles();
      await act(scene);
      await assertAccessible(scene.page, name);
      await assertTargets(scene.page, name);
    });
  }
}

let gate;
journey(
  "axe finds nothing: waiting for the first profiles",
  { before: async (page) => (gate = await Gate.across(page, ({ pathname }) => pathname.endsWith("/profiles"))) },
  async ({ page, viewer }) => {
    await gate.holds(3);
    await assertAccessible(page, "waiting");
    assert.equal(await page.locator(".skeleton").first().isVisible(), true);
    gate.release();
    await viewer.settles();
  },
);

journey(
  "axe finds nothing: a failed page",
  { args: ["--fault", "ayrshare/profiles:status-500@1x9"], allowed: [/status of 5\d\d/] },
  async ({ page, viewer }) => {
    await viewer.reaches("ayrshare", "failed");
    await assertAccessible(page, "failed");
  },
);

const LIMITED = { args: ["--fault", "ayrshare/profiles:rate-limit=60@1x1"], allowed: [/status of 429/] };
journey("axe finds nothing: a source that asks to wait", LIMITED, async ({ page, viewer }) => {
  await viewer.reaches("ayrshare", "waiting");
  await assertAccessible(page, "waiting for a limit");
});

journey("axe finds nothing: a load that was stopped", { args: ["--profiles", "4000"] }, async ({ page, viewer }) => {
  await viewer.settles();
  const rest = await Gate.across(page, ({ searchParams }) => searchParams.get("offset") === "300");
  await viewer.button("insightiq", "load-all").click();
  await rest.holds(1);
  await assertAccessible(page, "loading");
  await viewer.button("insightiq", "stop").click();
  await viewer.reaches("insightiq", "stopped");
  await assertAccessible(page, "stopped");
  rest.release();
});

journey("axe finds nothing: a link to a profile that is not loaded", { fragment: "#open=ayrshare:nobody" }, async ({ page, viewer }) => {
  await viewer.settles();
  await viewer.part("drawer").waitFor();
  await assertAccessible(page, "an unknown profile");
});

journey("axe finds nothing: a proxy that does not answer", { before: noProxy, allowed: [/net::ERR_FAILED/] }, async ({ page }) => {
  await page.locator('[data-testid="error"]').first().waitFor();
  await assertAccessible(page, "no proxy");
});

async function noProxy(page) {
  await page.route(({ pathname }) => pathname.endsWith("/api/v1/sources"), (route) => route.abort());
}

journey("axe finds nothing: a phone", { context: { viewport: { width: 390, height: 844 } } }, async ({ page, viewer }) => {
  await viewer.settles();
  await page.locator("summary", { hasText: /^Filters/ }).click();
  await assertAccessible(page, "phone");
});

journey("single letters are commands until they are switched off, and never while somebody writes", {}, async (scene) => {
  const { page, viewer } = scene;
  await viewer.settles();
  const place = () => page.evaluate(() => document.activeElement.closest("[data-place]")?.dataset.place);
  await page.keyboard.press("j");
  await page.waitForFunction(() => document.activeElement.closest("[data-place]"));
  await page.keyboard.press("/");
  await page.keyboard.type("jk?");
  assert.equal(await viewer.part("query-bar").inputValue(), "jk?");
  assert.equal(await viewer.part("help").count(), 0);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await page.keyboard.press("3");
  await page.waitForFunction(() => location.hash.includes("view=compact"));
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard" });
  await help.waitFor();
  assert.match(await help.innerText(), /Next profile/);
  await viewer.part("keys-switch").uncheck();
  await page.keyboard.press("Escape");
  await help.waitFor({ state: "detached" });
  await page.reload();
  await viewer.settles();
  await page.locator("#profiles").focus();
  await page.keyboard.press("j");
  await page.keyboard.press("?");
  assert.equal(await place(), undefined, "letters do nothing any more");
  assert.equal(await viewer.part("help").count(), 0);
  await page.locator('[data-action="help"]').click();
  await help.waitFor();
});

journey("how many are found is said once typing pauses, and not by every letter", {}, async ({ page, viewer }) => {
  await viewer.settles();
  const said = await page.evaluateHandle(() => {
    const texts = [];
    const region = document.querySelector('[data-testid="announcement"]');
    new MutationObserver(() => region.textContent && texts.push(region.textContent)).observe(region, {
      childList: true,
      characterData: true,
      subtree: true,
    });
    return texts;
  });
  await viewer.part("query-bar").focus();
  await page.keyboard.type("status:suspended");
  await page.waitForFunction((said) => said.some((text) => /^\d+ of 190 profiles\.$/.test(text)), said);
  const texts = await said.jsonValue();
  assert.equal(texts.filter((text) => /of 190 profiles/.test(text)).length, 1, texts.join(" | "));
});

journey("an id is copied, seen and said", { context: { permissions: ["clipboard-read", "clipboard-write"] } }, async (scene) => {
  const { page, viewer } = scene;
  await viewer.settles();
  const key = (await viewer.keys())[0];
  await viewer.card(key).locator('[data-action="copy-id"]').click();
  const id = key.split(":")[1];
  await page.waitForFunction((id) => document.querySelector('[data-testid="announcement"]').textContent === `Copied ${id}`, id);
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), id);
  const said = await page.evaluateHandle(() => {
    const texts = [];
    const region = document.querySelector('[data-testid="announcement"]');
    new MutationObserver(() => texts.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });
    return texts;
  });
  await viewer.card(key).locator('[data-action="copy-id"]').click();
  await page.waitForFunction(([said, text]) => said.includes("") && said.at(-1) === text, [said, `Copied ${id}`]);
});
