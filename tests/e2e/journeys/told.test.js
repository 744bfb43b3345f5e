// What an error tells, and to whom it can be passed on.
import assert from "node:assert/strict";

import { journey } from "../harness/journey.js";
import { Viewer } from "../harness/viewer.js";

const CLIPBOARD = { permissions: ["clipboard-read", "clipboard-write"] };

journey(
  "an error says what, why, what next and its ids, and its report holds no secret and no condition",
  { context: CLIPBOARD, args: ["--fault", "insightiq/profiles:status-500@1x9"], allowed: [/status of 50\d/], fragment: "#q=user-id:somebody-secret&ask=insightiq" },
  async ({ page, viewer }) => {
    await viewer.reaches("insightiq", "failed");
    const panel = viewer.source("insightiq").locator('[data-testid="error"]');
    assert.match(await panel.innerText(), /InsightIQ has a problem on its side \(5\d\d\)/, "what");
    assert.match(await panel.innerText(), /Ask for page 1 again\. It said: /, "what next");
    await panel.locator("summary").click();
    const facts = await panel.locator(".fact").evaluateAll((facts) => Object.fromEntries(facts.map((fact) => [fact.querySelector("dt").textContent, fact.querySelector("dd").textContent])));
    assert.equal(facts.Source, "InsightIQ");
    assert.match(facts.Asked, /^GET insightiq\/profiles/);
    assert.match(facts.Status, /^5\d\d$/);
    assert.ok(facts["Request id"].length > 5, "the API's own id of the request");
    assert.match(facts.Viewer, /^\d+\.\d+\.\d+/);
    assert.match(facts.Time, /^20\d\d-/);
    await panel.getByRole("button", { name: "Copy report" }).click();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    for (const [name, value] of Object.entries(facts)) assert.ok(text.includes(`${name}: ${value}`), name);
    assert.doesNotMatch(text, /somebody-secret|Bearer|Basic|SANDBOX/i);
  },
);

journey(
  "where nothing can be kept on the device, that is said, and everything else works",
  {
    before: (page) =>
      page.addInitScript(() => {
        const refuse = () => {
          throw new DOMException("no", "SecurityError");
        };
        Object.defineProperty(globalThis, "localStorage", { get: refuse });
      }),
  },
  async ({ page, viewer }) => {
    await viewer.settles();
    assert.match(await viewer.part("storage-note").innerText(), /Settings cannot be kept on this device/);
    await page.locator('[data-view="compact"]').click();
    await page.locator("article.line").first().waitFor();
    await page.locator('[data-action="theme"]').click();
    await viewer.open((await viewer.keys())[0]);
  },
);

journey("a link to a profile that is not loaded says so, and asks for it with one request", { args: ["--profiles", "2000"] }, async ({ page, viewer, origin }) => {
  await viewer.settles();
  const all = await page.evaluate(async () => (await fetch("api/v1/ayrshare/profiles?limit=500")).json());
  const id = all.profiles.at(-1).refId;
  const other = await page.context().newPage();
  await other.goto(`${origin}/#open=ayrshare:${id}`);
  const there = new Viewer(other);
  await there.settles();
  await there.part("drawer").getByText(`This link points to ayrshare:${id}, which is not among the loaded profiles.`).waitFor();
  const asked = other.waitForRequest((request) => request.url().includes(`refId=${id}`));
  await there.part("drawer").getByRole("button", { name: /Look it up \(1 request\)/ }).click();
  await asked;
  await there.part("drawer").getByRole("heading", { name: all.profiles.at(-1).displayTitle ?? all.profiles.at(-1).title }).first().waitFor();
  await there.part("drawer").getByText("which is not among the loaded profiles").waitFor({ state: "detached" });
});
