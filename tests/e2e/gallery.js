// Redraws the screenshots of the README: `cargo xtask gallery`. The folder to draw into is the only argument.
import { mkdir, stat } from "node:fs/promises";

import { browser } from "./harness/browser.js";
import { startProxy } from "./harness/proxy.js";
import { Viewer } from "./harness/viewer.js";

const BUDGET_KIB = 300;

const DESK = { width: 1280, height: 860 };
const PHONE = { width: 390, height: 844 };

/** Opens the second card, which is not a special case. */
async function openDrawer(viewer) {
  await viewer.open((await viewer.someKeys("ayrshare"))[1]);
}

/** Three profiles of one API side by side. */
async function compareThree(viewer) {
  await viewer.showAll();
  for (const key of (await viewer.someKeys("insightiq")).slice(1, 4)) await viewer.card(key).locator('[data-action="pick"]').click();
  await viewer.page.locator('[data-action="compare"]').click();
  await viewer.part("compare").waitFor();
}

const SHOTS = [
  { name: "viewer-light", viewport: DESK, colorScheme: "light" },
  { name: "viewer-dark", viewport: DESK, colorScheme: "dark" },
  { name: "viewer-drawer", viewport: DESK, colorScheme: "light", act: openDrawer },
  { name: "viewer-table", viewport: DESK, colorScheme: "light", fragment: "#view=table&sort=-followers" },
  { name: "viewer-charts", viewport: DESK, colorScheme: "dark", fragment: "#tab=charts" },
  { name: "viewer-compare", viewport: DESK, colorScheme: "light", fragment: "#q=source%3Ainsightiq", act: compareThree },
  { name: "viewer-phone", viewport: PHONE, colorScheme: "light" },
];

async function draw({ name, viewport, colorScheme, fragment = "", act }, origin, folder) {
  const context = await (await browser()).newContext({ viewport, colorScheme, reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(`${origin}/${fragment}`);
  const viewer = new Viewer(page);
  await viewer.settles();
  await act?.(viewer);
  const path = `${folder}/${name}.png`;
  await page.screenshot({ path });
  await context.close();
  const kib = Math.round((await stat(path)).size / 1024);
  console.log(`${path} (${kib} KiB)`);
  if (kib > BUDGET_KIB) throw new Error(`expected ${path} to have at most ${BUDGET_KIB} KiB, found ${kib}`);
}

const [folder] = process.argv.slice(2);
if (!folder) throw new Error("expected the folder to draw into");
await mkdir(folder, { recursive: true });
const proxy = await startProxy();
try {
  for (const shot of SHOTS) await draw(shot, proxy.origin, folder);
} finally {
  await proxy.stop();
  await (await browser()).close();
}
