// `node run.js [--quick] [--profiles=N]`; see ../README.md. `cargo xtask bench viewer` builds what this needs and runs it.
import { deepStrictEqual } from "node:assert";
import { readFileSync } from "node:fs";

import { chromium } from "playwright-core";

import { lines } from "../harness/lines.js";
import { named, pageFile } from "../harness/pages.js";
import { compare, rounded, say, short } from "../harness/report.js";
import { median, quantile } from "../harness/stats.js";
import { PLATFORMS, STATUSES, parse } from "../peers/profile.js";
import { Tuned } from "../peers/tuned.js";
import { fairWords } from "../suites/states.js";
import { residentBytes } from "./memory.js";
import { probe } from "./probe.js";
import { start } from "./stand.js";
import { longestTask } from "./trace.js";

const PEER = "react-virtual+tuned";
/** Theirs always stands in the order of the titles; ours also comes as it is received, which is how it starts. */
const ADDRESS = { ours: "/ours/#sort=title", plain: "/ours/", theirs: "/theirs/" };
const VIEWPORT = { width: 1280, height: 900 };
const MIB = 1024 * 1024;

/** A little less than what Chromium can lay out, 2^25 px. */
const MAX_TALL_PX = 33_000_000;

const WHOLE = { sizes: [10_000, 100_000, 1_000_000], nWords: 14, nWarmUpWords: 4, nOpenings: 7, nJumps: 20 };

/** Every check of a whole run on less data; what it measures means nothing. */
const QUICK = { sizes: [10_000], nWords: 3, nWarmUpWords: 1, nOpenings: 1, nJumps: 3 };

const options = process.argv.slice(2);
const plan = options.includes("--quick") ? QUICK : WHOLE;
const only = options.find((option) => option.startsWith("--profiles="));
const sizes = only === undefined ? plan.sizes : [Number(only.split("=")[1])];

const flags = ["--disable-gpu", "--disable-background-networking", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];
const browser = await chromium.launch({ executablePath: named("ROSTER_CHROMIUM"), args: flags });
try {
  for (const nProfiles of sizes) await measure(nProfiles);
} finally {
  await browser.close();
}

async function measure(nProfiles) {
  const pages = lines(readFileSync(pageFile("ayrshare", nProfiles)));
  const folders = { ours: named("ROSTER_DIST"), theirs: named("ROSTER_BENCH_PEER") };
  const stand = await start(folders, pages);
  const name = (what) => `viewer/${what}-${short(nProfiles)}`;
  try {
    const rows = parse(pages);
    await opened(stand, nProfiles, name);
    const contestants = await loaded(stand, nProfiles, name);
    const words = fairWords(rows).slice(0, plan.nWords);
    await asked(contestants, new Tuned(rows), words, nProfiles, name);
    await jumped(contestants, nProfiles, name);
    await held(contestants, nProfiles, name);
    for (const { page } of Object.values(contestants)) await page.context().close();
  } finally {
    await stand.stop();
  }
}

async function open(stand, who) {
  const context = await browser.newContext({ viewport: VIEWPORT, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.on("pageerror", (error) => say(`${who}: ${error}`));
  await page.addInitScript(probe);
  await page.goto(stand.origin + ADDRESS[who]);
  await page.locator("article[data-key]").first().waitFor();
  return page;
}

/** From the last byte of the first page to the first card. */
async function opened(stand, nProfiles, name) {
  const found = { ours: [], plain: [], theirs: [] };
  for (let turn = 0; turn < plan.nOpenings; turn += 1) {
    for (const who of turn % 2 === 0 ? Object.keys(found) : Object.keys(found).toReversed()) {
      const page = await open(stand, who);
      await page.waitForFunction(() => probe.first().paint > 0);
      found[who].push(await page.evaluate(() => probe.first()));
      await page.context().close();
    }
  }
  tell(name("first-card-commit"), nProfiles, found, ({ commit }) => commit, median);
  tell(name("first-card-paint"), nProfiles, found, ({ paint }) => paint, median);
  const plain = { ...found, ours: found.plain };
  tell(name("first-card-as-received-commit"), nProfiles, plain, ({ commit }) => commit, median);
  tell(name("first-card-as-received-paint"), nProfiles, plain, ({ paint }) => paint, median);
}

/** Everything in, and the longest time meanwhile for which the page could not hear. */
async function loaded(stand, nProfiles, name) {
  const contestants = {};
  const longest = {};
  for (const who of ["ours", "theirs"]) {
    const page = await open(stand, who);
    longest[who] = await longestTask(browser, page, () => loadAll(page, nProfiles));
    contestants[who] = { page };
  }
  compare(name("load-longest-task"), PEER, longest.ours.wallMs, longest.theirs.wallMs, "ms", nProfiles);
  compare(name("load-longest-task-cpu"), PEER, longest.ours.cpuMs, longest.theirs.cpuMs, "ms", nProfiles);
  return contestants;
}

async function loadAll(page, nProfiles) {
  const source = page.locator('[data-source="ayrshare"]');
  const next = source.locator('[data-action="load-all"], [data-action="continue"]').first();
  const done = page.locator(`[data-testid="list"][data-total="${nProfiles}"]`);
  await next.click();
  // Ours asks again after each 100,000, so that nobody loads a million by mistake.
  while ((await done.count()) === 0) {
    const isAsked = source.locator('[data-action="continue"]');
    await done.or(isAsked).first().waitFor({ timeout: 300_000 });
    if ((await isAsked.count()) > 0 && (await done.count()) === 0) await isAsked.click();
  }
}

/** Words letter by letter, then values on and off. */
async function asked(contestants, tuned, words, nProfiles, name) {
  const found = { typed: { ours: [], theirs: [] }, ticked: { ours: [], theirs: [] } };
  await contestants.ours.page.locator('[data-way="all-of"]').click();
  await contestants.ours.page.locator('[data-facet="platform"] [data-action="all-values"]').click();
  for (const [turn, word] of words.entries()) {
    const steps = stepsOf(word, tuned);
    for (const who of turn % 2 === 0 ? ["ours", "theirs"] : ["theirs", "ours"]) {
      const { page } = contestants[who];
      for (const { kind, args, expected } of steps) {
        const took = await page.evaluate(([kind, args]) => (kind === "typed" ? probe.type(...args) : probe.tick(...args)), [kind, args]);
        if (turn >= plan.nWarmUpWords) found[kind][who].push(took);
        deepStrictEqual(await told(page), expected, `${who} after ${kind} ${args}`);
      }
    }
  }
  for (const [kind, title] of [["typed", "keystroke"], ["ticked", "filter-click"]]) {
    for (const [figure, of] of [["p50", median], ["p95", (all) => quantile(all, 0.95)]]) {
      tell(name(`${title}-commit-${figure}`), nProfiles, found[kind], ({ commit }) => commit, of);
      tell(name(`${title}-paint-${figure}`), nProfiles, found[kind], ({ paint }) => paint, of);
    }
    tell(name(`${title}-frames-worst`), nProfiles, found[kind], ({ nFrames }) => nFrames, (all) => Math.max(...all), "frames");
  }
}

/** A step changes how many there are, or nobody could see when it is done. */
function stepsOf(word, tuned) {
  const steps = [];
  let state = { needle: "", platforms: [], status: null };
  let before = tuned.query(state).total;
  const go = (kind, args, change) => {
    state = { ...state, ...change };
    const { total, platforms, statuses } = tuned.query(state);
    // Ours writes the values into its search, where typing must leave them alone.
    if (total !== before) steps.push({ kind, args: [...args, total], expected: plain(total, platforms, statuses) });
    else if (kind === "ticked") throw new Error(`expected ${args} to change how many there are`);
    before = total;
  };
  const type = (needle) => go("typed", [needle], { needle });
  const tick = (field, value, change) => go("ticked", [field, value], change);
  for (let end = 1; end <= word.length; end += 1) type(word.slice(0, end));
  tick("platform", "facebook", { platforms: ["facebook"] });
  tick("platform", "facebook", { platforms: [] });
  type("");
  tick("platform", "instagram", { platforms: ["instagram"] });
  tick("platform", "youtube", { platforms: ["instagram", "youtube"] });
  tick("status", "suspended", { status: "suspended" });
  tick("status", "suspended", { status: null });
  tick("platform", "youtube", { platforms: ["instagram"] });
  tick("platform", "instagram", { platforms: [] });
  return steps;
}

async function told(page) {
  const { total, platform, status } = await page.evaluate(() => probe.told());
  return { total, platform: some(Object.entries(platform)), status: some(Object.entries(status)) };
}

function plain(total, platforms, statuses) {
  const counted = (words, counts) => some(words.map((word, place) => [word, counts[place]]));
  return { total, platform: counted(PLATFORMS, platforms), status: counted(STATUSES, statuses) };
}

/** The values that anybody has; the profiles that have none are counted by ours only. */
function some(counts) {
  const isKnown = ([word, count]) => count > 0 && (PLATFORMS.includes(word) || STATUSES.includes(word));
  return Object.fromEntries(counts.filter(isKnown).sort());
}

async function jumped(contestants, nProfiles, name) {
  const found = { ours: [], theirs: [] };
  const contest = await reaching(contestants);
  const near = Math.max(60, nProfiles / 50);
  for (let turn = 0; turn < plan.nJumps; turn += 1) {
    // Far from the last one, all over the list.
    const share = 0.05 + 0.9 * ((turn * 0.38196601125) % 1);
    const place = share * nProfiles;
    for (const who of turn % 2 === 0 ? contest : contest.toReversed()) {
      const { page } = contestants[who];
      found[who].push(await page.evaluate(([share, from, to]) => probe.jump(share, from, to), [share, place - near, place + near]));
    }
  }
  if (contest.length < 2) {
    const [commit, paint] = ["commit", "paint"].map((figure) => rounded(median(found.ours.map((took) => took[figure]))));
    return say(`scroll jump: ours alone, ${commit} ms to commit and ${paint} ms to paint: the peer's list is cut off by the browser, which lays out no more than ${MAX_TALL_PX} px`);
  }
  tell(name("scroll-jump-commit"), nProfiles, found, ({ commit }) => commit, median);
  tell(name("scroll-jump-paint"), nProfiles, found, ({ paint }) => paint, median);
}

/** Who can be scrolled to the end of the list: a page that is as tall as the browser allows has lost the rest of its rows. */
async function reaching(contestants) {
  const heightOf = ({ page }) => page.evaluate(() => document.documentElement.scrollHeight);
  const isWhole = await Promise.all(Object.values(contestants).map(async (one) => (await heightOf(one)) < MAX_TALL_PX));
  if (!isWhole[0]) throw new Error("expected that our own list fits into what the browser lays out");
  return Object.keys(contestants).filter((_, place) => isWhole[place]);
}

/** After all that, what the page's process holds. */
async function held(contestants, nProfiles, name) {
  const bytes = {};
  for (const [who, { page }] of Object.entries(contestants)) bytes[who] = await residentBytes(browser, page);
  if (bytes.ours === undefined) return say("memory: only Linux tells what a process holds");
  compare(name("memory"), PEER, bytes.ours / MIB, bytes.theirs / MIB, "MiB", nProfiles);
}

function tell(bench, n, found, of, figure, unit = "ms") {
  compare(bench, PEER, figure(found.ours.map(of)), figure(found.theirs.map(of)), unit, n);
}
