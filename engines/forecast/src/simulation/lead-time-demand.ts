/**
 * Demand over a lead time, the number a reorder point or a safety stock is made from: the distribution of the sum of
 * several buckets, from sample paths. A sum of single buckets' quantiles would be wrong twice: errors of neighbouring buckets hang
 * together (the sum is wider than independence says), but do not all fall on the same side (narrower than the sum of limits).
 *
 * Span      [first, first + length + review) in buckets from the start of the horizon, of any fraction: a lead time of 10
 *           days in buckets of 7 is 10 / 7.
 * Part of a bucket  holds its share f of the demand on average. How it varies depends on how demand comes: where more than a
 *           quarter of the paths hold 0, demand comes in single orders and the part holds all of it with probability f;
 *           else it comes in many, and the part of one bucket's own error, of variance s^2, has variance f s^2, of which
 *           taking f of the bucket already gives f^2 s^2.
 * Source    Hyndman et al. (2008), Forecasting with Exponential Smoothing, section 6.5 (lead-time demand).
 */
import { type RandomStream, randomStream, sortedQuantile } from '@planwright/numerics';
import { assert } from '@planwright/units';
import type { Fitted } from '../contract/contract.ts';
import { stratifiedShocks } from './sample-paths.ts';

export type PathBlock = {
  /** count x horizon, row-major. */
  readonly paths: Float64Array;
  readonly count: number;
  readonly horizon: number;
};

export type LeadTimeSpan = {
  /** Buckets from the start of the horizon to the start of the span; 0 unless told. */
  readonly first?: number;
  /** Lead time in buckets. */
  readonly length: number;
  /** Buckets from one review of the stock to the next, which it must last as well; 0 unless told. */
  readonly review?: number;
  /** Paths below 0 count as 0, bucket by bucket. */
  readonly nonNegative?: boolean;
};

/** In the series' unit. */
export type LeadTimeDemand = {
  readonly mean: number;
  readonly variance: number;
  /** The total of every path, ascending. */
  readonly totals: Float64Array;
  /** The total that demand stays at or below with this probability, 0 to 1. */
  quantile(probability: number): number;
};

const DEFAULT_COUNT = 2000;

/** Paths of a model with shocks spread evenly over their distribution, enough for lead-time demand. */
export function leadTimePaths(
  fitted: Fitted,
  horizon: number,
  options: { readonly count?: number; readonly seed: number },
): PathBlock {
  const count = options.count ?? DEFAULT_COUNT;
  const shocks = stratifiedShocks(count, horizon, randomStream(options.seed, 'lead time'));
  return { paths: fitted.simulate(horizon, count, shocks), count, horizon };
}

/** `seed` moves only what a part of a bucket holds. Requires at least one path and a span within the horizon. */
export function leadTimeDemand(block: PathBlock, span: LeadTimeSpan, seed = 1): LeadTimeDemand {
  const { paths, count, horizon } = block;
  const from = span.first ?? 0;
  const to = from + span.length + (span.review ?? 0);
  assert(
    count > 0 && paths.length === count * horizon,
    'there are count x horizon values of at least one path',
  );
  assert(horizon > 0 && from >= 0 && to >= from && to <= horizon + 1e-9, 'the span lies within the horizon');
  const stream = randomStream(seed, 'part of a bucket');
  const totals = new Float64Array(count);
  const ownVariance = momentsOf(columnOf(block, 0, false)).variance;
  for (let step = Math.floor(from); step < Math.min(horizon, Math.ceil(to)); step++) {
    const share = Math.min(to, step + 1) - Math.max(from, step);
    if (share <= 1e-9) continue;
    const column = columnOf(block, step, span.nonNegative === true);
    addPart(column, Math.min(1, share), ownVariance, stream, totals);
  }
  const least = span.nonNegative === true ? 0 : -Number.MAX_VALUE;
  totals.forEach((total, path) => (totals[path] = Math.min(Number.MAX_VALUE, Math.max(least, total))));
  totals.sort();
  return { ...momentsOf(totals), totals, quantile: (probability) => sortedQuantile(totals, probability) };
}

function columnOf({ paths, count, horizon }: PathBlock, step: number, nonNegative: boolean): Float64Array {
  const column = new Float64Array(count);
  for (let path = 0; path < count; path++) {
    const value = paths[path * horizon + step];
    column[path] = nonNegative ? Math.max(0, value) : value;
  }
  return column;
}

/** Adds a share of a bucket; `ownVariance` is that of the first bucket, which is a bucket's own error alone. */
function addPart(
  column: Float64Array,
  share: number,
  ownVariance: number,
  stream: RandomStream,
  totals: Float64Array,
): void {
  if (share >= 1 - 1e-9) {
    for (let path = 0; path < column.length; path++) totals[path] += column[path];
    return;
  }
  const empty = column.reduce((zeros, value) => zeros + (value === 0 ? 1 : 0), 0);
  if (empty > column.length / 4) {
    for (let path = 0; path < column.length; path++)
      if (stream.uniform() < share) totals[path] += column[path];
    return;
  }
  const deviation = Math.sqrt(share * (1 - share) * ownVariance);
  for (let path = 0; path < column.length; path++) {
    totals[path] += share * column[path] + deviation * stream.normal();
  }
}

/** Mean and variance (divisor count), scaled so that squares cannot overflow. */
function momentsOf(values: Float64Array): { mean: number; variance: number } {
  let mean = 0;
  for (const value of values) mean += value / values.length;
  let variance = 0;
  for (const value of values) variance += ((value - mean) * (value - mean)) / values.length;
  return { mean, variance: Math.min(variance, Number.MAX_VALUE) };
}
