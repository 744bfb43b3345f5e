/// <reference lib="esnext.disposable" preserve="true" />
import { call } from "./module.js";
import { Packed } from "./packed.js";
import * as shapes from "./shapes.js";
import type { ProviderInfo } from "./wasm/roster_wasm.js";
import { rawProviders } from "./wasm/roster_wasm.js";

export type { AyrshareApi, InsightiqApi, UpsunApi } from "./client.js";
export { RosterError, isRosterError } from "./errors.js";
export type { RosterErrorCode, RosterErrorDetails } from "./errors.js";
export type { ModuleSource } from "./module.js";
export type { CallOptions, ClientOptions, PagesOptions, RetryOptions } from "./options.js";
export type { Collected, Page, Pages } from "./pages.js";
export { Roster } from "./roster.js";
export type { CsvOptions, NdjsonOptions } from "./roster.js";
export type {
  AyrshareAction,
  AyrshareActionLog,
  AyrshareBatchTicket,
  AyrshareInclude,
  AyrshareProfile,
  AyrshareProfilesParams,
  AyrshareStamp,
  AyrshareUser,
  AyrshareUserCount,
  AyrshareUserParams,
  Budget,
  FacetValue,
  IngestReport,
  InsightiqPlatform,
  InsightiqProfile,
  InsightiqProfilesParams,
  InsightiqUser,
  PageLimit,
  PinterestBoard,
  PinterestOwner,
  Progress,
  ProviderInfo,
  Query,
  QueryTerm,
  Rejected,
  Row,
  Suggestion,
  UpsunProfile,
  View,
} from "./wasm/roster_wasm.js";

/** The APIs this build knows: id, title, pagination style, and which filters the API itself can apply. */
export function providers(): ProviderInfo[] {
  const from = new Packed(call(rawProviders));
  return from.list(() => shapes.provider(from));
}
