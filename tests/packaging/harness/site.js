// The real proxy: the API alone, or with a folder of static files on the same origin and under the viewer's policy.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const program = process.env.ROSTER_PROXY ?? path.join(root, "target", "release", "roster-proxy");

/** Starts the proxy on the sandbox and gives its origin; `args` such as `--ui FOLDER`. */
export async function serve(t, ...args) {
  if (!existsSync(program)) throw new Error(`${program} is not there; \`cargo xtask test packaging\` builds it`);
  const child = spawn(program, ["serve", "--listen", "127.0.0.1:0", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const exited = once(child, "exit");
  t.after(async () => {
    child.kill("SIGTERM");
    await exited;
  });
  child.stderr.resume();
  for await (const line of createInterface({ input: child.stdout })) {
    const address = / is at (http:\/\/[\d.]+:\d+)/.exec(line);
    if (address) return address[1];
  }
  throw new Error("the proxy ended before it was ready");
}

/** A page that runs one module script. */
export async function page(folder, script) {
  const head = `<meta charset="utf-8"><title>A consumer</title><script type="module" src="${script}"></script>`;
  await writeFile(path.join(folder, "index.html"), `<!doctype html><html lang="en"><head>${head}</head><body></body></html>`);
}
