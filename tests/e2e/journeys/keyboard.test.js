import assert from "node:assert/strict";

import { journey } from "../harness/journey.js";

journey("the first stop of the Tab key skips to the profiles", {}, async ({ page, viewer }) => {
  await viewer.settles();
  await page.keyboard.press("Tab");
  const link = page.locator(":focus");
  assert.match(await link.innerText(), /^Skip to/);
  const box = await link.boundingBox();
  assert.ok(box.width > 1 && box.height > 1 && box.x >= 0 && box.y >= 0, "it is seen when it has the focus");
  await page.keyboard.press("Enter");
  const isBeforeCards = await page.evaluate(() => {
    const main = document.activeElement;
    return main !== document.body && main.querySelector("article[data-key]") !== null;
  });
  assert.ok(isBeforeCards, "the focus is at the profiles");
});

journey("Enter opens a card, Escape closes it, and the focus returns", {}, async ({ page, viewer }) => {
  await viewer.settles();
  const key = (await viewer.keys())[3];
  const opener = viewer.card(key).locator('[data-action="open"]');
  await opener.focus();
  await page.keyboard.press("Enter");
  await viewer.part("drawer").waitFor();
  await page.waitForFunction(() => document.activeElement?.closest('[data-testid="drawer"]'));
  await page.keyboard.press("Escape");
  await viewer.part("drawer").waitFor({ state: "detached" });
  await page.waitForFunction((key) => document.activeElement?.closest("article")?.dataset.key === key, key);
  assert.ok(await opener.evaluate((element) => element === document.activeElement), "on the very button");
});

journey("every key of the map does what the help says", { context: { permissions: ["clipboard-read", "clipboard-write"] } }, async ({ page, viewer }) => {
  await viewer.settles();
  const { keyboard } = page;
  const hash = (part) => page.waitForFunction((part) => location.hash.includes(part), part);
  const at = (place) => page.waitForFunction((place) => document.activeElement.closest("[data-place]")?.dataset.place === place, `${place}`);
  await keyboard.press("g");
  await keyboard.press("c");
  await hash("tab=charts");
  await keyboard.press("g");
  await keyboard.press("p");
  await viewer.cards().first().waitFor();
  await keyboard.press("g");
  await keyboard.press("c");
  await hash("tab=charts");
  await keyboard.press("2");
  await hash("view=table");
  await page.waitForFunction(() => !location.hash.includes("tab="));
  await keyboard.press("3");
  await hash("view=compact");
  await keyboard.press("1");
  await page.waitForFunction(() => !location.hash.includes("view="));

  await keyboard.press("j");
  await at(1);
  await keyboard.press("PageDown");
  await at(2);
  await keyboard.press("k");
  await at(1);
  await keyboard.press("PageUp");
  await at(0);
  const key = await page.evaluate(() => document.activeElement.closest("[data-key]").dataset.key);
  await keyboard.press("c");
  await page.waitForFunction(() => document.querySelector('[data-testid="announcement"]').textContent.startsWith("Copied"));
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), key.split(":")[1]);
  await keyboard.press("x");
  await page.waitForFunction(() => document.querySelector('[data-testid="picked"]')?.textContent.startsWith("1 "));
  await keyboard.press("j");
  await at(1);
  await keyboard.press("j");
  await at(2);
  await keyboard.press("Shift+X");
  await page.waitForFunction(() => document.querySelector('[data-testid="picked"]')?.textContent.startsWith("3 "));
  await keyboard.press("e");
  await viewer.part("export").waitFor();
  await keyboard.press("Escape");
  await viewer.part("export").waitFor({ state: "detached" });

  await viewer.card(key).locator('[data-action="pick"]').focus();
  await keyboard.press("Enter");
  await viewer.part("drawer").waitFor();
  assert.equal(await viewer.part("drawer").getAttribute("data-key"), key);
  await keyboard.press("Escape");
  await viewer.part("drawer").waitFor({ state: "detached" });

  await keyboard.press("f");
  await page.waitForFunction(() => document.activeElement.closest(".app__rail"));
  await keyboard.press("/");
  await page.waitForFunction(() => document.activeElement.dataset.testid === "query-bar");
  await keyboard.type("gc");
  assert.equal(await viewer.part("query-bar").inputValue(), "gc", "nothing is a command while somebody writes");
});

journey("a check by the keyboard keeps the focus in its card, whether it fails or not", { allowed: [/status of 502/], before: (page) => page.route(/include=/, (route) => route.fulfill({ status: 502, body: "" }), { times: 1 }) }, async ({ page, viewer }) => {
  await viewer.settles();
  const [key] = await viewer.someKeys("ayrshare");
  const line = viewer.card(key).locator('[data-slot="trouble"]');
  const check = line.locator('[data-action="check"]');
  await check.focus();
  await page.keyboard.press("Enter");
  await line.getByText("Health could not be checked").waitFor();
  await page.waitForFunction(() => document.querySelector('[data-testid="announcement"]').textContent.startsWith("Ayrshare has a problem"));
  assert.ok(await check.evaluate((button) => button === document.activeElement), "it can be pressed again");
  await page.keyboard.press("Enter");
  await check.waitFor({ state: "detached" });
  assert.equal(await page.evaluate(() => document.activeElement.closest("[data-key]")?.dataset.key), key);
});

journey("r asks every source anew that may have something new", { args: ["--profiles", "30"] }, async ({ page, viewer, watch }) => {
  await viewer.settles();
  const [nAsked, nFresh] = [watch.of("insightiq").length, watch.of("ayrshare").length];
  await page.locator("#profiles").focus();
  await page.keyboard.press("r");
  await page.waitForFunction(() => document.querySelector('[data-source="insightiq"]').dataset.state === "done");
  await viewer.settles();
  assert.ok(watch.of("insightiq").length > nAsked, "it was asked again");
  assert.equal(watch.of("ayrshare").length, nFresh, "what would answer the same is not asked");
});

journey("m hides the personal data that was shown", {}, async ({ page, viewer }) => {
  await viewer.settles();
  await viewer.ask("source:upsun has:email");
  await viewer.showAll();
  await viewer.open((await viewer.someKeys("upsun"))[0]);
  const secret = page.locator(".secret").first();
  const masked = await secret.locator(".secret__text").innerText();
  await secret.getByRole("button").click();
  await page.waitForFunction((masked) => document.querySelector(".secret__text").textContent !== masked, masked);
  await page.keyboard.press("m");
  await page.waitForFunction((masked) => document.querySelector(".secret__text").textContent === masked, masked);
});

journey("what happens is told to people who do not see it", {}, async ({ viewer, page }) => {
  await viewer.settles();
  await viewer.button("ayrshare", "load-all").click();
  await viewer.reaches("ayrshare", "done");
  const spoken = page.locator('[role="status"], [aria-live="polite"]').filter({ hasText: /\d/ });
  await spoken.first().waitFor({ state: "attached" });
  const unnamed = await page
    .locator("#app button, #app select, #app input")
    .evaluateAll((controls) =>
      controls
        .filter((c) => !(c.labels?.length || c.ariaLabel || c.title || c.textContent.trim()))
        .map((c) => c.outerHTML),
    );
  assert.deepEqual(unnamed, [], "each control has a name");
});
