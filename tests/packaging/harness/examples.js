// The examples of the repository, each in a folder of its own with the module installed.
import { cp } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { project } from "./package.js";

const examples = fileURLToPath(new URL("../../../examples/", import.meta.url));

/** Copies an example beside the installed module. */
export async function example(t, name) {
  const folder = await project(t, {}, []);
  // The modules that an example names are merged into those that are there.
  await cp(path.join(examples, name), folder, { recursive: true, dereference: true });
  return folder;
}

/** The example without a build step: the module's files lie beside the page. */
export async function plainPage(t) {
  const folder = await example(t, "page");
  await cp(path.join(folder, "node_modules", "roster-profiles", "dist"), path.join(folder, "roster-profiles"), { recursive: true });
  return folder;
}
