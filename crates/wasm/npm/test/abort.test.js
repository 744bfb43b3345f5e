import assert from "node:assert/strict";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

import { all, answer, ayrsharePage, never, problem, scripted } from "./proxy.js";

const why = { because: "somebody said so" };

/** What a promise rejects with. */
const reason = (promise) => promise.then(() => assert.fail("expected a rejection"), (error) => error);

test("an abort before the first request sends nothing and rejects with the reason itself", async () => {
  const { client, asked } = await scripted([]);
  const signal = AbortSignal.abort(why);
  assert.equal(await reason(all(client.ayrshare.profiles({}, { signal }))), why);
  assert.equal(await reason(client.ayrshare.user({}, { signal })), why);
  assert.equal(await reason(client.ayrshare.profiles({}, { signal }).collect({ maxItems: 1 })), why);
  assert.deepEqual(asked, []);
});

test("an abort during the request stops it", async () => {
  for (const start of [
    (client, options) => all(client.ayrshare.profiles({}, options)),
    (client, options) => client.ayrshare.user({}, options),
    (client, options) => all(client.ayrshare.batchUsers(options)),
  ]) {
    const { hang, called } = never();
    const { client } = await scripted([hang]);
    const controller = new AbortController();
    const pending = reason(start(client, { signal: controller.signal }));
    const inner = await called;
    controller.abort(why);
    assert.equal(await pending, why);
    assert.equal(inner.aborted, true);
  }
});

test("an abort wins over a fetch that does not obey its signal", async () => {
  const controller = new AbortController();
  const { client } = await scripted([() => new Promise(() => controller.abort(why))]);
  assert.equal(await reason(all(client.ayrshare.profiles({}, { signal: controller.signal }))), why);
});

test("an abort while the body comes stops it", async () => {
  const controller = new AbortController();
  const body = new ReadableStream({ pull: () => new Promise(() => queueMicrotask(() => controller.abort(why))) });
  const { client } = await scripted([() => new Response(body)]);
  assert.equal(await reason(all(client.ayrshare.profiles({}, { signal: controller.signal }))), why);
});

test("an abort during the wait before the next try ends the wait", async () => {
  const { client, asked } = await scripted([problem(429, "rate_limited", { retryAfterMs: 200_000 })]);
  const controller = new AbortController();
  const onProgress = ({ waitingMs }) => {
    assert.equal(waitingMs, 200_000);
    controller.abort(why);
  };
  assert.equal(await reason(all(client.ayrshare.profiles({}, { signal: controller.signal, onProgress }))), why);
  assert.equal(asked.length, 1);
});

test("an abort between two pages sends nothing more, also when asked again", async () => {
  const { client, asked } = await scripted([answer(ayrsharePage(["a"], "c1"))]);
  const controller = new AbortController();
  const iterator = client.ayrshare.profiles({}, { signal: controller.signal })[Symbol.asyncIterator]();
  await iterator.next();
  controller.abort(why);
  assert.equal(await reason(iterator.next()), why);
  assert.equal(await reason(iterator.next()), why);
  assert.equal(asked.length, 1);
});

test("an abort without a reason rejects with the platform's own", async () => {
  const { client } = await scripted([]);
  const error = await reason(all(client.ayrshare.profiles({}, { signal: AbortSignal.abort() })));
  assert.equal(error.name, "AbortError");
});

test("a long-lived signal keeps no listener of a load that has ended", async () => {
  const controller = new AbortController();
  let n = 0;
  const { addEventListener, removeEventListener } = controller.signal;
  controller.signal.addEventListener = (...words) => (n++, addEventListener.apply(controller.signal, words));
  controller.signal.removeEventListener = (...words) => (n--, removeEventListener.apply(controller.signal, words));
  const { client } = await scripted([answer(ayrsharePage(["a"], "c1")), answer(ayrsharePage(["b"])), answer({ refId: "u" })]);
  await all(client.ayrshare.profiles({}, { signal: controller.signal }));
  await client.ayrshare.user({}, { signal: controller.signal });
  assert.equal(n, 0);
});

const foreign = runInNewContext("new Error('from another realm')");
for (const [what, rejection, message, code] of [
  ["a string", "why not", "why not", "network"],
  ["undefined", undefined, "the request was rejected without a reason", "network"],
  ["null", null, "the request was rejected without a reason", "network"],
  ["an error of another realm", foreign, "from another realm", "network"],
  ["a DOMException", new DOMException("cut", "AbortError"), "cut", "network"],
  ["something that looks like one", { name: "TimeoutError", message: "slow" }, "slow", "timeout"],
  ["a symbol", Symbol("x"), "the request was rejected without a reason", "network"],
]) {
  test(`a fetch that rejects with ${what} is an error with that as its cause`, async () => {
    const { client } = await scripted([() => Promise.reject(rejection)], { retry: false });
    const error = await reason(all(client.ayrshare.profiles()));
    assert.deepEqual([error.name, error.code, error.provider], ["RosterError", code, "ayrshare"]);
    assert.equal(error.cause, rejection);
    assert.ok("cause" in error && error instanceof Error);
    assert.ok(error.message.includes(message), error.message);
  });
}

test("a fetch that throws at once, or gives no response, is an error and nothing worse", async () => {
  for (const bad of [() => { throw new TypeError("no"); }, () => undefined, () => ({}), () => ({ status: 200 }), () => "200"]) {
    const { client } = await scripted([bad], { retry: false });
    assert.equal((await reason(client.ayrshare.user())).code, "network");
  }
});

test("a body that breaks off is tried again", async () => {
  const broken = new ReadableStream({ start: (controller) => controller.error(new Error("reset")) });
  const { client } = await scripted([() => new Response(broken), answer(ayrsharePage(["a"]))]);
  const [page] = await all(client.ayrshare.profiles());
  assert.equal(page.items.length, 1);
});
