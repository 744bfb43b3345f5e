// What the page says while it asks, where there is nothing, and where something went wrong.
import { Gate } from "../gate.js";

const FAILED_ANSWER = /status of [45]\d\d|net::ERR_FAILED/;

const isList = ({ pathname }) => pathname.endsWith("/profiles");
const of = (source) => ({ pathname }) => pathname.endsWith(`/${source}/profiles`);

/** Holds what a predicate picks as long as the page is looked at. */
const hold = (isHeld) => (page) => page.route(isHeld, () => new Promise(() => {}));

const answering = (isMeant, change) => (page) =>
  page.route(isMeant, async (route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    change(body);
    await route.fulfill({ response: answer, json: body });
  });

/** Runs in the page: what is to be done later than soon is never done, so that a wait can be looked at. */
function waitForEver() {
  const later = globalThis.setTimeout;
  globalThis.setTimeout = (act, ms, ...rest) => later(act, ms >= 300 ? 2 ** 31 - 1 : ms, ...rest);
}

/** A policy in which no program may run. */
async function withoutPrograms(page) {
  await page.route(({ pathname }) => pathname === "/", async (route) => {
    const answer = await route.fetch();
    const policy = answer.headers()["content-security-policy"].replace("'wasm-unsafe-eval'", "");
    await route.fulfill({ response: answer, headers: { ...answer.headers(), "content-security-policy": policy } });
  });
}

async function stopInTheMiddle({ page, viewer }) {
  const rest = await Gate.across(page, ({ searchParams }) => searchParams.get("offset") === "300");
  await viewer.button("insightiq", "load-all").click();
  await rest.holds(1);
  await viewer.button("insightiq", "stop").click();
  await viewer.reaches("insightiq", "stopped");
}

async function loadInTheMiddle({ page, viewer }) {
  const rest = await Gate.across(page, ({ searchParams }) => searchParams.get("offset") === "300");
  await viewer.button("insightiq", "load-all").click();
  await rest.holds(1);
}

async function loadAll({ page, viewer }) {
  await page.locator('[data-action="load-rest"]').click();
  await viewer.reaches("ayrshare", "done");
}

const untilFailed = (source) => ({ viewer }) => viewer.reaches(source, "failed");
const faulty = (name, fault, source = fault.split("/")[0]) => ({
  name,
  args: ["--fault", fault],
  allowed: [FAILED_ANSWER],
  isEarly: true,
  act: untilFailed(source),
});

/** From the first moment to everything loaded. */
export const LOADING = [
  { name: "starting", isEarly: true, before: hold(/\.wasm$/), act: ({ page }) => page.getByText("Starting…").waitFor() },
  {
    name: "still starting",
    isEarly: true,
    before: async (page) => (await page.clock.install(), await hold(/\.wasm$/)(page)),
    act: async ({ page }) => (await page.clock.runFor(5000), await page.getByText("Still starting").waitFor()),
  },
  { name: "asking for sources", isEarly: true, before: hold(/\/sources$/), act: ({ page }) => page.locator(".app").waitFor() },
  { name: "first page", isEarly: true, before: hold(isList), act: ({ viewer }) => viewer.reaches("ayrshare", "loading") },
  { name: "one source late", isEarly: true, before: hold(of("ayrshare")), act: ({ viewer }) => viewer.reaches("upsun", "done") },
  { name: "more coming", args: ["--profiles", "4000"], act: loadInTheMiddle },
  { name: "stopped", args: ["--profiles", "4000"], act: stopInTheMiddle },
  { name: "everything loaded", act: loadAll },
  {
    name: "waiting for a limit",
    isEarly: true,
    args: ["--fault", "ayrshare/profiles:rate-limit=60@1x1"],
    allowed: [FAILED_ANSWER],
    act: ({ viewer }) => viewer.reaches("ayrshare", "waiting"),
  },
  {
    name: "a page again",
    isEarly: true,
    args: ["--fault", "ayrshare/profiles:status-500@1x1"],
    allowed: [FAILED_ANSWER],
    before: (page) => page.addInitScript(waitForEver),
    act: ({ viewer }) => viewer.reaches("ayrshare", "waiting"),
  },
];

/** Nothing there. */
export const EMPTY = [
  {
    name: "an account without profiles",
    before: answering(isList, (body) => {
      for (const list of ["profiles", "data"]) if (body[list]) body[list] = [];
      body.count = 0;
      body.pagination = undefined;
      body._links = {};
    }),
  },
  { name: "no match, more available", act: ({ viewer }) => viewer.ask("nobody at all has this") },
  { name: "no match, all loaded", act: async (scene) => (await loadAll(scene), await scene.viewer.ask("status:suspended country:US nobody")) },
  { name: "no match asked of the API", act: askOfApi },
  { name: "an id that is not loaded", act: ({ viewer }) => viewer.ask("160c8700aa11bb22cc33dd44ee550c53aabbccdd") },
  { name: "a link to a profile that is not loaded", fragment: "#open=ayrshare:nobody", act: ({ viewer }) => viewer.part("drawer").waitFor() },
  { name: "pictures of nothing", fragment: "#tab=charts&q=nobody-at-all", act: ({ viewer }) => viewer.part("charts").waitFor() },
];

async function askOfApi({ viewer }) {
  await viewer.ask("byok:linked -has:accounts");
  await viewer.asking("ayrshare").click();
  await viewer.reaches("ayrshare", "ready", "done");
}

/** Something went wrong. */
export const FAILED = [
  { name: "no program may run", isEarly: true, allowed: [/./], before: withoutPrograms, act: ({ page }) => page.getByRole("alert").filter({ hasText: "wasm-unsafe-eval" }).waitFor() },
  {
    name: "no proxy",
    isEarly: true,
    allowed: [FAILED_ANSWER],
    before: (page) => page.route(/\/api\/v1\/sources$/, (route) => route.abort()),
    act: ({ page }) => page.locator('[data-testid="error"]').first().waitFor(),
  },
  {
    name: "a broken configuration",
    before: (page) => page.route(/\/config\.json$/, (route) => route.fulfill({ body: '{\n  "proxy": "api/v1",,\n}\n' })),
    act: ({ page }) => page.getByText(/config\.json, line 2/).waitFor(),
  },
  faulty("a key that is not accepted", "ayrshare/profiles:status-401"),
  {
    ...faulty("a condition that is refused", "ayrshare/profiles:status-400@2x1"),
    isEarly: false,
    act: async ({ viewer }) => (await viewer.ask("platform:instagram"), await viewer.asking("ayrshare").click(), await viewer.button("ayrshare", "unask").waitFor()),
  },
  faulty("a refusal", "insightiq/profiles:status-403"),
  faulty("a failed first page", "ayrshare/profiles:status-500"),
  { ...faulty("a failed page in the middle", "insightiq/profiles:status-500@3"), args: ["--profiles", "4000", "--fault", "insightiq/profiles:status-500@3"], isEarly: false, act: async ({ viewer }) => (await viewer.button("insightiq", "load-all").click(), await viewer.reaches("insightiq", "failed")) },
  faulty("a web page for an answer", "insightiq/profiles:html"),
  { ...faulty("a foreign link", "upsun/profiles:foreign-link@1"), args: ["--profiles", "800", "--fault", "upsun/profiles:foreign-link@1"] },
  { ...faulty("every source failed", "ayrshare/profiles:status-500"), args: ["ayrshare", "insightiq", "upsun"].flatMap((id) => ["--fault", `${id}/profiles:status-503`]), act: async ({ viewer }) => { for (const id of ["ayrshare", "insightiq", "upsun"]) await viewer.reaches(id, "failed"); } },
  {
    ...faulty("details of an error", "ayrshare/profiles:status-500"),
    act: async ({ page, viewer }) => (await viewer.reaches("ayrshare", "failed"), await page.locator(".error-panel__details summary").first().click()),
  },
  { name: "a limit that stays", isEarly: true, args: ["--fault", "ayrshare/profiles:rate-limit=1"], allowed: [FAILED_ANSWER], act: untilFailed("ayrshare") },
  { name: "a record of another form", args: ["--fault", "insightiq/profiles:malformed-record@1x1"], act: ({ viewer }) => viewer.source("insightiq").locator("summary").first().click() },
];
