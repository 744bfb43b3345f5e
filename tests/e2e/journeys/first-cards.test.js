import assert from "node:assert/strict";

import { journey } from "../harness/journey.js";
import { SOURCES, keysOf } from "../harness/viewer.js";

journey("the first page of each source arrives by itself and becomes cards", {}, async ({ viewer, watch }) => {
  await viewer.settles();
  await viewer.showAll();
  const shown = new Set(await viewer.keys());
  for (const source of SOURCES) {
    const answers = await watch.answers(source);
    assert.equal(answers.length, 1, `${source} was asked once`);
    const wanted = keysOf(source, answers[0].text);
    assert.ok(wanted.length > 0, `${source} has profiles`);
    assert.deepEqual(
      wanted.filter((key) => !shown.has(key)),
      [],
      `each profile of ${source} has a card`,
    );
  }
  assert.equal(shown.size, 100 + 60 + 30, "no card without a profile");
});

journey("a card tells what the answer told", {}, async ({ viewer, watch }) => {
  await viewer.settles();
  await viewer.showAll();
  const names = {
    ayrshare: (r) => r.displayTitle ?? r.title,
    insightiq: (r) => r.full_name,
    upsun: (r) => r.display_name,
  };
  for (const source of SOURCES) {
    const [answer] = await watch.answers(source);
    const body = JSON.parse(answer.text);
    const keys = keysOf(source, answer.text);
    const records = body.profiles ?? body.data;
    const named = records.findIndex((record) => /^[\w ]{3,30}$/.test(names[source](record) ?? ""));
    const text = await viewer.card(keys[named]).textContent();
    assert.ok(text.includes(names[source](records[named])), `${source}: ${text}`);
  }
});

journey("the page says that the data is invented, and how much of it is here", {}, async ({ viewer }) => {
  await viewer.settles();
  assert.match(await viewer.part("demo-ribbon").innerText(), /Demo data\. Nothing here is real\./);
  const bar = await viewer.part("result-bar").innerText();
  assert.match(bar, /190/);
  assert.match(bar, /more available/);
});
