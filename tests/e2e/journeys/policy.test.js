// The viewer's own content security policy, in a real browser: whatever finds its way into the page, as it is served or
// while it is used, runs nothing, calls nobody and leads nowhere.
import assert from "node:assert/strict";
import { test } from "node:test";

import { visit } from "../harness/journey.js";
import { startProxy } from "../harness/proxy.js";
import { startSite } from "../harness/site.js";

/** What an attacker would have the page say, each with the directive that refuses it. */
const smuggled = (stranger) => ({
  "script-src-elem inline": `<script>window.pwned = "inline"</script>`,
  [`script-src-elem ${stranger}x.js`]: `<script src="${stranger}x.js"></script>`,
  "script-src-elem data": `<script src="data:text/javascript,window.pwned='data'"></script>`,
  "script-src-attr inline": `<img src="none.png" onerror="window.pwned = 'handler'">`,
  [`img-src ${stranger}x.png`]: `<img src="${stranger}x.png">`,
  [`frame-src ${new URL(stranger).origin}`]: `<iframe src="${stranger}frame.html"></iframe>`,
  [`object-src ${new URL(stranger).origin}`]: `<object data="${stranger}x.html"></object>`,
  [`style-src-elem ${stranger}x.css`]: `<link rel="stylesheet" href="${stranger}x.css">`,
  "style-src-elem inline": `<style>body { background: url(${stranger}style.png) }</style>`,
  "style-src-attr inline": `<i style="background: url(${stranger}attribute.png)"></i>`,
  [`base-uri ${stranger}`]: `<base href="${stranger}">`,
});

/** The real proxy's page with that in it, under the headers that came with it. */
async function spoiled(t) {
  const proxy = await startProxy();
  t.after(proxy.stop);
  const files = { "x.js": "window.pwned = 'address'", "x.json": "{}" };
  const stranger = await startSite({ folder: "/stranger/", files });
  t.after(stranger.stop);
  const markup = Object.values(smuggled(stranger.url)).join("\n");
  const before = async (page) => {
    await page.addInitScript(remember);
    await page.route(`${proxy.origin}/`, async (route) => {
      const response = await route.fetch();
      const text = await response.text();
      const body = text.replace("</body>", `${markup}</body>`);
      assert.notEqual(body, text, "the page has a body to spoil");
      await route.fulfill({ response, body });
    });
  };
  const scene = await visit(t, `${proxy.origin}/`, { before });
  await scene.viewer.settles();
  return { ...scene, stranger, origin: proxy.origin };
}

/** Runs in the page: keeps what the policy refused, as its directive and what was refused. */
function remember() {
  window.refused = [];
  document.addEventListener("securitypolicyviolation", (event) => {
    if (event.disposition === "enforce") window.refused.push(`${event.effectiveDirective} ${event.blockedURI}`);
  });
}

/** Waits until the policy has refused all of these. */
async function refuses(page, wanted) {
  const isDone = (wanted) => wanted.every((line) => window.refused.includes(line));
  await page.waitForFunction(isDone, wanted).catch(async (error) => {
    const found = await page.evaluate(() => window.refused);
    const missing = wanted.filter((line) => !found.includes(line));
    throw new Error(`not refused: ${missing}; refused: ${found}`, { cause: error });
  });
}

/** Nothing ran, nobody was asked, and the viewer is where it was and shows profiles. */
async function isUnharmed({ page, stranger, origin }) {
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  assert.deepEqual(stranger.asked, [], "the stranger was not even asked");
  assert.equal(await page.evaluate(() => location.origin), origin);
  // Playwright would wait for the end of a navigation that was refused.
  assert.notEqual(await page.evaluate(() => document.querySelectorAll("[data-key]").length), 0);
}

test("what is smuggled into the page as it is served runs nothing and loads nothing", async (t) => {
  const scene = await spoiled(t);
  const { page, stranger, origin } = scene;
  await refuses(page, Object.keys(smuggled(stranger.url)));
  const meant = await page.evaluate(() => new URL("x", document.baseURI).origin);
  assert.equal(meant, origin, "addresses still mean the page");
  await isUnharmed(scene);
});

/** Runs in the page: each way by which a text becomes a program or leads away, and what became of it. */
async function attempts(stranger) {
  const pwn = "window.pwned = 'text'";
  const thrown = (way) => {
    try {
      way();
      return "taken";
    } catch (error) {
      return error.name;
    }
  };
  const script = () => document.createElement("script");
  const called = (options) =>
    fetch(`${stranger}x.json`, options).then(
      () => "answered",
      () => "refused",
    );
  // The browser takes what it runs for the word of a developer, who may evaluate, until another task begins.
  const { port1, port2 } = new MessageChannel();
  await new Promise((resolve) => {
    port1.onmessage = resolve;
    port2.postMessage("");
  });
  const calls = { "a call": await called(), "a call that wants no answer": await called({ mode: "no-cors" }) };
  const link = document.body.appendChild(Object.assign(document.createElement("a"), { href: `javascript:${pwn}` }));
  const form = document.body.appendChild(Object.assign(document.createElement("form"), { action: stranger }));
  const tried = {
    "eval of a text": thrown(() => (0, eval)(pwn)),
    "a function of a text": thrown(() => new Function(pwn)()),
    "a timer with a text": thrown(() => setTimeout(pwn)),
    "an address of a script": thrown(() => (script().src = `${stranger}x.js`)),
    "a text of a script": thrown(() => (script().text = pwn)),
    "markup": thrown(() => (document.body.innerHTML += `<img src=x onerror="${pwn}">`)),
    "markup beside": thrown(() => document.body.insertAdjacentHTML("beforeend", "<b>x</b>")),
    "a document written": thrown(() => document.write("<b>x</b>")),
    "a worker": thrown(() => new Worker(`${stranger}x.js`)),
    "a document of a frame": thrown(() => (document.createElement("iframe").srcdoc = `<script>${pwn}</script>`)),
  };
  navigator.sendBeacon(`${stranger}beacon`, "x");
  link.click();
  form.submit();
  link.remove();
  form.remove();
  return { ...calls, ...tried };
}

test("what becomes a program or leads away while the page is used is refused", async (t) => {
  const scene = await spoiled(t);
  const { page, stranger } = scene;
  const tried = await page.evaluate(attempts, stranger.url);
  const { "a call": call, "a call that wants no answer": blind, "eval of a text": evaluated, ...sinks } = tried;
  const { "a function of a text": made, ...typed } = sinks;
  assert.deepEqual([call, blind, evaluated, made], ["refused", "refused", "EvalError", "EvalError"]);
  for (const [way, became] of Object.entries(typed)) assert.equal(became, "TypeError", `${way} needs a trusted type`);
  const address = (name) => `connect-src ${stranger.url}${name}`;
  await refuses(page, [address("x.json"), address("beacon"), `form-action ${stranger.url}?`]);
  await isUnharmed(scene);
});

test("every page of the proxy has a policy, found or not, and may be framed by nobody", async (t) => {
  const proxy = await startProxy();
  t.after(proxy.stop);
  for (const path of ["/", "/people/1", "/nothing.js", "/api/v1/sources", "/api/v1/nothing"]) {
    const { headers } = await fetch(proxy.origin + path);
    const policy = headers.get("content-security-policy");
    assert.match(policy, /^default-src 'none'/, path);
    assert.match(policy, /frame-ancestors 'none'/, path);
    assert.ok(!/'unsafe-|\*|data:|blob:/.test(policy), `${path}: ${policy}`);
    assert.equal(headers.get("x-content-type-options"), "nosniff", path);
    assert.equal(headers.get("referrer-policy"), "no-referrer", path);
  }
});
