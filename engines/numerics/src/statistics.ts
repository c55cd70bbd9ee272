/**
 * Plain statistics of a complete sample. A NaN in the sample gives NaN: who wants the observed values
 * alone takes them out first, so that no average hides a gap.
 */

/** Arithmetic mean; NaN of an empty sample. */
export function mean(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** Sample variance (divisor n - 1), by deviations from the mean; NaN below two values. */
export function variance(values: Float64Array): number {
  if (values.length < 2) return Number.NaN;
  const centre = mean(values);
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - centre) * (values[i] - centre);
  return squares / (values.length - 1);
}

/** The middle value, or the mean of the two middle ones; NaN of an empty sample. */
export function median(values: Float64Array): number {
  return quantile(values, 0.5);
}

/**
 * Sample quantile, linear between order statistics (type 7 of Hyndman and Fan 1996, the default of R).
 * `probability` is 0 to 1. Does not change `values`.
 */
export function quantile(values: Float64Array, probability: number): number {
  return sortedQuantile(values.slice().sort(), probability);
}

/** As `quantile`, of a sample that is already in ascending order. Takes constant time. */
export function sortedQuantile(ascending: Float64Array, probability: number): number {
  const last = ascending.length - 1;
  if (last < 0) return Number.NaN;
  const position = Math.min(Math.max(probability, 0), 1) * last;
  const below = Math.floor(position);
  const above = Math.min(below + 1, last);
  const share = position - below;
  return share === 0 ? ascending[below] : ascending[below] * (1 - share) + ascending[above] * share;
}

/**
 * Autocorrelations at lags 0 to `maxLag` (at most n - 1), with divisor n at every lag as in R's acf().
 * A constant series has none: every lag above 0 is then 0.
 */
export function autocorrelation(values: Float64Array, maxLag: number): Float64Array {
  const count = values.length;
  const lags = Math.max(0, Math.min(maxLag, count - 1));
  const result = new Float64Array(lags + 1);
  const centre = mean(values);
  const deviations = values.map((value) => value - centre);
  for (let lag = 0; lag <= lags; lag++) {
    let sum = 0;
    for (let i = lag; i < count; i++) sum += deviations[i] * deviations[i - lag];
    result[lag] = sum;
  }
  const total = result[0];
  for (let lag = 1; lag <= lags; lag++) result[lag] = total > 0 ? result[lag] / total : 0;
  result[0] = 1;
  return result;
}
