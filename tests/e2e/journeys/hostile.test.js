import assert from "node:assert/strict";

import { journey } from "../harness/journey.js";

const CANARY = "canary.invalid";
const SCRIPT = `<img src="https://${CANARY}/x.png" onerror="window.pwned = true"><script>window.pwned = true</script>`;

/** A person whose every text is an attempt. */
function hostile(record) {
  return {
    ...record,
    full_name: SCRIPT,
    platform_username: `"><svg onload="window.pwned = true">`,
    introduction: `${SCRIPT} &lt;b&gt; {{7*7}}`,
    url: "javascript:window.pwned=true",
    website: " java\tscript:window.pwned=true",
    image_url: `javascript:window.pwned=true`,
    unknown_field: SCRIPT,
  };
}

const spoilt = (page) =>
  page.route(/\/insightiq\/profiles/, async (route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    body.data = [hostile(body.data[0])];
    await route.fulfill({ response: answer, json: body });
  });

journey(
  "hostile data is text on cards and in the drawer, runs nothing and loads nothing",
  { before: spoilt },
  async (scene) => {
    const { page, viewer, watch } = scene;
    await viewer.settles();
    await viewer.showAll();
    const [key] = await viewer.someKeys("insightiq");
    assert.ok((await viewer.card(key).textContent()).includes("<img src="), "the card shows the text as it came");

    await viewer.open(key);
    const drawer = viewer.part("drawer");
    for (const section of await drawer.locator("[data-section]").all()) {
      if (await section.evaluate((element) => element.matches("button, a, [role=tab], summary"))) await section.click();
    }
    await drawer.locator('[data-section="raw"]').first().click();
    assert.ok((await viewer.part("raw-json").textContent()).includes("onerror"), "raw shows the text as it came");

    const links = await page.locator("a[href]").evaluateAll((links) => links.map((link) => link.protocol));
    assert.deepEqual(
      links.filter((protocol) => !/^https?:$/.test(protocol)),
      [],
    );
    assert.equal(await page.evaluate(() => window.pwned), undefined);
    assert.equal(await page.locator("#app img[onerror], #app svg[onload], #app script").count(), 0);
    assert.deepEqual(
      watch.urls.filter((url) => url.includes(CANARY)),
      [],
    );
  },
);

journey("titles with quotes, formulas and right-to-left letters keep every letter", {}, async ({ viewer, watch }) => {
  await viewer.settles();
  await viewer.button("ayrshare", "load-all").click();
  await viewer.reaches("ayrshare", "done");
  await viewer.showAll();
  const profiles = (await watch.answers("ayrshare")).flatMap((answer) => JSON.parse(answer.text).profiles);
  const odd = [/^=/, /["“]/, /[\u0590-\u06ff]/].map((pattern) => {
    const found = profiles.find((profile) => pattern.test(profile.displayTitle ?? profile.title ?? ""));
    assert.ok(found, `the demo has a title like ${pattern}`);
    return found;
  });
  for (const profile of odd) {
    const shown = await viewer.card(`ayrshare:${profile.refId}`).textContent();
    assert.ok(shown.includes(profile.displayTitle ?? profile.title), shown);
  }
});
