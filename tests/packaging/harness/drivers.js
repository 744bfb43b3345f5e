// One page, by three ways of driving a browser. What a journey does is written once; who does it is chosen by the engine.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";

/** How long a condition may take, in milliseconds. Nothing waits that long unless it is broken. */
const PATIENCE_MS = 60_000;

const VIEWPORT = { width: 1280, height: 900 };
const isRoot = process.getuid?.() === 0;

/**
 * A page in a browser of its own. Functions run in the page and see nothing of the file in which they stand.
 *
 * @typedef {object} Page
 * @property {(url: string) => Promise<void>} goto
 * @property {() => Promise<void>} reload
 * @property {() => Promise<void>} back
 * @property {() => Promise<void>} forward
 * @property {<A, R>(run: (argument: A) => R, argument?: A) => Promise<R>} evaluate
 * @property {<A, R>(run: (argument: A) => R, argument?: A) => Promise<R>} until waits until the answer counts as true, and gives it
 * @property {(selector: string) => Promise<void>} click waits for the element, and clicks as the browser's user does
 * @property {(text: string) => Promise<void>} type key by key, to what has the focus
 * @property {(key: string) => Promise<void>} press a key by its name: `Enter`, `j`, `Tab`
 * @property {() => Promise<void>} close the browser too
 */

/** Chromium by its own protocol, and every browser that Playwright brings. */
export async function byPlaywright(engine, executablePath) {
  const playwright = await import("playwright-core");
  const flags = ["--disable-gpu", "--disable-background-networking", ...(isRoot ? ["--no-sandbox"] : [])];
  const browser = await playwright[engine].launch({ executablePath, args: engine === "chromium" ? flags : [] });
  const context = await browser.newContext({ viewport: VIEWPORT, reducedMotion: "reduce" });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  return {
    goto: async (url) => void (await page.goto(url)),
    reload: async () => void (await page.reload()),
    back: async () => void (await page.goBack()),
    forward: async () => void (await page.goForward()),
    evaluate: (run, argument) => page.evaluate(run, argument),
    until: async (run, argument) => (await page.waitForFunction(run, argument)).jsonValue(),
    click: (selector) => page.locator(selector).first().click(),
    type: (text) => page.keyboard.type(text),
    press: (key) => page.keyboard.press(key),
    close: () => browser.close(),
  };
}

/** Firefox by WebDriver BiDi. */
export async function byPuppeteer(executablePath) {
  const { default: puppeteer } = await import("puppeteer-core");
  const prefs = { extraPrefsFirefox: { "ui.prefersReducedMotion": 1 } };
  const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true, defaultViewport: VIEWPORT, ...prefs });
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  return {
    goto: async (url) => void (await page.goto(url)),
    reload: async () => void (await page.reload()),
    // Its protocol does not tell of a way back to an address without a fragment, which `goBack` would wait for.
    back: () => page.evaluate(() => history.back()),
    forward: () => page.evaluate(() => history.forward()),
    evaluate: (run, argument) => page.evaluate(run, argument),
    until: async (run, argument) => (await page.waitForFunction(run, { timeout: PATIENCE_MS }, argument)).jsonValue(),
    click: (selector) => page.locator(selector).setTimeout(PATIENCE_MS).click(),
    type: (text) => page.keyboard.type(text),
    press: (key) => page.keyboard.press(key),
    close: () => browser.close(),
  };
}

/** WebKitGTK by WebDriver. */
export async function bySelenium(binary) {
  const { Builder, Capabilities, By, Key, until } = await import("selenium-webdriver");
  const host = await startDriver();
  try {
    const options = { binary, args: ["--automation"] };
    const capabilities = new Capabilities({ browserName: "MiniBrowser", "webkitgtk:browserOptions": options });
    const session = await new Builder().usingServer(host.url).withCapabilities(capabilities).disableEnvironmentOverrides().build();
    const evaluate = (run, argument) => session.executeScript(`return (${run})(arguments[0])`, argument);
    // Keys go to whatever has the focus, the page itself if nothing has.
    const send = (text) => session.actions({ async: true }).sendKeys(text).perform();
    return {
      goto: (url) => session.get(url),
      reload: () => session.navigate().refresh(),
      back: () => session.navigate().back(),
      forward: () => session.navigate().forward(),
      evaluate,
      until: (run, argument) => session.wait(() => evaluate(run, argument), PATIENCE_MS),
      click: async (selector) => {
        const element = await session.wait(until.elementLocated(By.css(selector)), PATIENCE_MS);
        await session.executeScript("arguments[0].scrollIntoView({ block: 'center' })", element);
        await element.click();
      },
      type: async (text) => {
        for (const letter of text) await send(letter);
      },
      press: (key) => send(Key[KEYS[key]] ?? key),
      close: async () => {
        await session.quit().catch(() => {});
        host.stop();
      },
    };
  } catch (error) {
    host.stop();
    throw error;
  }
}

/** WebDriver's names of the keys that print nothing. */
const KEYS = { Enter: "ENTER", Escape: "ESCAPE", Tab: "TAB", ArrowDown: "ARROW_DOWN", ArrowUp: "ARROW_UP" };

/** The driver's program, and a screen that nobody sees where there is none. */
async function startDriver() {
  const display = process.env.DISPLAY ? null : await screen();
  const port = await freePort();
  const environment = { ...process.env, ...(display && { DISPLAY: display.name }), WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: isRoot ? "1" : "" };
  const driver = spawn("WebKitWebDriver", [`--port=${port}`], { stdio: "ignore", env: environment });
  const stop = () => {
    driver.kill();
    display?.stop();
  };
  try {
    await listening(port);
  } catch (error) {
    stop();
    throw error;
  }
  return { url: `http://127.0.0.1:${port}`, stop };
}

async function screen() {
  const child = spawn("Xvfb", ["-displayfd", "1", "-screen", "0", "1280x1000x24", "-nolisten", "tcp"], { stdio: ["ignore", "pipe", "ignore"] });
  const [number] = await once(child.stdout, "data");
  return { name: `:${String(number).trim()}`, stop: () => child.kill() };
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
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
