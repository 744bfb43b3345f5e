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

/** Every record of the first page, before anything is asked. */
async function firstRecords({ viewer, watch }, source) {
  await viewer.settles();
  const [answer] = await watch.answers(source);
  const body = JSON.parse(answer.text);
  return body.profiles ?? body.data;
}

/** A text filter: the records that it leaves are those that fit, and an empty one asks nothing. */
function textFilter(source, name, valueOf) {
  journey(`${source}: ${name} is asked of the API as it was typed`, {}, async (scene) => {
    const { viewer, watch } = scene;
    const records = await firstRecords(scene, source);
    const value = records.map(valueOf).find((text) => text?.length > 3);
    const control = viewer.param(`${source}/${name}`);
    const others = watch.asked.filter((request) => request.source !== source).length;
    const found = await change(scene, source, async () => {
      await control.fill(value);
      await control.press("Enter");
    });
    assert.equal(found.params.get(name), value);
    assert.ok(found.records.length > 0, "the profile itself is found");
    assert.ok(found.records.every((record) => valueOf(record) === value));
    const all = await change(scene, source, async () => {
      await control.fill("");
      await control.press("Enter");
    });
    assert.equal(all.params.has(name), false, "an empty filter is not sent");
    assert.equal(
      watch.asked.filter((request) => request.source !== source).length,
      others,
      "no other source was asked",
    );
  });
}

textFilter("ayrshare", "title", (record) => record.title);
textFilter("ayrshare", "refId", (record) => record.refId);
textFilter("insightiq", "user_id", (record) => record.user?.id);
textFilter("insightiq", "work_platform_id", (record) => record.work_platform?.id);
textFilter("insightiq", "account_id", (record) => record.account?.id);

const nAccounts = (record) => record.activeSocialAccounts?.length ?? 0;

journey("connected accounts: has, none and any are three different questions", {}, async (scene) => {
  await firstRecords(scene, "ayrshare");
  const name = "hasActiveSocialAccounts";
  const control = scene.viewer.param(`ayrshare/${name}`);
  const has = await change(scene, "ayrshare", () => control.selectOption("true"));
  assert.equal(has.params.get(name), "true");
  assert.ok(has.records.length > 0 && has.records.every((record) => nAccounts(record) > 0));
  const none = await change(scene, "ayrshare", () => control.selectOption("false"));
  assert.equal(none.params.get(name), "false");
  assert.ok(none.records.length > 0 && none.records.every((record) => nAccounts(record) === 0));
  const any = await change(scene, "ayrshare", () => control.selectOption(""));
  assert.equal(any.params.has(name), false, "any is not sent");
  assert.equal(any.records.length, 100);
});

journey("own key: linked, not linked and any are three different questions", {}, async (scene) => {
  await firstRecords(scene, "ayrshare");
  const name = "isByokLinked";
  const control = scene.viewer.param(`ayrshare/${name}`);
  for (const value of [true, false]) {
    const found = await change(scene, "ayrshare", () => control.selectOption(String(value)));
    assert.equal(found.params.get(name), String(value));
    const fits = (record) =>
      record.activeSocialAccounts.includes("twitter") && (record.isByokLinked === true) === value;
    assert.ok(found.records.length > 0 && found.records.every(fits));
  }
  const any = await change(scene, "ayrshare", () => control.selectOption(""));
  assert.equal(any.params.has(name), false, "any is not sent");
});

journey("platforms: each one that is ticked narrows the answer", {}, async (scene) => {
  await firstRecords(scene, "ayrshare");
  const name = "includesActiveSocialAccounts";
  const box = (value) => scene.viewer.param(`ayrshare/${name}`).locator(`input[value="${value}"]`);
  const one = await change(scene, "ayrshare", () => box("twitter").check());
  assert.deepEqual(one.params.getAll(name), ["twitter"]);
  const both = await change(scene, "ayrshare", () => box("linkedin").check());
  assert.deepEqual(both.params.get(name).split(",").sort(), ["linkedin", "twitter"]);
  const isOnBoth = ({ activeSocialAccounts: on }) => on.includes("twitter") && on.includes("linkedin");
  assert.ok(both.records.length > 0 && both.records.every(isOnBoth));
  assert.ok(both.records.length < one.records.length);
  await change(scene, "ayrshare", () => box("twitter").uncheck());
  const none = await change(scene, "ayrshare", () => box("linkedin").uncheck());
  assert.equal(none.params.has(name), false, "no platform is not sent");
});

journey("a value that the API does not take is said by its control, and nothing is asked", {}, async (scene) => {
  const { viewer, watch, page } = scene;
  await viewer.settles();
  const nAsked = watch.asked.length;
  const control = viewer.param("insightiq/account_id");
  await control.fill("not an id");
  await control.press("Enter");
  await page.getByText(/expected a UUID/i).waitFor();
  assert.equal(await control.getAttribute("aria-invalid"), "true");
  assert.equal(watch.asked.length, nAsked);
});

journey("filters are kept in the link, shown as chips, and cleared together", {}, async (scene) => {
  const { viewer, page } = scene;
  await viewer.settles();
  await change(scene, "ayrshare", () => viewer.param("ayrshare/hasActiveSocialAccounts").selectOption("true"));
  await change(scene, "ayrshare", () => viewer.param("ayrshare/isByokLinked").selectOption("true"));
  const hash = new URL(page.url()).hash;
  assert.match(hash, /hasActiveSocialAccounts=true/);
  assert.match(hash, /isByokLinked=true/);

  const asked = page.waitForRequest((request) => request.url().includes("/ayrshare/profiles"));
  await page.reload();
  const params = new URL((await asked).url()).searchParams;
  assert.equal(params.get("hasActiveSocialAccounts"), "true");
  assert.equal(params.get("isByokLinked"), "true");
  await viewer.settles();

  const chips = viewer.part("chips");
  assert.match(await chips.innerText(), /Own X key/);
  const cleared = await change(scene, "ayrshare", () => page.locator('[data-action="clear-all"]').first().click());
  assert.equal(cleared.params.has("hasActiveSocialAccounts"), false);
  assert.equal(cleared.params.has("isByokLinked"), false);
  assert.equal(new URL(page.url()).hash.includes("="), false);
});

journey("a question that nothing answers says so, and that it covers all profiles", {}, async (scene) => {
  const { viewer, page } = scene;
  await viewer.settles();
  const control = viewer.param("ayrshare/title");
  await control.fill("no profile has this title");
  await control.press("Enter");
  await page
    .getByText(/Ayrshare returned none for: .*covers all profiles/s)
    .first()
    .waitFor();
  assert.equal(await viewer.cards("ayrshare").count(), 0);
});
