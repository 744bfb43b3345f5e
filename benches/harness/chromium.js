// Runs `suites/module.js` in a page of Chromium: the same files as in Node, served from here.
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const benches = fileURLToPath(new URL("../", import.meta.url));
const dist = fileURLToPath(new URL("../../crates/wasm/npm/dist/", import.meta.url));
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };

/** An isolated page has the clock of 5 microseconds; others have one of 100. */
const ISOLATED = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

const IMPORTS = { imports: { "node:assert": "/benches/harness/assert.js", "roster-profiles": "/dist/index.js" } };
const PAGE = `<!doctype html><meta charset="utf-8"><title>npm</title><script type="importmap">${JSON.stringify(IMPORTS)}</script>`;

/** @param {string} executablePath the browser @param {Record<string, string>} files of pages, by provider */
export async function inChromium(executablePath, files, plan) {
  const { chromium } = await import("playwright-core");
  const server = createServer((request, response) => void answer(new URL(request.url, "http://localhost").pathname, files, response));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    return await page.evaluate(inPage, plan);
  } finally {
    await browser.close();
    server.close();
  }
}

/** Runs in the page. */
async function inPage(plan) {
  if (!globalThis.crossOriginIsolated) throw new Error("the page is not isolated: its clock is coarse");
  const [{ Roster, init }, { measured }, { lines }] = await Promise.all(
    ["roster-profiles", "/benches/suites/module.js", "/benches/harness/lines.js"].map((name) => import(name)),
  );
  await init();
  const received = {};
  for (const provider of ["ayrshare", "insightiq"]) {
    const response = await fetch(`/pages/${provider}`);
    received[provider] = lines(new Uint8Array(await response.arrayBuffer()));
  }
  return measured(plan, Roster, received);
}

async function answer(path, files, response) {
  const body = path === "/" ? PAGE : await readFile(fileOf(path, files)).catch(() => undefined);
  const type = TYPES[path === "/" ? ".html" : extname(path)] ?? "application/octet-stream";
  response.writeHead(body === undefined ? 404 : 200, { ...ISOLATED, "content-type": type }).end(body);
}

function fileOf(path, files) {
  const [, folder, ...rest] = normalize(path).split("/");
  if (folder === "pages") return files[rest.join("/")] ?? "";
  return join(folder === "dist" ? dist : benches, ...rest);
}
