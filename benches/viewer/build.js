// Builds the peer as it would be shipped: `node build.js FOLDER`.
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const styles = fileURLToPath(new URL("../../web/styles/", import.meta.url));
const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Peer</title><link rel="stylesheet" href="styles.css"><script type="module" src="main.js"></script></head><body><div id="app"></div></body></html>`;

const [folder] = process.argv.slice(2);
if (!folder) throw new Error("expected the folder to build into");
await mkdir(folder, { recursive: true });
const sheets = (await readdir(styles)).filter((name) => name.endsWith(".css")).sort((a, b) => Number(b === "tokens.css") - Number(a === "tokens.css"));
await writeFile(`${folder}/index.html`, PAGE);
await build({
  stdin: { contents: sheets.map((name) => `@import ${JSON.stringify(styles + name)};`).join("\n"), loader: "css", resolveDir: styles },
  bundle: true, minify: true, outfile: `${folder}/styles.css`,
});
await build({
  entryPoints: [`${here}app/main.jsx`], bundle: true, minify: true, format: "esm", jsx: "automatic", target: "es2022",
  define: { "process.env.NODE_ENV": '"production"' }, outfile: `${folder}/main.js`,
});
