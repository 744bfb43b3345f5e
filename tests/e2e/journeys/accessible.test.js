import assert from "node:assert/strict";

import { journey } from "../harness/journey.js";

journey("single letters are commands until they are switched off, and never while somebody writes", {}, async (scene) => {
  const { page, viewer } = scene;
  await viewer.settles();
  const place = () => page.evaluate(() => document.activeElement.closest("[data-place]")?.dataset.place);
  await page.keyboard.press("j");
  await page.waitForFunction(() => document.activeElement.closest("[data-place]"));
  await page.keyboard.press("/");
  await page.keyboard.type("jk?");
  assert.equal(await viewer.part("query-bar").inputValue(), "jk?");
  assert.equal(await viewer.part("help").count(), 0);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await page.keyboard.press("3");
  await page.waitForFunction(() => location.hash.includes("view=compact"));
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard" });
  await help.waitFor();
  assert.match(await help.innerText(), /Next profile/);
  await viewer.part("keys-switch").uncheck();
  await page.keyboard.press("Escape");
  await help.waitFor({ state: "detached" });
  await page.reload();
  await viewer.settles();
  await page.locator("#profiles").focus();
  await page.keyboard.press("j");
  await page.keyboard.press("?");
  assert.equal(await place(), undefined, "letters do nothing any more");
  assert.equal(await viewer.part("help").count(), 0);
  await page.locator('[data-action="help"]').click();
  await help.waitFor();
});

journey("how many are found is said once typing pauses, and not by every letter", {}, async ({ page, viewer }) => {
  await viewer.settles();
  const said = await page.evaluateHandle(() => {
    const texts = [];
    const region = document.querySelector('[data-testid="announcement"]');
    new MutationObserver(() => region.textContent && texts.push(region.textContent)).observe(region, {
      childList: true,
      characterData: true,
      subtree: true,
    });
    return texts;
  });
  await viewer.part("query-bar").focus();
  await page.keyboard.type("status:suspended");
  await page.waitForFunction((said) => said.some((text) => /^\d+ of 190 profiles\.$/.test(text)), said);
  const texts = await said.jsonValue();
  assert.equal(texts.filter((text) => /of 190 profiles/.test(text)).length, 1, texts.join(" | "));
});

journey("an id is copied, seen and said", { context: { permissions: ["clipboard-read", "clipboard-write"] } }, async (scene) => {
  const { page, viewer } = scene;
  await viewer.settles();
  const key = (await viewer.keys())[0];
  await viewer.card(key).locator('[data-action="copy-id"]').click();
  const id = key.split(":")[1];
  await page.waitForFunction((id) => document.querySelector('[data-testid="announcement"]').textContent === `Copied ${id}`, id);
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), id);
  const said = await page.evaluateHandle(() => {
    const texts = [];
    const region = document.querySelector('[data-testid="announcement"]');
    new MutationObserver(() => texts.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });
    return texts;
  });
  await viewer.card(key).locator('[data-action="copy-id"]').click();
  await page.waitForFunction(([said, text]) => said.includes("") && said.at(-1) === text, [said, `Copied ${id}`]);
});
