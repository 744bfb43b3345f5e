import assert from "node:assert/strict";
import { test } from "node:test";

import { all, answer, ayrsharePage, problem, scripted } from "./proxy.js";

/** Lets a load run until it waits, and says how long; then stops it. */
async function wait(start) {
  const controller = new AbortController();
  let waited = null;
  const onProgress = ({ waitingMs }) => {
    if (waitingMs === null) return;
    waited = waitingMs;
    controller.abort("seen");
  };
  await start({ signal: controller.signal, onProgress }).catch((reason) => assert.equal(reason, "seen"));
  return waited;
}

test("a failed page is tried three times, and a page that comes is none the worse", async () => {
  const { client, asked } = await scripted([problem(503, "upstream"), problem(502, "upstream"), answer(ayrsharePage(["a"]))]);
  const [page] = await all(client.ayrshare.profiles());
  assert.deepEqual(page.items.map((item) => item.refId), ["a"]);
  assert.deepEqual(new Set(asked).size, 1);
  const three = await scripted([1, 2, 3].map(() => problem(503, "upstream")));
  await assert.rejects(all(three.client.ayrshare.profiles()), { code: "upstream", status: 503 });
  assert.equal(three.asked.length, 3);
});

test("what will not pass by itself is not tried again", async () => {
  for (const code of ["unauthorized", "forbidden", "not_found", "invalid_query", "decode", "pagination"]) {
    const { client, asked } = await scripted([problem(400, code)]);
    await assert.rejects(all(client.ayrshare.profiles()), { code });
    assert.equal(asked.length, 1, code);
  }
});

test("the options say how often and how long", async () => {
  const once = await scripted([problem(503, "upstream")], { retry: false });
  await assert.rejects(once.client.ayrshare.user(), { code: "upstream" });
  const five = await scripted([1, 2, 3, 4, 5].map(() => problem(503, "upstream")), { retry: { attempts: 5, baseDelayMs: 0, maxDelayMs: 0 } });
  await assert.rejects(five.client.ayrshare.user(), { code: "upstream" });
  assert.equal(five.asked.length, 5);
  const slow = await scripted([problem(503, "upstream")], { retry: { baseDelayMs: 400_000, maxDelayMs: 1000 } });
  assert.ok((await wait((options) => all(slow.client.ayrshare.profiles({}, options)))) <= 400_000);
});

test("Retry-After is obeyed to the millisecond, in either form", async () => {
  for (const headers of [{ "retry-after": "7" }, { "retry-after": new Date(Date.now() + 7500).toUTCString() }]) {
    const { client } = await scripted([answer("{}", { status: 429, ...headers })]);
    const waited = await wait((options) => all(client.ayrshare.profiles({}, options)));
    assert.ok(waited > 5500 && waited <= 7500, `${waited}`);
  }
  const long = await scripted([answer("{}", { status: 429, "retry-after": "301" })]);
  await assert.rejects(all(long.client.ayrshare.profiles()), { code: "rate_limited", retryAfterMs: 301_000 });
});

test("a load pauses by itself before the window is used up", async () => {
  const last = { "x-ratelimit-max": "300", "x-ratelimit-count": "300" };
  const { client, asked } = await scripted([answer(ayrsharePage(["a"], "c1"), last)]);
  const waited = await wait((options) => all(client.ayrshare.profiles({}, options)));
  assert.ok(waited > 299_000 && waited <= 300_000, `${waited}`);
  assert.equal(asked.length, 1);
  const others = await wait((options) => all(client.ayrshare.profiles({}, options)));
  assert.ok(others > 299_000, "the window is the client's, not the load's");
  assert.equal(asked.length, 1);
});

test("one API's pause does not keep another from being asked", async () => {
  const last = { "x-ratelimit-max": "300", "x-ratelimit-count": "300" };
  const { client } = await scripted([answer({}, last), answer({ data: [{ id: "1" }] })]);
  await client.ayrshare.user();
  assert.equal((await all(client.insightiq.profiles())).length, 1);
});

test("over a thousand failing calls a tenth at most is sent on top", async () => {
  const asked = [];
  const fetch = async (url) => {
    asked.push(url);
    return new Response("{}", { status: 503 });
  };
  const { client } = await scripted([], { fetch });
  for (let call = 0; call < 1000; call++) await assert.rejects(client.ayrshare.user(), { code: "upstream" });
  assert.ok(asked.length <= 1100, `${asked.length} requests for 1000 calls`);
  assert.ok(asked.length > 1000, "the first ones were tried again");
});
