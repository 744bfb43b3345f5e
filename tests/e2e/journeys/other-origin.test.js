// What a page of another origin can do with the proxy of somebody who visits it: nothing. It reads nothing by any way
// that a browser has, and no API is asked for it, so that it costs no allowance.
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { visit } from "../harness/journey.js";
import { startProxy } from "../harness/proxy.js";
import { startSite } from "../harness/site.js";

const ROUTE = "/api/v1/upsun/profiles";

/** An API that counts who asks it. */
async function startApi(t) {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    response.writeHead(200, { "content-type": "application/json" });
    response.end('{"count":1,"profiles":[{"id":"a","display_name":"Jane"}]}');
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  return { asked, port: server.address().port };
}

/** The real proxy before that API, and a page of another origin whose own policy is switched off. */
async function scene(t, access = "") {
  const api = await startApi(t);
  const folder = await mkdtemp(join(tmpdir(), "roster-other-origin-"));
  t.after(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "key"), "a-key-of-this-journey");
  const config = join(folder, "roster.toml");
  const stranger = await startSite({
    folder: "/stranger/",
    files: { "index.html": "<!doctype html><title>x</title>" },
  });
  t.after(stranger.stop);
  const origin = new URL(stranger.url).origin;
  await writeFile(
    config,
    `${access.replace("ORIGIN", origin)}[upsun]\nbase_url = "http://127.0.0.1:${api.port}/up"\n` +
      `allow_insecure_loopback = true\nkey_file = "key"\n[upsun.limits]\ncache = false\n`,
  );
  const proxy = await startProxy(["--config", config]);
  t.after(proxy.stop);
  const { page } = await visit(t, stranger.url, { context: { bypassCSP: true } });
  return { api, page, url: proxy.origin + ROUTE, own: proxy.origin, stranger: stranger.url };
}

/** Runs in the page: what it gets by each way that needs no consent. */
async function attempts(url) {
  const text = (options) =>
    fetch(url, options)
      .then((response) => response.text())
      .catch(() => null);
  const element = (name, attributes) =>
    new Promise((resolve) => {
      const made = Object.assign(document.createElement(name), attributes);
      made.onload = () => resolve("loaded");
      made.onerror = () => resolve("blocked");
      document.body.append(made);
    });
  const framed = () =>
    new Promise((resolve) => {
      const frame = document.createElement("iframe");
      frame.onload = () => {
        try {
          resolve(frame.contentDocument?.body?.textContent ?? null);
        } catch {
          resolve(null);
        }
      };
      frame.src = url;
      document.body.append(frame);
    });
  return {
    fetched: await text(),
    withCookies: await text({ credentials: "include" }),
    opaque: await text({ mode: "no-cors" }),
    asked: await text({ headers: { authorization: "Bearer x" } }),
    written: await text({ method: "POST", body: "x", mode: "no-cors" }),
    script: await element("script", { src: url }),
    image: await element("img", { src: url }),
    style: await element("link", { rel: "stylesheet", href: url }),
    framed: await framed(),
  };
}

test("a page of another origin reads nothing, loads nothing and costs no allowance", async (t) => {
  const { api, page, url } = await scene(t);
  const got = await page.evaluate(attempts, url);
  const { script, image, style, opaque, written, framed, ...read } = got;
  assert.deepEqual(read, { fetched: null, withCookies: null, asked: null });
  for (const hidden of [opaque, written, framed]) assert.ok(!hidden, `an opaque answer shows nothing: ${hidden}`);
  assert.deepEqual({ script, image, style }, { script: "blocked", image: "blocked", style: "blocked" });
  assert.deepEqual(api.asked, [], "the API was asked for nothing of all this");
});

test("a form and a link of another origin reach no API either", async (t) => {
  const { api, page, url, stranger } = await scene(t);
  for (const method of ["get", "post"]) {
    await page.goto(stranger);
    const answered = page.waitForResponse((response) => response.url().startsWith(url));
    await page.evaluate(
      ([method, action]) => {
        const form = Object.assign(document.createElement("form"), { method, action, target: "_self" });
        document.body.append(form);
        form.submit();
      },
      [method, url],
    );
    const status = (await answered).status();
    assert.ok([403, 405].includes(status), `${method} was answered ${status}`);
    await page.waitForURL((address) => address.href.startsWith(url));
  }
  assert.deepEqual(api.asked, []);
});

test("the proxy's own page is let through, so what is refused is the stranger", async (t) => {
  const { api, page, url, own } = await scene(t);
  await page.goto(`${own}/healthz`);
  const body = await page.evaluate((url) => fetch(url).then((response) => response.text()), url);
  assert.match(body, /Jane/);
  assert.deepEqual(api.asked, ["/up/profiles"]);
});

test("a listed origin reads after its preflight, and only what it may", async (t) => {
  const { api, page, url } = await scene(t, '[access]\nallowed_origins = ["ORIGIN"]\n');
  const read = await page.evaluate(async (url) => {
    const plain = await fetch(url).then((response) => response.text());
    const withHeader = await fetch(url, { headers: { authorization: "Bearer x" } })
      .then((response) => response.text())
      .catch(() => null);
    const written = await fetch(url, { method: "PUT", body: "x" })
      .then((response) => response.text())
      .catch(() => null);
    return { plain, withHeader, written };
  }, url);
  assert.match(read.plain, /Jane/);
  assert.match(read.withHeader, /Jane/, "its preflight asks for the header of a token");
  assert.equal(read.written, null, "its preflight allows no writing");
  assert.ok(api.asked.length >= 1 && api.asked.every((path) => path === "/up/profiles"));
});
