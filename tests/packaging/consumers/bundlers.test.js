// Bundlers with no plugin of ours and no configuration beyond an entry; what they make runs in Chromium, or in Node.
import assert from "node:assert/strict";
import { copyFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";

import { nodeResolve } from "@rollup/plugin-node-resolve";
import * as esbuild from "esbuild";
import { rollup } from "rollup";
import * as vite from "vite";
import webpack from "webpack";

import { ENGINES } from "../harness/browsers.js";
import { assertTold } from "../harness/expected.js";
import { project, run } from "../harness/package.js";
import { page, serve } from "../harness/site.js";

const chromium = ENGINES.find((engine) => engine.name === "Chromium");
const skip = !chromium.isThere() && !process.env.CI && `Chromium is not here; ${chromium.advice}`;

async function opens(t, folder, where) {
  const { state, told } = await chromium.open(`${await serve(t, "--ui", folder)}/`);
  assert.equal(state, "done", told);
  assertTold(told, where);
}

/** The program with the entry that carries the module inside. */
const inline = async (t, names) => {
  const folder = await project(t, {}, names);
  const { readFile, writeFile } = await import("node:fs/promises");
  const file = path.join(folder, "use.js");
  await writeFile(file, (await readFile(file, "utf8")).replace('"roster-profiles"', '"roster-profiles/inline"'));
  return folder;
};

test("Vite builds it", { skip }, async (t) => {
  const folder = await project(t, {}, ["use.js", "page.js"]);
  await page(folder, "/page.js");
  await vite.build({ root: folder, configFile: false, logLevel: "error" });
  await opens(t, path.join(folder, "dist"), "vite build");
});

test("Vite serves it while it is developed", { skip }, async (t) => {
  const folder = await project(t, {}, ["use.js", "page.js"]);
  await page(folder, "/page.js");
  const proxy = { "/api": { target: await serve(t), changeOrigin: true } };
  const server = await vite.createServer({ root: folder, configFile: false, logLevel: "error", server: { port: 0, host: "127.0.0.1", proxy } });
  t.after(() => server.close());
  await server.listen();
  const { port } = server.httpServer.address();
  const { state, told } = await chromium.open(`http://127.0.0.1:${port}/`);
  assert.equal(state, "done", told);
  assertTold(told, "vite dev");
});

test("Vite builds it for a server", async (t) => {
  const folder = await project(t, {}, ["use.js", "main.js"]);
  await vite.build({ root: folder, configFile: false, logLevel: "error", build: { ssr: "main.js", outDir: "server" } });
  assertTold(await run(folder, process.execPath, ["server/main.js", `${await serve(t)}/api/v1`]), "vite ssr");
});

const packed = (settings) =>
  new Promise((resolve, reject) => {
    webpack(settings, (error, stats) => {
      if (error) return reject(error);
      return stats.hasErrors() || stats.hasWarnings() ? reject(new Error(stats.toString())) : resolve();
    });
  });

test("webpack builds it for a page", { skip }, async (t) => {
  const folder = await project(t, {}, ["use.js", "page.js"]);
  await packed({ mode: "production", context: folder, entry: "./page.js", output: { path: path.join(folder, "out"), publicPath: "auto" }, performance: { hints: false } });
  await page(path.join(folder, "out"), "./main.js");
  await opens(t, path.join(folder, "out"), "webpack web");
});

test("webpack builds it for Node", async (t) => {
  const folder = await project(t, {}, ["use.js", "main.js"]);
  const output = { path: path.join(folder, "out"), module: true, chunkFormat: "module", filename: "main.mjs" };
  await packed({ mode: "production", target: "node20", context: folder, entry: "./main.js", experiments: { outputModule: true }, output, performance: { hints: false } });
  assertTold(await run(folder, process.execPath, ["out/main.mjs", `${await serve(t)}/api/v1`]), "webpack node");
});

test("Rollup builds it with the inline entry", { skip }, async (t) => {
  const folder = await inline(t, ["use.js", "page.js"]);
  const bundle = await rollup({ input: path.join(folder, "page.js"), plugins: [nodeResolve({ browser: true })], onwarn: (warning) => assert.fail(warning.message) });
  await bundle.write({ file: path.join(folder, "out", "page.js"), format: "es" });
  await page(path.join(folder, "out"), "./page.js");
  await opens(t, path.join(folder, "out"), "rollup");
});

test("esbuild builds it with the inline entry", { skip }, async (t) => {
  const folder = await inline(t, ["use.js", "page.js"]);
  await esbuild.build({ absWorkingDir: folder, entryPoints: ["page.js"], bundle: true, format: "esm", outdir: "out", logLevel: "error" });
  await page(path.join(folder, "out"), "./page.js");
  await opens(t, path.join(folder, "out"), "esbuild inline");
});

test("esbuild builds it, and the module is copied beside the bundle", { skip }, async (t) => {
  const folder = await project(t, {}, ["use.js", "page.js"]);
  await esbuild.build({ absWorkingDir: folder, entryPoints: ["page.js"], bundle: true, format: "esm", outdir: "out", logLevel: "error" });
  const { readdir } = await import("node:fs/promises");
  const dist = path.join(folder, "node_modules", "roster-profiles", "dist");
  const [wasm] = (await readdir(dist)).filter((name) => name.endsWith(".wasm"));
  await copyFile(path.join(dist, wasm), path.join(folder, "out", wasm));
  await page(path.join(folder, "out"), "./page.js");
  await opens(t, path.join(folder, "out"), "esbuild copied");
});

test("esbuild builds it for Node with the inline entry", async (t) => {
  const folder = await inline(t, ["use.js", "main.js"]);
  await esbuild.build({ absWorkingDir: folder, entryPoints: ["main.js"], bundle: true, platform: "node", format: "esm", outfile: "out/main.mjs", logLevel: "error" });
  assertTold(await run(folder, process.execPath, ["out/main.mjs", `${await serve(t)}/api/v1`]), "esbuild node");
});
