// The packed npm module, installed as a stranger installs it: from the tarball, into a folder of its own.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** The folder of the tools that the consumers are built with. */
export const tools = fileURLToPath(new URL("../node_modules/", import.meta.url));

/** The folder of the programs that the consumers run. */
const programs = fileURLToPath(new URL("../programs/", import.meta.url));

/** The packed module. */
export function tarball() {
  if (process.env.ROSTER_TARBALL) return process.env.ROSTER_TARBALL;
  const folder = path.join(root, "target", "npm");
  const packed = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".tgz")) : [];
  if (packed.length !== 1) throw new Error(`expected one tarball in ${folder}, found ${packed.length}; \`cargo xtask build npm\` makes it`);
  return path.join(folder, packed[0]);
}

/** One installed copy for all projects of this process; unpacking it each time would test npm, not us. */
let installed;

async function installOnce() {
  const folder = await mkdtemp(path.join(tmpdir(), "roster-installed-"));
  await writeFile(path.join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const quiet = ["--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  await promisify(execFile)("npm", ["install", ...quiet, tarball()], { cwd: folder });
  process.on("exit", () => spawn("rm", ["-rf", folder], { detached: true, stdio: "ignore" }).unref());
  return folder;
}

/**
 * A consumer's project with the module installed and some of our programs beside it.
 *
 * @param {import("node:test").TestContext} t
 * @param {Record<string, string>} files more files, by name
 * @param {string[]} names programs to copy
 */
export async function project(t, files = {}, names = ["use.js"]) {
  installed ??= installOnce();
  const folder = await mkdtemp(path.join(tmpdir(), "roster-consumer-"));
  // A server that is closing may still write into its cache there.
  t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
  await cp(await installed, folder, { recursive: true });
  for (const name of names) await cp(path.join(programs, name), path.join(folder, name));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  return folder;
}

/** Runs a program to its end and gives what it printed; fails with all that it said. */
export async function run(folder, program, args, environment = {}) {
  const child = spawn(program, args, { cwd: folder, env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
  const said = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => (said.stdout += chunk));
  child.stderr.on("data", (chunk) => (said.stderr += chunk));
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${code}:\n${said.stdout}\n${said.stderr}`);
  return said.stdout;
}

/** A tool by the name of its program. */
export const tool = (name) => path.join(tools, ".bin", name);
