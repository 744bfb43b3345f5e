// One JSON object a line on standard output and nothing else; what people read goes to standard error.

/**
 * @param {string} bench what was measured: `decode/ayrshare-5000`
 * @param {string} peer against whom: `tuned`
 * @param {number} ours
 * @param {number} theirs
 * @param {string} unit of both; smaller is better
 * @param {number} n how many profiles
 */
export function compare(bench, peer, ours, theirs, unit, n) {
  const line = { bench, peer, ours: rounded(ours), theirs: rounded(theirs), unit, ratio: rounded(theirs / ours), n };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  const values = [line.ours, line.theirs].map((value) => `${value} ${unit}`.padStart(16)).join("");
  say(`${bench.padEnd(34)}${values}${`${line.ratio}x`.padStart(10)} ${peer}`);
}

/** Tells the person at the terminal. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** A number of profiles as names have it: `100k`, `1m`. */
export function short(n) {
  if (n >= 1_000_000) return `${n / 1_000_000}m`;
  return n >= 1000 ? `${n / 1000}k` : `${n}`;
}

/** Four significant digits: more would be noise. */
export function rounded(value) {
  return Number(value.toPrecision(4));
}
