// Draws every state of the page in both themes at four widths, for people to look at: `cargo xtask looks`. Each state is
// one sheet. What is shown in `docs/` is drawn by `gallery.js`.
//
//     node looks.js <folder> [part of a state's name] [widths, as in 1280,390] [themes, as in light,dark]
import { mkdir } from "node:fs/promises";

import { browser } from "./harness/browser.js";
import { STATES, reach } from "./harness/states.js";

const HEIGHT = 1000;
/** Pictures on a sheet are this tall. */
const SHOWN_HEIGHT = 760;

const [folder, wanted = "", widths = "1920,1280,768,390", themes = "light,dark"] = process.argv.slice(2);
if (!folder) throw new Error("expected the folder to draw into");
const states = STATES.filter(({ name }) => name.includes(wanted));
if (states.length === 0) throw new Error(`expected a part of a state's name, found ${JSON.stringify(wanted)}`);

/** Waits until the page has been laid out for the window's new width, and what follows from that is drawn. */
const isDrawn = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60)))));

/** The pictures of a state in one theme, each in its width. */
async function pictures(state, colorScheme) {
  const ends = [];
  try {
    const own = state.hasOwnSize && [state.context.viewport];
    const sizes = own || widths.split(",").map((width) => ({ width: Number(width), height: HEIGHT }));
    const { page } = await reach({ after: (end) => ends.push(end) }, state, { colorScheme, viewport: sizes[0] });
    const taken = [];
    for (const size of sizes) {
      await page.setViewportSize(size);
      await isDrawn(page);
      const px = await page.evaluate(() => document.documentElement.scrollWidth);
      if (px > size.width && state.media === undefined) console.log(`${state.name}: ${px} px wide in a window of ${size.width} px`);
      taken.push(await page.screenshot({ type: "jpeg", quality: 85 }));
    }
    return taken;
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

/** All pictures of a state side by side, a theme in a row. */
async function drawSheet(state) {
  const rows = [];
  for (const theme of themes.split(",")) rows.push(await pictures(state, theme));
  const image = (bytes) => `<img height="${SHOWN_HEIGHT}" src="data:image/jpeg;base64,${bytes.toString("base64")}">`;
  const page = await (await browser()).newPage({ viewport: { width: 100, height: 100 } });
  const row = (row) => `<div style="display:flex;gap:8px;margin-bottom:8px">${row.map(image).join("")}</div>`;
  await page.setContent(`<body style="margin:0;width:max-content;background:#888">${rows.map(row).join("")}`);
  await page.locator("body").screenshot({ path: `${folder}/${state.name.replaceAll(/\W+/g, "-")}.png` });
  await page.close();
}

await mkdir(folder, { recursive: true });
const failed = [];
for (const state of states) {
  await drawSheet(state).catch((error) => {
    failed.push(state.name);
    console.log(`${state.name} was not reached: ${error.message.split("\n").slice(0, 3).join(" ")}`);
  });
}
await (await browser()).close();
console.log(`${states.length - failed.length} of ${states.length} states in ${folder}`);
process.exitCode = failed.length > 0 ? 1 : 0;
