// Conditions of every kind, each by what stands beside the list, and each with the profiles that it leaves.
import assert from "node:assert/strict";

import { journey } from "../harness/journey.js";

const bar = (viewer) => viewer.part("query-bar");

/** Waits until so many profiles pass. */
const leaves = (page, n) => page.waitForFunction((n) => document.querySelector('[data-testid="list"]').dataset.total === n, `${n}`);

const reads = (page, text) => page.waitForFunction((text) => document.querySelector('[data-testid="query-bar"]').value === text, text);

async function unfold(page, field) {
  const fold = page.locator(`[data-facet="${field}"] [data-action="fold"]`);
  if ((await fold.getAttribute("aria-expanded")) === "false") await fold.click();
}

async function recordsOf({ viewer, watch }, source) {
  await viewer.settles();
  const [answer] = await watch.answers(source);
  const body = JSON.parse(answer.text);
  return body.profiles ?? body.data;
}

/** Writes the two ends of a range. */
async function range(page, field, from, to) {
  await unfold(page, field);
  const end = (name) => page.locator(`[data-facet="${field}"] [data-end="${name}"]`);
  await end("from").fill(from);
  await end("to").fill(to);
  await end("to").press("Tab");
}

journey("a range of dates is written as months, and one of shares in percent", {}, async (scene) => {
  const { page, viewer } = scene;
  const upsun = await recordsOf(scene, "upsun");
  await viewer.ask("source:upsun");
  await range(page, "created", "2024-01", "2025-06");
  await reads(page, "source:upsun created:2024-01..2025-06");
  const isWithin = ({ created_at: at }) => at >= "2024-01" && at < "2025-07";
  const n = upsun.filter(isWithin).length;
  assert.ok(n > 0 && n < upsun.length, `${n}`);
  await leaves(page, n);

  await viewer.ask("");
  await range(page, "spend", "50%", "100%");
  await page.waitForFunction(() => document.querySelector('[data-testid="query-bar"]').value.startsWith("spend:50%..100%"));
  const shares = upsun.map(({ current_trial: trial }) => {
    const [spent, left] = [Number(trial?.spend?.amount), Number(trial?.spend_remaining?.amount)];
    return spent / (spent + left);
  });
  await leaves(page, shares.filter((share) => share >= 0.5 && share <= 1).length);
});

journey("an empty range says so, and its ends are changed round with one click", {}, async ({ page, viewer }) => {
  await viewer.settles();
  await viewer.ask("followers:1m..10k");
  const remark = viewer.part("query-remarks").getByRole("listitem");
  assert.match(await remark.innerText(), /This range is empty because its first end is larger than its second\. Did you mean followers:10k\.\.1m\?/);
  await remark.locator('[data-action="use-suggestion"]').click();
  await reads(page, "followers:10k..1m");
  await page.waitForFunction(() => Number(document.querySelector('[data-testid="list"]').dataset.total) > 0);
});

journey("not set, not checked yet and not in this API are three values, each with its profiles", {}, async (scene) => {
  const { page, viewer } = scene;
  const people = await recordsOf(scene, "insightiq");
  await unfold(page, "country");
  const box = (field, word) => page.locator(`[data-facet="${field}"] label`, { has: page.locator(`input[data-nothing][value="${word}"]`) });
  const n = Number(await box("country", "not-set").locator("[data-count]").getAttribute("data-count"));
  assert.equal(n, people.filter((one) => !one.country).length);
  await box("country", "not-set").click();
  await leaves(page, n);
  assert.match(await viewer.part("chip").locator("bdi").innerText(), /Country: not set/);
  await viewer.ask("");
  assert.match(await box("health", "unchecked").innerText(), /not checked yet/);
  await box("health", "unchecked").click();
  await leaves(page, 100);
  await viewer.ask("");
  await box("health", "not-in-api").click();
  await leaves(page, 90);
});

journey("a chosen value that nobody has any more stays in sight with its count of nothing", {}, async ({ page, viewer }) => {
  await viewer.settles();
  await page.locator('[data-facet="platform"] input[value="tiktok"]').click();
  await viewer.ask("platform:tiktok source:upsun");
  await leaves(page, 0);
  const label = page.locator('[data-facet="platform"] label', { has: page.locator('input[value="tiktok"]') });
  assert.ok(await label.locator("input").isChecked());
  assert.equal(await label.locator("[data-count]").getAttribute("data-count"), "0");
});

journey("each condition says that it is applied here, and to how many", {}, async ({ viewer, page }) => {
  await viewer.settles();
  await viewer.ask("platform:instagram -status:suspended acme");
  await page.waitForFunction(() => document.querySelectorAll('[data-testid="chip"]').length === 3);
  for (const chip of await viewer.part("chip").all()) assert.match(await chip.locator(".chip__where").getAttribute("title"), /^applied here to 190 loaded$/);
  await viewer.button("ayrshare", "load-all").click();
  await viewer.reaches("ayrshare", "done");
  await page.waitForFunction(() => document.querySelector(".chip__where").title === "applied here to 240 loaded");
});

/** Ayrshare's list with what each profile's own request would tell of its health. */
const withHealth = (page) =>
  page.route(/\/ayrshare\/profiles\?limit/, async (route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    const { origin } = new URL(route.request().url());
    const parts = ["suspension", "socialHealth", "linkingErrors", "activity", "quota"];
    const one = async ({ refId }) => (await fetch(`${origin}/api/v1/ayrshare/profiles?refId=${refId}&include=${parts}`)).json();
    for (const [place, record] of body.profiles.entries()) body.profiles[place] = { ...record, ...(await one(record)).profiles?.[0] };
    await route.fulfill({ response: answer, json: body });
  });

journey("every problem of the list has its tap, with a count that its filter leaves", { before: withHealth }, async ({ page, viewer }) => {
  await viewer.settles();
  const wanted = ["urgent", "suspended", "expired", "error", "relink", "expiring", "no-accounts", "quota", "never-posted", "trial-ending", "verify"];
  const presets = page.locator("[data-preset]");
  assert.deepEqual(await presets.evaluateAll((all) => all.map((one) => one.dataset.preset)), wanted);
  for (const id of wanted.slice(1)) {
    const preset = page.locator(`[data-preset="${id}"]`);
    const n = Number(await preset.locator("[data-count]").getAttribute("data-count"));
    await preset.click();
    await leaves(page, n);
    assert.equal(await viewer.part("chip").count(), 1, id);
    await preset.click();
    await leaves(page, 190);
  }
});

journey("what is not here can be asked of the API by its exact title", { args: ["--profiles", "2000"] }, async (scene) => {
  const { page, viewer, watch } = scene;
  const loaded = new Set((await recordsOf(scene, "ayrshare")).map((record) => record.title));
  const all = await page.evaluate(async () => (await fetch("api/v1/ayrshare/profiles?limit=1000")).json());
  const { title, refId } = all.profiles.findLast((record) => /^\w+ \w+$/.test(record.title) && !loaded.has(record.title));
  await viewer.ask(`"${title}"`);
  const offer = page.locator('[data-action="ask-for"]');
  assert.match(await offer.innerText(), new RegExp(`Ask Ayrshare for the title “${title}” \\(1 request\\)`));
  const nAsked = watch.of("ayrshare").length;
  await offer.click();
  await viewer.card(`ayrshare:${refId}`).waitFor();
  assert.equal(watch.of("ayrshare").length, nAsked + 1);
  assert.equal(watch.of("ayrshare").at(-1).params.get("title"), title);
});

journey("in the demo everybody is somewhere, whatever it is grouped by", {}, async ({ page, viewer }) => {
  await viewer.settles();
  const fields = await viewer.part("group-by").locator("option").evaluateAll((all) => all.map((one) => one.value));
  for (const field of ["source", "platform", "status", "country", "user"]) assert.ok(fields.includes(field), field);
  for (const field of ["source", "status", "country", "user"]) {
    await viewer.part("group-by").selectOption(field);
    await page.waitForURL(({ hash }) => hash.includes(`group=${field}`));
    await page.waitForFunction(() => {
      const counts = [...document.querySelectorAll("[data-group] [data-count]")].map((count) => Number(count.dataset.count));
      return counts.length > 1 && counts.reduce((sum, n) => sum + n, 0) === 190;
    });
  }
});

journey("a third key of the order counts where the first two are the same", {}, async (scene) => {
  const { page, viewer } = scene;
  const records = await recordsOf(scene, "ayrshare");
  await viewer.ask("source:ayrshare");
  await viewer.part("order").selectOption("status");
  await viewer.part("then-by").first().selectOption("byok");
  await viewer.part("then-by").nth(1).selectOption("-created");
  await page.waitForURL(({ hash }) => decodeURIComponent(hash).includes("sort=status,byok,-created"));
  assert.equal(await viewer.part("then-by").count(), 2, "three keys, and no fourth");
  await viewer.showAll();
  const created = new Map(records.map((one) => [`ayrshare:${one.refId}`, Date.parse(one.createdUTC ?? one.created)]));
  const state = new Map(records.map((one) => [`ayrshare:${one.refId}`, `${one.status} ${one.isByokLinked}`]));
  const shown = await viewer.keys();
  const groups = {};
  // Who has no key of their own may have no platform for one either, which is another value.
  const isTold = (key) => !Number.isNaN(created.get(key)) && state.get(key).endsWith("true");
  for (const key of shown.filter(isTold)) (groups[state.get(key)] ??= []).push(key);
  const sizes = Object.values(groups).map((keys) => keys.length);
  assert.ok(Math.max(...sizes) > 5, `${sizes}`);
  for (const [name, keys] of Object.entries(groups)) {
    const dates = keys.map((key) => created.get(key));
    assert.deepEqual(dates, [...dates].sort((a, b) => b - a), name);
  }
});
