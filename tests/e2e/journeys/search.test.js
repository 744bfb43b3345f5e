import assert from "node:assert/strict";

import { journey } from "../harness/journey.js";

const bar = ({ viewer }) => viewer.part("query-bar");

const reads = ({ page }, text) =>
  page.waitForFunction((text) => document.querySelector('[data-testid="query-bar"]').value === text, text);

const options = (page) => page.getByRole("option");

journey("what is typed is completed, and Enter without a choice keeps what was written", {}, async (scene) => {
  const { page, viewer } = scene;
  await viewer.settles();
  await page.keyboard.press("/");
  await page.keyboard.type("plat");
  await options(page).first().waitFor();
  const box = page.getByRole("combobox", { name: /Search or filter/ });
  assert.equal(await box.getAttribute("aria-expanded"), "true");
  assert.match(await options(page).first().innerText(), /^platform:\s*\d+/);
  await page.keyboard.press("Enter");
  await options(page).first().waitFor({ state: "hidden" });
  assert.equal(await bar(scene).inputValue(), "plat", "nothing was put in its place");

  await bar(scene).fill("");
  await page.keyboard.type("plat");
  await options(page).first().waitFor();
  await page.keyboard.press("ArrowDown");
  const active = await box.getAttribute("aria-activedescendant");
  assert.equal(await page.locator(`#${active}`).getAttribute("aria-selected"), "true");
  await page.keyboard.press("Enter");
  await reads(scene, "platform:");
  await options(page).filter({ hasText: "instagram" }).click();
  await reads(scene, "platform:instagram ");
  assert.ok(await bar(scene).evaluate((input) => input === document.activeElement), "one can write on");
});

journey("Escape closes the suggestions, then empties the bar, then closes the profile", {}, async (scene) => {
  const { page, viewer } = scene;
  await viewer.settles();
  await viewer.open((await viewer.keys())[0]);
  await bar(scene).focus();
  await page.keyboard.type("sta");
  await options(page).first().waitFor();
  await page.keyboard.press("Escape");
  await options(page).first().waitFor({ state: "hidden" });
  assert.equal(await bar(scene).inputValue(), "sta");
  await page.keyboard.press("Escape");
  await reads(scene, "");
  assert.ok(await viewer.part("drawer").isVisible());
  await page.keyboard.press("Escape");
  await viewer.part("drawer").waitFor({ state: "detached" });
});

journey("what was found is marked, and named where it is not on the card", {}, async (scene) => {
  const { viewer, watch } = scene;
  await viewer.settles();
  const [answer] = await watch.answers("insightiq");
  const person = JSON.parse(answer.text).data.find((record) => /^\w{5,} \w+/.test(record.full_name ?? ""));
  const word = person.full_name.split(" ")[0];
  await viewer.ask(word.toUpperCase());
  const card = viewer.card(`insightiq:${person.id}`);
  assert.equal(await card.locator("h3 mark").first().innerText(), word, "whatever its case");
  const mail = JSON.parse(answer.text).data.find((record) => record.emails?.[0]?.email_id?.length > 12);
  await viewer.ask(`"${mail.emails[0].email_id}"`);
  const found = viewer.card(`insightiq:${mail.id}`).locator('[data-slot="found"]');
  assert.match(await found.innerText(), /Found in E-mail/);
  assert.ok(!(await found.innerText()).includes(mail.emails[0].email_id), "personal data is named and not shown");
});

journey("what is misspelt is corrected with one click", {}, async (scene) => {
  const { page, viewer, watch } = scene;
  await viewer.settles();
  const [answer] = await watch.answers("insightiq");
  const names = JSON.parse(answer.text).data.flatMap((record) => record.full_name?.split(" ") ?? []);
  const word = names.find((name) => /^[a-z]{8,}$/i.test(name)).toLowerCase();
  await viewer.ask(word.slice(0, 3) + "q" + word.slice(4));
  await page.getByText(new RegExp(`Did you mean`)).waitFor();
  await page.locator('[data-action="use-suggestion"]').first().click();
  await page.waitForFunction(() => Number(document.querySelector('[data-testid="list"]').dataset.total) > 0);
});

journey("it says what was searched, and offers the rest", {}, async (scene) => {
  const { page, viewer } = scene;
  await viewer.settles();
  await viewer.ask("a");
  const rest = page.locator('[data-action="load-rest"]');
  assert.match(await rest.innerText(), /Searched 190 loaded\. Load the rest\?/);
  await rest.click();
  await viewer.reaches("ayrshare", "done");
  await rest.waitFor({ state: "detached" });
});

journey("a pasted id that is not here can be asked for with one request", { args: ["--profiles", "2000"] }, async (scene) => {
  const { page, viewer, watch, origin } = scene;
  await viewer.settles();
  const [answer] = await watch.answers("ayrshare");
  const loaded = new Set(JSON.parse(answer.text).profiles.map((record) => record.refId));
  const all = await page.evaluate(async () => (await fetch("api/v1/ayrshare/profiles?limit=500")).json());
  const absent = all.profiles.map((record) => record.refId).find((id) => !loaded.has(id));
  assert.ok(absent, origin);
  await viewer.ask(absent);
  const nAsked = watch.of("ayrshare").length;
  await page.locator('[data-action="look-up"]').click();
  await viewer.part("drawer").getByText(absent.slice(0, 6)).first().waitFor();
  assert.equal(watch.of("ayrshare").length, nAsked + 1);
});

journey("an order has three keys, blanks stand last and are counted", {}, async (scene) => {
  const { page, viewer, watch } = scene;
  await viewer.settles();
  const [answer] = await watch.answers("insightiq");
  const people = JSON.parse(answer.text).data;
  await viewer.ask("source:insightiq");
  await viewer.part("order").selectOption("-followers");
  await viewer.part("then-by").first().selectOption("title");
  await page.waitForFunction(() => location.hash.includes("sort=-followers%2Ctitle"));
  await viewer.showAll();
  const followers = new Map(people.map((one) => [`insightiq:${one.id}`, one.reputation?.follower_count ?? null]));
  const shown = (await viewer.keys()).map((key) => followers.get(key));
  const nBlank = shown.filter((n) => n === null).length;
  assert.ok(nBlank > 0);
  assert.ok(shown.slice(-nBlank).every((n) => n === null), "blanks stand last");
  assert.match(await viewer.part("blanks").innerText(), new RegExp(`^${nBlank} without a value`));
  await page.locator('[data-action="turn"]').first().click();
  await page.waitForFunction(() => location.hash.includes("sort=followers"));
  await viewer.showAll();
  const turned = (await viewer.keys()).map((key) => followers.get(key));
  assert.ok(turned.slice(-nBlank).every((n) => n === null), "also the other way round");
  const values = turned.filter((n) => n !== null);
  assert.deepEqual(values, [...values].sort((a, b) => a - b));
});

journey("the most urgent stand first when that is asked for", {}, async (scene) => {
  const { page, viewer } = scene;
  await viewer.settles();
  const urgent = page.locator('[data-preset="urgent"]');
  const n = Number(await urgent.locator("[data-count]").getAttribute("data-count"));
  assert.ok(n > 0);
  await urgent.click();
  await page.waitForFunction(() => location.hash.includes("sort=-urgency"));
  await viewer.showAll();
  const marks = await viewer.cards().evaluateAll((cards) => cards.map((card) => card.textContent.includes("Suspended")));
  assert.ok(marks[0] && marks.lastIndexOf(true) < n, "suspended ones stand before all others");
});

journey("an input keeps its text and the focus while lists before it grow and shrink", {}, async (scene) => {
  const { page, viewer } = scene;
  await viewer.settles();
  await page.locator('[data-facet="country"] [data-action="fold"]').click();
  const search = page.locator('[data-facet="country"] [data-testid="facet-search"]');
  await search.fill("u");
  await search.evaluate((input) => (input.isSame = true));
  // Chips, remarks, facet values and offers before it appear and disappear again, in one breath.
  for (const text of ["platfrom:x", "status:suspended platform:instagram", "", "nobody at all", ""]) {
    await page.evaluate((text) => {
      const bar = document.querySelector('[data-testid="query-bar"]');
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(bar, text);
      bar.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }, text);
    await reads(scene, text);
  }
  await search.waitFor();
  assert.deepEqual(
    await search.evaluate((input) => [input.value, input.isSame]),
    ["u", true],
    "it is the same element with the same text",
  );
});
