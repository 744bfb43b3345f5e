// The order of `crates/index/src/collate.rs`, written a second time: blanks and signs, numbers by their size, letters.

const SIGNS = "\t\n\v\f\r _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";
const OTHER_SIGN = "\x2e";
const NUMBER = "\x2f";
const SPECIAL = /[0-9]+|[\x00-\x2f\x3a-\x60\x7b-\x7f]|[^\x00-\x7f\p{Alphabetic}\p{N}]/gu;

/** A folded text as a string that compares as people expect. */
export function keyOf(folded) {
  return folded.replace(SPECIAL, (found) => (found >= "0" && found <= "9\uffff" ? numberKey(found) : signKey(found)));
}

/** Longer numbers are larger. */
function numberKey(digits) {
  const number = digits.replace(/^0+/, "");
  return NUMBER + String.fromCharCode(Math.min(number.length, 255)) + number;
}

function signKey(sign) {
  const place = SIGNS.indexOf(sign);
  if (place >= 0) return String.fromCharCode(place + 1);
  return sign > "\x7f" ? OTHER_SIGN + sign : OTHER_SIGN;
}
