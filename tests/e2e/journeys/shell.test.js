// What the page says before its program runs, and where it cannot.
import assert from "node:assert/strict";
import { test } from "node:test";

import { browser } from "../harness/browser.js";
import { visit } from "../harness/journey.js";
import { startProxy } from "../harness/proxy.js";

/** The first screen of a page, as text. */
const said = (page) => page.locator("body").innerText();

test("without scripts the page has its name, its purpose, and says what it needs", async (t) => {
  const proxy = await startProxy();
  t.after(proxy.stop);
  const context = await (await browser()).newContext({ javaScriptEnabled: false });
  t.after(() => context.close());
  const page = await context.newPage();
  await page.goto(proxy.origin);
  assert.match(await said(page), /^Roster\s+Look through user and social profiles/);
  assert.match(await said(page), /Please allow JavaScript for this page/);
});

test("until the program is there, outlines stand for cards, and it is said that it starts", async (t) => {
  const proxy = await startProxy();
  t.after(proxy.stop);
  let release;
  const held = new Promise((resolve) => (release = resolve));
  const before = (page) => page.route(/\.wasm$/, async (route) => (await held, route.continue()));
  const { page, viewer, watch } = await visit(t, proxy.origin, { before });
  await page.getByText("Starting…").waitFor();
  assert.equal(await page.locator(".skeleton").first().isVisible(), true);
  release();
  await viewer.settles();
  assert.equal(await page.getByText("Starting…").count(), 0);
  watch.assertClean();
});

test("where WebAssembly is not allowed, it is said what the host can do", async (t) => {
  const proxy = await startProxy();
  t.after(proxy.stop);
  const before = (page) =>
    page.route(proxy.origin + "/", async (route) => {
      const answer = await route.fetch();
      const policy = answer.headers()["content-security-policy"].replace("'wasm-unsafe-eval'", "");
      await route.fulfill({ response: answer, headers: { ...answer.headers(), "content-security-policy": policy } });
    });
  const { page } = await visit(t, proxy.origin + "/", { before, allowed: [/./] });
  const alert = page.getByRole("alert").filter({ hasText: "wasm-unsafe-eval" });
  await alert.waitFor();
  assert.match(await alert.innerText(), /does not allow the program to run/);
});

test("a start that takes long says so, and a browser that is too old is told what it needs", async (t) => {
  const proxy = await startProxy();
  t.after(proxy.stop);
  const before = async (page) => {
    await page.clock.install();
    await page.route(/\.wasm$/, () => {});
  };
  const { page } = await visit(t, proxy.origin, { before });
  await page.getByText("Starting…").waitFor();
  await page.clock.runFor(4_100);
  await page.getByText(/Still starting\. The program .*is kept for next time\./).waitFor();

  const old = (page) => page.addInitScript(() => delete globalThis.WebAssembly);
  const { page: other } = await visit(t, proxy.origin, { before: old });
  assert.match(await other.getByRole("alert").filter({ hasText: "too old" }).innerText(), /It needs WebAssembly/);
});
