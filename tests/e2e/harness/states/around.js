// What the window, the device and the system do to the page: zoom, no network, no storage, the system's colours, paper.
import { Gate } from "../gate.js";
import { turning } from "./odd.js";

const FAILED_ANSWER = /ERR_INTERNET_DISCONNECTED|ERR_FAILED/;

/** A window of 1280 by 1024 px at such a zoom: fewer and larger pixels of the page, each drawn by several of the screen. */
const zoomed = (percent) => ({
  viewport: { width: Math.round(128_000 / percent), height: Math.round(102_400 / percent) },
  deviceScaleFactor: percent / 100,
});

const first = async ({ viewer }) => {
  await viewer.showAll();
  await viewer.cards().first().locator('[data-action="open"]').click();
  await viewer.part("drawer").waitFor();
};

async function filtered({ page, viewer }) {
  await viewer.ask("status:active platform:instagram");
  const rail = page.locator("details.rail");
  if ((await rail.getAttribute("open")) === null) await rail.locator("summary").first().click();
}

const atZoom = (percent) => {
  const at = (what, more) => ({ name: `${what} at ${percent} %`, context: zoomed(percent), hasOwnSize: true, ...more });
  return [
    at("cards", { act: ({ viewer }) => viewer.showAll() }),
    at("a table", { fragment: "#view=table", act: ({ page }) => page.locator("tr[data-key]").first().waitFor() }),
    at("lines", { fragment: "#view=compact", act: ({ page }) => page.locator(".line[data-key]").first().waitFor() }),
    at("filters", { act: filtered }),
    at("a profile", { act: first }),
    at("the pictures", { fragment: "#tab=charts", act: ({ viewer }) => viewer.part("charts").waitFor() }),
    at("the export", { act: async ({ page, viewer }) => (await page.keyboard.press("e"), await viewer.part("export").waitFor()) }),
  ];
};

/** Runs in the page before anything else: nothing may be copied. */
function refuseCopies() {
  navigator.clipboard.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError"));
  document.execCommand = () => false;
}

/** Runs in the page before anything else: nothing may be kept. */
function refuseStorage() {
  Object.defineProperty(globalThis, "localStorage", {
    get() {
      throw new DOMException("denied", "SecurityError");
    },
  });
}

/** Runs in the page before anything else: what is kept is as much as there is room for. */
function fillStorage() {
  Storage.prototype.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
}

async function goOffline({ page, viewer }) {
  const rest = await Gate.across(page, ({ searchParams }) => searchParams.get("offset") === "300");
  await viewer.button("insightiq", "load-all").click();
  await rest.holds(1);
  await page.context().setOffline(true);
  rest.release();
  await viewer.part("offline-note").waitFor();
}

const forced = (name, more) => ({ name: `forced colours: ${name}`, context: { forcedColors: "active" }, ...more });

/** What is not up to the page. */
export const AROUND = [
  ...atZoom(200),
  ...atZoom(400),
  { name: "offline in the middle", args: ["--profiles", "4000"], allowed: [FAILED_ANSWER], act: goOffline },
  { name: "a copy that is refused", before: (page) => page.addInitScript(refuseCopies), act: async ({ page, viewer }) => (await page.locator('[data-action="share"]').click(), await viewer.part("uncopied").waitFor()) },
  { name: "nothing may be kept", before: (page) => page.addInitScript(refuseStorage), act: ({ viewer }) => viewer.showAll() },
  {
    name: "no room to keep anything",
    before: (page) => page.addInitScript(fillStorage),
    act: async ({ page, viewer }) => (await page.locator('[data-action="density"]').click(), await viewer.part("storage-note").waitFor()),
  },
  forced("a table", { fragment: "#view=table", act: ({ page }) => page.locator("tr[data-key]").first().waitFor() }),
  forced("a profile", { act: first }),
  forced("conditions", { act: filtered }),
  forced("pictures", { fragment: "#tab=charts&q=platform%3Ainstagram", act: ({ viewer }) => viewer.part("charts").waitFor() }),
  forced("an error", {
    args: ["--fault", "ayrshare/profiles:status-401"],
    allowed: [/status of [45]\d\d/],
    isEarly: true,
    act: ({ viewer }) => viewer.reaches("ayrshare", "failed"),
  }),
  { name: "names that turn around", before: turning, act: async ({ viewer }) => (await viewer.ask("source:insightiq"), await viewer.showAll()) },
  { name: "a name that turns around", before: turning, act: async (scene) => (await scene.viewer.ask("source:insightiq"), await first(scene)) },
  { name: "print of a profile", media: "print", act: async (scene) => (await first(scene), await scene.page.emulateMedia({ media: "print" })) },
];
