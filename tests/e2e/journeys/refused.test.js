import assert from "node:assert/strict";
import { test } from "node:test";

import { journey, visit } from "../harness/journey.js";
import { startProxy } from "../harness/proxy.js";
import { startSite } from "../harness/site.js";

journey(
  "a request that is rejected with a plain string ends as an error on screen",
  {
    before: (page) =>
      page.addInitScript(() => {
        const fetch = window.fetch;
        window.fetch = (input, init) => {
          const url = String(input?.url ?? input);
          return url.includes("/upsun/profiles") ? Promise.reject("an extension said no") : fetch(input, init);
        };
      }),
  },
  async ({ viewer }) => {
    await viewer.reaches("upsun", "failed");
    assert.match(await viewer.error("upsun"), /an extension said no/);
    await viewer.reaches("ayrshare", "ready");
    await viewer.button("ayrshare", "load-more").click();
    await viewer.reaches("ayrshare", "done");
  },
);

test("a page of another origin cannot read through the proxy", async (t) => {
  const proxy = await startProxy();
  t.after(proxy.stop);
  const stranger = await startSite({
    folder: "/stranger/",
    files: { "index.html": "<!doctype html><title>x</title>" },
  });
  t.after(stranger.stop);
  // The stranger's own policy would stop the request; the browser is told to look away, so that the proxy must refuse.
  const { page } = await visit(t, stranger.url, { context: { bypassCSP: true } });
  const url = `${proxy.origin}/api/v1/ayrshare/profiles`;
  const { status } = await statusOf(page, url);
  const read = await page.evaluate(async (url) => {
    try {
      return await (await fetch(url)).text();
    } catch {
      return null;
    }
  }, url);
  assert.equal(read, null, "nothing was read");
  assert.equal(await status, 403, "the proxy itself refused, before the browser hid the answer");
});

/**
 * The status of the answer of `url` as it came over the wire; the page's own view of a hidden answer has none. Other
 * answers, such as the one for the page's icon, may come in between.
 */
async function statusOf(page, url) {
  const wire = await page.context().newCDPSession(page);
  const statuses = new Map();
  let asked = null;
  const status = new Promise((resolve) => {
    const settle = () => statuses.has(asked) && resolve(statuses.get(asked));
    wire.on("Network.requestWillBeSent", ({ requestId, request }) => {
      if (request.url === url) asked = requestId;
      settle();
    });
    wire.on("Network.responseReceivedExtraInfo", ({ requestId, statusCode }) => {
      statuses.set(requestId, statusCode);
      settle();
    });
  });
  await wire.send("Network.enable");
  return { status };
}
