// Prints "<raw bytes> <brotli bytes> <path>" for every file of the folder that is named on the command line.
const { readFileSync, readdirSync } = require("node:fs");
const { join, relative } = require("node:path");
const { brotliCompressSync, constants } = require("node:zlib");

const folder = process.argv[1];
const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };

function* files(directory) {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else yield path;
  }
}

for (const path of files(folder)) {
  const bytes = readFileSync(path);
  console.log(bytes.length, brotliCompressSync(bytes, quality).length, relative(folder, path));
}
