import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const dist = new URL("../dist/", import.meta.url);
const wasm = new URL("roster_wasm_bg.wasm", dist);

/** A copy of the package that has loaded nothing yet: a chunk of another name is another module. */
let copies = 0;
async function fresh(entry = "node") {
  const { mkdtempSync, cpSync } = await import("node:fs");
  const { join } = await import("node:path");
  const { tmpdir } = await import("node:os");
  const folder = join(mkdtempSync(join(tmpdir(), "roster-")), `copy${copies++}`);
  cpSync(dist, folder, { recursive: true });
  cpSync(new URL("../package.json", import.meta.url), join(folder, "package.json"));
  return import(pathToFileURL(join(folder, `${entry}.js`)).href);
}

test("before init everything says so", async () => {
  const { Client, Roster, providers } = await fresh();
  for (const early of [() => new Client({ baseUrl: "https://x.test" }), () => new Roster(), () => providers()]) {
    assert.throws(early, { name: "RosterError", code: "not_initialised" });
  }
});

test("init takes a URL, a path, bytes, a buffer, a response and a compiled module", async () => {
  const bytes = readFileSync(wasm);
  const headers = { "content-type": "application/wasm" };
  const sources = [undefined, wasm, wasm.href, new URL(wasm).pathname, bytes, new Uint8Array(bytes).buffer, new Response(bytes, { headers }), new WebAssembly.Module(bytes)];
  for (const source of sources) {
    const { init, providers } = await fresh();
    await init(source);
    assert.equal(providers().length, 3);
  }
});

test("loads that are asked for at once are one load, and a later one does nothing", async () => {
  const { init } = await fresh();
  const [one, other] = [init(), init()];
  assert.equal(one, other);
  await one;
  await init(new URL("file:///nowhere.wasm"));
});

test("a load that failed says why, and can be tried again", async () => {
  const { Client, init, providers } = await fresh();
  for (const bad of ["/nowhere.wasm", new Uint8Array([0, 1, 2]), new Response("<!doctype html>"), new Response("x", { status: 404 })]) {
    await assert.rejects(init(bad), (error) => error.code === "not_initialised" && error.cause instanceof Error && /could not be loaded/.test(error.message));
  }
  await Client.connect({ baseUrl: "https://x.test" });
  assert.equal(providers().length, 3);
});

test("the inline entry needs no file", async () => {
  const { init, providers } = await fresh("inline");
  await init();
  assert.equal(providers().length, 3);
});

test("every entry has the same names", async () => {
  const names = Object.keys(await fresh()).sort();
  assert.deepEqual(names, ["Client", "Roster", "RosterError", "init", "isRosterError", "providers"]);
  assert.deepEqual(Object.keys(await fresh("inline")).sort(), names);
  assert.deepEqual(Object.keys(await fresh("index")).sort(), names);
});

/** The module with a memory that cannot grow beyond so many pages of 64 KiB. */
function withSmallMemory(bytes, maxPages) {
  const out = [...bytes.subarray(0, 8)];
  const leb = (at) => {
    let [value, shift] = [0, 0];
    for (;;) {
      const byte = bytes[at++];
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return [value, at];
      shift += 7;
    }
  };
  const write = (value) => {
    const found = [];
    for (; value >= 0x80; value >>>= 7) found.push((value & 0x7f) | 0x80);
    return [...found, value];
  };
  for (let at = 8; at < bytes.length; ) {
    const id = bytes[at];
    const [size, start] = leb(at + 1);
    let section = bytes.subarray(start, start + size);
    if (id === 5) {
      const [min] = leb(start + 2);
      section = Uint8Array.from([1, 1, ...write(min), ...write(maxPages)]);
    }
    out.push(id, ...write(section.length));
    for (const byte of section) out.push(byte);
    at = start + size;
  }
  return Uint8Array.from(out);
}

test("after a trap every call says poisoned, with the trap as its cause", async () => {
  const { Client, Roster, init, isRosterError, providers } = await fresh();
  await init(withSmallMemory(readFileSync(wasm), 64));
  const roster = new Roster();
  roster.ingest("ayrshare", '{"profiles":[{"refId":"a"}]}');
  const large = `{"profiles":[{"refId":"b","x":"${"x".repeat(8_000_000)}"}]}`;
  let trap;
  assert.throws(() => roster.ingest("ayrshare", large), (error) => {
    trap = error.cause;
    return isRosterError(error) && error.code === "poisoned" && trap instanceof WebAssembly.RuntimeError;
  });
  for (const later of [() => roster.query(), () => roster.size, () => new Roster(), () => providers(), () => new Client({ baseUrl: "https://x.test" })]) {
    assert.throws(later, (error) => error.code === "poisoned" && error.cause === trap);
  }
  roster.free();
});
