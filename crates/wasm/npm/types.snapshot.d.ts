// index
/// <reference lib="esnext.disposable" preserve="true" />
import { BaseClient } from "./client.js";
import { type ModuleSource } from "./module.js";
import type { ClientOptions } from "./options.js";
export * from "./api.js";
/**
 * Loads the WebAssembly module. Optional where `Client.connect` is used; idempotent; concurrent calls share one load.
 *
 * @param source Where the module is: a URL, a response, bytes or a compiled module. By default: the file beside this one.
 */
export declare function init(source?: ModuleSource): Promise<void>;
/** A client of one proxy. */
export declare class Client extends BaseClient {
    /** `init()` and a client. */
    static connect(options: ClientOptions): Promise<Client>;
}

// api
/// <reference lib="esnext.disposable" preserve="true" />
import type { ProviderInfo } from "./wasm/roster_wasm.js";
export type { AyrshareApi, InsightiqApi, UpsunApi } from "./client.js";
export { RosterError, isRosterError } from "./errors.js";
export type { RosterErrorCode, RosterErrorDetails } from "./errors.js";
export type { ModuleSource } from "./module.js";
export type { CallOptions, ClientOptions, PagesOptions, RetryOptions } from "./options.js";
export type { Collected, Page, Pages } from "./pages.js";
export { Roster } from "./roster.js";
export type { CsvOptions, NdjsonOptions } from "./roster.js";
export type { AyrshareAction, AyrshareActionLog, AyrshareBatchTicket, AyrshareInclude, AyrshareProfile, AyrshareProfilesParams, AyrshareStamp, AyrshareUser, AyrshareUserCount, AyrshareUserParams, Budget, FacetValue, IngestReport, InsightiqPlatform, InsightiqProfile, InsightiqProfilesParams, InsightiqUser, PageLimit, PinterestBoard, PinterestOwner, Progress, ProviderInfo, Query, QueryTerm, Rejected, Row, Suggestion, UpsunProfile, View, } from "./wasm/roster_wasm.js";
/** The APIs this build knows: id, title, pagination style, and which filters the API itself can apply. */
export declare function providers(): ProviderInfo[];

// client
import { type CallOptions, type ClientOptions, type PagesOptions } from "./options.js";
import { type Pages } from "./pages.js";
import type { AyrshareActionLog, AyrshareBatchTicket, AyrshareInclude, AyrshareProfile, AyrshareProfilesParams, AyrshareUser, AyrshareUserParams, InsightiqProfile, InsightiqProfilesParams, PinterestBoard, UpsunProfile } from "./wasm/roster_wasm.js";
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
    userDetails(platform: "pinterest", params?: {
        profile?: string | undefined;
    }, options?: CallOptions): Promise<PinterestBoard[]>;
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
export declare class BaseClient {
    /** Ayrshare through the proxy. */
    readonly ayrshare: AyrshareApi;
    /** InsightIQ through the proxy. */
    readonly insightiq: InsightiqApi;
    /** Upsun through the proxy. */
    readonly upsun: UpsunApi;
    /** A client of the proxy at `baseUrl`. Throws `not_initialised` before `init()`. */
    constructor(options: ClientOptions);
}

// errors
/** What went wrong, as a stable word that programs may branch on. The README says what to do about each. */
export type RosterErrorCode = "not_initialised" | "network" | "timeout" | "unauthorized" | "forbidden" | "rate_limited" | "not_found" | "upstream" | "decode" | "pagination" | "invalid_query" | "invalid_argument" | "poisoned";
/** What an error knows beyond its code and message. */
export interface RosterErrorDetails {
    /** The API, where one was involved. */
    provider?: string | null;
    /** The HTTP status, where an answer arrived. */
    status?: number | null;
    /** How long the API asked to wait, in milliseconds. */
    retryAfterMs?: number | null;
    /** The API's id of the request. */
    requestId?: string | null;
    /** The API's own code, as text. */
    providerCode?: string | null;
    /** What was thrown or rejected beneath, whatever it is. */
    cause?: unknown;
}
/** Everything thrown or rejected by this package, except an abort, which rejects with `signal.reason` itself. */
export declare class RosterError extends Error {
    readonly name: "RosterError";
    /** What went wrong. */
    readonly code: RosterErrorCode;
    /** The API, where one was involved. */
    readonly provider: string | null;
    /** The HTTP status, where an answer arrived. */
    readonly status: number | null;
    /** How long the API asked to wait, in milliseconds. */
    readonly retryAfterMs: number | null;
    /** The API's id of the request, to quote to its support. */
    readonly requestId: string | null;
    /** The API's own code, as text. */
    readonly providerCode: string | null;
    constructor(code: RosterErrorCode, message: string, details?: RosterErrorDetails);
}
/** Whether a value is an error of this package, also of another copy of it or from another realm. */
export declare function isRosterError(value: unknown): value is RosterError;
/** An argument that cannot be meant: what was expected, where, and what was found, without repeating personal data. */
export declare function invalidArgument(expected: string, where: string, found: unknown): RosterError;
/** Makes an error of the lines that the module throws; see `crates/wasm/src/fault.rs`. */
export declare function errorOf(lines: string, details?: {
    cause?: unknown;
}): RosterError;

// module
/** Where the WebAssembly module may come from. */
export type ModuleSource = string | URL | Response | BufferSource | WebAssembly.Module;
/** Loads the module once; a load that failed can be tried again. */
export declare function load(open: () => ModuleSource | Promise<ModuleSource>): Promise<void>;
/** Refuses to go on without the module, or with one that has trapped. */
export declare function mustBeReady(): void;
/** Calls into the module: what it throws becomes a `RosterError`, and a trap is remembered. */
export declare function call<T>(work: () => T, beneath?: {
    cause: unknown;
}): T;

// options
import type { Progress } from "./wasm/roster_wasm.js";
/** How a client reaches the proxy, and how patient it is. */
export interface ClientOptions {
    /** The proxy's API root, such as `"/api/v1"`. */
    baseUrl: string | URL;
    /** Called with the URL as text and a `RequestInit`, in place of the global `fetch`. */
    fetch?: typeof globalThis.fetch | undefined;
    /** Sent to the proxy on every call, such as its access token. */
    headers?: Record<string, string> | undefined;
    /** For each request from its start to the last byte, in milliseconds; 30,000 by default. */
    timeoutMs?: number | undefined;
    /** How often a page is asked for, and how long to wait in between; `false`: once. */
    retry?: RetryOptions | false | undefined;
}
/** How failed requests are tried again. */
export interface RetryOptions {
    /** Requests for one page in all, the first one included; 3 by default. */
    attempts?: number | undefined;
    /** Longest wait before the second request, in milliseconds; it doubles from there. 500 by default. */
    baseDelayMs?: number | undefined;
    /** Longest wait between two requests, in milliseconds, unless the API asks for a longer one. 20,000 by default. */
    maxDelayMs?: number | undefined;
}
/** Options of every call. */
export interface CallOptions {
    /** Stops the call, which then rejects with `signal.reason`. */
    signal?: AbortSignal | undefined;
}
/** Options of a load. */
export interface PagesOptions extends CallOptions {
    /** A token from {@link Page.resume}: goes on where an earlier run stopped. */
    resume?: string | undefined;
    /** Most pages of this run. */
    maxPages?: number | undefined;
    /** Hears of every page and of every wait. */
    onProgress?: ((progress: Progress) => void) | undefined;
}
/** Parameters as a query string; what is `undefined` is left out. */
export declare function queryString(params: object | undefined): string;
/** A whole number within bounds; the default where nothing was given. */
export declare function whole(value: number | undefined, where: string, least: number, absent: number): number;

// pages
import { type PagesOptions } from "./options.js";
import type { Packed } from "./packed.js";
import type { Rejected } from "./wasm/roster_wasm.js";
/** One page of an answer. A plain object, but that `items` is read from `bytes` when it is first asked for. */
export interface Page<T> {
    /** The API. */
    provider: string;
    /** Which page it is, from 1, also of earlier runs that this one goes on with. */
    number: number;
    /** The records, each equal to `JSON.parse` of its text; whole numbers beyond ±(2^53 − 1) are strings of their digits. */
    items: T[];
    /** Profiles over all pages, only where the API states it. */
    total: number | null;
    /** A token with which another run, also in another process, goes on after this page; null after the last one. */
    resume: string | null;
    /** When the API made the data, ISO 8601 in UTC. */
    lastUpdated: string | null;
    /** Before this instant the API answers the same again, ISO 8601 in UTC. */
    nextUpdate: string | null;
    /** Records that could not be read: where and why. They are not among the items. */
    rejected: Rejected[];
    /** The body exactly as received; of a batch file, a JSON array of the exact texts of the page's users. */
    bytes: Uint8Array;
}
/** What `collect` brought together. */
export interface Collected<T> {
    /** The records, at most as many as were asked for. */
    items: T[];
    /** Whether there are more. */
    truncated: boolean;
    /** Records that could not be read. */
    rejected: Rejected[];
}
/** Lazy: nothing is requested before the first iteration. `break` and `signal` stop the request in flight. */
export interface Pages<T> extends AsyncIterable<Page<T>> {
    /** Starts a load. Calls of `next` while one is under way share its promise; after an error, `next` asks again. */
    [Symbol.asyncIterator](): AsyncIterator<Page<T>, undefined>;
    /** The records of all pages, one by one. */
    items(): AsyncIterable<T>;
    /** The records of all pages in one array, at most `maxItems`. */
    collect(options: {
        maxItems: number;
    }): Promise<Collected<T>>;
}
/** What comes of one step of a load. */
export interface Came {
    from: Packed;
    body: Uint8Array;
}
/** A load that was started: brings what comes next, until nothing does. */
export interface Feed {
    advance(signal: AbortSignal, onWait: (ms: number) => void): Promise<Came | undefined>;
    free(): void;
}
/** Pages of loads that `start` begins. */
export declare function pagesOf<T>(start: () => Feed, options?: PagesOptions): Pages<T>;
/** The value of a JSON text. What the engine says of a bad one would repeat parts of it, so it is not handed on. */
export declare function parsed(text: string): unknown;

// roster
import type { Page } from "./pages.js";
import type { IngestReport, Query, Row, Suggestion, View } from "./wasm/roster_wasm.js";
/** How a CSV file is written. */
export interface CsvOptions {
    /** Fields in order; by default all that have a value in some row. */
    columns?: readonly string[] | undefined;
    /** Whether it begins with a byte order mark, without which Excel takes it for another encoding. */
    bom?: boolean | undefined;
    /** Whether columns about people's private lives are included. */
    personalData?: boolean | undefined;
}
/** How an NDJSON file is written. */
export interface NdjsonOptions {
    /** Whether members about people's private lives are included. */
    personalData?: boolean | undefined;
}
/**
 * The in-memory index of profiles of all APIs. Keys are `provider:id`; a profile that arrives again is replaced, and
 * counted. Several may live side by side.
 */
export declare class Roster {
    #private;
    /** The same as `free`, for `using`; only where the engine knows `Symbol.dispose`. */
    [Symbol.dispose]: () => void;
    /** An empty one. Throws `not_initialised` before `init()`. */
    constructor();
    /**
     * Takes a page in: one of a load, a body as received, a JSON array of records as batch files hold it, a file of one
     * record a line, or a single record. Throws `decode` for a page that cannot be read; nothing of it is loaded then.
     * What the first questions would otherwise wait for is prepared in pauses from here on, a few milliseconds each.
     */
    ingest(provider: string, page: Page<unknown> | Uint8Array | ArrayBuffer | string): IngestReport;
    /** Filters, counts, orders and cuts out a window. */
    query(query?: Query): View;
    /** What could stand at the cursor of a query text, the best first; `cursor` counts UTF-16 units, as `slice` does. */
    suggest(text_: string, cursor: number, limit?: number): Suggestion[];
    /** A profile by its key. */
    get(key: string): Row | undefined;
    /** A record's exact JSON text, by its key. */
    raw(key: string): string | undefined;
    /** Everything that passes, in order, as CSV that no spreadsheet takes for formulas. Offset and limit do not count. */
    exportCsv(query: Query, { columns, bom, personalData }?: CsvOptions): string;
    /** Everything that passes, in order, one record a line. Offset and limit do not count. */
    exportNdjson(query: Query, { personalData }?: NdjsonOptions): string;
    /** How many profiles there are. */
    get size(): number;
    /** Memory in use, in bytes: pages as received, columns, answers that are kept, and about what kept rows take. */
    get memoryBytes(): number;
    /** Gives the memory back at once. Without it, the garbage collector does so some time later. */
    free(): void;
}

// shapes
/// <reference lib="esnext.disposable" />
/* tslint:disable */
/* eslint-disable */
/**
 * A Pinterest board.
 */
export type PinterestBoard = { id: string; name: string; privacy: string; description: string; owner: PinterestOwner } & Record<string, unknown>;

/**
 * A profile as lists and cards show it, the same for every API.
 */
export interface Row {
    /**
     * `provider:id`.
     */
    key: string;
    /**
     * The API's id.
     */
    provider: string;
    /**
     * The profile's id in its API, as text.
     */
    id: string;
    /**
     * The name to show.
     */
    title: string;
    /**
     * A second name, where it differs.
     */
    subtitle: string | null;
    /**
     * `active`, `suspended`, or the API's own word.
     */
    status: string | null;
    /**
     * Codes of the connected platforms.
     */
    platforms: string[];
    /**
     * Address of a picture, as sent: check it before using it.
     */
    imageUrl: string | null;
    /**
     * Address of the profile or of its web site, as sent: check it before using it.
     */
    url: string | null;
    /**
     * When it was created in the API, ISO 8601 in UTC.
     */
    createdAt: string | null;
    /**
     * When it was last changed in the API, ISO 8601 in UTC.
     */
    updatedAt: string | null;
    /**
     * People who follow.
     */
    followers: number | null;
    /**
     * What is wrong, worst first: `suspended`, `error:twitter`, `relink:instagram`, `expired:…`, `no-accounts`, `quota`.
     */
    problems: string[];
}

/**
 * A profile of InsightIQ, as sent.
 */
export type InsightiqProfile = { id: string; user: InsightiqUser; work_platform: InsightiqPlatform } & Record<string, unknown>;

/**
 * A profile of Upsun, as sent.
 */
export type UpsunProfile = { id: string; username?: string; display_name?: string } & Record<string, unknown>;

/**
 * A question to a roster.
 */
export interface Query {
    /**
     * The query language: `platform:instagram -status:suspended followers:>10k "acme"`. Every text means something.
     */
    text?: string | undefined;
    /**
     * Fields to order by, the deciding one first, at most three: `"title"`, `"-followers"`, `"-urgency"`. Profiles
     * without a value come last. Without any: in loading order.
     */
    sort?: readonly string[] | undefined;
    /**
     * Rows to pass over; 0 by default.
     */
    offset?: number | undefined;
    /**
     * Most rows in the answer; 50 by default.
     */
    limit?: number | undefined;
    /**
     * Fields whose values are to be counted under the conditions on the other fields.
     */
    facets?: readonly string[] | undefined;
    /**
     * The instant that relative dates count from, in Unix milliseconds; now by default.
     */
    now?: number | undefined;
}

/**
 * A record that could not be read. It is handed on, never dropped.
 */
export interface Rejected {
    /**
     * Where it stands: `profiles[3]`.
     */
    path: string;
    /**
     * Why: *expected an object, found number 7*.
     */
    reason: string;
    /**
     * Its exact text.
     */
    raw: string;
}

/**
 * A user of Ayrshare with its accounts, as sent.
 */
export type AyrshareUser = { refId?: string; title?: string; activeSocialAccounts?: string[]; displayNames?: Record<string, unknown>[] } & Record<string, unknown>;

/**
 * A user of InsightIQ.
 */
export interface InsightiqUser {
    /**
     * Its id, a UUID.
     */
    id: string;
    /**
     * Its name.
     */
    name: string;
}

/**
 * A user profile of Ayrshare, as sent.
 */
export type AyrshareProfile = { status?: string; title?: string; displayTitle?: string; created?: AyrshareStamp; createdUTC?: string; refId: string; activeSocialAccounts?: string[]; isByokLinked?: boolean; suspended?: boolean } & Record<string, unknown>;

/**
 * A value of a field, and how many profiles have it.
 */
export interface FacetValue {
    /**
     * As it is asked for; `yes` and `no` for flags.
     */
    value: string;
    /**
     * Profiles that have it and pass all conditions on other fields.
     */
    count: number;
    /**
     * Whether the question asks for it.
     */
    selected: boolean;
}

/**
 * A work platform of InsightIQ.
 */
export interface InsightiqPlatform {
    /**
     * Its id, a UUID.
     */
    id: string;
    /**
     * Its name.
     */
    name: string;
    /**
     * Address of its logo: check it before using it.
     */
    logo_url?: string;
}

/**
 * An API that this build knows.
 */
export interface ProviderInfo {
    /**
     * Id in paths, keys and files: `"ayrshare"`.
     */
    id: string;
    /**
     * Name for people.
     */
    title: string;
    /**
     * How its pages are strung together.
     */
    pagination: "cursor" | "offset" | "link";
    /**
     * Records per page; zeros for an API that has no such parameter.
     */
    pageLimit: PageLimit;
    /**
     * Names of the filters that the API itself can apply.
     */
    pushdown: string[];
}

/**
 * An instant in seconds and nanoseconds.
 */
export interface AyrshareStamp {
    /**
     * Seconds since 1970.
     */
    _seconds: number;
    /**
     * The rest, in nanoseconds.
     */
    _nanoseconds: number;
}

/**
 * How far a load has come.
 */
export interface Progress {
    /**
     * Pages received in this run.
     */
    pages: number;
    /**
     * Profiles received in this run.
     */
    profiles: number;
    /**
     * Profiles over all pages, only where the API states it.
     */
    total: number | null;
    /**
     * Bytes of the bodies received in this run.
     */
    bytes: number;
    /**
     * Since the first request of this run, in milliseconds.
     */
    elapsedMs: number;
    /**
     * How long it waits now before it asks again, in milliseconds; null while it does not wait.
     */
    waitingMs: number | null;
    /**
     * The API's request window, where its headers tell.
     */
    budget: Budget | null;
}

/**
 * How many profiles there were at an instant.
 */
export interface AyrshareUserCount {
    /**
     * When, ISO 8601 in UTC.
     */
    reported: string;
    /**
     * How many.
     */
    userProfileCount: number;
}

/**
 * How one part of a text was understood.
 */
export interface QueryTerm {
    /**
     * Where it begins in the text, in UTF-16 units as in `text.slice(start, end)`.
     */
    start: number;
    /**
     * Where it ends.
     */
    end: number;
    /**
     * The field, or `has` or `no`; null for plain text.
     */
    key: string | null;
    /**
     * Whether its opposite is asked for.
     */
    negated: boolean;
    /**
     * A remark for people, where it was not understood or may surprise.
     */
    hint: string | null;
}

/**
 * More about one profile of Ayrshare.
 */
export type AyrshareInclude = "suspension" | "socialHealth" | "linkingErrors" | "activity" | "quota" | "unlinkHistory" | "actionLog";

/**
 * One thing that happened to a profile.
 */
export type AyrshareAction = { action: string; refId: string; title?: string; created: string } & Record<string, unknown>;

/**
 * Profiles created and deleted in the last days.
 */
export interface AyrshareActionLog {
    /**
     * What happened, the newest first.
     */
    actionLog: AyrshareAction[];
    /**
     * How many profiles there were.
     */
    userProfilesReport: AyrshareUserCount[];
    /**
     * When this answer was made, ISO 8601 in UTC.
     */
    lastUpdated: string | null;
    /**
     * Before this instant the API answers the same again, ISO 8601 in UTC.
     */
    nextUpdate: string | null;
}

/**
 * Records per page.
 */
export interface PageLimit {
    /**
     * What the API takes when nothing is asked for.
     */
    default: number;
    /**
     * The most that it accepts.
     */
    max: number;
}

/**
 * Says where the file with all users will be, and when.
 */
export interface AyrshareBatchTicket {
    /**
     * Address of the file. It grants access to everybody who has it.
     */
    url: string;
    /**
     * When the file can be fetched, ISO 8601 in UTC.
     */
    urlAvailable: string;
    /**
     * Until when, ISO 8601 in UTC.
     */
    urlExpires: string;
    /**
     * When the file was begun, ISO 8601 in UTC.
     */
    lastUpdated: string;
    /**
     * Before this instant the API answers the same ticket, ISO 8601 in UTC.
     */
    nextUpdate: string;
}

/**
 * The answer to a question.
 */
export interface View {
    /**
     * Profiles that pass.
     */
    total: number;
    /**
     * The window of them that was asked for.
     */
    rows: Row[];
    /**
     * The counts, by the fields as they were asked for.
     */
    facets: Record<string, FacetValue[]>;
    /**
     * How the text was understood, from the left.
     */
    terms: QueryTerm[];
}

/**
 * What an API's headers say about its request window.
 */
export interface Budget {
    /**
     * Requests used so far in the window.
     */
    used: number;
    /**
     * Requests allowed in the window.
     */
    limit: number;
    /**
     * Length of the window, in milliseconds.
     */
    windowMs: number;
}

/**
 * What became of a page that a roster took in.
 */
export interface IngestReport {
    /**
     * Profiles that were not there before.
     */
    added: number;
    /**
     * Profiles that were there with another record, which is replaced.
     */
    replaced: number;
    /**
     * Profiles that were there with the same bytes.
     */
    unchanged: number;
    /**
     * What stands in the list and is no record.
     */
    rejected: Rejected[];
}

/**
 * What could stand at the cursor.
 */
export interface Suggestion {
    /**
     * What to put in the place of `replace`.
     */
    text: string;
    /**
     * Profiles that would be left; null where nobody counts.
     */
    count: number | null;
    /**
     * The part of the text to replace, in UTF-16 units.
     */
    replace: [start: number, end: number];
}

/**
 * Which profile of Ayrshare is asked about.
 */
export interface AyrshareUserParams {
    /**
     * The alias under which the proxy holds the profile's key; without it, the primary profile.
     */
    profile?: string | undefined;
    /**
     * Adds account type and posts used of 50 in 24 hours.
     */
    instagramQuota?: boolean | undefined;
    /**
     * Checks whether the profile still exists; needs `profile`.
     */
    validate?: boolean | undefined;
}

/**
 * Which profiles of Ayrshare, and how many a page.
 */
export interface AyrshareProfilesParams {
    /**
     * Only the profile with exactly this title.
     */
    title?: string | undefined;
    /**
     * Only the profile with this reference id.
     */
    refId?: string | undefined;
    /**
     * True: at least one connected account. False: none. Absent: either.
     */
    hasActiveSocialAccounts?: boolean | undefined;
    /**
     * Profiles that are connected to all of these platforms.
     */
    includesActiveSocialAccounts?: readonly string[] | undefined;
    /**
     * Profiles that have, or still need, their own X key. Profiles without X are left out when this is set.
     */
    isByokLinked?: boolean | undefined;
    /**
     * Profiles a page, 1 to 5000; 5000 by default.
     */
    limit?: number | undefined;
    /**
     * The position to begin at, from an earlier answer of the API itself. To go on with a load, use `resume`.
     */
    cursor?: string | undefined;
}

/**
 * Which profiles of InsightIQ, and how many a page.
 */
export interface InsightiqProfilesParams {
    /**
     * Only profiles of this user, a UUID.
     */
    user_id?: string | undefined;
    /**
     * Only profiles on this work platform, a UUID.
     */
    work_platform_id?: string | undefined;
    /**
     * Only profiles of this account, a UUID.
     */
    account_id?: string | undefined;
    /**
     * Profiles a page, 1 to 100.
     */
    limit?: number | undefined;
    /**
     * Profiles to pass over.
     */
    offset?: number | undefined;
}

/**
 * Whose board it is.
 */
export interface PinterestOwner {
    /**
     * The handle on Pinterest.
     */
    username: string;
}


