// Three engines behind one door: where each one is, what drives it, and what to say where it is missing.
import { existsSync, readdirSync } from "node:fs";

import { byPlaywright, byPuppeteer, bySelenium } from "./drivers.js";

/** Whether the browsers are those that `npx playwright-core install` has brought, not those of the system. */
const ARE_PLAYWRIGHTS = process.env.ROSTER_BROWSERS === "playwright";

/** The first of these files that exists. */
const found = (...paths) => paths.find((path) => path && existsSync(path));

const chromium = () => found(process.env.ROSTER_CHROMIUM, "/usr/bin/chromium");
const firefox = () => found(process.env.ROSTER_FIREFOX, "/usr/bin/firefox-esr", "/usr/bin/firefox");

/** The browser that comes with WebKitGTK; its folder is named after the architecture and the version. */
function miniBrowser() {
  const folders = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/libexec", "/usr/lib64"];
  const inside = (folder) => (existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith("webkit2gtk-4")).map((name) => `${folder}/${name}/MiniBrowser`) : []);
  return found(process.env.ROSTER_WEBKIT, ...folders.flatMap(inside));
}

const OF_THE_SYSTEM = [
  { name: "Chromium", start: () => byPlaywright("chromium", chromium()), isThere: () => Boolean(chromium()), advice: "ROSTER_CHROMIUM names it" },
  { name: "Firefox", start: () => byPuppeteer(firefox()), isThere: () => Boolean(firefox()), advice: "ROSTER_FIREFOX names it" },
  {
    name: "WebKit",
    start: () => bySelenium(miniBrowser()),
    isThere: () => Boolean(miniBrowser() && found("/usr/bin/WebKitWebDriver") && (process.env.DISPLAY || found("/usr/bin/Xvfb"))),
    advice: "it needs WebKitGTK's MiniBrowser (ROSTER_WEBKIT names it), its driver, and a screen or Xvfb",
  },
];

const OF_PLAYWRIGHT = ["Chromium", "Firefox", "WebKit"].map((name) => ({
  name,
  start: () => byPlaywright(name.toLowerCase()),
  isThere: () => true,
  advice: "`npx playwright-core install` brings it",
}));

/** Opens an address in a browser of its own and waits until the page's body says how it went. */
async function open(start, url) {
  const page = await start();
  try {
    await page.goto(url);
    return await page.until(() => (document.body?.dataset.state ? { state: document.body.dataset.state, told: document.body.textContent } : null));
  } finally {
    await page.close();
  }
}

/**
 * The engines: a way to start each, a way to open one page and hear its verdict, and what is missing where there is none.
 *
 * @type {{ name: string, start: () => Promise<import("./drivers.js").Page>, open: (url: string) => Promise<{ state: string, told: string }>, isThere: () => boolean, advice: string }[]}
 */
export const ENGINES = (ARE_PLAYWRIGHTS ? OF_PLAYWRIGHT : OF_THE_SYSTEM).map((engine) => ({ ...engine, open: (url) => open(engine.start, url) }));
