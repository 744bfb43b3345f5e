// Makes dist/ of what the compiler and wasm-bindgen left in src/wasm: `cargo xtask build npm` runs it.

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const [source, wasm, dist] = [join(here, "src"), join(here, "src", "wasm"), join(here, "dist")];
const MODULE = "roster_wasm_bg.wasm";

rmSync(dist, { recursive: true, force: true });
mkdirSync(join(dist, "wasm"), { recursive: true });
writeInline();
writeTypes();
await writeScripts();

/** The module as text, for bundlers that move no files. `atob`, because `fetch` of `data:` needs leave of a CSP. */
function writeInline() {
  const text = readFileSync(join(wasm, MODULE)).toString("base64");
  const script = [
    `const text = "${text}";`,
    "export const bytes = (): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0));",
  ];
  writeFileSync(join(wasm, "inline.ts"), `${script.join("\n")}\n`);
}

function writeTypes() {
  const compiler = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
  execFileSync(process.execPath, [compiler, "--project", here], { stdio: "inherit" });
  for (const entry of ["node", "workerd", "inline"]) rmSync(join(dist, `${entry}.d.ts`));
  rmSync(join(dist, "wasm", "inline.d.ts"));
  // Its classes can be disposed of, which older libraries do not know.
  const lib = '/// <reference lib="esnext.disposable" />\n';
  const glue = readFileSync(join(wasm, "roster_wasm.d.ts"), "utf8");
  writeFileSync(join(dist, "wasm", "roster_wasm.d.ts"), lib + glue);
  const compiled = "declare const compiled: WebAssembly.Module;\nexport default compiled;\n";
  writeFileSync(join(dist, "roster_wasm_bg.wasm.d.ts"), compiled);
}

async function writeScripts() {
  cpSync(join(wasm, MODULE), join(dist, MODULE));
  await build({
    entryPoints: ["index", "node", "workerd", "inline"].map((entry) => join(source, `${entry}.ts`)),
    outdir: dist,
    bundle: true,
    splitting: true,
    chunkNames: "shared",
    format: "esm",
    target: "es2022",
    // Names stay, for stack traces; lines stay short, because Node prints the line of an uncaught error.
    minifySyntax: true,
    minifyWhitespace: true,
    lineLimit: 120,
    external: ["node:*", "*.wasm"],
    logLevel: "warning",
  });
}
