import assert from "node:assert/strict";

import { journey } from "../harness/journey.js";
import { SOURCES } from "../harness/viewer.js";

/** What the proxy has answered so far, by source. */
async function records({ viewer, watch }) {
  await viewer.settles();
  const bySource = {};
  for (const source of SOURCES) {
    const bodies = (await watch.answers(source)).map((answer) => JSON.parse(answer.text));
    bySource[source] = bodies.flatMap((body) => body.profiles ?? body.data);
  }
  return bySource;
}

const bar = ({ viewer }) => viewer.part("query-bar");

/** Waits until the line above the cards begins so. */
async function says({ page }, text) {
  await page.waitForFunction(
    (text) => document.querySelector('[data-testid="result-bar"]').innerText.startsWith(text),
    text,
  );
}

/** A value of a group of counts. */
const choice = ({ page }, field, value) =>
  page.locator(`[data-facet="${field}"] label`, { has: page.locator(`input[value="${value}"]`) });

/** The number beside a value. */
const count = async (scene, field, value) =>
  Number(await choice(scene, field, value).locator("[data-count]").getAttribute("data-count"));

const queryOf = (hash) => new URLSearchParams(hash.slice(1)).get("q");

journey("a query leaves what the answers say, and asks no API for it", {}, async (scene) => {
  const { page, viewer, watch } = scene;
  const { ayrshare, insightiq, upsun } = await records(scene);
  const nAll = ayrshare.length + insightiq.length + upsun.length;
  const nAsked = watch.asked.length;
  await says(scene, `${nAll} loaded`);

  await page.keyboard.press("/");
  await page.waitForFunction(() => document.activeElement?.dataset.testid === "query-bar");
  await page.keyboard.type("platform:instagram status:suspended");
  const isOnInstagram = (record) => record.activeSocialAccounts?.includes("instagram") === true;
  const isSuspended = (record) => record.suspended === true;
  const wanted = ayrshare.filter((record) => isOnInstagram(record) && isSuspended(record));
  assert.ok(wanted.length > 0 && wanted.length < ayrshare.length, "the condition tells profiles apart");
  await says(scene, `${wanted.length} of ${nAll} loaded · more available`);
  assert.match(await viewer.part("chip").first().textContent(), /applied here/);
  await viewer.shows(
    "ayrshare",
    wanted.map((record) => `ayrshare:${record.refId}`),
  );
  assert.equal(await viewer.cards().count(), wanted.length, "no other source has such a profile");

  assert.equal(await count(scene, "status", "suspended"), wanted.length);
  assert.equal(
    await count(scene, "status", "active"),
    ayrshare.filter((record) => isOnInstagram(record) && !isSuspended(record)).length,
    "counts of a field are not under its own condition",
  );
  const onTiktok = ayrshare.filter((record) => isSuspended(record) && record.activeSocialAccounts?.includes("tiktok"));
  assert.equal(await count(scene, "platform", "tiktok"), onTiktok.length);
  assert.equal(watch.asked.length, nAsked, "nothing was asked");
});

journey("a count is a click on the same query, and clearing goes back to everything", {}, async (scene) => {
  const { page, viewer } = scene;
  const all = Object.values(await records(scene)).flat();
  await bar(scene).fill("status:suspended");
  await choice(scene, "platform", "instagram").click();
  const text = "status:suspended platform:instagram";
  await page.waitForFunction((text) => document.querySelector('[data-testid="query-bar"]').value === text, text);
  const both = await count(scene, "platform", "instagram");
  await says(scene, `${both} of ${all.length} loaded`);
  assert.deepEqual(await viewer.part("chip").locator("bdi").allInnerTexts(), [
    "Status: Suspended",
    "Platforms: Instagram",
  ]);
  await scene.page.waitForURL(({ hash }) => queryOf(hash) === text);

  await page.reload();
  await viewer.settles();
  await says(scene, `${both} of ${all.length} loaded`);
  assert.equal(await bar(scene).inputValue(), text, "the link asks the same");
  assert.ok(await choice(scene, "platform", "instagram").locator("input").isChecked());

  await viewer.part("chip").first().getByRole("button").click();
  await page.waitForFunction(
    () => document.querySelector('[data-testid="query-bar"]').value === "platform:instagram",
  );
  await page.locator('[data-action="clear-all"]').click();
  await says(scene, `${all.length} loaded`);
  assert.equal(await bar(scene).inputValue(), "");
  await scene.page.waitForURL(({ hash }) => queryOf(hash) === null);
  assert.equal(await choice(scene, "platform", "instagram").locator("input").isChecked(), false);
});

journey("a misspelt filter is searched as text and offers what was meant; Escape takes it back", {}, async (scene) => {
  const { page, viewer } = scene;
  const all = Object.values(await records(scene)).flat();
  await bar(scene).fill("platfrom:instagram");
  await says(scene, `0 of ${all.length} loaded`);
  await page.getByText(/None of the .* loaded profiles match\. More are available\./).waitFor();
  await viewer.part("query-remarks").locator('[data-action="use-suggestion"]').first().click();
  await page.waitForFunction(
    () => document.querySelector('[data-testid="query-bar"]').value === "platform:instagram",
  );
  await bar(scene).press("Escape");
  if ((await bar(scene).inputValue()) !== "") await bar(scene).press("Escape");
  await says(scene, `${all.length} loaded`);
});

journey("a word that is a platform and in no text offers the platform", {}, async (scene) => {
  const { page } = scene;
  const { ayrshare } = await records(scene);
  const n = ayrshare.filter((record) => record.activeSocialAccounts?.includes("bluesky")).length;
  await bar(scene).fill("bluesky");
  await bar(scene).press("Enter");
  await page.getByRole("button", { name: `Show ${n} profiles with platform:bluesky` }).click();
  await says(scene, `${n} of 190 loaded`);
  assert.equal(await bar(scene).inputValue(), "platform:bluesky");
});

journey("the list comes in the order that is chosen", {}, async (scene) => {
  const { viewer, page } = scene;
  const { ayrshare } = await records(scene);
  await bar(scene).fill("source:ayrshare has:created");
  await viewer.part("order").selectOption("-created");
  await page.waitForFunction(() => location.hash.includes("sort=-created"));
  const created = new Map(ayrshare.map((record) => [`ayrshare:${record.refId}`, record.createdUTC ?? record.created]));
  await viewer.showAll();
  const shown = (await viewer.keys()).map((key) => new Date(created.get(key)).getTime());
  assert.ok(shown.length > 1 && shown.every((at) => !Number.isNaN(at)));
  assert.deepEqual(
    shown,
    [...shown].sort((a, b) => b - a),
    "the newest first",
  );
});
