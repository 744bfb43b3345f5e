// Something outside of the page is in the way: the network, the clipboard, an API that refuses a condition, a proxy.
import assert from "node:assert/strict";
import { test } from "node:test";

import { journey, visit } from "../harness/journey.js";
import { startProxy } from "../harness/proxy.js";
import { startSite } from "../harness/site.js";

journey(
  "offline it says so, asks nothing in vain, and goes on by itself",
  { args: ["--profiles", "4000"], allowed: [/ERR_INTERNET_DISCONNECTED/] },
  async ({ page, viewer, watch }) => {
    await viewer.settles();
    const nShown = (await viewer.someKeys("insightiq")).length;
    await page.context().setOffline(true);
    const nBefore = watch.of("insightiq").length;
    await viewer.button("insightiq", "load-more").click();
    const note = viewer.part("offline-note");
    await note.waitFor();
    assert.match(await note.innerText(), /^You are offline\. Showing what was loaded .+ ago\./);
    await viewer.source("insightiq").getByText(/Waiting for a network\. We continue by ourselves\. 100 profiles are safe\./).waitFor();
    assert.ok((await viewer.keys("insightiq")).length >= nShown, "the cards stay");
    // Longer than the usual tries take.
    await page.waitForFunction((until) => performance.now() > until, (await page.evaluate(() => performance.now())) + 3_000);
    assert.equal(watch.of("insightiq").length, nBefore + 1, "one request found that out, and no other followed");

    await page.context().setOffline(false);
    await note.waitFor({ state: "detached" });
    await viewer.reaches("insightiq", "ready", "done");
    const targets = watch.of("insightiq").map((request) => request.target);
    assert.equal(targets.length, nBefore + 2, "one more request, by itself");
    assert.equal(targets.at(-1), targets.at(-2), "of the same page");
  },
);

journey("a wait for a network can be cancelled", { args: ["--profiles", "4000"], allowed: [/ERR_INTERNET_DISCONNECTED/] }, async ({ page, viewer, watch }) => {
  await viewer.settles();
  await page.context().setOffline(true);
  await viewer.button("insightiq", "load-more").click();
  await viewer.part("offline-note").waitFor();
  const nAsked = watch.of("insightiq").length;
  await viewer.button("insightiq", "stop").click();
  await viewer.reaches("insightiq", "stopped");
  await page.context().setOffline(false);
  await viewer.part("offline-note").waitFor({ state: "detached" });
  assert.equal(watch.of("insightiq").length, nAsked);
});

/** A browser that lets no page copy. */
const refuseCopies = (page) =>
  page.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError"));
    document.execCommand = () => false;
  });

journey("a text that the browser refuses to copy is shown, and nothing says that it was copied", { before: refuseCopies }, async ({ page, viewer }) => {
  await viewer.settles();
  const key = (await viewer.keys())[0];
  const button = viewer.card(key).locator('[data-action="copy-id"]');
  await button.click();
  const dialog = viewer.part("uncopied");
  await dialog.waitFor();
  assert.match(await dialog.innerText(), /Copying was refused/);
  assert.equal(await dialog.locator("textarea").inputValue(), key.split(":")[1]);
  const selected = () => page.evaluate(() => document.activeElement.value?.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd));
  assert.equal(await selected(), key.split(":")[1], "it is selected");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });

  await page.locator('[data-action="share"]').click();
  await dialog.waitFor();
  assert.equal(await dialog.locator("textarea").inputValue(), page.url());
  await dialog.locator('[data-action="close-uncopied"]').click();
  await dialog.waitFor({ state: "detached" });
  assert.equal(await viewer.part("shared").innerText(), "");

  await viewer.open(key);
  await page.locator('[data-testid="drawer"] .copy button').first().click();
  await dialog.waitFor();
  assert.equal(await page.locator(".copy__done", { hasText: "Copied" }).count(), 0);
  assert.doesNotMatch(await viewer.part("announcement").innerText(), /Copied/);
});

journey(
  "a condition that an API refuses is taken back from it by one button, and applied here as before",
  { args: ["--fault", "ayrshare/profiles:status-400@2x1"], allowed: [/status of 400/] },
  async ({ viewer, watch }) => {
    await viewer.settles();
    await viewer.ask("platform:instagram");
    await viewer.asking("ayrshare").click();
    await viewer.reaches("ayrshare", "failed");
    const button = viewer.button("ayrshare", "unask");
    assert.match(await button.innerText(), /^Remove condition \(\w+\)$/);
    await button.click();
    await viewer.reaches("ayrshare", "ready", "done");
    const asked = watch.of("ayrshare").map((request) => [...request.params.keys()].sort().join());
    assert.equal(asked.length, 3);
    assert.equal(asked[2], asked[0], "asked for everything again");
    assert.notEqual(asked[1], asked[0]);
    assert.equal(await viewer.part("query-bar").inputValue(), "platform:instagram");
    assert.equal(await viewer.asking("ayrshare").getAttribute("aria-pressed"), "false");
  },
);

/** A page elsewhere that is to use a proxy; its own policy is switched off. */
async function elsewhere(t, proxy) {
  const site = await startSite({ files: { "config.json": JSON.stringify({ proxy: `${proxy}/api/v1` }) } });
  t.after(site.stop);
  return visit(t, site.url, { context: { bypassCSP: true }, allowed: [/CORS|net::ERR_|status of 403/] });
}

test("a proxy elsewhere that does not answer this page is named, with the setting that may be missing", async (t) => {
  const proxy = await startProxy();
  t.after(proxy.stop);
  const { page, viewer } = await elsewhere(t, proxy.origin);
  const { origin } = new URL(page.url());
  await page.getByText(`The proxy at ${new URL(proxy.origin).host} did not answer, or does not let this page read`).waitFor();
  await page.locator('[data-action="copy-setting"]').waitFor();
  assert.ok((await viewer.part("error").innerText()).includes(`allowed_origins = ["${origin}"]`));
});
