import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { visit } from "../harness/journey.js";
import { startProxy, startSandbox } from "../harness/proxy.js";
import { SOURCES } from "../harness/viewer.js";

const SECRETS = {
  "ayrshare-key": "SANDBOX-AYRSHARE-API-KEY",
  "insightiq-user": "sandbox-client-id",
  "insightiq-password": "sandbox-client-secret",
  "upsun-token": "sandbox-upsun-access-token",
};

const config = (origin) => `
[ayrshare]
base_url = "${origin}/ayrshare/api"
allow_insecure_loopback = true
key_file = "ayrshare-key"

[insightiq]
base_url = "${origin}/insightiq"
allow_insecure_loopback = true
user_file = "insightiq-user"
password_file = "insightiq-password"

[upsun]
base_url = "${origin}/upsun"
allow_insecure_loopback = true
key_file = "upsun-token"
`;

async function configured(t, origin, secrets) {
  const folder = await mkdtemp(join(tmpdir(), "roster-journey-"));
  t.after(() => rm(folder, { recursive: true }));
  for (const [name, secret] of Object.entries(secrets)) await writeFile(join(folder, name), `${secret}\n`);
  const file = join(folder, "roster.toml");
  await writeFile(file, config(origin));
  return file;
}

async function open(t, secrets, allowed = []) {
  const sandbox = await startSandbox();
  t.after(sandbox.stop);
  const proxy = await startProxy(["--config", await configured(t, sandbox.origin, secrets)]);
  t.after(proxy.stop);
  return visit(t, `${proxy.origin}/`, { allowed });
}

test("with keys in a file the same page shows what the APIs answer over HTTP, and never sees a key", async (t) => {
  const { page, viewer, watch } = await open(t, SECRETS);
  const seen = [];
  page.on("response", async (response) => {
    seen.push(JSON.stringify(response.headers()), await response.text().catch(() => ""));
  });
  await viewer.settles();
  assert.equal(await viewer.part("demo-ribbon").count(), 0, "this is not the demo");
  await viewer.button("ayrshare", "load-all").click();
  for (const source of SOURCES) await viewer.reaches(source, "done");
  await viewer.showAll();
  assert.equal(await viewer.cards().count(), 240);
  const text = seen.join("\n") + (await page.content());
  for (const secret of Object.values(SECRETS)) assert.ok(!text.includes(secret), `${secret} reached the page`);
  watch.assertClean();
});

test("a key that the API does not take is said in words, and the other sources work", async (t) => {
  const wrong = { ...SECRETS, "ayrshare-key": "not-the-key" };
  const { viewer, watch } = await open(t, wrong, [/status of (403|502)/]);
  await viewer.reaches("ayrshare", "failed");
  const error = await viewer.error("ayrshare");
  assert.match(error, /Ayrshare did not accept the key \(code 102\)/);
  assert.ok(!error.includes("not-the-key"));
  await viewer.reaches("insightiq", "done");
  await viewer.reaches("upsun", "done");
  watch.assertClean();
});
