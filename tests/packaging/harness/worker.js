// A worker as Cloudflare runs it: bundled with its condition, served by workerd.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";

import * as esbuild from "esbuild";
import workerd from "workerd";

/** workerd's own description of a worker made of one script and one compiled module. */
const described = (wasm, bindings) => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      compatibilityDate = "2026-07-01",
      modules = [(name = "worker.js", esModule = embed "worker.js"), (name = "${wasm}", wasm = embed "${wasm}")],
      bindings = [${Object.entries(bindings).map(([name, text]) => `(name = "${name}", text = ${JSON.stringify(text)})`).join(", ")}],
      globalOutbound = "api",
    )),
    (name = "api", network = (allow = ["127.0.0.1/32"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);`;

/**
 * Bundles a worker and serves it on a free port.
 *
 * @param {string} folder where the source and its modules are
 * @param {string} source the worker's file
 * @param {Record<string, string>} bindings texts for its environment
 * @returns {Promise<{origin: string, stop: () => Promise<void>}>}
 */
export async function serveWorker(folder, source, bindings = {}) {
  const out = path.join(folder, "out");
  const loader = { ".wasm": "copy" };
  await esbuild.build({ absWorkingDir: folder, entryPoints: { worker: source }, bundle: true, format: "esm", conditions: ["workerd"], loader, outdir: "out", logLevel: "error" });
  const wasm = (await readdir(out)).filter((name) => name.endsWith(".wasm"));
  if (wasm.length !== 1) throw new Error(`expected that the worker imports one compiled module, found ${wasm.length}`);
  await writeFile(path.join(out, "config.capnp"), described(wasm[0], bindings));
  const child = spawn(workerd.default ?? workerd, ["serve", "config.capnp", "--control-fd=3"], { cwd: out, stdio: ["ignore", "inherit", "inherit", "pipe"] });
  const exited = once(child, "exit");
  const stop = async () => {
    child.kill();
    await exited;
  };
  return { origin: `http://127.0.0.1:${await announced(child.stdio[3])}`, stop };
}

/** workerd tells the port that it was given on its control pipe. */
async function announced(pipe) {
  for await (const line of createInterface({ input: pipe })) {
    const event = JSON.parse(line);
    if (event.event === "listen" && event.socket === "http") return event.port;
  }
  throw new Error("workerd ended before it listened");
}
