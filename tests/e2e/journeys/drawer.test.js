import assert from "node:assert/strict";

import { journey } from "../harness/journey.js";
import { SOURCES, keysOf } from "../harness/viewer.js";

/** The exact text of each record of an answer: found by its braces, because parsing would already change it. */
function recordTexts(text, list) {
  const start = text.indexOf("[", text.indexOf(`"${list}"`));
  const texts = [];
  let depth = 0;
  let from = 0;
  let isString = false;
  for (let at = start + 1; depth >= 0; at += 1) {
    const sign = text[at];
    if (isString) {
      if (sign === "\\") at += 1;
      else if (sign === '"') isString = false;
    } else if (sign === '"') isString = true;
    else if (sign === "{" || sign === "[") {
      if (depth === 0) from = at;
      depth += 1;
    } else if (sign === "}" || sign === "]") {
      depth -= 1;
      if (depth === 0) texts.push(text.slice(from, at + 1));
    }
  }
  return texts;
}

journey("raw JSON is what the proxy sent, to the letter", {}, async ({ viewer, watch, page }) => {
  await viewer.settles();
  await viewer.showAll();
  for (const source of SOURCES) {
    const [answer] = await watch.answers(source);
    const texts = recordTexts(answer.text, source === "insightiq" ? "data" : "profiles");
    const keys = keysOf(source, answer.text);
    assert.equal(texts.length, keys.length);
    for (const place of [0, keys.length - 1]) {
      await viewer.open(keys[place]);
      await viewer.part("drawer").locator('[data-section="raw"]').first().click();
      await viewer.part("raw-json").waitFor({ state: "attached" });
      assert.equal(await viewer.part("raw-json").textContent(), texts[place], keys[place]);
      await page.keyboard.press("Escape");
      await viewer.part("drawer").waitFor({ state: "detached" });
    }
  }
});

journey("the drawer has a link of its own", {}, async ({ viewer, page }) => {
  await viewer.settles();
  const [key] = await viewer.keys();
  await viewer.open(key);
  const name = await viewer.part("drawer").getByRole("heading").first().innerText();
  // The address is written behind the frame.
  await page.waitForURL(({ hash }) => hash.length > 1);
  const link = page.url();
  await page.goto("about:blank");
  await page.goto(link);
  await viewer.part("drawer").getByRole("heading", { name, exact: true }).waitFor();
});

journey("health is asked for with one request, and only when it is wanted", {}, async ({ viewer, watch, page }) => {
  await viewer.settles();
  const [key] = await viewer.someKeys("ayrshare");
  await viewer.open(key);
  const drawer = viewer.part("drawer");
  await drawer.locator('[data-section="health"]').click();
  await drawer.getByText("Health is not part of the list.").waitFor();
  const nAsked = watch.asked.length;
  const asked = page.waitForRequest((request) => request.url().includes("include="));
  await drawer.locator('[data-action="load-parts"]').click();
  const params = new URL((await asked).url()).searchParams;
  assert.equal(params.get("refId"), key.split(":")[1]);
  await drawer.getByText("Health is not part of the list.").waitFor({ state: "detached" });
  assert.equal(watch.asked.length, nAsked + 1);
});

journey("each section says where it is from and how old that is", {}, async ({ viewer, page }) => {
  await viewer.settles();
  await viewer.showAll();
  const [key] = await viewer.keys("ayrshare");
  await viewer.open(key);
  const told = viewer.part("told");
  assert.match(await told.innerText(), /^from \/profiles · /);
  await page.locator('[data-section="health"]').first().click();
  assert.equal(await told.textContent(), "", "nothing was told of it yet");
  await page.locator('[data-testid="drawer"] [data-action="load-parts"]').click();
  await page.waitForFunction(() => document.querySelector('[data-testid="told"]')?.textContent.startsWith("from include"));
});

journey("the next profile of the filtered list is one key away from the open one", {}, async ({ viewer, page }) => {
  await viewer.settles();
  await viewer.ask("source:upsun");
  await viewer.showAll();
  const keys = await viewer.keys();
  await viewer.open(keys[0]);
  const shows = (key) => page.waitForFunction((key) => document.querySelector('[data-testid="drawer"]')?.dataset.key === key, key);
  await page.waitForFunction(() => document.activeElement.id === "drawer-title");
  await page.keyboard.press("j");
  await shows(keys[1]);
  await page.keyboard.press("j");
  await shows(keys[2]);
  await page.keyboard.press("k");
  await shows(keys[1]);
});
