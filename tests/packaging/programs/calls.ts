// Every name of the contract, used as documented; each line after `@ts-expect-error` must not compile.
import {
  Client,
  Roster,
  RosterError,
  init,
  isRosterError,
  providers,
  type AyrshareProfile,
  type Budget,
  type IngestReport,
  type Page,
  type Pages,
  type Progress,
  type ProviderInfo,
  type Query,
  type QueryTerm,
  type Rejected,
  type Row,
  type Suggestion,
  type View,
} from "roster-profiles";

export async function calls(signal: AbortSignal): Promise<void> {
  await init();
  await init(new Uint8Array());
  const infos: ProviderInfo[] = providers();
  const style: "cursor" | "offset" | "link" | undefined = infos[0]?.pagination;
  const client = await Client.connect({ baseUrl: new URL("https://example.com/api/v1"), timeoutMs: 5, retry: false, headers: { a: "b" } });
  const other = new Client({ baseUrl: "/api/v1", fetch: globalThis.fetch, retry: { attempts: 2 } });

  const pages: Pages<AyrshareProfile> = client.ayrshare.profiles({ hasActiveSocialAccounts: true, includesActiveSocialAccounts: ["x"] }, { signal, maxPages: 3 });
  for await (const page of pages) {
    const refId: string = page.items[0]?.refId ?? "";
    const total: number | null = page.total;
    const rejected: Rejected[] = page.rejected;
    const bytes: Uint8Array = page.bytes;
    console.log(refId, total, rejected, bytes, page.resume, page.number, page.lastUpdated, page.nextUpdate, page.provider);
  }
  for await (const profile of client.insightiq.profiles({ limit: 50, offset: 0 }).items()) console.log(profile.work_platform.name);
  const collected = await client.upsun.profiles({}, { onProgress: (progress: Progress) => console.log(progress.waitingMs) }).collect({ maxItems: 10 });
  console.log(collected.truncated, collected.items[0]?.username);
  await client.ayrshare.profile("ref", ["suspension", "quota"], { signal });
  await client.ayrshare.actionLog(30);
  await client.ayrshare.user({ instagramQuota: true });
  await client.ayrshare.userDetails("pinterest");
  const ticket = await client.ayrshare.batch();
  console.log(ticket.urlAvailable);
  for await (const user of other.ayrshare.batchUsers({ signal }).items()) console.log(user.displayNames);

  using roster = new Roster();
  const report: IngestReport = roster.ingest("ayrshare", new Uint8Array());
  roster.ingest("ayrshare", "{}");
  roster.ingest("ayrshare", collected.items.length > 0 ? (await firstPage(pages)) : new ArrayBuffer(0));
  const query: Query = { text: "status:suspended", sort: ["-followers"], facets: ["platform"], offset: 0, limit: 10, now: 0 };
  const view: View = roster.query(query);
  const row: Row | undefined = roster.get("ayrshare:1");
  const terms: QueryTerm[] = view.terms;
  const suggestions: Suggestion[] = roster.suggest("plat", 4, 5);
  const raw: string | undefined = roster.raw("ayrshare:1");
  const csv: string = roster.exportCsv(query, { columns: ["title"], bom: true, personalData: false });
  const ndjson: string = roster.exportNdjson(query);
  console.log(report.added, row?.followers, terms, suggestions, raw, csv, ndjson, roster.size, roster.memoryBytes, style);
  roster.free();

  try {
    await client.ayrshare.batch({ signal });
  } catch (error) {
    if (isRosterError(error)) {
      const waiting: number | null = error.retryAfterMs;
      if (error.code === "rate_limited") console.log(waiting, error.status, error.requestId, error.providerCode, error.provider);
      // @ts-expect-error: no such code
      if (error.code === "ratelimited") console.log();
    }
    if (error instanceof RosterError) console.log(error.name, error.cause);
  }
}

async function firstPage(pages: Pages<AyrshareProfile>): Promise<Page<AyrshareProfile>> {
  for await (const page of pages) return page;
  throw new Error("there is none");
}

export function budget(budget: Budget): number {
  return budget.used / budget.limit / budget.windowMs;
}

export function wrong(client: Client, roster: Roster): void {
  // @ts-expect-error: a base URL is needed
  new Client({});
  // @ts-expect-error: there is no such API
  client.facebook.profiles();
  // @ts-expect-error: there is no such filter
  client.ayrshare.profiles({ refid: "x" });
  // @ts-expect-error: a limit is a number
  client.insightiq.profiles({ limit: "10" });
  // @ts-expect-error: no such part
  client.ayrshare.profile("ref", ["health"]);
  // @ts-expect-error: a collection without an end is not offered
  client.upsun.profiles().collect({});
  // @ts-expect-error: sizes are read, not set
  roster.size = 1;
  // @ts-expect-error: pages are iterated, not awaited
  client.upsun.profiles().then();
  // @ts-expect-error: text is text
  roster.query({ text: 7 });
}
