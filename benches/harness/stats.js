// What is said of a series of durations.

/** The value below which a share of the sorted samples lies, by nearest rank. */
export function quantile(samples, share) {
  if (samples.length === 0) throw new Error("expected samples, found none");
  const sorted = Float64Array.from(samples).sort();
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))];
}

/** The middle value. */
export const median = (samples) => quantile(samples, 0.5);

/** Slope of the straight line through the logarithms: 1 is proportional to n, 0 does not depend on n. */
export function slope(points) {
  const logs = points.map(([n, value]) => [Math.log(n), Math.log(value)]);
  const mean = (axis) => logs.reduce((sum, point) => sum + point[axis], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const along = logs.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return along / logs.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}
