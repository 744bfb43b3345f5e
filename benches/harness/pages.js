// Pages as a server would send them: bytes. `engine/examples/pages.rs` writes the files, one page a line.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";

import { lines } from "./lines.js";

/** The pages with so many profiles of a provider, as views into the bytes of a file. */
export function pages(provider, nProfiles) {
  return lines(readFileSync(pageFile(provider, nProfiles)));
}

/** The file of these pages, for whoever reads it elsewhere. */
export function pageFile(provider, nProfiles) {
  const file = join(named("ROSTER_BENCH_PAGES"), `${provider}-${nProfiles}.pages`);
  if (!existsSync(file)) write(provider, nProfiles, file);
  return file;
}

/** The file appears when it is whole. */
function write(provider, nProfiles, file) {
  const partial = `${file}.partial`;
  execFileSync(named("ROSTER_BENCH_WRITER"), [provider, String(nProfiles), partial]);
  renameSync(partial, file);
}

/** What an environment variable names. */
export function named(variable) {
  const value = process.env[variable];
  if (!value) throw new Error(`${variable} is not set; run this by \`cargo xtask bench\``);
  return value;
}
