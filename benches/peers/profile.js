// What all peers know of an Ayrshare profile.

/** The documented platforms, then the one that only the sandbox has. The place of a word is its bit. */
export const PLATFORMS = [
  "bluesky", "facebook", "gmb", "instagram", "linkedin", "pinterest", "reddit", "snapchat", "telegram", "threads",
  "tiktok", "twitter", "youtube", "mastodon",
];
const BIT_OF = new Map(PLATFORMS.map((word, bit) => [word, 1 << bit]));

/** The values of the status facet. The place of a word is its code. */
export const STATUSES = ["active", "suspended"];

/** The rows of pages, as `Response.json()` would give them. */
export function parse(pages) {
  const decoder = new TextDecoder();
  return pages.flatMap((page) => JSON.parse(decoder.decode(page)).profiles);
}

/** A set of platforms as bits. */
export function maskOf(words) {
  let mask = 0;
  if (words !== undefined) for (const word of words) mask |= BIT_OF.get(word) ?? 0;
  return mask;
}

/** The flag is about today, the word may be older. */
export function statusOf(row) {
  return row.suspended ? "suspended" : row.status;
}

/** Counts by platform from counts by set of platforms. */
export function byPlatform(sets) {
  const counts = new Uint32Array(PLATFORMS.length);
  for (const [mask, count] of sets) {
    for (let rest = mask; rest !== 0; rest &= rest - 1) counts[31 - Math.clz32(rest & -rest)] += count;
  }
  return counts;
}

/** Everybody's answer in one form: the total, the counts of two facets, the first rows by their place in the pages. */
export function answer(total, platforms, statuses, top) {
  return { total, platforms: Array.from(platforms), statuses: Array.from(statuses), top: Array.from(top) };
}

/** What a card shows of a row, in the form in which the npm module gives it. */
export function cardOf(row) {
  const { refId, title, displayTitle, activeSocialAccounts = [], createdUTC = null } = row;
  const status = statusOf(row);
  const problems = status === "suspended" ? ["suspended"] : [];
  if (activeSocialAccounts.length === 0) problems.push("no-accounts");
  return {
    key: `ayrshare:${refId}`,
    provider: "ayrshare",
    id: refId,
    title: displayTitle || title || refId,
    subtitle: displayTitle && title && displayTitle !== title ? title : null,
    status,
    platforms: activeSocialAccounts.slice(),
    imageUrl: null,
    url: null,
    createdAt: createdUTC,
    updatedAt: null,
    followers: null,
    problems,
  };
}
