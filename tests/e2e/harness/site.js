// A static host: the built viewer in a sub-folder, under the content security policy that a careful host would set.
import { EventEmitter, once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, normalize } from "node:path";

import { dist } from "./proxy.js";

const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' https:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join("; ");

const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/**
 * Serves `dist/` below a folder.
 *
 * @param {object} options
 * @param {string} [options.root] the folder that is served
 * @param {string} [options.folder] where the page lies, with a slash at both ends
 * @param {Record<string, string>} [options.files] more files beside the page, by name
 * @returns {Promise<Site>}
 *
 * @typedef {object} Site
 * @property {string} url where the page is
 * @property {string[]} asked the paths that were asked for
 * @property {(prefix: string) => Promise<void>} isAskedFor waits until a path with this beginning was asked for
 * @property {() => Promise<void>} stop
 */
export async function startSite({ root = dist, folder = "/people/roster/", files = {} } = {}) {
  const asked = [];
  const news = new EventEmitter();
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://site.invalid");
    asked.push(pathname);
    news.emit("asked");
    const found = await file(pathname, root, folder, files);
    const type = TYPES[extname(pathname)] ?? TYPES[".html"];
    response.writeHead(found ? 200 : 404, { "content-type": type, "content-security-policy": POLICY });
    response.end(found ?? "There is no such file.");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${server.address().port}`;
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  const isAskedFor = async (prefix) => {
    while (!asked.some((path) => path.startsWith(prefix))) await once(news, "asked");
  };
  return { url: origin + folder, asked, isAskedFor, stop };
}

async function file(pathname, root, folder, files) {
  if (!pathname.startsWith(folder)) return undefined;
  const name = normalize(pathname.slice(folder.length) || "index.html");
  if (name.startsWith("..")) return undefined;
  if (Object.hasOwn(files, name)) return files[name];
  return readFile(`${root}/${name}`).catch(() => undefined);
}
