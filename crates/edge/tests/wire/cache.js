// The place that the Cache API of workerd keeps things in, in memory: a GET looks up, a PUT brings a whole answer as it
// stands on a wire.

const kept = new Map();

export default {
  async fetch(request) {
    if (request.method === "PUT") {
      kept.set(request.url, new Uint8Array(await request.arrayBuffer()));
      return new Response(null, { status: 204 });
    }
    const found = kept.get(request.url);
    return found ? parse(found) : new Response(null, { status: 504, headers: { "cf-cache-status": "MISS" } });
  },
};

function parse(bytes) {
  const text = new TextDecoder("latin1").decode(bytes);
  const end = text.indexOf("\r\n\r\n");
  const headers = new Headers({ "cf-cache-status": "HIT" });
  for (const line of text.slice(0, end).split("\r\n").slice(1)) {
    const colon = line.indexOf(":");
    headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return new Response(bytes.subarray(end + 4), { headers });
}
