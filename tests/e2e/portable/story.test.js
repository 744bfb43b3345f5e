// The first minute of somebody new, in every engine.
import assert from "node:assert/strict";

import { everywhere, seen } from "../harness/portable.js";
import { startSite } from "../harness/site.js";

everywhere("the first minute: trouble, one filter in four places, a profile, a typed condition, pictures, a file, a link", async (page, origin) => {
  await seen.settled(page);
  assert.match(await page.evaluate(() => document.querySelector('[data-testid="demo-ribbon"]').textContent), /Nothing here is real/);
  const nAll = await seen.total(page);

  await page.until(() => document.querySelectorAll("article[data-key]").length >= 24);
  assert.match(await page.evaluate(() => document.querySelector('[data-testid="result-bar"]').textContent), /^190 loaded · more available$/);
  const { id, count } = await page.until(() => {
    const preset = document.querySelector('[data-testid="presets"] [data-preset]:not([data-preset="urgent"])');
    return preset && { id: preset.dataset.preset, count: Number(preset.querySelector("[data-count]").dataset.count) };
  });
  assert.ok(count > 0 && count < nAll, `${id} tells profiles apart: ${count} of ${nAll}`);
  await page.click(`[data-preset="${id}"]`);
  await seen.has(page, count);
  const query = await seen.query(page);
  assert.ok(query.length > 0, "the bar says it");
  assert.equal(await page.evaluate(() => document.querySelectorAll('[data-testid="chip"]').length), 1, "a chip says it");
  assert.equal(await page.evaluate((id) => document.querySelector(`[data-preset="${id}"]`).ariaPressed, id), "true", "the rail says it");
  await page.until((query) => new URLSearchParams(location.hash.slice(1)).get("q") === query, query);
  await page.until((count) => document.querySelector('[data-testid="announcement"]').textContent.startsWith(`${count} of `), count);

  const key = await page.evaluate(() => document.querySelector("article[data-key]").dataset.key);
  await page.click('article[data-key] [data-action="open"]');
  const isNamed = await page.until(() => document.querySelector('[data-testid="drawer"] h2, [data-testid="drawer"] h1')?.textContent.trim());
  assert.ok(isNamed, "the drawer says whose it is");
  assert.ok(await page.evaluate((key) => document.querySelector(`article[data-key="${key}"]`) !== null, key), "the list is still there");
  assert.match(await page.until(() => document.querySelector('[data-testid="told"]')?.textContent), /^from \/profiles · /, "where that is from, and when");
  await page.click('[data-testid="drawer"] [data-section="health"]');
  await page.click('[data-testid="drawer"] [data-action="load-parts"]');
  await page.until(() => document.querySelector('[data-testid="told"]')?.textContent === "from include · just now");
  assert.match(await page.evaluate(() => document.querySelector('[data-testid="drawer"] [role="tabpanel"]').textContent), /Suspension.*Reason/s, "why");
  await page.press("Escape");
  await page.until((key) => document.querySelector('[data-testid="drawer"]') === null && document.activeElement.closest("article")?.dataset.key === key, key);

  await page.click('[data-action="clear-query"]');
  await seen.has(page, nAll);
  await page.click('[data-testid="query-bar"]');
  await page.type("plat");
  await page.until(() => document.querySelector('[role="option"]')?.textContent.startsWith("platform:"));
  await page.press("ArrowDown");
  await page.press("Enter");
  await page.until(() => document.querySelector('[data-testid="query-bar"]').value === "platform:");
  await page.type("linkedin");
  await page.press("Enter");
  const nLinked = await seen.hasOther(page, nAll);
  assert.ok(nLinked > 0 && nLinked < nAll, "the typed condition tells profiles apart");
  assert.equal(await seen.query(page), "platform:linkedin", "Enter without a pick keeps the text");

  await page.click('[data-tab="charts"]');
  const drawn = await page.until(() => document.querySelector('[data-chart="platform"] figcaption')?.textContent);
  assert.match(drawn, /^Platforms: \d+ of \d+ profiles loaded$/);
  const isSame = (nLinked) => {
    const mark = [...document.querySelectorAll('[data-chart="platform"] [role="button"]')].find((mark) => mark.ariaLabel.startsWith("LinkedIn: "));
    return mark.dataset.count === String(nLinked) && mark.getAttribute("aria-pressed") === "true";
  };
  await page.until(isSame, nLinked);
  const isTold = (nLinked) =>
    [...document.querySelectorAll('[data-chart="platform"] tbody tr')].some((row) => row.cells[0].textContent === "LinkedIn" && row.cells[1].textContent === String(nLinked));
  assert.ok(await page.evaluate(isTold, nLinked), "the table beside it says the same");
  await page.click('[data-tab="profiles"]');
  await seen.has(page, nLinked);

  assert.ok(await page.until((n) => document.querySelector('[data-action="export"]').textContent.includes(`Export ${n}`), nLinked), "the button names the count");
  await page.click('[data-action="export"]');
  await page.until(() => document.querySelector('[data-testid="export"]') !== null);
  await page.click('[data-action="save-file"]');
  const file = await page.until(() => globalThis.offered[0]?.text && globalThis.offered[0]);
  assert.match(file.name, /^roster-profiles-[\d-]+\.csv$/);
  const [titles, ...lines] = file.text.trimEnd().split("\r\n");
  assert.equal(lines.length, nLinked, "a line for each");
  assert.ok(titles.includes("Source") && !titles.includes("E-mail"), "personal data is left out");
  await page.press("Escape");
  await page.until(() => document.querySelector('[data-testid="export"]') === null);

  const link = await page.until(() => location.hash.includes("linkedin") && location.href);
  await page.goto("about:blank");
  await page.goto(link);
  await seen.settled(page);
  await seen.has(page, nLinked);
  assert.equal(await seen.query(page), "platform:linkedin", `${link} of ${origin} shows the same`);
});

everywhere("back, forward and reload keep what was asked", async (page) => {
  await seen.settled(page);
  const nAll = await seen.total(page);
  await page.click('[data-facet="status"] input[value="suspended"]');
  const nSuspended = await seen.hasOther(page, nAll);
  await page.until(() => location.hash.includes("suspended"));
  await page.click('[data-facet="platform"] input[value="instagram"]');
  const nBoth = await seen.hasOther(page, nSuspended);
  await page.until(() => location.hash.includes("instagram"));
  await page.back();
  await seen.has(page, nSuspended);
  await page.back();
  await seen.has(page, nAll);
  await page.forward();
  await seen.has(page, nSuspended);
  await page.forward();
  await seen.has(page, nBoth);
  await page.reload();
  await seen.settled(page);
  await seen.has(page, nBoth);
});

everywhere("without a mouse, from the first stop of the Tab key to the last", async (page) => {
  await seen.settled(page);
  const nAll = await seen.total(page);
  await page.press("Tab");
  assert.match(await page.until(() => document.activeElement !== document.body && document.activeElement.textContent), /^Skip to/);
  await page.press("Enter");
  await page.until(() => document.activeElement.id === "profiles");
  await page.press("/");
  await page.until(() => document.activeElement.dataset.testid === "query-bar");
  await page.type("status:suspended");
  const nSuspended = await seen.hasOther(page, nAll);
  await page.press("Enter");
  assert.ok(nSuspended > 0);
  await page.evaluate(() => document.querySelector("#profiles").focus());
  await page.press("j");
  const key = await page.until(() => document.activeElement.closest("[data-key]")?.dataset.key);
  await page.press("Enter");
  await page.until(() => document.activeElement.closest('[data-testid="drawer"]') !== null);
  await page.press("Escape");
  await page.until((key) => document.activeElement.closest("[data-key]")?.dataset.key === key, key);
  await page.press("3");
  await page.until(() => location.hash.includes("view=compact"));
  await page.press("?");
  await page.until(() => document.querySelector("dialog[open]")?.contains(document.activeElement));
  await page.press("Escape");
  await page.until(() => document.querySelector("dialog[open]") === null);
});

everywhere("the demo needs no proxy", async (page) => {
  await seen.settled(page);
  await page.click('[data-source="ayrshare"] [data-action="load-all"]');
  await page.until(() => document.querySelector('[data-source="ayrshare"]').dataset.state === "done");
  assert.ok((await seen.total(page)) >= 150, "all of it came");
}, onStaticHost);

async function onStaticHost(t, folder) {
  const site = await startSite({ root: folder });
  t.after(site.stop);
  return site.url;
}
