// Starts one of the examples against the sandbox: `node example.js NAME`. `cargo xtask example NAME` builds first.
import { spawn } from "node:child_process";
import { once } from "node:events";

import * as vite from "vite";

import { example, plainPage } from "./harness/examples.js";
import { serve } from "./harness/site.js";
import { serveWorker } from "./harness/worker.js";

/** What is to be undone at the end, last first. */
const undo = [];
const scope = { after: (step) => undo.unshift(step) };

const NAMES = {
  async page() {
    console.log(`The page is at ${await serve(scope, "--ui", await plainPage(scope))}/`);
    await ended();
  },
  async react() {
    process.env.ROSTER_ORIGIN = await serve(scope);
    const server = await vite.createServer({ root: await example(scope, "react"), logLevel: "error", server: { host: "127.0.0.1" } });
    scope.after(() => server.close());
    await server.listen();
    console.log(`The list is at ${server.resolvedUrls.local[0]}`);
    await ended();
  },
  async csv() {
    const folder = await example(scope, "csv");
    const file = `${process.cwd()}/suspended.csv`;
    const child = spawn(process.execPath, ["export.js", `${await serve(scope)}/api/v1`, file], { cwd: folder, stdio: "inherit" });
    // Ctrl+C reaches the example by itself; it decides what to do.
    process.on("SIGINT", () => {});
    [process.exitCode] = await once(child, "exit");
    console.log(`Look at ${file}`);
  },
  async worker() {
    const folder = await example(scope, "worker");
    const worker = await serveWorker(folder, "worker.js", { ROSTER_API: `${await serve(scope, "--batch-after", "5")}/api/v1` });
    scope.after(worker.stop);
    console.log(`Ask ${worker.origin}/?q=platform:instagram`);
    await ended();
  },
};

/** Until Ctrl+C. */
const ended = () => once(process, "SIGINT");

const start = NAMES[process.argv[2]];
if (start) {
  try {
    await start();
  } finally {
    for (const step of undo) await step();
  }
} else {
  console.error(`expected one of ${Object.keys(NAMES).join(", ")}, found ${process.argv[2] ?? "nothing"}`);
  process.exitCode = 1;
}
