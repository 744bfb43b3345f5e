import { BatchFeed } from "./batch.js";
import { RosterError, invalidArgument } from "./errors.js";
import { call, mustBeReady } from "./module.js";
import { type CallOptions, type ClientOptions, type PagesOptions, queryString, whole } from "./options.js";
import { type Came, type Feed, type Page, type Pages, pagesOf, parsed } from "./pages.js";
import { drive } from "./steps.js";
import { Transport } from "./transport.js";
import type {
  AyrshareActionLog,
  AyrshareBatchTicket,
  AyrshareInclude,
  AyrshareProfile,
  AyrshareProfilesParams,
  AyrshareUser,
  AyrshareUserParams,
  InsightiqProfile,
  InsightiqProfilesParams,
  PinterestBoard,
  UpsunProfile,
} from "./wasm/roster_wasm.js";
import { RawClient, itemsText } from "./wasm/roster_wasm.js";

/** Ayrshare's user profiles and accounts. */
export interface AyrshareApi {
  /** The list of profiles, page by page. */
  profiles(params?: AyrshareProfilesParams, options?: PagesOptions): Pages<AyrshareProfile>;
  /** One profile, with more about it where asked for. Rejects with `not_found` if there is none. */
  profile(refId: string, include?: readonly AyrshareInclude[], options?: CallOptions): Promise<AyrshareProfile>;
  /** Profiles created and deleted in the last days: `true` for 60, or a number from 1 to 365. */
  actionLog(period?: true | number, options?: CallOptions): Promise<AyrshareActionLog>;
  /** The primary profile, or one whose key the proxy holds, with its accounts. */
  user(params?: AyrshareUserParams, options?: CallOptions): Promise<AyrshareUser>;
  /** The Pinterest boards of a profile. */
  userDetails(
    platform: "pinterest",
    params?: { profile?: string | undefined },
    options?: CallOptions,
  ): Promise<PinterestBoard[]>;
  /** Asks for the batch file: says where it will be, and when. */
  batch(options?: CallOptions): Promise<AyrshareBatchTicket>;
  /** Asks for the batch file, waits until it is there, and streams it through the proxy. */
  batchUsers(options?: PagesOptions): Pages<AyrshareUser>;
}

/** InsightIQ's profiles. */
export interface InsightiqApi {
  /** The list of profiles, page by page. */
  profiles(params?: InsightiqProfilesParams, options?: PagesOptions): Pages<InsightiqProfile>;
}

/** Upsun's user profiles. */
export interface UpsunApi {
  /** The list of profiles, page by page. */
  profiles(params?: Record<string, never>, options?: PagesOptions): Pages<UpsunProfile>;
}

/** Everything but how the module is loaded, which every entry does in its own way. */
export class BaseClient {
  /** Ayrshare through the proxy. */
  readonly ayrshare: AyrshareApi;
  /** InsightIQ through the proxy. */
  readonly insightiq: InsightiqApi;
  /** Upsun through the proxy. */
  readonly upsun: UpsunApi;

  /** A client of the proxy at `baseUrl`. Throws `not_initialised` before `init()`. */
  constructor(options: ClientOptions) {
    mustBeReady();
    const through = new Through(options);
    this.ayrshare = ayrshare(through);
    this.insightiq = { profiles: (params, options) => through.pages("insightiq", params, options) };
    this.upsun = { profiles: (params, options) => through.pages("upsun", params, options) };
  }
}

/** The way through the proxy: what the loads of one client share. */
class Through {
  readonly #transport: Transport;
  readonly #raw: RawClient;

  constructor(options: ClientOptions) {
    if (typeof options !== "object" || options === null) throw invalidArgument("an object", "options", options);
    this.#transport = new Transport(options);
    const retry = options.retry === false ? { attempts: 1 } : (options.retry ?? {});
    const attempts = whole(retry.attempts, "retry.attempts", 1, 3);
    const base = whole(retry.baseDelayMs, "retry.baseDelayMs", 0, 500);
    const max = whole(retry.maxDelayMs, "retry.maxDelayMs", 0, 20_000);
    this.#raw = call(() => new RawClient(attempts, base, max));
  }

  pages<T>(provider: string, params: object | undefined, options: PagesOptions = {}): Pages<T> {
    return pagesOf<T>(() => this.#feed(provider, params, options), options);
  }

  #feed(provider: string, params: object | undefined, options: PagesOptions): Feed {
    const [resume, most] = limits(options);
    const query = queryString(params);
    const raw = call(() => this.#raw.pages(provider, query, resume, most));
    return {
      advance: (signal, onWait) => {
        call(() => raw.begin());
        return drive(raw, this.#transport, signal, onWait);
      },
      free: () => raw.free(),
    };
  }

  /** The users of Ayrshare's batch file. */
  batch(options: PagesOptions = {}): Pages<AyrshareUser> {
    const start = () => {
      const [resume, most] = limits(options);
      return new BatchFeed(call(() => this.#raw.batch(resume, most)), this.#transport);
    };
    return pagesOf<AyrshareUser>(start, options);
  }

  /** The only page of a question. */
  async page<T>(provider: string, params: object, options: CallOptions = {}): Promise<Page<T>> {
    for await (const page of this.pages<T>(provider, params, { ...options, maxPages: 1 })) return page;
    throw new RosterError("not_found", `${provider}: expected an answer, found none`, { provider });
  }

  /** The answer of a route that has no pages. */
  async ask(provider: string, route: string, params: object, options: CallOptions = {}): Promise<unknown> {
    const query = queryString(params);
    const raw = call(() => this.#raw.ask(provider, route, query));
    try {
      const signal = options.signal ?? new AbortController().signal;
      const came = await drive(raw, this.#transport, signal, () => {});
      return came && objectOf(provider, came);
    } finally {
      raw.free();
    }
  }
}

/** Where a load begins, and how many pages it may bring. */
function limits({ resume = "", maxPages }: PagesOptions): [string, number] {
  if (typeof resume !== "string") throw invalidArgument("a token", "resume", resume);
  return [resume, whole(maxPages, "maxPages", 1, 0xffff_ffff)];
}

/** A whole body as an object, with long numbers as strings. */
function objectOf(provider: string, { body }: Came): object {
  const spans = Uint32Array.of(0, body.byteLength);
  const value = parsed(call(() => itemsText(body, spans)).slice(1, -1));
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new RosterError("decode", `${provider}: expected a JSON object at $, found another value`, { provider });
}

function ayrshare(through: Through): AyrshareApi {
  const ask = <T>(route: string, params: object = {}, options?: CallOptions) =>
    through.ask("ayrshare", route, params, options) as Promise<T>;
  return {
    profiles: (params, options) => through.pages("ayrshare", params, options),
    async profile(refId, include, options) {
      const params = { refId, ...(include?.length ? { include } : {}) };
      const page = await through.page<AyrshareProfile>("ayrshare", params, options);
      const [profile] = page.items;
      if (profile) return profile;
      const [bad] = page.rejected;
      if (bad) throw odd("decode", `${bad.reason}, at ${bad.path}`);
      throw odd("not_found", "expected a profile with this refId, found none");
    },
    async actionLog(period = true, options) {
      const answer = await ask<Record<string, unknown>>("profiles", { actionLog: period }, options);
      const log = answer["profiles"] as Partial<AyrshareActionLog> | undefined;
      const { actionLog, userProfilesReport } = log ?? {};
      if (!Array.isArray(actionLog)) throw odd("decode", "expected an array at profiles.actionLog, found none");
      const text = (key: string) => (typeof answer[key] === "string" ? (answer[key] as string) : null);
      return {
        actionLog,
        userProfilesReport: Array.isArray(userProfilesReport) ? userProfilesReport : [],
        lastUpdated: text("lastUpdated"),
        nextUpdate: text("nextUpdate"),
      };
    },
    user: (params, options) => ask("user", params, options),
    async userDetails(platform, params, options) {
      if (platform !== "pinterest") throw invalidArgument('"pinterest"', "platform", platform);
      const { pinterest } = await ask<{ pinterest: unknown }>("user/details/pinterest", params, options);
      if (Array.isArray(pinterest)) return pinterest as PinterestBoard[];
      throw odd("decode", "expected an array at pinterest, found none");
    },
    batch: (options) => ask("user/batch", {}, options),
    batchUsers: (options) => through.batch(options),
  };
}

function odd(code: "decode" | "not_found", message: string): RosterError {
  return new RosterError(code, `ayrshare: ${message}`, { provider: "ayrshare" });
}
