// Text without case and accents, as an expert folds it in JavaScript.

/** Letters that no decomposition takes apart. */
const LETTERS = { ø: "o", ß: "ss", æ: "ae", œ: "oe", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", "’": "'", "–": "-" };
const IS_ASCII = /^[\x00-\x7f]*$/;

/** Folded words. Names are made of the same words again and again. */
const known = new Map();
const MAX_KNOWN = 100_000;

/** `Café` becomes `cafe`. */
export function fold(text) {
  const lower = text.toLowerCase();
  return IS_ASCII.test(lower) ? lower : lower.split(" ").map(word).join(" ");
}

function word(lower) {
  let folded = known.get(lower);
  if (folded === undefined) {
    const bare = lower.normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
    folded = bare.replace(/[øßæœłđðþı’–]/g, (letter) => LETTERS[letter]);
    if (known.size < MAX_KNOWN) known.set(lower, folded);
  }
  return folded;
}
