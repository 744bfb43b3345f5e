import assert from "node:assert/strict";
import { test } from "node:test";

import { all, answer, ayrsharePage, never, scripted } from "./proxy.js";

test("pages come one by one, and nothing is asked before the first iteration", async () => {
  const script = [answer(ayrsharePage(["a", "b"], "c1")), answer(ayrsharePage([], "c2")), answer(ayrsharePage(["c"]))];
  const { client, asked } = await scripted(script);
  const pages = client.ayrshare.profiles({ limit: 2, isByokLinked: false, includesActiveSocialAccounts: ["x", "facebook"].slice(1) });
  assert.deepEqual(asked, []);
  const found = await all(pages);
  const first = "ayrshare/profiles?includesActiveSocialAccounts=facebook&isByokLinked=false&limit=2";
  assert.deepEqual(asked, [first, `${first}&cursor=c1`, `${first}&cursor=c2`], "an empty page with next is not the end");
  assert.deepEqual(found.map((page) => page.number), [1, 2, 3]);
  assert.deepEqual(found[0].items, [{ refId: "a", title: "Title a" }, { refId: "b", title: "Title b" }]);
  assert.equal(found[0].provider, "ayrshare");
  assert.equal(found[2].resume, null);
});

test("an item equals JSON.parse of its record, but that whole numbers beyond 2^53 are strings", async () => {
  const record = '{"refId":"a","n":9007199254740993,"ok":9007199254740991,"x":[1e2,-0,"\\ud800",{"__proto__":1}],"big":-12345678901234567890}';
  const { client } = await scripted([answer(`{"profiles":[ ${record} , {"refId":"b"}]}`)]);
  const [page] = await all(client.ayrshare.profiles());
  const quoted = record.replace("9007199254740993", '"9007199254740993"').replace("-12345678901234567890", '"-12345678901234567890"');
  assert.deepEqual(page.items, [JSON.parse(quoted), { refId: "b" }]);
  assert.equal(Buffer.from(page.bytes).toString(), `{"profiles":[ ${record} , {"refId":"b"}]}`);
});

test("what is no record is rejected with its place, its reason and its text, never dropped", async () => {
  const { client } = await scripted([answer('{"profiles":[7,{"refId":"a"},{"title":"no id"}]}')]);
  const [page] = await all(client.ayrshare.profiles());
  assert.deepEqual(page.items, [{ refId: "a" }]);
  assert.deepEqual(page.rejected, [
    { path: "profiles[0]", reason: "expected an object, found number 7", raw: "7" },
    { path: "profiles[2]", reason: "expected an id under refId, found nothing", raw: '{"title":"no id"}' },
  ]);
});

test("all three APIs page in their own way", async () => {
  const insightiq = { data: [{ id: "1" }], metadata: {} };
  const upsun = { count: 7, profiles: [{ id: "u" }], _links: { next: { href: "https://api.upsun.com/profiles?page=2" } } };
  const script = [answer(insightiq), answer({ data: [] }), answer(upsun), answer({ profiles: [] })];
  const { client, asked } = await scripted(script);
  await all(client.insightiq.profiles({ limit: 1 }));
  const [first] = await all(client.upsun.profiles());
  assert.equal(first.total, 7);
  assert.deepEqual(asked, ["insightiq/profiles?limit=1", "insightiq/profiles?limit=1&offset=1", "upsun/profiles", "upsun/profiles?page=2"]);
});

test("freshness is told as the API states it", async () => {
  const more = { lastUpdated: "2025-06-14T15:53:26.016Z", nextUpdate: "2025-06-14T15:58:26Z" };
  const { client } = await scripted([answer(ayrsharePage(["a"], undefined, more))]);
  const [page] = await all(client.ayrshare.profiles());
  assert.deepEqual([page.lastUpdated, page.nextUpdate], ["2025-06-14T15:53:26.016Z", "2025-06-14T15:58:26.000Z"]);
});

test("another client goes on where a token says, and counts pages on", async () => {
  const before = await scripted([answer(ayrsharePage(["a"], "c1"))]);
  const [{ resume }] = await all(before.client.ayrshare.profiles({ limit: 1 }, { maxPages: 1 }));
  const after = await scripted([answer(ayrsharePage(["b"]))]);
  const found = await all(after.client.ayrshare.profiles({}, { resume }));
  assert.deepEqual(after.asked, ["ayrshare/profiles?limit=1&cursor=c1"]);
  assert.deepEqual(found.map((page) => [page.number, page.items[0].refId]), [[2, "b"]]);
  await assert.rejects(all(after.client.insightiq.profiles({}, { resume })), { code: "invalid_query" });
});

test("a position that came before is an error and no endless loop", async () => {
  const { client } = await scripted([answer(ayrsharePage(["a"], "c1")), answer(ayrsharePage(["b"], "c1"))]);
  await assert.rejects(all(client.ayrshare.profiles()), { code: "pagination", provider: "ayrshare" });
});

test("calls of next while one is under way share its promise", async () => {
  const { client, asked } = await scripted([answer(ayrsharePage(["a"], "c1")), answer(ayrsharePage(["b"]))]);
  const iterator = client.ayrshare.profiles()[Symbol.asyncIterator]();
  const [one, other] = [iterator.next(), iterator.next()];
  assert.equal(one, other);
  assert.equal((await one).value.number, 1);
  assert.equal(asked.length, 1, "one request is in flight at a time");
  assert.equal((await iterator.next()).value.number, 2);
  assert.deepEqual(await iterator.next(), { done: true, value: undefined });
});

test("after an error the next call asks for the same page again", async () => {
  const script = [answer(ayrsharePage(["a"], "c1")), answer("<html>", { status: 200 }), answer(ayrsharePage(["b"]))];
  const { client, asked } = await scripted(script);
  const iterator = client.ayrshare.profiles()[Symbol.asyncIterator]();
  await iterator.next();
  await assert.rejects(iterator.next(), { code: "decode", status: 200 });
  assert.equal((await iterator.next()).value.items[0].refId, "b");
  assert.equal(asked[1], asked[2]);
});

test("items come one by one over all pages, also to calls that do not wait", async () => {
  const { client } = await scripted([answer(ayrsharePage(["a", "b"], "c1")), answer(ayrsharePage(["c"]))]);
  const iterator = client.ayrshare.profiles().items()[Symbol.asyncIterator]();
  const found = await Promise.all([iterator.next(), iterator.next(), iterator.next(), iterator.next()]);
  assert.deepEqual(found.map((one) => one.value?.refId), ["a", "b", "c", undefined]);
});

test("collect says whether there is more", async () => {
  const script = () => [answer(ayrsharePage(["a", 7, "b"].map((id) => (id === 7 ? { title: "no id" } : id)), "c1")), answer(ayrsharePage(["c"]))];
  const collected = async (maxItems) => {
    const { client, asked } = await scripted(script());
    const { items, truncated, rejected } = await client.ayrshare.profiles().collect({ maxItems });
    return [items.map((item) => item.refId).join(""), truncated, rejected.length, asked.length];
  };
  assert.deepEqual(await collected(1), ["a", true, 1, 1]);
  assert.deepEqual(await collected(2), ["ab", true, 1, 1]);
  assert.deepEqual(await collected(3), ["abc", false, 1, 2]);
  assert.deepEqual(await collected(9), ["abc", false, 1, 2]);
});

test("progress tells pages, profiles, bytes, the window and waits", async () => {
  const limits = { "x-ratelimit-max": "300", "x-ratelimit-count": "12" };
  const script = [answer({}, { status: 503 }), answer(ayrsharePage(["a", "b"]), limits)];
  const { client } = await scripted(script, { retry: { baseDelayMs: 1, maxDelayMs: 1 } });
  const told = [];
  const [page] = await all(client.ayrshare.profiles({}, { onProgress: (progress) => told.push(progress) }));
  assert.equal(told.length, 2);
  assert.ok(told[0].waitingMs !== null && told[0].pages === 0);
  const { elapsedMs, ...rest } = told[1];
  assert.ok(Number.isFinite(elapsedMs));
  const budget = { used: 12, limit: 300, windowMs: 300_000 };
  assert.deepEqual(rest, { pages: 1, profiles: 2, total: null, bytes: page.bytes.length, waitingMs: null, budget });
});

test("break stops the request in flight", async () => {
  const { hang, called } = never();
  const { client } = await scripted([answer(ayrsharePage(["a"], "c1")), hang]);
  const iterator = client.ayrshare.profiles()[Symbol.asyncIterator]();
  await iterator.next();
  const pending = iterator.next();
  const signal = await called;
  assert.deepEqual(await iterator.return(), { done: true, value: undefined });
  assert.equal(signal.aborted, true);
  assert.deepEqual(await pending, { done: true, value: undefined }, "whoever waited is not left waiting");
});

test("a page can be handed to a worker: it is a plain object", async () => {
  const { client } = await scripted([answer(ayrsharePage(["a"]))]);
  const [page] = await all(client.ayrshare.profiles());
  const copy = structuredClone(page);
  assert.deepEqual(copy.items, [{ refId: "a", title: "Title a" }]);
  assert.deepEqual(Object.keys(copy), ["provider", "number", "items", "total", "resume", "lastUpdated", "nextUpdate", "rejected", "bytes"]);
});
