// The page's own policy in a real browser: whatever finds its way into the page runs nothing and calls nobody.
import assert from "node:assert/strict";
import { test } from "node:test";

import { visit } from "../harness/journey.js";
import { startProxy } from "../harness/proxy.js";
import { startSite } from "../harness/site.js";

/** Runs in the page: each way by which a foreign text could run or call out, and what the browser said to it. */
async function attempts(stranger) {
  const said = [];
  document.addEventListener("securitypolicyviolation", (event) => said.push(event.effectiveDirective));
  const tried = {};
  const attempt = (name, way) => {
    try {
      tried[name] = String(way());
    } catch (error) {
      tried[name] = error.name;
    }
  };
  attempt("inline", () => {
    const script = document.createElement("script");
    script.append("window.pwned = true");
    document.body.append(script);
  });
  attempt("address", () => {
    const script = document.createElement("script");
    script.src = `${stranger}x.js`;
    document.body.append(script);
  });
  attempt("markup", () => {
    document.body.insertAdjacentHTML("beforeend", '<img src="x" onerror="window.pwned = true">');
  });
  const called = await fetch(`${stranger}x.json`).then(
    () => "answered",
    () => "blocked",
  );
  // Only now: while the harness's own call runs, it may evaluate whatever the policy says.
  attempt("evaluated", () => window.eval("window.pwned = true"));
  const base = document.createElement("base");
  base.href = stranger;
  document.head.append(base);
  return { tried, called, based: new URL("x", document.baseURI).origin === new URL(stranger).origin, said };
}

test("what finds its way into the page runs nothing and calls nobody", async (t) => {
  const proxy = await startProxy();
  t.after(proxy.stop);
  const stranger = await startSite({
    folder: "/stranger/",
    files: { "x.js": "window.pwned = true", "x.json": "{}" },
  });
  t.after(stranger.stop);
  const { page } = await visit(t, `${proxy.origin}/`);
  const { tried, called, based, said } = await page.evaluate(attempts, stranger.url);
  for (const name of ["address", "markup"]) assert.equal(tried[name], "TypeError", `${name} needs a trusted type`);
  assert.match(tried.evaluated, /^(EvalError|TypeError)$/);
  assert.equal(called, "blocked");
  assert.equal(based, false, "addresses of the page still mean the page");
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  assert.ok(said.includes("connect-src"), said.join());
  assert.deepEqual(stranger.asked, [], "the stranger was not even asked");
});

test("every page has the policy, found or not, and may be framed by nobody", async (t) => {
  const proxy = await startProxy();
  t.after(proxy.stop);
  for (const path of ["/", "/people/1", "/nothing.js", "/api/v1/nothing"]) {
    const answer = await fetch(proxy.origin + path);
    const policy = answer.headers.get("content-security-policy");
    assert.match(policy, /^default-src 'none'/, path);
    assert.match(policy, /frame-ancestors 'none'/, path);
    assert.equal(answer.headers.get("x-content-type-options"), "nosniff", path);
    assert.equal(answer.headers.get("referrer-policy"), "no-referrer", path);
  }
});
