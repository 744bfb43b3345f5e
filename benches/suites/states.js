// Thirteen states of a search: nothing, a word letter by letter, then chips on and off.
import { fold } from "../peers/fold.js";

/** Words of the sandbox's titles. A first letter comes again only after several others. */
const WORDS = [
  "bakery", "travel", "kitchen", "market", "records", "garden", "fashion", "studio", "theatre", "books", "radio",
  "motors", "hotel", "pets", "games", "florist", "sports", "tools", "design", "legal", "yoga", "wines", "energy",
  "academy", "clinic", "optics",
];

/** How many states a word goes through. */
export const N_STATES = 13;

/** Everything. */
export const ALL = state("");

/** Needles that are found under other letters. */
export const ACCENTED = ["smorrebrod", "smørrebrød", "CAFÉ", "kobo", "ítaca", "łódka", "zubr", "서울", "北京", "नमस्ते"].map(
  (needle) => ({ ...state(fold(needle)), text: needle }),
);

/** What one word is typed and filtered by. */
export function statesOf(word) {
  const [facebook, instagram, youtube] = ["facebook", "instagram", "youtube"];
  const letters = Array.from({ length: 7 }, (_, n) => state(word.slice(0, n)));
  return [
    ...letters,
    state(word, [facebook]),
    state(word, [facebook, instagram]),
    state(word, [facebook, instagram], "active"),
    state("", [facebook, instagram], "active"),
    state("", [facebook, instagram, youtube], "active"),
    state("", [youtube], "suspended"),
  ];
}

function state(needle, platforms = [], status = null) {
  const chips = [...platforms.map((word) => `platform:${word}`), ...(status ? [`status:${status}`] : [])];
  return { needle, platforms, status, text: [...(needle ? [needle] : []), ...chips].join(" ") };
}

/**
 * Words that find the same with accents folded and without, whatever was typed of them so far: natural code, which
 * folds only case, must have the same hits.
 */
export function fairWords(rows) {
  const texts = rows.flatMap((row) => [row.title, row.displayTitle]).filter((text) => text !== undefined);
  const both = texts.map((text) => [fold(text), text.toLowerCase()]);
  const odd = both.filter(([folded, lower]) => folded !== lower);
  const begins = (word) => Array.from({ length: word.length }, (_, n) => word.slice(0, n + 1));
  return WORDS.filter((word) =>
    begins(word).every((needle) => odd.every(([folded, lower]) => folded.includes(needle) === lower.includes(needle))),
  );
}
