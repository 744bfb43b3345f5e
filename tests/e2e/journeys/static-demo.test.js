import assert from "node:assert/strict";
import { test } from "node:test";

import { visit } from "../harness/journey.js";
import { startSite } from "../harness/site.js";
import { SOURCES } from "../harness/viewer.js";

/** The page looks whether there is a configuration or a proxy; Chromium notes each no in the console. */
const NO_PROXY = /status of 404 .*\/api\/v1\/sources\)$/;

test("from a sub-folder of a static host the demo runs by itself", async (t) => {
  const site = await startSite();
  t.after(site.stop);
  const { page, viewer, watch } = await visit(t, site.url, { allowed: [NO_PROXY] });
  await viewer.settles();
  assert.match(await viewer.part("demo-ribbon").innerText(), /Demo data\. Nothing here is real\./);
  await viewer.button("ayrshare", "load-all").click();
  for (const source of SOURCES) await viewer.reaches(source, "done");
  await viewer.showAll();
  assert.equal(await viewer.cards().count(), 240);
  await viewer.open((await viewer.someKeys("insightiq"))[0]);

  const strange = watch.urls.filter((url) => !url.startsWith(site.url));
  assert.deepEqual(strange, [], "the page asked for nothing but its own files");
  assert.deepEqual(watch.of("ayrshare"), [], "the demo asks nothing of the network");
  assert.ok(await page.title());
  watch.assertClean();
});

test("a broken config.json is said to the host with its line, and the page starts", async (t) => {
  const site = await startSite({ files: { "config.json": '{\n  "proxy": "api/v1",,\n}\n' } });
  t.after(site.stop);
  const { page, viewer, watch } = await visit(t, site.url, { allowed: [NO_PROXY] });
  await viewer.settles();
  await page.getByText(/config\.json, line 2: .*Started without it\./s).waitFor();
  watch.assertClean();
});

test("config.json names a proxy, and the page asks there", async (t) => {
  const site = await startSite({ files: { "config.json": '{ "proxy": "elsewhere/api/v1" }' } });
  t.after(site.stop);
  const { watch } = await visit(t, site.url, { allowed: [/status of 404/] });
  await site.isAskedFor("/people/roster/elsewhere/api/v1/");
  assert.ok(!site.asked.some((path) => path.startsWith("/people/roster/api/")), "not at the usual place");
  watch.assertClean();
});
