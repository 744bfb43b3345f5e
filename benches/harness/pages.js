// Pages as a server would send them: bytes. `engine/examples/pages.rs` writes the files, one page a line.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";

const LINE_END = 0x0a;

/** The pages with so many profiles of a provider, as views into the bytes of a file. */
export function pages(provider, nProfiles) {
  const file = join(named("ROSTER_BENCH_PAGES"), `${provider}-${nProfiles}.pages`);
  if (!existsSync(file)) write(provider, nProfiles, file);
  const bytes = readFileSync(file);
  const found = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(LINE_END, start);
    found.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return found;
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
