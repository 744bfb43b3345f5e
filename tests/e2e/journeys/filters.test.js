import assert from "node:assert/strict";

import { journey } from "../harness/journey.js";
import { keysOf } from "../harness/viewer.js";

/** Does something that makes the viewer ask a source anew; gives what it asked and the records that came. */
async function change({ page, viewer }, source, act) {
  const isList = (request) => new URL(request.url()).pathname.endsWith(`/api/v1/${source}/profiles`);
  const asked = page.waitForRequest(isList);
  await act();
  const request = await asked;
  const answer = await (await request.response()).text();
  await viewer.reaches(source, "ready", "done");
  await viewer.shows(source, keysOf(source, answer));
  const body = JSON.parse(answer);
  return { params: new URL(request.url()).searchParams, records: body.profiles ?? body.data };
}

const MORE = { args: ["--profiles", "2000"] };

/** A page of every source, each of which has more. */
async function firstRecords({ viewer, watch }, source) {
  await viewer.settles();
  const [answer] = await watch.answers(source);
  const body = JSON.parse(answer.text);
  return body.profiles ?? body.data;
}

/** A condition that an API takes: it is applied here at once, and asked of the API when somebody wants that. */
function pushed(source, param, queryOf, fits) {
  journey(`${source}: a condition is applied here, and asked of the API as ${param}`, MORE, async (scene) => {
    const { viewer, watch } = scene;
    const records = await firstRecords(scene, source);
    const { query, value } = queryOf(records);
    const nAsked = watch.asked.length;
    await viewer.ask(query);
    await viewer.asking(source).waitFor();
    assert.equal(watch.asked.length, nAsked, "nothing is asked by typing");
    assert.equal(await viewer.part("chip").getAttribute("data-asked"), "false");
    const found = await change(scene, source, () => viewer.asking(source).click());
    assert.equal(found.params.get(param), value);
    assert.ok(found.records.length > 0 && found.records.every(fits(value)), "the answer fits");
    assert.equal(await viewer.part("chip").getAttribute("data-asked"), "true");
    const others = watch.asked.slice(nAsked).filter((request) => request.source !== source);
    assert.deepEqual(others, [], "no other source was asked");

    const again = scene.page.waitForRequest((request) => request.url().includes(`/api/v1/${source}/profiles`));
    await viewer.part("chip").getByRole("button").click();
    await again;
    assert.equal(watch.of(source).at(-1).params.has(param), false, "what is taken back is not asked any more");
  });
}

const first = (records, of) => records.map(of).find((text) => text?.length > 3);
const exact = (key, of) => (records) => ({ query: `${key}:"${first(records, of)}"`, value: first(records, of) });

pushed("ayrshare", "title", exact("title", (r) => r.title), (value) => (r) => r.title === value);
pushed("ayrshare", "refId", exact("ref", (r) => r.refId), (value) => (r) => r.refId === value);
pushed("insightiq", "user_id", exact("user-id", (r) => r.user?.id), (value) => (r) => r.user?.id === value);
pushed(
  "insightiq",
  "work_platform_id",
  exact("platform-id", (r) => r.work_platform?.id),
  (value) => (r) => r.work_platform?.id === value,
);
pushed("insightiq", "account_id", exact("account", (r) => r.account?.id), (value) => (r) => r.account?.id === value);

const given = (query, value) => () => ({ query, value });
const nAccounts = (record) => record.activeSocialAccounts?.length ?? 0;
pushed("ayrshare", "hasActiveSocialAccounts", given("has:platform", "true"), () => (r) => nAccounts(r) > 0);
pushed("ayrshare", "hasActiveSocialAccounts", given("no:platform", "false"), () => (r) => nAccounts(r) === 0);
pushed("ayrshare", "isByokLinked", given("byok:linked", "true"), () => (r) => r.isByokLinked === true);
pushed("ayrshare", "isByokLinked", given("byok:pending", "false"), () => (r) => r.isByokLinked !== true);

journey("platforms: all of them is one question to the API, any of them is not", MORE, async (scene) => {
  const { page, viewer } = scene;
  await firstRecords(scene, "ayrshare");
  const box = (value) => page.locator(`[data-facet="platform"] input[value="${value}"]`);
  await page.locator('[data-way="all-of"]').click();
  await box("twitter").check();
  await box("linkedin").check();
  assert.equal(await viewer.part("query-bar").inputValue(), "platform:twitter platform:linkedin");
  const both = await change(scene, "ayrshare", () => viewer.asking("ayrshare").click());
  assert.deepEqual(both.params.get("includesActiveSocialAccounts").split(",").sort(), ["linkedin", "twitter"]);
  const isOnBoth = ({ activeSocialAccounts: on }) => on.includes("twitter") && on.includes("linkedin");
  assert.ok(both.records.length > 0 && both.records.every(isOnBoth));
  await page.locator('[data-way="any-of"]').click();
  assert.equal(await viewer.part("query-bar").inputValue(), "platform:twitter,linkedin");
  await viewer.asking("ayrshare").waitFor({ state: "detached" });
});

journey("accounts are there, are none, or are either; nobody is left out without a count", {}, async (scene) => {
  const { page, viewer } = scene;
  const records = await firstRecords(scene, "ayrshare");
  const total = () => page.locator('[data-testid="list"]').getAttribute("data-total").then(Number);
  const way = (name) => page.locator(`[data-way="${name}"]`).click();
  const reaches = (n) => page.waitForFunction((n) => document.querySelector('[data-testid="list"]').dataset.total === n, `${n}`);
  const all = await total();
  await way("none");
  const nNone = records.filter((record) => nAccounts(record) === 0).length;
  await reaches(nNone);
  assert.equal(await viewer.part("query-bar").inputValue(), "no:platform");
  await way("any");
  await reaches(all);

  await page.locator('[data-facet="byok"] [data-action="fold"]').click();
  const radios = page.locator('[data-facet="byok"] label');
  const counts = await radios.locator("[data-count]").evaluateAll((spans) => spans.map((span) => Number(span.dataset.count)));
  assert.equal(counts.reduce((sum, n) => sum + n, 0), all, "the three ways and the left-out groups are everybody");
  await radios.filter({ hasText: "No eligible platform" }).click();
  assert.equal(await viewer.part("query-bar").inputValue(), "byok:na");
});

journey("a value can be excluded, and its chip says so in words and by a sign", {}, async (scene) => {
  const { page, viewer } = scene;
  await viewer.settles();
  await page.locator('[data-facet="platform"] [data-exclude="tiktok"]').click();
  assert.equal(await viewer.part("query-bar").inputValue(), "-platform:tiktok");
  assert.equal(await viewer.part("chip").locator("bdi").innerText(), "Platform is not TikTok");
  const sign = (place) => place.locator("svg path").first().getAttribute("d");
  assert.equal(await sign(viewer.part("chip")), await sign(page.locator('[data-exclude="tiktok"]')), "the sign of the button that excludes");
});

journey("a range is two fields, and what is not understood is said beside them", {}, async (scene) => {
  const { page, viewer, watch } = scene;
  const people = await firstRecords(scene, "insightiq");
  await page.locator('[data-facet="followers"] [data-action="fold"]').click();
  const end = (name) => page.locator(`[data-facet="followers"] [data-end="${name}"]`);
  await end("from").fill("lots");
  await end("from").press("Tab");
  await page.getByText(/Expected a number such as 10k/).waitFor();
  assert.equal(await end("from").getAttribute("aria-invalid"), "true");
  assert.equal(await viewer.part("query-bar").inputValue(), "");
  const nAsked = watch.asked.length;
  await end("from").fill("10k");
  await end("to").fill("1m");
  await end("to").press("Tab");
  await page.waitForFunction(() => document.querySelector('[data-testid="query-bar"]').value === "followers:10k..1m");
  const isWithin = ({ reputation }) => reputation?.follower_count >= 10_000 && reputation.follower_count <= 1_000_000;
  await viewer.shows(
    "insightiq",
    people.filter(isWithin).map((record) => `insightiq:${record.id}`),
  );
  assert.equal(watch.asked.length, nAsked);
});

journey("a problem is one tap away and counts everything that is loaded", {}, async (scene) => {
  const { page, viewer } = scene;
  const records = await firstRecords(scene, "ayrshare");
  const isSuspended = (record) => record.suspended === true || record.status === "suspended";
  const nSuspended = records.filter(isSuspended).length;
  await viewer.ask("nothing has this text");
  const preset = page.locator('[data-preset="suspended"]');
  assert.equal(Number(await preset.locator("[data-count]").getAttribute("data-count")), nSuspended);
  await preset.click();
  await viewer.shows(
    "ayrshare",
    records.filter(isSuspended).map((record) => `ayrshare:${record.refId}`),
  );
  assert.equal(await preset.getAttribute("aria-pressed"), "true");
  await preset.click();
  assert.equal(await viewer.part("query-bar").inputValue(), "");
});

journey("many values are searched among, and a chosen one stays in sight", {}, async (scene) => {
  const { page, viewer } = scene;
  await viewer.settles();
  await page.locator('[data-facet="country"] [data-action="fold"]').click();
  const values = page.locator('[data-facet="country"] .facet__choice');
  const search = page.locator('[data-facet="country"] [data-testid="facet-search"]');
  const first = await values.first().locator("input").getAttribute("value");
  await search.fill(first.slice(0, 2).toLowerCase());
  const shown = await values.locator("input").evaluateAll((inputs) => inputs.map((input) => input.value));
  assert.ok(shown.includes(first) && shown.length < 20);
  await values.first().locator("input").check();
  await viewer.part("chip").waitFor();
  assert.equal(await search.inputValue(), first.slice(0, 2).toLowerCase(), "what was written stays");
});

journey("conditions are kept in the link, and cleared together", {}, async (scene) => {
  const { viewer, page } = scene;
  await viewer.settles();
  await viewer.ask("has:platform byok:linked");
  await change(scene, "ayrshare", () => viewer.asking("ayrshare").click());
  const asked = page.waitForRequest((request) => request.url().includes("/ayrshare/profiles"));
  await page.reload();
  const params = new URL((await asked).url()).searchParams;
  assert.equal(params.get("hasActiveSocialAccounts"), "true", "a link asks the same from the start");
  assert.equal(params.get("isByokLinked"), "true");
  await viewer.settles();
  assert.equal(await viewer.part("chip").count(), 2);
  const cleared = await change(scene, "ayrshare", () => page.locator('[data-action="clear-all"]').click());
  assert.equal(cleared.params.has("hasActiveSocialAccounts"), false);
  assert.equal(cleared.params.has("isByokLinked"), false);
  await page.waitForURL(({ hash }) => !hash.includes("="));
});

journey("a question that nothing answers says so, and that it covers all profiles", MORE, async (scene) => {
  const { viewer, page } = scene;
  await viewer.settles();
  await viewer.ask('source:ayrshare title:"no profile has this title"');
  await viewer.asking("ayrshare").click();
  await viewer.reaches("ayrshare", "done");
  await page
    .getByText(/Ayrshare returned none for: .*covers all profiles/s)
    .first()
    .waitFor();
  assert.equal(await viewer.cards("ayrshare").count(), 0);
});
