import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { providers } from "../dist/node.js";
import { answer, scripted } from "./proxy.js";

const fixture = (name) => readFileSync(new URL(`../../../../tests/fixtures/ayrshare/${name}.json`, import.meta.url));

test("one profile, with more about it", async () => {
  const { client, asked } = await scripted([answer(fixture("include"))]);
  const refId = JSON.parse(fixture("include")).profiles[0].refId;
  const profile = await client.ayrshare.profile(refId, ["socialHealth", "quota"]);
  assert.equal(profile.refId, refId);
  assert.deepEqual(profile, JSON.parse(fixture("include")).profiles[0]);
  assert.equal(asked[0], `ayrshare/profiles?refId=${refId}&include=socialHealth%2Cquota`);
});

test("a profile that is not there is not_found, one that cannot be read is a decode error", async () => {
  const { client } = await scripted([answer({ profiles: [] }), answer({ profiles: [7] })]);
  await assert.rejects(client.ayrshare.profile("x"), { code: "not_found", provider: "ayrshare" });
  await assert.rejects(client.ayrshare.profile("x"), { code: "decode", provider: "ayrshare" });
});

test("the action log in each of its forms", async () => {
  const { client, asked } = await scripted([answer(fixture("action-log")), answer({ profiles: [] })]);
  const log = await client.ayrshare.actionLog(7);
  assert.ok(log.actionLog.length > 0 && log.actionLog.every((entry) => typeof entry.action === "string"));
  assert.ok(Array.isArray(log.userProfilesReport));
  assert.equal(asked[0], "ayrshare/profiles?actionLog=7");
  await assert.rejects(client.ayrshare.actionLog(), { code: "decode" });
  assert.equal(asked[1], "ayrshare/profiles?actionLog=true");
});

test("the user, as sent", async () => {
  const { client, asked } = await scripted([answer(fixture("user"))]);
  const user = await client.ayrshare.user({ profile: "brand-a", instagramQuota: true });
  assert.equal(user.refId, JSON.parse(fixture("user")).refId);
  assert.equal(asked[0], "ayrshare/user?instagramQuota=true&profile=brand-a");
});

test("Pinterest's boards keep their long ids, also when those come as numbers", async () => {
  const { client, asked } = await scripted([answer(fixture("pinterest")), answer('{"pinterest":[{"id":718465015493014420}]}'), answer("{}")]);
  const boards = await client.ayrshare.userDetails("pinterest", { profile: "brand-a" });
  assert.equal(boards[0].id, "718465015493014420");
  assert.equal((await client.ayrshare.userDetails("pinterest"))[0].id, "718465015493014420");
  await assert.rejects(client.ayrshare.userDetails("pinterest"), { code: "decode" });
  assert.equal(asked[0], "ayrshare/user/details/pinterest?profile=brand-a");
});

test("the batch ticket, as sent", async () => {
  const { client } = await scripted([answer(fixture("batch-ticket"))]);
  const ticket = await client.ayrshare.batch();
  assert.deepEqual(ticket, JSON.parse(fixture("batch-ticket")));
});

test("the providers are those of the build", () => {
  assert.deepEqual(providers(), [
    {
      id: "ayrshare",
      title: "Ayrshare",
      pagination: "cursor",
      pageLimit: { default: 5000, max: 5000 },
      pushdown: ["title", "refId", "hasActiveSocialAccounts", "includesActiveSocialAccounts", "isByokLinked"],
    },
    { id: "insightiq", title: "InsightIQ", pagination: "offset", pageLimit: { default: 10, max: 100 }, pushdown: ["user_id", "work_platform_id", "account_id"] },
    { id: "upsun", title: "Upsun", pagination: "link", pageLimit: { default: 0, max: 0 }, pushdown: [] },
  ]);
});
