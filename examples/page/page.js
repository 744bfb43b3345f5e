// A page without a build step: the module's files lie in ./roster-profiles/ beside it.
import { Client, Roster } from "./roster-profiles/index.js";

const client = await Client.connect({ baseUrl: "/api/v1" });
const roster = new Roster();
const text = document.querySelector("#text");

function item(content) {
  const element = document.createElement("li");
  element.append(content);
  return element;
}

function button(platform) {
  const element = document.createElement("button");
  element.textContent = `${platform.value} ${platform.count}`;
  element.onclick = () => {
    text.value = `platform:${platform.value}`;
    draw();
  };
  return element;
}

/** Answers from memory: cheap enough for every keystroke. */
function draw() {
  const view = roster.query({ text: text.value, facets: ["platform"], sort: ["title"], limit: 50 });
  document.querySelector("#count").textContent = `${view.total} of ${roster.size} profiles`;
  document.querySelector("#platforms").replaceChildren(...view.facets.platform.map((platform) => item(button(platform))));
  document.querySelector("#rows").replaceChildren(...view.rows.map((row) => item([row.title, row.status, ...row.problems].filter(Boolean).join(" · "))));
}

text.oninput = draw;
for await (const page of client.ayrshare.profiles()) {
  roster.ingest("ayrshare", page);
  draw();
}
document.body.dataset.state = "done";
