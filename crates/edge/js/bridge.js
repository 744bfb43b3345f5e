// Moves bytes between the runtime and the Rust code. It decides nothing: what is asked, within which bounds, and what
// becomes of the answer is said by the caller. Lists of headers are one text, name and value by turns, a line each,
// because a crossing into WebAssembly costs more than splitting it.

const LOOKED_AT = [
  "host", "origin", "sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest",
  "content-length", "transfer-encoding", "authorization", "range", "if-range", "access-control-request-method",
  "cf-connecting-ip",
];

/** Method, target as it came, whether there is a body, and the headers that are looked at. */
export function head(request) {
  let text = `${request.method}\n${request.url}\n${request.body === null ? "" : "body"}`;
  const headers = request.headers;
  for (const name of LOOKED_AT) {
    const value = headers.get(name);
    if (value !== null) text += `\n${name}\n${value}`;
  }
  return text;
}

/** An answer. `body` is bytes, a text, a stream or nothing. */
export function respond(status, lines, body) {
  const headers = pairs(lines);
  return new Response(body instanceof ReadableStream ? measured(body, headers) : body, { status, headers });
}

/** A stream goes out in chunks unless its length is said by its kind; a header alone does not say it. */
function measured(body, headers) {
  const length = headers.find(([name]) => name === "content-length");
  return length ? body.pipeThrough(new FixedLengthStream(Number(length[1]))) : body;
}

/** A binding that is a text; anything else is none. */
export function text(env, name) {
  const value = env[name];
  return typeof value === "string" ? value : undefined;
}

/** A binding that is a JSON object, or a text that holds one. */
export function json(env, name) {
  const value = env[name];
  if (typeof value === "string") return value;
  return value === undefined || value === null ? undefined : JSON.stringify(value);
}

/** A request to an API, to the end of its answer: status, headers, bytes, and why there is no answer, if so. */
export async function exchange(url, lines, bounds, keepBytes, errorBytes) {
  const watch = new Watch(bounds);
  try {
    const answer = await watch.fetch(url, lines);
    const isData = answer.status >= 200 && answer.status < 300;
    try {
      const bytes = await read(answer, isData, isData ? keepBytes : errorBytes, watch);
      return [answer.status, flat(answer.headers), bytes, ""];
    } catch (error) {
      // Of an error the status says enough.
      if (isData) throw error;
      return [answer.status, flat(answer.headers), new Uint8Array(0), ""];
    }
  } catch (error) {
    return [0, "", null, watch.why(error)];
  } finally {
    watch.end();
  }
}

/** A request for a file: status, headers, a stream that errs beyond its bounds, and why there is none, if so. */
export async function stream(url, lines, bounds, keepBytes) {
  const watch = new Watch(bounds);
  try {
    const answer = await watch.fetch(url, lines);
    watch.end();
    return [answer.status, flat(answer.headers), bounded(answer, keepBytes, watch), ""];
  } catch (error) {
    watch.end();
    return [0, "", null, watch.why(error)];
  }
}

class TooLarge extends Error {}

/** Ends an exchange that takes too long. A race of timers would leave the connection open; aborting closes it. */
class Watch {
  constructor([firstByteMs, chunkMs, wholeMs]) {
    this.firstByteMs = firstByteMs;
    this.chunkMs = chunkMs;
    this.until = Date.now() + wholeMs;
    this.controller = new AbortController();
    this.isLate = false;
    this.timer = undefined;
  }

  /** At most this long until the next call. */
  allow(ms) {
    clearTimeout(this.timer);
    const left = Math.max(Math.min(ms, this.until - Date.now()), 0);
    this.timer = setTimeout(() => {
      this.isLate = true;
      this.controller.abort();
    }, left);
  }

  fetch(url, lines) {
    this.allow(this.firstByteMs);
    const { signal } = this.controller;
    return fetch(url, { headers: pairs(lines), redirect: "manual", signal });
  }

  why(error) {
    if (this.isLate) return "timeout";
    return error instanceof TooLarge ? "too-large" : "unreachable";
  }

  end() {
    clearTimeout(this.timer);
  }

  abort() {
    this.end();
    this.controller.abort();
  }
}

async function read(answer, isData, maxBytes, watch) {
  const { body, headers } = answer;
  // A coded body is refused by its head alone; unpacking it could make a small one endless.
  const coding = headers.get("content-encoding");
  if (body === null || (coding !== null && coding !== "identity")) {
    watch.abort();
    return new Uint8Array(0);
  }
  const announced = Number(headers.get("content-length") ?? NaN);
  if (isData && announced > maxBytes) {
    watch.abort();
    throw new TooLarge();
  }
  if (isData && announced >= 0) {
    watch.allow(watch.until);
    return new Uint8Array(await answer.arrayBuffer());
  }
  return gather(body.getReader(), isData, maxBytes, watch);
}

async function gather(reader, isData, maxBytes, watch) {
  const pieces = [];
  let nBytes = 0;
  try {
    while (nBytes <= maxBytes) {
      watch.allow(watch.chunkMs);
      const { value, done } = await reader.read();
      if (done) return joined(pieces, nBytes);
      pieces.push(value);
      nBytes += value.length;
    }
  } catch (error) {
    if (isData) throw error;
    return joined(pieces, nBytes);
  }
  watch.abort();
  if (isData) throw new TooLarge();
  return joined(pieces, nBytes);
}

function joined(pieces, nBytes) {
  if (pieces.length === 1) return pieces[0];
  const whole = new Uint8Array(nBytes);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function bounded(answer, maxBytes, watch) {
  if (answer.body === null) return null;
  if (Number(answer.headers.get("content-length") ?? 0) > maxBytes) {
    watch.abort();
    throw new TooLarge();
  }
  const reader = answer.body.getReader();
  let left = maxBytes;
  watch.until = Infinity;
  return new ReadableStream({
    type: "bytes",
    async pull(controller) {
      watch.allow(watch.chunkMs);
      const { value, done } = await reader.read();
      watch.end();
      if (done) return controller.close();
      left -= value.length;
      if (left >= 0) return controller.enqueue(value);
      watch.abort();
      throw new TooLarge();
    },
    cancel() {
      watch.abort();
    },
  });
}

function pairs(lines) {
  const parts = lines.split("\n");
  const headers = [];
  for (let at = 0; at + 1 < parts.length; at += 2) headers.push([parts[at], parts[at + 1]]);
  return headers;
}

function flat(headers) {
  let lines = "";
  for (const [name, value] of headers) lines += `${name}\n${value}\n`;
  return lines;
}

/** Resolves after so many milliseconds. */
export function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** A number from 0 up to 1. */
export function dice() {
  return Math.random();
}

/** Whether the Durable Objects of the sources are bound. */
export function hasObjects(env) {
  return env.SOURCES !== undefined && env.SOURCES !== null;
}

/** A letter to the Durable Object of a source; its answer, or nothing. */
export async function askObject(env, name, letter) {
  try {
    const object = env.SOURCES.get(env.SOURCES.idFromName(name));
    const answer = await object.fetch("https://source.invalid/", { method: "POST", body: letter });
    return answer.ok ? await answer.text() : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a client may ask, by the rate-limit binding; where it is not bound, everybody may. */
export async function isWelcome(env, client) {
  if (!env.CLIENTS) return true;
  const { success } = await env.CLIENTS.limit({ key: client });
  return success;
}

// The Cache API looks at the URL alone: neither Vary nor Authorization tells two entries apart. So the URL is made of
// the key's hash, and how long an entry is good stands in a header of ours.

const KEPT = "roster-kept";

/** What is kept under a key: our header, and the body as a stream. Nothing where there is no cache. */
export async function kept(key) {
  try {
    const found = await caches.default.match(`https://cache.invalid/${key}`);
    const about = found?.headers.get(KEPT);
    return about ? [about, found.body] : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps bytes under a key for so many seconds, after the client has its answer. */
export function keep(context, key, about, seconds, bytes) {
  const headers = { [KEPT]: about, "cache-control": `public, max-age=${seconds}`, "content-type": "application/json" };
  try {
    const put = caches.default.put(`https://cache.invalid/${key}`, new Response(bytes, { headers }));
    context.waitUntil(put.catch(() => {}));
  } catch {
    // Without a cache every answer is asked for.
  }
}
