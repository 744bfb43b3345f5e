import assert from "node:assert/strict";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

import { Client, Roster, RosterError, isRosterError } from "../dist/node.js";
import { ROOT, all, answer, ayrsharePage, never, problem, scripted } from "./proxy.js";

const failed = async (script, options) => {
  const { client } = await scripted(script, { retry: false, ...options });
  return client.ayrshare.user().then(() => assert.fail("expected a rejection"), (error) => error);
};

for (const [code, status] of [
  ["unauthorized", 401],
  ["forbidden", 403],
  ["not_found", 404],
  ["rate_limited", 429],
  ["upstream", 502],
  ["timeout", 504],
  ["invalid_query", 400],
  ["decode", 502],
]) {
  test(`a problem with code ${code} is an error with that code`, async () => {
    const more = { provider: "ayrshare", providerCode: "102", requestId: "r-1", retryAfterMs: 7000 };
    const error = await failed([problem(status, code, more)]);
    const { name, provider, providerCode, requestId, retryAfterMs, message } = error;
    assert.deepEqual([name, error.code, error.status, provider], ["RosterError", code, status, "ayrshare"]);
    assert.deepEqual([providerCode, requestId, retryAfterMs], ["102", "r-1", 7000]);
    assert.equal(message, `ayrshare: it said ${code}`);
    assert.ok(error instanceof RosterError && error instanceof Error && isRosterError(error));
    assert.match(error.stack, /errors\.test\.js|RosterError/);
  });
}

test("what the API itself says is read, too", async () => {
  const body = { action: "request", status: "error", code: 102, message: "API Key not valid" };
  const error = await failed([answer(body, { status: 403 })]);
  assert.deepEqual([error.code, error.providerCode, error.status], ["unauthorized", "102", 403]);
});

test("a request that takes too long is a timeout, and is stopped", async () => {
  const { hang, called } = never();
  const error = await failed([hang], { timeoutMs: 5 });
  assert.equal(error.code, "timeout");
  assert.equal((await called).aborted, true);
});

test("a body that stops coming is a timeout", async () => {
  const silent = new ReadableStream({ pull: () => new Promise(() => {}) });
  assert.equal((await failed([() => new Response(silent)], { timeoutMs: 5 })).code, "timeout");
});

test("bodies of other forms are decode errors", async () => {
  for (const body of ["", "<html>", "[]", "null", '{"profiles":7}', '{"profiles":[{"refId":"a"}', new Uint8Array([0x7b, 0xff])]) {
    const { client } = await scripted([answer(body)]);
    await assert.rejects(all(client.ayrshare.profiles()), { name: "RosterError", code: "decode" }, String(body));
  }
});

test("a single answer that is no JSON is a decode error", async () => {
  for (const body of ["", "<html>", "{", "nul"]) {
    const { client } = await scripted([answer(body)]);
    await assert.rejects(client.ayrshare.user(), { name: "RosterError", code: "decode" }, body);
  }
});

test("a question that the API does not take is refused before anything is sent", async () => {
  const { client, asked } = await scripted([]);
  for (const params of [{ limit: 0 }, { limit: 5001 }, { colour: "red" }, { title: "x".repeat(501) }, { limit: Number.NaN }]) {
    await assert.rejects(all(client.ayrshare.profiles(params)), { code: "invalid_query", provider: "ayrshare" });
  }
  await assert.rejects(all(client.ayrshare.profiles({}, { resume: "elsewhere" })), { code: "invalid_query" });
  await assert.rejects(client.ayrshare.user({ validate: true }), { code: "invalid_query" });
  await assert.rejects(client.ayrshare.actionLog(366), { code: "invalid_query" });
  assert.deepEqual(asked, []);
});

test("arguments that cannot be meant are named", async () => {
  const fine = { baseUrl: ROOT };
  for (const [options, where] of [
    [{ ...fine, baseUrl: 7 }, "baseUrl"],
    [{ ...fine, baseUrl: `${ROOT}?x=1` }, "baseUrl"],
    [{ baseUrl: "/api/v1" }, "baseUrl"],
    [{ ...fine, fetch: "fetch" }, "fetch"],
    [{ ...fine, timeoutMs: 0 }, "timeoutMs"],
    [{ ...fine, timeoutMs: Number.NaN }, "timeoutMs"],
    [{ ...fine, retry: { attempts: 0 } }, "retry.attempts"],
    [{ ...fine, headers: { "bad name": "x" } }, "headers"],
    [undefined, "options"],
  ]) {
    await assert.rejects(Client.connect(options), (error) => {
      assert.equal(error.code, "invalid_argument");
      assert.ok(error.message.includes(where), error.message);
      return true;
    });
  }
  const { client } = await scripted([]);
  for (const options of [{ maxPages: 0 }, { maxPages: 1.5 }, { resume: 7 }, { signal: {} }]) {
    await assert.rejects(all(client.ayrshare.profiles({}, options)), { code: "invalid_argument" }, JSON.stringify(options));
  }
  await assert.rejects(all(client.ayrshare.profiles({ title: null })), { code: "invalid_argument" });
  await assert.rejects(client.ayrshare.profiles().collect({ maxItems: -1 }), { code: "invalid_argument" });
  await assert.rejects(client.ayrshare.userDetails("myspace"), { code: "invalid_argument" });
  const roster = new Roster();
  for (const misuse of [
    () => roster.ingest("ayrshare", 7),
    () => roster.ingest("ayrshare", null),
    () => roster.ingest(7, "{}"),
    () => roster.query({ text: 7 }),
    () => roster.query({ sort: "title" }),
    () => roster.query({ limit: -1 }),
    () => roster.query({ now: Number.NaN }),
    () => roster.suggest("a", -1),
    () => roster.get(7),
  ]) {
    assert.throws(misuse, { code: "invalid_argument" }, String(misuse));
  }
});

test("headers and the client's own fetch are used as given", async () => {
  const seen = [];
  const fetch = function (url, init) {
    seen.push([this, url, Object.fromEntries(init.headers), init.method]);
    return Promise.resolve(new Response("{}"));
  };
  const client = await Client.connect({ baseUrl: new URL(`${ROOT}/`), fetch, headers: { Authorization: "Bearer t" } });
  await client.ayrshare.user({ profile: "brand-a" });
  assert.deepEqual(seen, [[undefined, `${ROOT}/ayrshare/user?profile=brand-a`, { authorization: "Bearer t" }, "GET"]]);
});

test("an error of another realm or copy is recognised, and other things are not", () => {
  const other = runInNewContext("Object.assign(new Error('x'), { name: 'RosterError', code: 'decode' })");
  assert.equal(isRosterError(other), true);
  for (const value of [undefined, null, "RosterError", new Error("x"), { name: "RosterError" }]) {
    assert.equal(isRosterError(value), false);
  }
});

test("an error shows its name and message when it is printed", () => {
  const error = new RosterError("decode", "x", { cause: 7 });
  assert.equal(String(error), "RosterError: x");
  assert.equal(Object.prototype.hasOwnProperty.call(error, "name"), false);
  assert.equal(error.cause, 7);
  assert.equal("cause" in new RosterError("decode", "x"), false);
});
