import assert from "node:assert/strict";
import { test } from "node:test";

import { Roster } from "../dist/node.js";
import { all, answer, problem, scripted } from "./proxy.js";

const ago = (ms) => new Date(Date.now() - ms).toISOString();

/** A ticket whose file is there since a minute, or will be in so many milliseconds. */
const ticket = (inMs = -60_000) => {
  const urls = { url: "https://storage.test/x", urlAvailable: ago(-inMs), urlExpires: ago(-9e8) };
  return answer({ success: true, ...urls, lastUpdated: ago(300_000 - inMs), nextUpdate: ago(-9e8) });
};

/** A fixed ticket, so that two runs speak of one file. */
const sameTicket = answer({ url: "https://x", urlAvailable: "2024-01-11T22:47:00Z", lastUpdated: "2024-01-11T22:42:00Z" });

const user = (index) => JSON.stringify({ refId: `u${index}`, title: `User ${index}` });

/** A file that comes in parts, the next when `pull` asks for it; `state` says how many were asked for. */
function file(parts, state = { pulled: 0 }) {
  const pull = (controller) => {
    const part = parts[state.pulled++];
    if (part === undefined) controller.close();
    else if (part instanceof Error) controller.error(part);
    else controller.enqueue(new TextEncoder().encode(part));
  };
  return () => new Response(new ReadableStream({ pull }, { highWaterMark: 0 }));
}

const ids = (pages) => pages.flatMap((page) => page.items.map((item) => item.refId));

test("users come while the file is still arriving", async () => {
  const state = { pulled: 0 };
  const parts = [`[${user(0)},${user(1)},`, `${user(2)},`, `${user(3)}`, "]"];
  const { client, asked } = await scripted([ticket(), file(parts, state)]);
  const iterator = client.ayrshare.batchUsers()[Symbol.asyncIterator]();
  const first = await iterator.next();
  assert.deepEqual(first.value.items.map((item) => item.refId), ["u0", "u1"]);
  assert.equal(state.pulled, 1, "no more is read than is asked for");
  assert.equal(Buffer.from(first.value.bytes).toString(), `[${user(0)},${user(1)}]`);
  const rest = [await iterator.next(), await iterator.next()].map((one) => one.value);
  assert.deepEqual(ids(rest), ["u2", "u3"]);
  assert.deepEqual(rest.map((page) => [page.number, page.resume === null]), [[2, false], [3, true]]);
  assert.equal((await iterator.next()).done, true);
  assert.deepEqual(asked, ["ayrshare/user/batch", "ayrshare/user/batch/file"]);
});

test("the wait for the file is told and can be cancelled", async () => {
  const { client, asked } = await scripted([ticket(200_000)]);
  const controller = new AbortController();
  const onProgress = ({ waitingMs }) => {
    assert.ok(waitingMs > 199_000 && waitingMs <= 200_000, `${waitingMs}`);
    controller.abort("enough");
  };
  const load = all(client.ayrshare.batchUsers({ signal: controller.signal, onProgress }));
  await assert.rejects(load, (reason) => reason === "enough");
  assert.deepEqual(asked, ["ayrshare/user/batch"]);
});

test("the proxy's clock has the last word on when the file is there", async () => {
  const notYet = problem(409, "not_found", { retryAfterMs: 1 });
  const { client, asked } = await scripted([ticket(), notYet, file([`[${user(0)}]`])]);
  assert.deepEqual(ids(await all(client.ayrshare.batchUsers())), ["u0"]);
  assert.equal(asked.length, 3);
});

test("a file that breaks off is asked for again, and nobody comes twice", async () => {
  const whole = [0, 1, 2, 3].map(user);
  const broken = file([`[${whole[0]},${whole[1]},`, new Error("reset")]);
  const { client, asked } = await scripted([ticket(), broken, file([`[${whole.join()}]`])]);
  assert.deepEqual(ids(await all(client.ayrshare.batchUsers())), ["u0", "u1", "u2", "u3"]);
  assert.deepEqual(asked.slice(1), ["ayrshare/user/batch/file", "ayrshare/user/batch/file"]);
});

test("another process goes on in the middle of the file, but not in another file", async () => {
  const whole = [0, 1, 2].map(user);
  const before = await scripted([sameTicket, file([`[${whole[0]},`])]);
  const [{ resume }] = await all(before.client.ayrshare.batchUsers({ maxPages: 1 }));
  const after = await scripted([sameTicket, file([`{"users":[${whole.join()}]}`]), ticket()]);
  const found = await all(after.client.ayrshare.batchUsers({ resume }));
  assert.deepEqual([ids(found), found[0].number], [["u1", "u2"], 2]);
  await assert.rejects(all(after.client.ayrshare.batchUsers({ resume })), { code: "pagination" });
});

test("break stops the download", async () => {
  let cancelled = false;
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode(`[${user(0)},`)),
    cancel: () => void (cancelled = true),
  });
  let signal;
  const { client } = await scripted([ticket(), (_url, init) => ((signal = init.signal), new Response(body))]);
  for await (const page of client.ayrshare.batchUsers()) {
    assert.equal(page.items.length, 1);
    break;
  }
  assert.ok(signal.aborted);
  assert.ok(cancelled, "a fetch of one's own that does not obey its signal is told, too");
});

test("a roster takes pages of the file, and the file itself", async () => {
  const whole = `[${[0, 1, 2].map(user).join(",\n")}]`;
  const { client } = await scripted([ticket(), file([whole.slice(0, 50), whole.slice(50)])]);
  const roster = new Roster();
  for await (const page of client.ayrshare.batchUsers()) roster.ingest("ayrshare", page);
  assert.deepEqual([roster.size, roster.raw("ayrshare:u1")], [3, user(1)]);
  assert.equal(roster.ingest("ayrshare", whole).unchanged, 3);
});

test("what is no user is rejected with its place in the file", async () => {
  const { client } = await scripted([ticket(), file([`[${user(0)},7,`, `8,${user(1)}]`])]);
  const rejected = (await all(client.ayrshare.batchUsers())).flatMap((page) => page.rejected.map((one) => one.path));
  assert.deepEqual(rejected, ["$[1]", "$[2]"]);
});

test("files of another form are decode errors", async () => {
  for (const parts of [["<xml>"], [""], [`[${user(0)},`], ['{"a":1}'], [`[${user(0)}] more`], ['[{"refId":tru}]']]) {
    const { client } = await scripted([ticket(), file(parts)]);
    await assert.rejects(all(client.ayrshare.batchUsers()), { name: "RosterError", code: "decode" }, parts[0]);
  }
  const { client } = await scripted([answer({ success: false })]);
  await assert.rejects(all(client.ayrshare.batchUsers()), { code: "decode" });
});

test("a file of a hundred megabytes takes little memory", async () => {
  const part = `${Array.from({ length: 500 }, (_, index) => JSON.stringify({ refId: `u${index}`, text: "x".repeat(400) })).join()},`;
  const parts = { length: 0 };
  const n = Math.ceil(1e8 / part.length);
  for (let index = 0; index < n; index++) parts[index] = index === 0 ? `[${part}` : index === n - 1 ? `${part.slice(0, -1)}]` : part;
  const { client } = await scripted([ticket(), file(parts)]);
  let most = 0;
  let items = 0;
  for await (const page of client.ayrshare.batchUsers()) {
    items += page.items.length;
    if (page.number % 50 === 0) globalThis.gc?.();
    most = Math.max(most, process.memoryUsage().arrayBuffers);
  }
  assert.equal(items, n * 500);
  assert.ok(most < 64e6, `${most} bytes of buffers`);
});
