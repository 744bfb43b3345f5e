import type { Packed } from "./packed.js";
import type {
  Budget,
  FacetValue,
  IngestReport,
  ProviderInfo,
  QueryTerm,
  Rejected,
  Row,
  Suggestion,
} from "./wasm/roster_wasm.js";

// Each function reads what the function of the same shape in `crates/wasm/src` writes.

export function provider(from: Packed): ProviderInfo {
  return {
    id: from.text(),
    title: from.text(),
    pagination: from.text() as ProviderInfo["pagination"],
    pageLimit: { default: from.number(), max: from.number() },
    pushdown: from.list(() => from.text()),
  };
}

export function budget(from: Packed): Budget | null {
  const used = from.maybeNumber();
  return used === null ? null : { used, limit: from.number(), windowMs: from.number() };
}

export function rejected(from: Packed): Rejected[] {
  return from.list(() => ({ path: from.text(), reason: from.text(), raw: from.text() }));
}

export function report(from: Packed): IngestReport {
  return { added: from.number(), replaced: from.number(), unchanged: from.number(), rejected: rejected(from) };
}

export function row(from: Packed): Row {
  return {
    key: from.text(),
    provider: from.text(),
    id: from.text(),
    title: from.text(),
    subtitle: from.maybeText(),
    status: from.maybeText(),
    platforms: from.list(() => from.text()),
    imageUrl: from.maybeText(),
    url: from.maybeText(),
    createdAt: from.maybeText(),
    updatedAt: from.maybeText(),
    followers: from.maybeNumber(),
    problems: from.list(() => from.text()),
  };
}

/** A row that its owner may change. One literal, so that all rows have one shape. */
export function copyOf(row: Row): Row {
  return {
    key: row.key,
    provider: row.provider,
    id: row.id,
    title: row.title,
    subtitle: row.subtitle,
    status: row.status,
    platforms: row.platforms.slice(),
    imageUrl: row.imageUrl,
    url: row.url,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    followers: row.followers,
    problems: row.problems.slice(),
  };
}

export function facetValue(from: Packed): FacetValue {
  return { value: from.text(), count: from.number(), selected: from.flag() };
}

export function term(from: Packed): QueryTerm {
  return {
    start: from.number(),
    end: from.number(),
    key: from.maybeText(),
    negated: from.flag(),
    hint: from.maybeText(),
  };
}

export function suggestion(from: Packed): Suggestion {
  const [text, start, end] = [from.text(), from.number(), from.number()];
  return { text, count: from.maybeNumber(), replace: [start, end] };
}
