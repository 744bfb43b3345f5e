// A hundred thousand profiles: everything that a person does with two hundred.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

import { journey } from "../harness/journey.js";
import { SOURCES } from "../harness/viewer.js";

const holds = (page, n) => page.waitForFunction((n) => document.querySelector('[data-testid="list"]').dataset.total === n, `${n}`);

journey("a hundred thousand profiles are searched, filtered, sorted, scrolled, opened and written like two hundred", { args: ["--profiles", "100000"] }, async ({ page, viewer, watch }) => {
  await viewer.settles();
  await page.locator('[data-action="load-rest"]').click();
  for (const source of SOURCES) await viewer.reaches(source, "done");
  await holds(page, 100_000);
  assert.match(await viewer.part("result-bar").innerText(), /^100,000 profiles loaded$/);
  const records = (await watch.answers("ayrshare")).flatMap((answer) => JSON.parse(answer.text).profiles);
  assert.equal(records.length, 62_500);

  const wanted = records.filter((record) => record.suspended === true && record.activeSocialAccounts?.includes("instagram"));
  assert.ok(wanted.length > 100);
  await viewer.ask("platform:instagram status:suspended");
  await holds(page, wanted.length);
  await page.locator('[data-action="export"]').click();
  await viewer.part("export").waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator('[data-action="save-file"]').click()]);
  const ids = new Set((await readFile(await download.path(), "utf8")).split("\r\n").slice(1).map((line) => line.split(",")[1]));
  assert.ok(wanted.every((record) => ids.has(record.refId)), "each that matches is in the file");
  await page.keyboard.press("Escape");

  await viewer.ask("");
  await holds(page, 100_000);
  await viewer.part("order").selectOption("-created");
  await page.waitForURL(({ hash }) => hash.includes("sort=-created"));
  // The new order is made and drawn, and scrolling has come to rest when the place is kept.
  await page.locator('.results[aria-busy="false"]').waitFor();
  await viewer.showAll();
  await page.locator("#profiles").focus();
  await page.keyboard.press("End");
  await page.locator('[data-place="99999"]').waitFor();
  await page.waitForFunction(() => history.state?.place > 99_000);
  assert.ok((await viewer.cards().count()) < 150, "only what is seen is in the document");
  const last = await page.locator('[data-place="99999"]').getAttribute("data-key");
  await viewer.open(last);
  await page.waitForURL(({ hash }) => hash.includes("open="));
  await page.goBack();
  await viewer.part("drawer").waitFor({ state: "detached" });
  await page.waitForFunction(() => document.querySelector('[data-place="99999"]')?.getBoundingClientRect().top < innerHeight);
});
