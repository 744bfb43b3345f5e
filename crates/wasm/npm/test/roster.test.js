import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { promisify } from "node:util";

import { Roster, init } from "../dist/node.js";

before(() => init());

const page = (...profiles) => JSON.stringify({ profiles });
const profile = (id, more = {}) => ({ refId: id, title: `Title ${id}`, status: "active", activeSocialAccounts: ["instagram"], ...more });

test("a page is taken in as text, as bytes and as a buffer, and told what became of it", () => {
  const roster = new Roster();
  const text = page(profile("a"), profile("b"), 7);
  const { added, replaced, unchanged, rejected } = roster.ingest("ayrshare", text);
  assert.deepEqual([added, replaced, unchanged], [2, 0, 0]);
  assert.deepEqual(rejected.map((one) => [one.path, one.raw]), [["profiles[2]", "7"]]);
  const bytes = new TextEncoder().encode(text);
  assert.equal(roster.ingest("ayrshare", bytes).unchanged, 2);
  assert.equal(roster.ingest("ayrshare", bytes.buffer).unchanged, 2);
  assert.equal(roster.ingest("ayrshare", page(profile("a", { title: "New" }))).replaced, 1);
  assert.equal(roster.size, 2);
});

test("a row has every property of the contract", () => {
  const roster = new Roster();
  roster.ingest("ayrshare", page(profile("a", { displayTitle: "Shown", createdUTC: "2024-01-02T03:04:05Z", suspended: true, status: "suspended" })));
  assert.deepEqual(roster.get("ayrshare:a"), {
    key: "ayrshare:a",
    provider: "ayrshare",
    id: "a",
    title: "Shown",
    subtitle: "Title a",
    status: "suspended",
    platforms: ["instagram"],
    imageUrl: null,
    url: null,
    createdAt: "2024-01-02T03:04:05.000Z",
    updatedAt: null,
    followers: null,
    problems: ["suspended"],
  });
  assert.equal(roster.get("ayrshare:b"), undefined);
  assert.equal(roster.raw("ayrshare:b"), undefined);
});

test("a query filters, counts, orders and cuts, and says how it was understood", () => {
  const roster = new Roster();
  const names = ["Café", "Zürich", "Ångström", "日本", "😀 smile"];
  roster.ingest("ayrshare", page(...names.map((title, index) => profile(`p${index}`, { title, status: index % 2 ? "suspended" : "active" }))));
  const view = roster.query({ text: "status:active", sort: ["-title"], facets: ["status", "platform"], offset: 1, limit: 1 });
  assert.equal(view.total, 3);
  assert.equal(view.rows.length, 1);
  assert.deepEqual(Object.keys(view.facets), ["status", "platform"]);
  assert.deepEqual(view.facets.status, [{ value: "active", count: 3, selected: true }, { value: "suspended", count: 2, selected: false }]);
  assert.deepEqual(view.facets.platform, [{ value: "instagram", count: 3, selected: false }]);
  assert.deepEqual(view.terms, [{ start: 0, end: 13, key: "status", negated: false, hint: null }]);
  assert.deepEqual(roster.query({}).rows.map((row) => row.title), names, "texts of all lengths come out whole");
  assert.equal(roster.query().total, 5);
});

test("rows of every answer are the asker's own, and as new as the roster", () => {
  const roster = new Roster();
  roster.ingest("ayrshare", page(profile("a"), profile("b", { title: "日本" })));
  const asked = () => roster.query({ sort: ["title"] }).rows;
  const first = asked();
  const whole = structuredClone(first);
  assert.deepEqual(asked(), whole);
  first[0].title = "mine";
  first[0].platforms.push("mine");
  first[0].problems.length = 0;
  assert.deepEqual(asked(), whole, "what the asker does to a row is seen by nobody else");
  assert.notEqual(asked()[0].platforms, asked()[0].platforms);
  roster.ingest("ayrshare", page(profile("a", { title: "New", activeSocialAccounts: [] })));
  assert.deepEqual(asked().map((row) => [row.title, row.platforms, row.problems]), [["New", [], ["no-accounts"]], ["日本", ["instagram"], []]]);
});

test("rows are right however many were handed out before", () => {
  const roster = new Roster();
  const n = 3000;
  roster.ingest("ayrshare", page(...Array.from({ length: n }, (_, index) => profile(`p${index}`))));
  const ids = (offset, limit) => roster.query({ offset, limit }).rows.map((row) => row.id);
  const expected = (offset, limit) => Array.from({ length: Math.min(limit, n - offset) }, (_, index) => `p${offset + index}`);
  for (const [offset, limit] of [[0, 700], [500, 700], [0, 700], [0, n], [0, 50], [n - 60, 100], [0, n], [20, 1024]]) {
    assert.deepEqual(ids(offset, limit), expected(offset, limit));
  }
});

test("a problem that depends on the instant is told as of that instant", () => {
  const roster = new Roster();
  roster.ingest("ayrshare", page(profile("a", { socialHealth: { instagram: { tokenExpiresAt: "2026-04-01T08:00:00.000Z" } } })));
  const problems = (instant) => roster.query({ now: Date.parse(instant) }).rows[0].problems;
  assert.deepEqual(["2026-01-01", "2026-03-30", "2026-05-01"].map(problems), [[], ["expiring:instagram"], ["expired:instagram"]]);
});

test("places in a text count UTF-16 units", () => {
  const roster = new Roster();
  roster.ingest("ayrshare", page(profile("a", { title: "😀é" })));
  const text = "😀é -colour:red";
  const [, term] = roster.query({ text }).terms;
  assert.equal(text.slice(term.start, term.end), "-colour:red");
  assert.ok(term.hint && term.negated);
  const [suggestion] = roster.suggest("😀 plat", 7);
  assert.equal("😀 plat".slice(...suggestion.replace), "plat");
  assert.ok(suggestion.text.startsWith("platform"));
});

test("suggestions are at most as many as asked for, with counts", () => {
  const roster = new Roster();
  roster.ingest("ayrshare", page(profile("a"), profile("b", { activeSocialAccounts: ["facebook"] })));
  const found = roster.suggest("platform:", 9, 1);
  assert.equal(found.length, 1);
  assert.equal(found[0].count, 1);
});

test("every provider's fixtures go in and come out as their exact text", () => {
  for (const [provider, list] of [["ayrshare", "profiles"], ["insightiq", "data"], ["upsun", "profiles"]]) {
    const body = readFileSync(new URL(`../../../../tests/fixtures/${provider}/first-page.json`, import.meta.url), "utf8");
    const roster = new Roster();
    const { added } = roster.ingest(provider, body);
    assert.equal(added, JSON.parse(body)[list].length);
    for (const row of roster.query({}).rows) {
      assert.ok(body.includes(roster.raw(row.key)), row.key);
      assert.deepEqual(roster.get(row.key), row);
    }
  }
});

test("exports hold what passes, and personal data only on demand", () => {
  const roster = new Roster();
  const body = readFileSync(new URL("../../../../tests/fixtures/insightiq/first-page.json", import.meta.url), "utf8");
  roster.ingest("insightiq", body);
  const query = { text: "source:insightiq", sort: ["title"] };
  const csv = roster.exportCsv(query, { columns: ["title", "email"] });
  assert.equal(csv.split("\r\n")[0], "Title");
  assert.equal(roster.exportCsv(query, { columns: ["title", "email"], personalData: true }).split("\r\n")[0], "Title,E-mail");
  assert.ok(roster.exportCsv(query, { bom: true }).startsWith("\ufeff"));
  const lines = roster.exportNdjson(query, { personalData: true }).trimEnd().split("\n");
  assert.equal(lines.length, roster.size);
  assert.deepEqual(JSON.parse(lines[0]), JSON.parse(roster.raw(roster.query(query).rows[0].key)));
  assert.ok(roster.exportNdjson(query).length < roster.exportNdjson(query, { personalData: true }).length);
});

test("fields that nobody knows are named", () => {
  const roster = new Roster();
  for (const misuse of [
    () => roster.query({ sort: ["colour"] }),
    () => roster.query({ sort: ["title", "status", "source", "ref"] }),
    () => roster.query({ facets: ["colour"] }),
    () => roster.exportCsv({}, { columns: ["colour"] }),
    () => roster.ingest("myspace", "{}"),
  ]) {
    assert.throws(misuse, (error) => error.code === "invalid_query" && error.name === "RosterError", String(misuse));
  }
});

test("relative dates count from the instant that is given", () => {
  const roster = new Roster();
  roster.ingest("ayrshare", page(profile("a", { createdUTC: "2024-01-01T00:00:00Z" })));
  const total = (now) => roster.query({ text: "created:<7d", now }).total;
  assert.deepEqual([total(Date.UTC(2024, 0, 3)), total(Date.UTC(2024, 1, 1))], [1, 0]);
});

test("several rosters live side by side, and one is freed without the others", () => {
  const rosters = Array.from({ length: 5 }, () => new Roster());
  rosters.forEach((roster, index) => roster.ingest("ayrshare", page(...Array.from({ length: index }, (_, n) => profile(`p${n}`)))));
  assert.deepEqual(rosters.map((roster) => roster.size), [0, 1, 2, 3, 4]);
  rosters[2].free();
  rosters[2].free();
  assert.throws(() => rosters[2].size, { code: "invalid_argument", message: /freed/ });
  assert.equal(rosters[3].size, 3);
  rosters[3][Symbol.dispose]();
  assert.throws(() => rosters[3].query(), { code: "invalid_argument" });
});

test("memoryBytes grows with what is taken in", () => {
  const roster = new Roster();
  const empty = roster.memoryBytes;
  const body = page(...Array.from({ length: 1000 }, (_, index) => profile(`p${index}`)));
  roster.ingest("ayrshare", body);
  const grown = roster.memoryBytes - empty;
  assert.ok(grown >= body.length && grown < body.length * 3, `${grown} bytes for a page of ${body.length}`);
});

test("memoryBytes counts the rows that are kept to be shown again, and no longer once a page has come", () => {
  const roster = new Roster();
  roster.ingest("ayrshare", many(1000));
  roster.query({ limit: 0 });
  const none = roster.memoryBytes;
  roster.query({ limit: 50 });
  const some = roster.memoryBytes;
  roster.query({ offset: 50, limit: 400 });
  const more = roster.memoryBytes;
  // What Node's heap grows by is 1,150 bytes a row of the sandbox.
  assert.ok(some - none >= 50 * 800 && some - none < 50 * 2000, `${some - none} bytes for 50 rows`);
  assert.ok(more - some >= 400 * 800 && more - some < 400 * 2000, `${more - some} bytes for 400 more`);
  roster.query({ offset: 50, limit: 400 });
  assert.equal(roster.memoryBytes, more, "the same rows are kept once");
  roster.ingest("ayrshare", page(profile("p0")));
  assert.ok(roster.memoryBytes < some);
});

const many = (n) => page(...Array.from({ length: n }, (_, index) => profile(`p${index}`)));

/** What a roster holds at first and after each of some pauses, in bytes. */
async function sizesOf(roster) {
  const sizes = [roster.memoryBytes];
  for (let left = 0; left < 20; left++) {
    await new Promise((resume) => setTimeout(resume));
    sizes.push(roster.memoryBytes);
  }
  return sizes;
}

test("what questions need is prepared in pauses, a part at a time, and no longer once the roster is freed", async () => {
  const roster = new Roster();
  roster.ingest("ayrshare", many(50_000));
  const sizes = await sizesOf(roster);
  assert.ok(new Set(sizes).size > 5, `${sizes}`);
  assert.equal(sizes.at(-1), sizes.at(-2), "it comes to an end");
  roster.query({ sort: ["title"] });
  roster.ingest("ayrshare", page(profile("another")));
  const again = await sizesOf(roster);
  assert.ok(again.at(-1) - again[0] >= 50_000 * 8, "the order that was asked for last is made again");
  roster.ingest("ayrshare", page(profile("one more")));
  roster.free();
  await new Promise((resume) => setTimeout(resume));
});

test("a process ends though there is more to prepare", async () => {
  const roster = new Roster();
  roster.ingest("ayrshare", many(50_000));
  const sizes = await sizesOf(roster);
  const script = `
    import { Roster, init } from ${JSON.stringify(new URL("../dist/node.js", import.meta.url).href)};
    import { readFileSync } from "node:fs";
    await init();
    const roster = new Roster();
    roster.ingest("ayrshare", readFileSync(0));
    const before = roster.memoryBytes;
    process.on("exit", () => console.log(roster.memoryBytes - before));`;
  const ended = promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script]);
  ended.child.stdin.end(many(50_000));
  const grown = Number((await ended).stdout);
  assert.ok(grown < (sizes.at(-1) - sizes[0]) / 2, `${grown} of ${sizes.at(-1) - sizes[0]} bytes`);
});

test("hostile JSON is refused or taken in, and the roster goes on", () => {
  const roster = new Roster();
  const deep = (n) => "[".repeat(n) + "]".repeat(n);
  const hostile = [
    "", " ", "null", "[]", "[", "{", '{"profiles"', '{"profiles":', '{"profiles":[', '{"profiles":[{"refId":', "\ufeff{}",
    `{"profiles":${deep(100_000)}}`, `{"profiles":[{"refId":"d","x":${deep(5000)}}]}`, deep(100_000),
    '{"profiles":[{"refId":"\\ud800"},{"refId":"\\u0000"},{"refId":""},{"refId":null},{"refId":{}}]}',
    `{"profiles":[{"refId":"${"x".repeat(1_000_000)}"}]}`, '{"profiles":[{"refId":1e999,"title":"x"}]}',
    '{"profiles":[{"refId":"n","followers":1e308,"created":{"_seconds":1e308,"_nanoseconds":-1e308}}]}',
    '{"profiles":[{"refId":"p","__proto__":{"x":1},"constructor":1}]}', '{"profiles":[],"profiles":[{"refId":"twice"}]}',
    `{"profiles":[${'{"refId":"same"},'.repeat(10_000)}{"refId":"same"}]}`, "\u0000".repeat(1000), '{"a":"\u0001"}',
  ];
  for (const text of hostile) {
    for (const provider of ["ayrshare", "insightiq", "upsun"]) {
      try {
        roster.ingest(provider, text);
      } catch (error) {
        assert.equal(error.code, "decode", `${text.slice(0, 40)}: ${error}`);
      }
    }
  }
  for (const bytes of [[0xff], [0x7b, 0xc3], [0xef, 0xbb, 0xbf], Array(1000).fill(0x80)]) {
    assert.throws(() => roster.ingest("ayrshare", Uint8Array.from(bytes)), { code: "decode" });
  }
  for (const text of ["\"", "-", "a:b:c:", "followers:>", "\ud800", "(".repeat(1000), "x:".repeat(1000), "created:<99999999999999999999d"]) {
    roster.query({ text, facets: ["status"], sort: ["-urgency"] });
    roster.suggest(text, text.length);
  }
  assert.equal(roster.ingest("ayrshare", page(profile("fine"))).added, 1);
  assert.ok(roster.get("ayrshare:fine"));
});
