// Writes all suspended Ayrshare profiles to a CSV file. Ctrl+C stops it; started again it goes on where it stopped.
//
//   node export.js http://127.0.0.1:8787/api/v1 suspended.csv
import { appendFileSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";

import { Client, Roster } from "roster-profiles";

const [baseUrl = "http://127.0.0.1:8787/api/v1", file = "suspended.csv"] = process.argv.slice(2);
const placeFile = `${file}.place`;
const COLUMNS = ["title", "id", "status", "created"];

/** Where an earlier run stopped: the token of the next page, and how long the file was then. */
function place() {
  if (!existsSync(placeFile)) return { resume: undefined, nBytes: 0, nPages: 0 };
  return JSON.parse(readFileSync(placeFile, "utf8"));
}

/** The suspended profiles of one page as lines of CSV; the head is kept once. */
function lines(page, hasHead) {
  const roster = new Roster();
  try {
    roster.ingest("ayrshare", page);
    const csv = roster.exportCsv({ text: "status:suspended" }, { columns: COLUMNS });
    return hasHead ? csv : csv.slice(csv.indexOf("\n") + 1);
  } finally {
    roster.free();
  }
}

const controller = new AbortController();
process.once("SIGINT", () => controller.abort("stopped"));

const start = place();
if (start.nBytes === 0) writeFileSync(file, "");
// What was written after the place was noted is written again.
else truncateSync(file, start.nBytes);
let { nBytes, nPages } = start;
try {
  const client = await Client.connect({ baseUrl });
  for await (const page of client.ayrshare.profiles({ limit: 20 }, { signal: controller.signal, resume: start.resume })) {
    const text = lines(page, nBytes === 0);
    appendFileSync(file, text);
    nBytes += Buffer.byteLength(text);
    nPages += 1;
    if (page.resume === null) rmSync(placeFile, { force: true });
    else writeFileSync(placeFile, JSON.stringify({ resume: page.resume, nBytes, nPages }));
    console.log(`page ${nPages}: ${page.items.length} profiles read`);
  }
  console.log(`${file} is complete`);
} catch (reason) {
  if (reason !== "stopped") throw reason;
  console.log(`stopped after page ${nPages}; start again to go on`);
  process.exitCode = 130;
}
