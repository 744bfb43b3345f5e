// The generated pages: every exported name has one, every link within them leads somewhere, and nothing is loaded from
// elsewhere. `cargo xtask build docs` runs it with the folder in ROSTER_REFERENCE.
import { deepStrictEqual, ok } from "node:assert";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import ts from "typescript";

const folder = process.env.ROSTER_REFERENCE ?? "";
const types = fileURLToPath(new URL("../dist/index.d.ts", import.meta.url));
const pages = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".html"));
const html = new Map(pages.map((name) => [name, readFileSync(join(folder, name), "utf8")]));

/** Values of an attribute of some elements. */
const valuesOf = (text, pattern) => Array.from(text.matchAll(pattern), ([, value]) => value);

/** The names that the package exports, as the compiler sees them. */
function exported() {
  const options = { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext };
  const program = ts.createProgram([types], options);
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(types));
  return checker.getExportsOfModule(module).map((symbol) => symbol.name);
}

test("every exported name has a page of its own", () => {
  const names = exported();
  ok(names.includes("Roster") && names.includes("ProviderInfo"), `only ${names}`);
  const have = new Set(pages.filter((page) => dirname(page) !== ".").map((page) => basename(page, ".html")));
  deepStrictEqual(names.filter((name) => !have.has(name)), []);
});

test("no page loads anything from elsewhere", () => {
  const loads = /<(?:script|img|link|iframe)\b[^>]*?\s(?:src|href)="((?:https?:)?\/\/[^"]*)"/g;
  deepStrictEqual([...html].flatMap(([page, text]) => valuesOf(text, loads).map((url) => `${page}: ${url}`)), []);
});

test("every link within the pages leads to a file", () => {
  const isBroken = (page, link) => !existsSync(join(folder, dirname(page), decodeURI(link.replace(/[?#].*/, ""))));
  const local = (text) => valuesOf(text, /\s(?:src|href)="([^"#][^"]*)"/g).filter((link) => !/^[a-z][a-z\d+.-]*:/i.test(link));
  const broken = [...html].flatMap(([page, text]) => local(text).filter((link) => isBroken(page, link)).map((link) => `${page}: ${link}`));
  deepStrictEqual(broken, []);
});
