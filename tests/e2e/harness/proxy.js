// The real proxy with the built viewer, and the sandbox as a server; each on a port of its own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** The folder of the built viewer. */
export const dist = process.env.ROSTER_DIST ?? `${root}dist`;

const program = process.env.ROSTER_PROXY ?? `${root}target/release/roster-proxy`;

/**
 * Starts the proxy; without `--config` the sandbox is its source.
 *
 * @param {string[]} args more arguments, such as `--fault` or `--profiles`
 * @param {string} ui the folder of the viewer
 * @returns {Promise<{origin: string, stop: () => Promise<void>}>} its origin, and a way to end it
 */
export function startProxy(args = [], ui = dist) {
  return start(["serve", "--listen", "127.0.0.1:0", "--ui", ui, ...args]);
}

/** Starts the three APIs as one server, for a proxy that is configured as if they were the real ones. */
export function startSandbox(args = []) {
  return start(["sandbox", "--listen", "127.0.0.1:0", ...args]);
}

async function start(words) {
  for (const needed of [program, `${dist}/index.html`]) {
    if (!existsSync(needed)) throw new Error(`${needed} is not there; \`cargo xtask test journeys\` builds it`);
  }
  const child = spawn(program, words, { stdio: ["ignore", "pipe", "pipe"] });
  let complaints = "";
  child.stderr.on("data", (chunk) => (complaints += chunk));
  const origin = await announced(child, () => complaints);
  return { origin, stop: () => end(child) };
}

async function announced(child, complaints) {
  const exited = once(child, "exit").then(([code]) => {
    throw new Error(`the proxy ended with ${code} before it was ready: ${complaints()}`);
  });
  exited.catch(() => {}); // After the start, its end is ours.
  const line = (async () => {
    for await (const text of createInterface({ input: child.stdout })) {
      const address = / is at (http:\/\/[\d.]+:\d+)/.exec(text);
      if (address) return address[1];
    }
    return exited;
  })();
  return Promise.race([line, exited]);
}

async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  await exited;
}
