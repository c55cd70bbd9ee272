/**
 * One series forecast at several bucket lengths that agree: months with quarters and years, weeks with months. Long buckets
 * show level and trend, short ones the season; together they err less than the short ones alone.
 *
 * Structure  the short buckets of the horizon are the leaves, longer ones the groups; each bucket is a node, so a block has
 *            one column per series.
 * Source     Athanasopoulos, Hyndman, Kourentzes and Petropoulos (2017), European J. of Operational Research 262(1), 60-74
 *            (R package thief): all divisors of the season, longer buckets cut from the end of the history.
 */
import { assert } from '@planwright/units';
import type { ForecastModel } from '../contract/contract.ts';
import { reconcile } from './reconcile.ts';
import { type Grouping, groupedStructure, sparseStructure, type Structure } from './structure.ts';

/** Buckets 0 to bucketCount - 1 grouped by each of `lengths`, from the first on; a part of a long bucket at the end is left out. */
export function temporalStructure(bucketCount: number, lengths: readonly number[]): Structure {
  const groupings = lengths.map((length): Grouping => {
    assert(Number.isInteger(length) && length > 1, 'a longer bucket is two buckets or more');
    const whole = Math.floor(bucketCount / length) * length;
    return Int32Array.from({ length: bucketCount }, (_, bucket) =>
      bucket < whole ? Math.floor(bucket / length) : -1,
    );
  });
  return groupedStructure(bucketCount, groupings);
}

export type OverlapStructure = {
  readonly structure: Structure;
  /** The long buckets that the short ones cover in whole: group g is long bucket whole[g]. */
  readonly whole: Int32Array;
};

/**
 * Short buckets that long ones cut in two, such as weeks and months: a week's share in a month is its share of days. Edges are
 * day numbers, ascending; bucket i runs from edge i up to, and without, edge i + 1.
 */
export function overlapStructure(
  shortEdges: ArrayLike<number>,
  longEdges: ArrayLike<number>,
): OverlapStructure {
  const shortCount = Math.max(0, shortEdges.length - 1);
  const rows: number[][] = [];
  const shares: number[][] = [];
  const whole: number[] = [];
  let first = 0;
  for (let long = 0; long + 1 < longEdges.length; long++) {
    const [start, end] = [longEdges[long], longEdges[long + 1]];
    assert(end > start, 'edges ascend');
    if (shortCount === 0 || start < shortEdges[0] || end > shortEdges[shortCount]) continue;
    while (shortEdges[first + 1] <= start) first += 1;
    const row: number[] = [];
    const share: number[] = [];
    for (let short = first; short < shortCount && shortEdges[short] < end; short++) {
      const days = Math.min(end, shortEdges[short + 1]) - Math.max(start, shortEdges[short]);
      row.push(short);
      share.push(days / (shortEdges[short + 1] - shortEdges[short]));
    }
    rows.push(row);
    shares.push(share);
    whole.push(long);
  }
  return { structure: sparseStructure(shortCount, rows, shares), whole: Int32Array.from(whole) };
}

export type TemporalOptions = {
  /** Short buckets in one season. */
  readonly season: number;
  /** Short buckets to forecast. */
  readonly horizon: number;
  /** Forecasts each length on its own. */
  readonly model: ForecastModel;
  /** Lengths of the longer buckets; the divisors of the season above 1 unless told. */
  readonly lengths?: readonly number[];
  readonly nonNegative?: boolean;
};

export type TemporalForecast = {
  /** Per short bucket. */
  readonly mean: Float64Array;
  /** Per long bucket that lies in the horizon, for each length; each the sum of its short buckets. */
  readonly longer: readonly { readonly length: number; readonly mean: Float64Array }[];
};

/**
 * Reconciled with the variances of each length's own one-step errors. Measured with the mean of dynamic theta and ETS as model,
 * MASE against the same without longer buckets: 0.8 to 1.2 % less on monthly series (M1, NN3, M4), 0.9 % more on quarterly
 * ones (M4, 500). The structural weights of the source do worse than either.
 */
export function temporalForecast(series: Float64Array, options: TemporalOptions): TemporalForecast {
  const { season, horizon, model } = options;
  // A length of which the history holds too few buckets has nothing to say.
  const lengths = (options.lengths ?? divisorsOf(season)).filter(
    (length) => series.length >= LEAST_BUCKETS * length,
  );
  const longest = lengths.reduce((most, length) => Math.max(most, length), 1);
  const padded = Math.ceil(horizon / longest) * longest;
  const structure = temporalStructure(padded, lengths);
  const base = new Float64Array(structure.nodeCount);
  const variances = new Float64Array(structure.nodeCount);
  let first = 0;
  for (const length of [1, ...lengths]) {
    const own = season % length === 0 ? season / length : 1;
    const count = Math.floor(padded / length);
    const fitted = model.fit(summed(series, length), { season: own });
    base.set(fitted.mean(count), first);
    variances.fill(errorVariance(fitted.residuals), first, first + count);
    first += count;
  }
  const { nonNegative } = options;
  const { values } = reconcile({ structure, base, method: { kind: 'variance', variances }, nonNegative });
  first = padded;
  const longer = lengths.map((length) => {
    const mean = values.slice(first, first + Math.floor(horizon / length));
    first += Math.floor(padded / length);
    return { length, mean };
  });
  return { mean: values.slice(0, horizon), longer };
}

const LEAST_BUCKETS = 8;
const PARAMETERS = 3;

/** Mean square of the known errors, with a few degrees of freedom taken off; 0 without any. */
function errorVariance(residuals: Float64Array): number {
  let squares = 0;
  let count = 0;
  for (const residual of residuals) {
    if (!Number.isFinite(residual)) continue;
    squares += residual * residual;
    count += 1;
  }
  return squares / Math.max(1, count - PARAMETERS);
}

const divisorsOf = (season: number): number[] =>
  Array.from({ length: Math.max(0, season - 1) }, (_, index) => index + 2).filter(
    (length) => season % length === 0,
  );

/** Sums of whole long buckets, counted from the end; NaN where a part was not observed. */
function summed(series: Float64Array, length: number): Float64Array {
  const count = Math.floor(series.length / length);
  const start = series.length - count * length;
  const sums = new Float64Array(count);
  for (let t = 0; t < count * length; t++) sums[Math.floor(t / length)] += series[start + t];
  return sums;
}
