// Profiles side by side, and everything of one person.
import assert from "node:assert/strict";

import { assertAccessible } from "../harness/axe.js";
import { journey } from "../harness/journey.js";

journey("two to four profiles stand side by side, what differs first, and the link leads back", {}, async ({ page, viewer }) => {
  await viewer.settles();
  await viewer.ask("source:upsun");
  await viewer.showAll();
  const keys = (await viewer.keys()).slice(0, 5);
  const box = (key) => viewer.card(key).locator('[data-action="pick"]');
  const compare = page.locator('[data-action="compare"]');
  await box(keys[0]).click();
  assert.ok(await compare.isDisabled(), "one is not enough");
  await box(keys[1]).click();
  for (const key of keys.slice(2)) await box(key).click();
  assert.ok(await compare.isDisabled(), "five are too many");
  for (const key of keys.slice(2)) await box(key).click();
  await compare.click();
  const sheet = viewer.part("compare");
  await sheet.waitFor();
  assert.equal(await sheet.locator("thead").first().locator("th").count(), 3);
  const first = sheet.locator(".compare__table").first();
  const rows = await first.locator("tbody tr").evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)));
  assert.ok(rows.some(([title, a, b]) => title.endsWith("Id") && a !== b));
  assert.match(await viewer.part("same").locator("summary").innerText(), /rows are the same in all/);
  assert.equal(await viewer.part("same").getAttribute("open"), null, "what is the same is folded");
  await assertAccessible(page, "two profiles are compared");
  await page.waitForURL(({ hash }) => new URLSearchParams(hash.slice(1)).getAll("compare").length === 2);
  await page.reload();
  await sheet.waitFor();
  await sheet.locator('[data-action="open-compared"]').first().click();
  await viewer.part("drawer").waitFor();
  await sheet.waitFor({ state: "detached" });
});

journey("who goes back from a comparison, or from a profile, finds the focus where it was", {}, async ({ page, viewer }) => {
  await viewer.settles();
  await viewer.ask("source:upsun");
  await viewer.showAll();
  const keys = (await viewer.keys()).slice(0, 2);
  for (const key of keys) await viewer.card(key).locator('[data-action="pick"]').click();
  const has = (selector) => page.waitForFunction((selector) => document.activeElement.matches(selector), selector);
  await page.locator('[data-action="compare"]').click();
  await viewer.part("compare").waitFor();
  await page.waitForURL(/compare=/);
  await page.goBack();
  await viewer.part("compare").waitFor({ state: "detached" });
  await has('[data-action="compare"]');
  await viewer.open(keys[1]);
  await page.waitForURL(/open=/);
  await has("#drawer-title");
  await page.goBack();
  await viewer.part("drawer").waitFor({ state: "detached" });
  await has(`article[data-key="${keys[1]}"] [data-action="open"]`);
});

journey("all profiles of one person are on one sheet, with the audience of each platform", {}, async ({ page, viewer, watch }) => {
  await viewer.settles();
  await viewer.ask("source:insightiq");
  await viewer.showAll();
  const many = page.locator('article[data-provider="insightiq"]', { hasText: /Person: .*\((\d+) profiles\)/ }).first();
  const n = Number(/\((\d+) profiles\)/.exec(await many.innerText())[1]);
  assert.ok(n > 1);
  await many.locator('[data-action="open"]').click();
  await page.locator('[data-action="show-person"]').click();
  const sheet = viewer.part("person");
  await sheet.waitFor();
  assert.equal(await sheet.locator(".person__one").count(), n);
  const [answer] = await watch.answers("insightiq");
  const opened = (await viewer.part("drawer").getAttribute("data-key")).split(":")[1];
  const people = JSON.parse(answer.text).data;
  const { user } = people.find((one) => one.id === opened);
  const sums = {};
  for (const { user: whose, work_platform: platform, reputation } of people) {
    const name = platform.name === "Twitter" ? "X" : platform.name;
    if (whose?.id === user.id) sums[name] = (sums[name] ?? 0) + (reputation?.follower_count ?? 0);
  }
  const rows = await viewer.part("summed").locator("tbody tr").evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)));
  assert.deepEqual(rows.map(([platform]) => platform).sort(), Object.keys(sums).sort());
  for (const [platform, followers] of rows) assert.equal(Number.parseInt(followers.replaceAll(",", ""), 10) || 0, sums[platform], platform);
  await assertAccessible(page, "everything of one person");
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "detached" });
  await page.waitForFunction(() => !location.hash.includes("person="));
  await page.goBack();
  await sheet.waitFor();
});
