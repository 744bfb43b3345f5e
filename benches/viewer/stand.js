// Both pages from one server under one policy, and the pages of profiles, which it plays as the proxy would.
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".css": "text/css", ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** The viewer's own, but for styles: React places rows by `style`, ours does not. */
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src 'self' https:";

/** An isolated page has the clock of 5 microseconds; others have one of 100. */
const ISOLATED = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

const SOURCES = {
  sources: [{ provider: "ayrshare", title: "Ayrshare", environment: "bench", isDemo: false, isReady: true, profiles: [], state: "working" }],
};

/** The other APIs have nobody, so that the one that is measured has the page to itself, as with the peer. */
const NOBODY = {
  "api/v1/insightiq/profiles": { data: [], metadata: { offset: 0, limit: 100 } },
  "api/v1/upsun/profiles": { count: 0, profiles: [], _links: {} },
};

/**
 * @param {Record<string, string>} folders of built files by contestant
 * @param {Buffer[]} pages of Ayrshare, in order
 * @returns {Promise<{ origin: string, stop: () => Promise<void> }>}
 */
export async function start(folders, pages) {
  pages = pages.with(-1, ended(pages.at(-1)));
  const after = new Map(pages.slice(1).map((page, place) => [cursorOf(pages[place]), page]));
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://stand.invalid");
    const [, who, ...rest] = normalize(url.pathname).split("/");
    const body = await answer(folders[who], rest.join("/"), url.searchParams, pages[0], after);
    const headers = { ...ISOLATED, "content-type": typeOf(rest.join("/")), "content-security-policy": POLICY };
    response.writeHead(body === undefined ? 404 : 200, headers).end(body);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return { origin: `http://127.0.0.1:${server.address().port}`, stop };
}

async function answer(folder, path, params, first, after) {
  if (folder === undefined) return undefined;
  if (path === "api/v1/sources") return JSON.stringify(SOURCES);
  if (path === "api/v1/ayrshare/profiles") return params.has("cursor") ? after.get(params.get("cursor")) : first;
  if (path in NOBODY) return JSON.stringify(NOBODY[path]);
  return readFile(join(folder, path || "index.html")).catch(() => undefined);
}

function typeOf(path) {
  return TYPES[extname(path)] ?? (path.startsWith("api/") ? TYPES[".json"] : TYPES[".html"]);
}

/** The last page says that it is the last; the file was cut out of a longer list. */
function ended(page) {
  const at = page.lastIndexOf('"pagination":');
  const end = page.subarray(at).toString("latin1").replace(/\{[^}]*\}/, '{"hasMore":false}');
  return Buffer.concat([page.subarray(0, at), Buffer.from(end, "latin1")]);
}

/** Where a page says that it goes on. */
function cursorOf(page) {
  const { pagination } = JSON.parse(`{${/"pagination":\{[^}]*\}/.exec(page.toString("latin1"))[0]}}`);
  return pagination.nextCursor;
}
