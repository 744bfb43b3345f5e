// A Cloudflare Worker that answers questions about all users from one batch file.
//
//   GET /?q=platform:instagram+acme   ->   { total, rows: [{ title, id, platforms }] }
import { Client, Roster, isRosterError } from "roster-profiles";

/** Loaded once for each isolate, by whoever asks first; a load that fails is tried again by the next. */
let loading;

async function load(baseUrl) {
  const client = await Client.connect({ baseUrl });
  const roster = new Roster();
  for await (const page of client.ayrshare.batchUsers()) roster.ingest("ayrshare", page);
  return roster;
}

export default {
  async fetch(request, env) {
    const text = new URL(request.url).searchParams.get("q") ?? "";
    try {
      loading ??= load(env.ROSTER_API);
      const roster = await loading;
      const view = roster.query({ text, sort: ["title"], limit: 20 });
      const rows = view.rows.map(({ title, id, platforms }) => ({ title, id, platforms }));
      return Response.json({ loaded: roster.size, total: view.total, rows });
    } catch (error) {
      loading = undefined;
      const code = isRosterError(error) ? error.code : "unexpected";
      return Response.json({ code, message: String(error.message ?? error) }, { status: 502 });
    }
  },
};
