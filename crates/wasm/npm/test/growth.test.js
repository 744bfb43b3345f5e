import assert from "node:assert/strict";
import { before, test } from "node:test";

import { Client, Roster, init } from "../dist/node.js";

before(() => init());

const body = JSON.stringify({ profiles: Array.from({ length: 20 }, (_, index) => ({ refId: `p${index}`, title: `Title ${index}` })) });

/** Runs rounds, and checks that the second half takes no more memory than the first left behind. */
async function settles(rounds, round) {
  const measure = () => (globalThis.gc?.(), process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed);
  for (let index = 0; index < rounds / 2; index++) await round();
  const half = measure();
  for (let index = 0; index < rounds / 2; index++) await round();
  const whole = measure();
  assert.ok(whole - half < 2_000_000, `${whole - half} bytes more after the second half`);
}

test("ten thousand rosters made, used and freed leave nothing behind", async () => {
  await settles(10_000, () => {
    const roster = new Roster();
    roster.ingest("ayrshare", body);
    assert.equal(roster.query({ text: "title", facets: ["status"], limit: 5 }).rows.length, 5);
    roster.free();
  });
});

test("ten thousand loads, finished, broken off and failed, leave nothing behind", async () => {
  const more = `${body.slice(0, -1)},"pagination":{"hasMore":true,"nextCursor":"c"}}`;
  let n = 0;
  const fetch = async () => new Response([body, more, "{", "{}"][n++ % 4]);
  const client = await Client.connect({ baseUrl: "https://x.test", fetch, retry: false });
  await settles(10_000, async () => {
    try {
      for await (const page of client.ayrshare.profiles()) {
        assert.equal(page.items.length, 20);
        break;
      }
    } catch (error) {
      assert.equal(error.code, "decode");
    }
  });
});

test("a million rows are taken in, asked and exported", () => {
  const roster = new Roster();
  const PAGE = 5000;
  for (let index = 0; index < 1_000_000; index += PAGE) {
    const profiles = Array.from({ length: PAGE }, (_, n) => {
      const id = index + n;
      return { refId: `r${id}`, title: `Profile ${id}`, status: id % 7 ? "active" : "suspended", activeSocialAccounts: id % 2 ? ["instagram"] : ["facebook", "tiktok"] };
    });
    assert.equal(roster.ingest("ayrshare", JSON.stringify({ profiles })).added, PAGE);
  }
  assert.equal(roster.size, 1_000_000);
  const view = roster.query({ text: "status:suspended platform:tiktok", facets: ["platform"], sort: ["-title"], limit: 3 });
  assert.equal(view.total, Math.ceil(1_000_000 / 14));
  assert.equal(view.facets.platform.find((value) => value.value === "instagram").count > 0, true);
  assert.equal(view.rows.length, 3);
  const far = roster.query({ offset: 999_999 });
  assert.deepEqual(far.rows.map((row) => row.id), ["r999999"]);
  assert.equal(roster.exportNdjson({ text: "ref:r7" }), `${roster.raw("ayrshare:r7")}\n`);
  roster.free();
});
