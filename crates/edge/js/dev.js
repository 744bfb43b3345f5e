// The Worker under workerd, as wrangler runs it, with the sandbox as a server behind it. Ends both, whoever is ended.
//
//     node dev.js FOLDER PROXY PORT

import { spawn } from "node:child_process";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const [folder, proxy, port] = process.argv.slice(2);
const crate = fileURLToPath(new URL("../", import.meta.url));
const children = [];

process.on("exit", () => children.forEach((child) => child.kill("SIGTERM")));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(0));

function start(program, words, stdout) {
  const child = spawn(program, words, { cwd: folder, stdio: ["ignore", stdout, "inherit"] });
  child.on("exit", (code) => process.exit(code ?? 1));
  children.push(child);
  return child;
}

/** The origin that a program of ours says in its first line. */
async function announced(child) {
  for await (const line of createInterface({ input: child.stdout })) {
    const found = / is at (http:\/\/[\d.]+:\d+)/.exec(line);
    if (found) return found[1];
  }
  throw new Error("the sandbox did not say where it is");
}

/** The configuration of the folder with the sandbox in the place of its sources. */
function configure(sandbox) {
  const given = readFileSync(`${folder}/wrangler.toml`, "utf8").split("[vars.ROSTER]")[0];
  const sources = readFileSync(`${crate}sandbox.toml`, "utf8").replaceAll("SANDBOX", sandbox).replaceAll("PORT", port);
  writeFileSync(`${folder}/wrangler.sandbox.toml`, given + sources);
  copyFileSync(`${crate}sandbox.vars`, `${folder}/.dev.vars`);
}

async function isReady(origin) {
  for (let n = 0; n < 600; n += 1) {
    const ready = await fetch(`${origin}/readyz`).then((answer) => answer.ok, () => false);
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the Worker was not ready within a minute");
}

const origin = `http://127.0.0.1:${port}`;
configure(await announced(start(proxy, ["sandbox", "--listen", "127.0.0.1:0"], "pipe")));
start(process.execPath, [
  `${crate}node_modules/wrangler/bin/wrangler.js`, "dev", "--local", "--config", "wrangler.sandbox.toml",
  "--ip", "127.0.0.1", "--port", port, "--log-level", "error", "--show-interactive-dev-session", "false",
], "ignore");
await isReady(origin);
console.log(`Roster is at ${origin}`);
