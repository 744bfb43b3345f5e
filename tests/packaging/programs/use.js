// What a user of the module does: load three APIs, ask the index, get an error, stop.
import { Client, Roster, isRosterError } from "roster-profiles";

/**
 * @param {string} baseUrl the proxy's API root
 * @returns {Promise<string>} what was seen, as JSON
 */
export async function use(baseUrl) {
  const client = await Client.connect({ baseUrl });
  const roster = new Roster();
  const pages = {};
  for (const id of ["ayrshare", "insightiq", "upsun"]) {
    for await (const page of client[id].profiles()) {
      roster.ingest(id, page);
      pages[id] = page.number;
    }
  }
  const view = roster.query({ text: "status:suspended", sort: ["title"], facets: ["platform"], limit: 3 });
  const first = view.rows[0].key;
  const told = {
    size: roster.size,
    pages,
    suspended: view.total,
    first,
    isExact: JSON.parse(roster.raw(first)).refId === roster.get(first).id,
    refused: await refused(client),
    aborted: await aborted(client),
  };
  roster.free();
  return JSON.stringify(told);
}

/** The code of the error for a question that cannot be asked. */
async function refused(client) {
  try {
    await client.ayrshare.profiles({ limit: 0 }).collect({ maxItems: 1 });
    return "nothing was thrown";
  } catch (error) {
    return isRosterError(error) && error instanceof Error ? error.code : String(error);
  }
}

/** What a stopped load rejects with. */
async function aborted(client) {
  const controller = new AbortController();
  controller.abort("my own reason");
  try {
    await client.upsun.profiles({}, { signal: controller.signal }).collect({ maxItems: 1 });
    return "nothing was thrown";
  } catch (reason) {
    return reason;
  }
}
