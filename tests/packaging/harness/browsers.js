// Three engines behind one door: open an address, wait until the page says how it went.
import { existsSync, readdirSync } from "node:fs";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";

/** How long a page may take, in milliseconds. Nothing waits that long unless it is broken. */
const PATIENCE_MS = 60_000;

const isRoot = process.getuid?.() === 0;

/** The first of these files that exists. */
const found = (...paths) => paths.find((path) => path && existsSync(path));

/** Runs in the page. */
const verdict = () => (document.body?.dataset.state ? { state: document.body.dataset.state, told: document.body.textContent } : null);

async function chromium(url) {
  const { chromium } = await import("playwright-core");
  const executablePath = found(process.env.ROSTER_CHROMIUM, "/usr/bin/chromium");
  const flags = ["--disable-gpu", "--disable-background-networking", ...(isRoot ? ["--no-sandbox"] : [])];
  const browser = await chromium.launch({ executablePath, args: flags });
  try {
    const page = await browser.newPage();
    await page.goto(url);
    await page.waitForFunction(() => document.body?.dataset.state, undefined, { timeout: PATIENCE_MS });
    return await page.evaluate(verdict);
  } finally {
    await browser.close();
  }
}

async function firefox(url) {
  const { default: puppeteer } = await import("puppeteer-core");
  const executablePath = found(process.env.ROSTER_FIREFOX, "/usr/bin/firefox-esr", "/usr/bin/firefox");
  const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
  try {
    const page = await browser.newPage();
    await page.goto(url);
    await page.waitForFunction(() => document.body?.dataset.state, { timeout: PATIENCE_MS });
    return await page.evaluate(verdict);
  } finally {
    await browser.close();
  }
}

/** The browser that comes with WebKitGTK; its folder is named after the architecture and the version. */
function miniBrowser() {
  const folders = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/libexec", "/usr/lib64"];
  const inside = (folder) => (existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith("webkit2gtk-4")).map((name) => `${folder}/${name}/MiniBrowser`) : []);
  return found(process.env.ROSTER_WEBKIT, ...folders.flatMap(inside));
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** A screen that nobody sees, for a browser that cannot do without one. */
async function screen() {
  const child = spawn("Xvfb", ["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"], { stdio: ["ignore", "pipe", "ignore"] });
  const [number] = await once(child.stdout, "data");
  return { display: `:${String(number).trim()}`, stop: () => child.kill() };
}

async function webkit(url) {
  const { Builder, Capabilities, Browser } = await import("selenium-webdriver");
  const display = process.env.DISPLAY ? null : await screen();
  const port = await freePort();
  const driver = spawn("WebKitWebDriver", [`--port=${port}`], {
    stdio: "ignore",
    env: { ...process.env, ...(display && { DISPLAY: display.display }), WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: isRoot ? "1" : "" },
  });
  let session;
  try {
    await listening(port);
    const capabilities = new Capabilities({ browserName: "MiniBrowser", "webkitgtk:browserOptions": { binary: miniBrowser(), args: ["--automation"] } });
    session = await new Builder().usingServer(`http://127.0.0.1:${port}`).withCapabilities(capabilities).disableEnvironmentOverrides().build();
    await session.get(url);
    return await session.wait(() => session.executeScript(`return (${verdict})()`), PATIENCE_MS);
  } finally {
    await session?.quit().catch(() => {});
    driver.kill();
    display?.stop();
  }
}

/** Waits until something answers at a port. */
async function listening(port) {
  for (let left = 200; left > 0; left -= 1) {
    const isUp = await fetch(`http://127.0.0.1:${port}/status`).then((answer) => answer.ok, () => false);
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing answers at port ${port}`);
}

/** The engines, with a way to open a page in each, and what is missing where there is none. */
export const ENGINES = [
  { name: "Chromium", open: chromium, isThere: () => Boolean(found(process.env.ROSTER_CHROMIUM, "/usr/bin/chromium")), advice: "ROSTER_CHROMIUM names it" },
  {
    name: "Firefox",
    open: firefox,
    isThere: () => Boolean(found(process.env.ROSTER_FIREFOX, "/usr/bin/firefox-esr", "/usr/bin/firefox")),
    advice: "ROSTER_FIREFOX names it",
  },
  {
    name: "WebKit",
    open: webkit,
    isThere: () => Boolean(miniBrowser() && found("/usr/bin/WebKitWebDriver") && (process.env.DISPLAY || found("/usr/bin/Xvfb"))),
    advice: "it needs WebKitGTK's MiniBrowser (ROSTER_WEBKIT names it), its driver, and a screen or Xvfb",
  },
];
