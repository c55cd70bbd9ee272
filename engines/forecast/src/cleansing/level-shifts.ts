/**
 * Where a series moved to a new level for good, so that the new level is not taken for a row of outliers.
 *
 * Input     a complete series without its season.
 * Method    values are first held within 3 spreads of the median of their neighbourhood, so that a lone spike makes no level.
 *           PELT then cuts the series at a penalty of 3 ln(n) variances (the Bayesian criterion counts 2 ln(n) for level and
 *           place; real noise is heavier than normal). The variance grows by (1 + r) / (1 - r) with the correlation r of
 *           neighbours, or a wandering level would be cut to pieces. A cut stays only if its step is large against the
 *           spread and two levels fit clearly better than one line: a trend is no staircase.
 * Cost      that of PELT, twice.
 * Source    Killick et al. (2012), see pelt.ts; the correction for correlation as in Romano et al. (2022), J. of the American
 *           Statistical Association 117, 2147-2162, in its simplest form.
 */
import { constantStretches } from './pelt.ts';
import { medianInPlace, spreadOfNeighbours } from './robust-scale.ts';

/** Fewest buckets that make a level. */
const SHORTEST_LEVEL = 6;

const PENALTY = 3;
const NEIGHBOURHOOD = 7;
const HELD_WITHIN = 3;
const SMALLEST_STEP = 2;
/** A step must leave less than this share of the squares that a line leaves. */
const BETTER_THAN_LINE = 0.8;
const STRONGEST_CORRELATION = 0.8;

export function levelShifts(plain: Float64Array): Int32Array {
  const count = plain.length;
  if (count < 2 * SHORTEST_LEVEL) return new Int32Array(0);
  const buffer = new Float64Array(count);
  const spread = spreadOfNeighbours(plain, buffer);
  if (!(spread > 0)) return shiftsOfSteady(plain);
  const held = heldByNeighbours(plain, HELD_WITHIN * spread, buffer);
  const penalty = PENALTY * Math.log(count) * spread * spread;
  const first = constantStretches(held, penalty, SHORTEST_LEVEL);
  if (first.length === 0) return first;
  const r = correlationWithin(held, first);
  const wider = (1 + r) / (1 - r);
  const cuts = r > 0 ? constantStretches(held, penalty * wider, SHORTEST_LEVEL) : first;
  return trueSteps(held, cuts, spread * Math.sqrt(wider));
}

/** More than half of the neighbours are equal: any lasting change counts, if it is no rounding. */
function shiftsOfSteady(plain: Float64Array): Int32Array {
  let largest = 0;
  for (let t = 0; t < plain.length; t++) largest = Math.max(largest, Math.abs(plain[t]));
  const spread = 0.05 * largest;
  if (!(spread > 0)) return new Int32Array(0);
  const held = heldByNeighbours(plain, HELD_WITHIN * spread, new Float64Array(plain.length));
  const penalty = PENALTY * Math.log(plain.length) * spread * spread;
  return trueSteps(held, constantStretches(held, penalty, SHORTEST_LEVEL), spread);
}

function heldByNeighbours(plain: Float64Array, reach: number, buffer: Float64Array): Float64Array {
  const count = plain.length;
  const half = NEIGHBOURHOOD >> 1;
  const held = new Float64Array(count);
  for (let t = 0; t < count; t++) {
    // At either end the window slides inwards, so that it always holds the same number of buckets.
    const from = Math.max(0, Math.min(t - half, count - NEIGHBOURHOOD));
    const to = Math.min(count, from + NEIGHBOURHOOD);
    for (let i = from; i < to; i++) buffer[i - from] = plain[i];
    const middle = medianInPlace(buffer, to - from);
    held[t] = Math.min(middle + reach, Math.max(middle - reach, plain[t]));
  }
  return held;
}

/** Correlation of neighbours around the levels of the stretches, held within [0, 0.8]. */
function correlationWithin(values: Float64Array, cuts: Int32Array): number {
  let products = 0;
  let squares = 0;
  for (let i = 0; i <= cuts.length; i++) {
    const start = i === 0 ? 0 : cuts[i - 1];
    const end = i === cuts.length ? values.length : cuts[i];
    const level = meanOf(values, start, end);
    for (let t = start; t < end; t++) {
      squares += (values[t] - level) ** 2;
      if (t > start) products += (values[t] - level) * (values[t - 1] - level);
    }
  }
  return squares > 0 ? Math.min(STRONGEST_CORRELATION, Math.max(0, products / squares)) : 0;
}

/** Takes away, weakest first, the cuts that are no step. */
function trueSteps(values: Float64Array, cuts: Int32Array, spread: number): Int32Array {
  const kept = [...cuts];
  for (;;) {
    let weakest = -1;
    let least = Infinity;
    for (let i = 0; i < kept.length; i++) {
      const start = i === 0 ? 0 : kept[i - 1];
      const end = i + 1 < kept.length ? kept[i + 1] : values.length;
      const excess = stepExcess(values, start, kept[i], end, spread);
      if (excess < least) {
        least = excess;
        weakest = i;
      }
    }
    if (weakest < 0 || least >= 0) return Int32Array.from(kept);
    kept.splice(weakest, 1);
  }
}

/** Below 0 for a cut that is no step; the lower, the less. */
function stepExcess(values: Float64Array, start: number, cut: number, end: number, spread: number): number {
  const before = meanOf(values, start, cut);
  const after = meanOf(values, cut, end);
  const size = Math.abs(after - before) / spread - SMALLEST_STEP;
  let squares = 0;
  for (let t = start; t < end; t++) squares += (values[t] - (t < cut ? before : after)) ** 2;
  const line = squaresAroundLine(values, start, end);
  const shape = line > 0 ? BETTER_THAN_LINE - squares / line : 0;
  return Math.min(size, shape);
}

function meanOf(values: Float64Array, start: number, end: number): number {
  let sum = 0;
  for (let t = start; t < end; t++) sum += values[t];
  return sum / (end - start);
}

function squaresAroundLine(values: Float64Array, start: number, end: number): number {
  const count = end - start;
  const level = meanOf(values, start, end);
  const centre = (start + end - 1) / 2;
  let total = 0;
  let along = 0;
  for (let t = start; t < end; t++) {
    total += (values[t] - level) ** 2;
    along += (t - centre) * (values[t] - level);
  }
  const spread = (count * (count * count - 1)) / 12;
  return total - (along * along) / spread;
}
