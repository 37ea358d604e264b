/** What samples say: median, percentiles, and a straight line through them with its uncertainty. */

/** The value below which `share` (0–1) of the samples lie. */
export function percentile(samples: readonly number[], share: number): number {
  if (samples.length === 0) return Number.NaN;
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}

/** Rise of a line per unit of x, and half the width of its 95 % confidence interval. */
export interface Slope {
  readonly rise: number;
  readonly margin: number;
}

/**
 * Least squares through the points. The margin is 1.96 standard errors: what the line may be off by if
 * the points scatter around it independently.
 */
export function slope(xs: readonly number[], ys: readonly number[]): Slope {
  const n = xs.length;
  if (n < 3) return { rise: Number.NaN, margin: Number.NaN };
  const meanX = xs.reduce((sum, x) => sum + x, 0) / n;
  const meanY = ys.reduce((sum, y) => sum + y, 0) / n;
  let sxx = 0;
  let sxy = 0;
  for (let i = 0; i < n; i++) {
    sxx += (xs[i]! - meanX) ** 2;
    sxy += (xs[i]! - meanX) * (ys[i]! - meanY);
  }
  const rise = sxy / sxx;
  let residue = 0;
  for (let i = 0; i < n; i++) residue += (ys[i]! - meanY - rise * (xs[i]! - meanX)) ** 2;
  return { rise, margin: 1.96 * Math.sqrt(residue / (n - 2) / sxx) };
}
