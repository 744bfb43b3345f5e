// A chart with logarithmic axes, as SVG.
import { short } from "./report.js";
import { slope } from "./stats.js";

const [WIDTH, HEIGHT] = [760, 480];
const BOX = { left: 70, right: 24, top: 24, bottom: 132 };
const LOOKS = [
  { colour: "#0b6e4f", dash: "none" },
  { colour: "#0b6e4f", dash: "6 4" },
  { colour: "#b3541e", dash: "none" },
  { colour: "#b3541e", dash: "6 4" },
];

/**
 * @param {Record<string, [number, number][]>} series by name: number of profiles and milliseconds
 * @param {(slope: number) => string} inWords what a slope means
 */
export function chart(series, inWords) {
  const points = Object.values(series).flat();
  const x = axis(points.map(([n]) => n), BOX.left, WIDTH - BOX.right);
  const y = axis(points.map(([, ms]) => ms), HEIGHT - BOX.bottom, BOX.top);
  const lines = Object.entries(series).map(([name, own], at) => line(name, own, LOOKS[at % LOOKS.length], at, x, y, inWords));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">
<title>Time of one keystroke against the number of profiles</title>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
${x.ticks.map((n) => tickX(n, x, y)).join("\n")}
${y.ticks.map((ms) => tickY(ms, x, y)).join("\n")}
<text x="${BOX.left}" y="16" fill="#333">milliseconds a keystroke, by number of profiles; both axes are logarithmic</text>
${lines.join("\n")}
</svg>
`;
}

/** Whole powers of ten around the values, and where a value lies. */
function axis(values, start, end) {
  const first = Math.floor(Math.log10(Math.min(...values)));
  const last = Math.ceil(Math.log10(Math.max(...values)));
  const ticks = Array.from({ length: last - first + 1 }, (_, at) => Number((10 ** (first + at)).toPrecision(1)));
  const place = (value) => (start + ((Math.log10(value) - first) / (last - first)) * (end - start)).toFixed(1);
  return { ticks, place, start, end };
}

function tickX(n, x, y) {
  const at = x.place(n);
  return `<path d="M${at} ${y.start}V${y.end}" stroke="#ddd"/><text x="${at}" y="${y.start + 18}" text-anchor="middle" fill="#333">${short(n)}</text>`;
}

function tickY(ms, x, y) {
  const at = y.place(ms);
  return `<path d="M${x.start} ${at}H${x.end}" stroke="#ddd"/><text x="${x.start - 8}" y="${at}" dy="4" text-anchor="end" fill="#333">${ms}</text>`;
}

function line(name, points, { colour, dash }, at, x, y, inWords) {
  const path = points.map(([n, ms], turn) => `${turn === 0 ? "M" : "L"}${x.place(n)} ${y.place(ms)}`).join("");
  const dots = points.map(([n, ms]) => `<circle cx="${x.place(n)}" cy="${y.place(ms)}" r="3" fill="${colour}"/>`).join("");
  const legend = HEIGHT - BOX.bottom + 48 + at * 20;
  return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"/>${dots}
<path d="M${BOX.left} ${legend - 4}h28" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"/><text x="${BOX.left + 36}" y="${legend}" fill="#333">${name}: ${inWords(slope(points))}</text>`;
}
