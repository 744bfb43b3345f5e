// A proxy that answers from a script. What the script does not foresee fails the call, and names the request.

import { Client } from "../dist/node.js";

export const ROOT = "https://proxy.test/api/v1";

/** An answer: a body (text, bytes, or a value as JSON) with status and headers, or a function that makes one. */
export function answer(body, { status = 200, ...headers } = {}) {
  const isRaw = typeof body === "string" || body instanceof Uint8Array;
  return () => new Response(isRaw ? body : JSON.stringify(body), { status, headers });
}

/** A problem as the proxy tells it. */
export function problem(status, code, more = {}) {
  const { headers = {}, ...rest } = more;
  const body = { type: `urn:problem:${code}`, title: "x", status, code, message: `it said ${code}`, ...rest };
  return answer(body, { status, "content-type": "application/problem+json", ...headers });
}

/** A page of Ayrshare with these ids; `next` is the cursor of the following page. */
export function ayrsharePage(ids, next, more = {}) {
  const profiles = ids.map((id) => (typeof id === "string" ? { refId: id, title: `Title ${id}` } : id));
  return { profiles, pagination: { hasMore: next !== undefined, nextCursor: next ?? null }, ...more };
}

/** A client whose `fetch` answers one script entry a call, and the targets that were asked for. */
export async function scripted(script, options = {}) {
  const asked = [];
  const fetch = async (url, init) => {
    asked.push(url.replace(`${ROOT}/`, ""));
    const next = script.shift();
    if (!next) throw new Error(`the script has no answer to ${url}`);
    return next(url, init);
  };
  const retry = { baseDelayMs: 0, maxDelayMs: 0 };
  const client = await Client.connect({ baseUrl: ROOT, fetch, retry, ...options });
  return { client, asked, script };
}

/** A `fetch` that never answers, but obeys its signal; `called` resolves when it was called. */
export function never() {
  let tell;
  const called = new Promise((resolve) => (tell = resolve));
  const hang = (_url, init) =>
    new Promise((_resolve, reject) => {
      init.signal.addEventListener("abort", () => reject(init.signal.reason), { once: true });
      tell(init.signal);
    });
  return { hang, called };
}

/** All pages. */
export async function all(pages) {
  const found = [];
  for await (const page of pages) found.push(page);
  return found;
}
