// What the program wants of the runtime. It decides nothing here: what is asked, within which bounds, and what becomes of
// the answer is said by the caller, in fields. Lists of headers are one text, name and value by turns, a line each,
// because a crossing into WebAssembly costs more than splitting it.

import { headersRead } from "./roster_edge.js";

const LOOKED_AT = [
  "host", "origin", "sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest",
  "content-length", "transfer-encoding", "authorization", "range", "if-range", "access-control-request-method",
  "cf-connecting-ip",
];

/** Lists of headers that the runtime has taken apart already. Most answers and requests have the same. */
const KNOWN = new Map();

/** How many are remembered. */
const N_KNOWN = 64;

/** The headers of an API's answer that the program looks at; it is asked once. */
let names;
const namesRead = () => (names ??= headersRead().split("\n"));

/** Method, target as it came, whether there is a body, and the headers that are looked at. */
export function head(request) {
  return `${request.method}\n${request.url}\n${request.body === null ? "" : "body"}\n${told(request.headers, LOOKED_AT)}`;
}

/** An answer: status, headers, which body, and what is kept of it. */
export function respond([, , status, lines, kind, key, about, seconds, ...text], run) {
  const headers = headersOf(lines);
  // The answer gets a copy of them, so that the name may be written over the one before.
  headers.set("roster-request-id", nextId());
  const response = new Response(body(kind, headers, text, run), { status: Number(status), headers });
  if (key !== "") keep(run, key, about, seconds, kind === "text" ? text.join("\0") : run.came);
  return response;
}

function body(kind, headers, text, run) {
  switch (kind) {
    case "text": return text.join("\0");
    case "came": return run.came instanceof ReadableStream ? measured(run.came, headers) : run.came;
    case "kept": return run.kept;
    default: return null;
  }
}

/** A stream goes out in chunks unless its length is said by its kind; a header alone does not say it. */
function measured(stream, headers) {
  const length = headers.get("content-length");
  return length === null ? stream : stream.pipeThrough(new FixedLengthStream(Number(length)));
}

let prefix;
let nIds = 0;

/** A name for a request, which differs from those of other isolates. */
function nextId() {
  prefix ??= crypto.randomUUID().slice(0, 8);
  nIds += 1;
  return `${prefix}-${nIds.toString(16)}`;
}

const OK = { status: 200, text: "" };
const FAILED = { status: 0, text: "" };

/** What the program may want, by name. Each gives a status, a text and perhaps bytes. */
export const DEEDS = {
  /** A request to an API, to the end of its answer. */
  async exchange([, , url, lines, bounds, errorBytes, form], run) {
    const watch = new Watch(bounds);
    try {
      const answer = await watch.fetch(url, lines, form);
      const { status } = answer;
      const isData = status >= 200 && status < 300;
      const headers = told(answer.headers, namesRead());
      try {
        run.came = await read(answer, isData, isData ? watch.maxBytes : Number(errorBytes), watch);
        return { status, text: headers, bytes: run.came instanceof ArrayBuffer ? new Uint8Array(run.came) : run.came };
      } catch (error) {
        // Of an error the status says enough.
        if (isData) throw error;
        return { status, text: headers };
      }
    } catch (error) {
      return { status: 0, text: watch.why(error) };
    } finally {
      watch.end();
    }
  },

  /** A request for a file: its body is a stream that errs beyond its bounds. */
  async stream([, , url, lines, bounds], run) {
    const watch = new Watch(bounds);
    try {
      const answer = await watch.fetch(url, lines);
      watch.end();
      run.came = bounded(answer, watch.maxBytes, watch);
      return { status: answer.status, text: told(answer.headers, namesRead()) };
    } catch (error) {
      watch.end();
      return { status: 0, text: watch.why(error) };
    }
  },

  /** So many milliseconds later. */
  pause([, , ms]) {
    return new Promise((resolve) => setTimeout(() => resolve(OK), Number(ms)));
  },

  /** A letter to the Durable Object of a source; its answer. */
  async letter([, , name, letter], { env }) {
    try {
      const object = env.SOURCES.get(env.SOURCES.idFromName(name));
      const answer = await object.fetch("https://source.invalid/", { method: "POST", body: letter });
      return { status: answer.status, text: await answer.text() };
    } catch {
      return FAILED;
    }
  },

  /** Whether a client may ask, by the rate-limit binding. */
  async welcome([, , client], { env }) {
    try {
      const { success } = await env.CLIENTS.limit({ key: client });
      return success ? OK : { status: 429, text: "" };
    } catch {
      return FAILED;
    }
  },

  // The Cache API looks at the URL alone: neither Vary nor Authorization tells two entries apart. So the URL is made of
  // the key's hash, and how long an entry is good stands in a header of ours.

  /** What is kept under a key: our header, and the body as a stream. */
  async kept([, , key], run) {
    try {
      const found = await caches.default.match(`https://cache.invalid/${key}`);
      // What is asked for after this is for all who want it, even if this client leaves.
      run.context.waitUntil(run.whole.catch(() => {}));
      const about = found?.headers.get(KEPT);
      if (!about) return FAILED;
      run.kept = found.body;
      return { status: 200, text: about };
    } catch {
      return FAILED;
    }
  },
};

const KEPT = "roster-kept";

/** Keeps a body under a key for so many seconds, after the client has its answer. */
function keep({ context }, key, about, seconds, bytes) {
  const headers = { [KEPT]: about, "cache-control": `public, max-age=${seconds}`, "content-type": "application/json" };
  try {
    const put = caches.default.put(`https://cache.invalid/${key}`, new Response(bytes, { headers }));
    context.waitUntil(put.catch(() => {}));
  } catch {
    // Without a cache every answer is asked for.
  }
}

class TooLarge extends Error {}

/** Ends an exchange that takes too long. A race of timers would leave the connection open; aborting closes it. */
class Watch {
  constructor(bounds) {
    const [firstByteMs, chunkMs, wholeMs, maxBytes] = bounds.split(" ");
    this.firstByteMs = Number(firstByteMs);
    this.chunkMs = Number(chunkMs);
    this.until = performance.now() + Number(wholeMs);
    this.maxBytes = Number(maxBytes);
    this.controller = new AbortController();
    this.isLate = false;
    this.due = Infinity;
    this.timer = undefined;
  }

  /** At most this long until the next call. A timer costs, so one that rings early is set again instead of at each call. */
  allow(ms) {
    const now = performance.now();
    this.due = Math.max(Math.min(now + ms, this.until), now);
    if (this.timer !== undefined && this.ringsAt <= this.due) return;
    clearTimeout(this.timer);
    this.ring(now);
  }

  ring(now) {
    this.ringsAt = this.due;
    this.timer = setTimeout(() => {
      const then = performance.now();
      if (then < this.due) return this.ring(then);
      this.isLate = true;
      this.controller.abort();
    }, this.due - now);
  }

  fetch(url, lines, form) {
    this.allow(this.firstByteMs);
    const { signal } = this.controller;
    if (form === undefined) return fetch(url, { headers: headersOf(lines), redirect: "manual", signal });
    return fetch(url, { method: "POST", body: form, headers: headersOf(lines), redirect: "manual", signal });
  }

  why(error) {
    if (this.isLate) return "timeout";
    return error instanceof TooLarge ? "too-large" : "unreachable";
  }

  end() {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  abort() {
    this.end();
    this.controller.abort();
  }
}

/** The bytes of an answer, or a promise of them. */
function read(answer, isData, maxBytes, watch) {
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
    return answer.arrayBuffer();
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

/** Those of the headers that have these names. A header given twice comes as one, joined by the runtime. */
function told(headers, names) {
  let lines = "";
  for (const name of names) {
    const value = headers.get(name);
    if (value !== null) lines += `${name}\n${value}\n`;
  }
  return lines;
}

function headersOf(lines) {
  const known = KNOWN.get(lines);
  if (known !== undefined) return known;
  const parts = lines.split("\n");
  const headers = new Headers();
  for (let at = 0; at + 1 < parts.length; at += 2) headers.append(parts[at], parts[at + 1]);
  if (KNOWN.size >= N_KNOWN) KNOWN.clear();
  KNOWN.set(lines, headers);
  return headers;
}
