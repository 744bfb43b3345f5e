// The examples run as printed, against the sandbox.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";

import { chromium } from "playwright-core";
import * as vite from "vite";

import { ENGINES } from "../harness/browsers.js";
import { example, plainPage } from "../harness/examples.js";
import { serve } from "../harness/site.js";
import { serveWorker } from "../harness/worker.js";

const engine = ENGINES.find(({ name }) => name === "Chromium");
const skip = !engine.isThere() && !process.env.CI && `Chromium is not here; ${engine.advice}`;

async function visit(t, url) {
  const isRoot = process.getuid?.() === 0;
  const browser = await chromium.launch({ executablePath: process.env.ROSTER_CHROMIUM ?? "/usr/bin/chromium", args: ["--disable-gpu", ...(isRoot ? ["--no-sandbox"] : [])] });
  t.after(() => browser.close());
  const page = await browser.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(url);
  return { page, complaints };
}

test("the plain page loads, counts and filters", { skip }, async (t) => {
  const { page, complaints } = await visit(t, `${await serve(t, "--ui", await plainPage(t))}/`);
  await page.locator('body[data-state="done"]').waitFor();
  assert.equal(await page.locator("#count").innerText(), "150 of 150 profiles");
  await page.locator("#text").fill("status:suspended");
  assert.equal(await page.locator("#count").innerText(), "6 of 150 profiles");
  assert.equal(await page.locator("#rows li").count(), 6);
  await page.locator("#platforms button").first().click();
  assert.match(await page.locator("#text").inputValue(), /^platform:/);
  assert.deepEqual(complaints, []);
});

test("the React list loads more, filters by a facet, and can be left while it loads", { skip }, async (t) => {
  process.env.ROSTER_ORIGIN = await serve(t);
  const server = await vite.createServer({ root: await example(t, "react"), logLevel: "error", server: { port: 0, host: "127.0.0.1" } });
  t.after(() => server.close());
  await server.listen();
  const { page, complaints } = await visit(t, server.resolvedUrls.local[0]);
  await page.locator('main[data-state="ready"]').waitFor();
  assert.equal(await page.getByRole("status").innerText(), "50 of 50 profiles");
  await page.getByRole("button", { name: "Load more" }).click();
  await page.getByText("100 of 100 profiles").waitFor();
  await page.getByRole("button", { name: /^suspended / }).click();
  assert.equal(await page.getByRole("searchbox").inputValue(), "status:suspended");
  const held = page.waitForRequest(/cursor=/);
  await page.route(/cursor=/, () => {}); // This answer never comes.
  await page.getByRole("button", { name: "Load more" }).click();
  await held;
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByText("Stopped. What is loaded stays.").waitFor();
  assert.match(await page.getByRole("status").first().innerText(), /of 100 profiles$/);
  assert.deepEqual(complaints, []);
});

/** Runs the export; `stopAt` sends Ctrl+C after that many pages. */
async function exported(folder, url, stopAt) {
  const child = spawn(process.execPath, ["export.js", url, "out.csv"], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  let nPages = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith("page ")) continue;
    nPages += 1;
    if (nPages === stopAt) child.kill("SIGINT");
  }
  const [code] = await exited;
  return { code, nPages, text: await readFile(path.join(folder, "out.csv"), "utf8") };
}

test("the export is stopped and goes on, and the file is the same as in one run", async (t) => {
  const url = `${await serve(t)}/api/v1`;
  const whole = await exported(await example(t, "csv"), url);
  assert.equal(whole.code, 0);
  assert.equal(whole.text.trim().split(/\r?\n/).length, 1 + 6, "the head and six suspended profiles");
  const folder = await example(t, "csv");
  const first = await exported(folder, url, 2);
  assert.equal(first.code, 130);
  const rest = await exported(folder, url);
  assert.equal(rest.code, 0);
  assert.equal(first.nPages + rest.nPages, whole.nPages, "no page is read twice");
  assert.equal(rest.text, whole.text);
});

test("the worker answers from the batch file", async (t) => {
  const api = await serve(t, "--batch-after", "0");
  const worker = await serveWorker(await example(t, "worker"), "worker.js", { ROSTER_API: `${api}/api/v1` });
  t.after(worker.stop);
  const answer = await fetch(`${worker.origin}/?q=platform:instagram`);
  const told = await answer.json();
  assert.equal(answer.status, 200, JSON.stringify(told));
  assert.equal(told.loaded, 150);
  assert.ok(told.total > 0 && told.total < told.loaded, JSON.stringify(told));
  assert.ok(told.rows.every((row) => row.platforms.includes("instagram")));
});
