/**
 * How demand answers to events: a regression of one key on its baseline and its events, all in proportion.
 *
 * Input     observed demand >= 0 (NaN: not observed), columns of exposure, logarithms of effects that are known.
 * Model     mean = exp(baseline + known + sum of effect x exposure); the baseline is a line with knots and a few harmonics of
 *           the season, estimated together with the events, so that its own uncertainty is in their standard errors.
 *           Variance = a mean + b mean^2: counts and proportional noise in one, so zeros need no special care.
 * Method    iterated weighted least squares; a and b from the squared residuals. Effects are held to about 1 while
 *           fitting, and the hold is taken out of the result: an empty event bucket then counts as what it is, weak evidence.
 * Cost      about 7 rounds of n (columns)^2 / 2 operations: 0.1 ms for 104 buckets and 16 columns.
 * Source    SCAN*PRO (Wittink, Addona, Hawkes and Porter 1988), whose log-log response this is; Nelder and Wedderburn (1972)
 *           for the fit; quasi-likelihood with the variance of McCullagh and Nelder (1989), ch. 9.
 * Differs   from SCAN*PRO in taking the mean, not its logarithm, so that zeros count and nothing need be transformed back.
 */
import type { EventColumn } from './event-columns.ts';
import { solveNormal } from './normal-equations.ts';

export type ResponseEffect = {
  /** Logarithm of the effect at exposure 1, and its standard error; Infinity where the history cannot tell. */
  readonly log: number;
  readonly standardError: number;
  /** Share of the variance that is that of counts: so much grows the precision with the effect itself. */
  readonly countRatio: number;
};

export type Response = {
  /** In the order of the columns. */
  readonly effects: readonly ResponseEffect[];
  /** Degrees of freedom left. */
  readonly freedom: number;
  /** Standard deviation of a bucket in proportion to its mean, at the mean level. */
  readonly noise: number;
};

const ROUNDS = 12;
const SETTLED = 1e-6;
const BUCKETS_PER_KNOT = 17;
const MOST_KNOTS = 8;
const FEWEST_LEFT = 4;
/** Exponents are held where exp() neither overflows nor vanishes. */
const LOG_RANGE = 12;
/** An event bucket without demand would have an effect of minus infinity: logarithms are held to this size while fitting. */
const HELD_TO = 1;
/** A history that says less than this share of what the hold says, says nothing. */
const LEAST_TOLD = 0.02;
const NOT_TOLD: ResponseEffect = { log: 0, standardError: Infinity, countRatio: 0 };

type Design = {
  /** Rows x width, row-major. */
  readonly matrix: Float64Array;
  readonly width: number;
  /** Where the event columns begin. */
  readonly baseline: number;
  readonly demand: Float64Array;
  readonly known: Float64Array;
};

/** Undefined where there is too little history, or no demand at all. */
export function fitResponse(
  series: Float64Array,
  season: number,
  columns: readonly EventColumn[],
  known: Float64Array,
): Response | undefined {
  const design = designOf(series, season, columns, known);
  if (design === undefined) return undefined;
  const { matrix, width, demand } = design;
  const count = demand.length;
  let level = 0;
  for (let i = 0; i < count; i++) level += demand[i] / count;
  const linear = new Float64Array(count);
  for (let i = 0; i < count; i++) linear[i] = Math.log(0.5 * (Math.max(0, demand[i]) + level));
  const weights = new Float64Array(count);
  const response = new Float64Array(count);
  const kind = kindOf(demand, level);
  const penalty = penaltyOf(columns, design);
  let variance = { ofCount: level, inProportion: 0 };
  let solved = solveNormal(matrix, width, weights, response, penalty);
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < count; i++) {
      const mean = Math.exp(linear[i]);
      weights[i] = 1 / (variance.ofCount / mean + variance.inProportion);
      response[i] = linear[i] - design.known[i] + (demand[i] - mean) / mean;
    }
    solved = solveNormal(matrix, width, weights, response, penalty);
    const moved = nextLinear(design, solved.solution, Math.log(level), linear);
    if (round >= 2 && round <= 4) variance = varianceOf(demand, linear, kind, width, variance);
    if (moved < SETTLED && round > 4) break;
  }
  return summarised(design, columns, penalty, solved, linear, weights, variance, level);
}

function designOf(
  series: Float64Array,
  season: number,
  columns: readonly EventColumn[],
  known: Float64Array,
): Design | undefined {
  const rows: number[] = [];
  let sum = 0;
  for (let t = 0; t < series.length; t++) {
    if (!Number.isFinite(series[t])) continue;
    rows.push(t);
    sum += series[t];
  }
  const count = rows.length;
  if (!(sum > 0) || count < columns.length + 2 + FEWEST_LEFT) return undefined;
  const spare = count - columns.length - 2 - FEWEST_LEFT;
  const harmonics = seasonColumns(season, count, spare);
  const knots = Math.max(0, Math.min(MOST_KNOTS, Math.floor(count / BUCKETS_PER_KNOT), spare - harmonics));
  const baseline = 2 + knots + harmonics;
  const width = baseline + columns.length;
  const matrix = new Float64Array(count * width);
  const first = rows[0];
  const span = Math.max(1, rows[count - 1] - first);
  for (let i = 0; i < count; i++) {
    const row = i * width;
    const t = rows[i];
    const place = (t - first) / span;
    matrix[row] = 1;
    matrix[row + 1] = place - 0.5;
    for (let k = 0; k < knots; k++) matrix[row + 2 + k] = Math.max(0, place - (k + 1) / (knots + 1));
    for (let h = 0; h < harmonics; h++) {
      const angle = (2 * Math.PI * ((h >> 1) + 1) * t) / season;
      matrix[row + 2 + knots + h] = h % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
    }
    columns.forEach((column, c) => (matrix[row + baseline + c] = column.exposure[t]));
  }
  return {
    matrix,
    width,
    baseline,
    demand: Float64Array.from(rows, (t) => Math.max(0, series[t])),
    known: Float64Array.from(rows, (t) => known[t]),
  };
}

/** Sines and cosines for the season: none below two seasons, all of a short season, a few of a long one. */
function seasonColumns(season: number, count: number, spare: number): number {
  if (season < 2 || count < 2 * season) return 0;
  const most = season <= 12 && count >= 3 * season ? season - 1 : Math.min(season - 1, 6);
  return Math.max(0, Math.min(most, Math.floor(spare / 3)));
}

/** Moves `linear` to the new fit; returns the largest step. */
function nextLinear(design: Design, solution: Float64Array, centre: number, linear: Float64Array): number {
  const { matrix, width, known } = design;
  let largest = 0;
  for (let i = 0; i < linear.length; i++) {
    let value = known[i];
    for (let c = 0; c < width; c++) value += matrix[i * width + c] * solution[c];
    value = Math.min(centre + LOG_RANGE, Math.max(centre - LOG_RANGE, value));
    largest = Math.max(largest, Math.abs(value - linear[i]));
    linear[i] = value;
  }
  return largest;
}

type Variance = { readonly ofCount: number; readonly inProportion: number };

/**
 * Squared relative residuals as a share of counts (1 / mean) and a share in proportion. Where both explain alike, an event's
 * bucket would be trusted too much, so the share of counts is what it must be: that of Poisson for whole numbers, nothing
 * for measured quantities that never vanish, and only else estimated (non-negative least squares).
 */
function varianceOf(
  demand: Float64Array,
  linear: Float64Array,
  kind: CountKind,
  width: number,
  before: Variance,
): Variance {
  const count = demand.length;
  let ones = 0;
  let inverse = 0;
  let inverse2 = 0;
  let square = 0;
  let cross = 0;
  for (let i = 0; i < count; i++) {
    const mean = Math.exp(linear[i]);
    // Weighted by the mean, so that near-empty buckets do not decide.
    const weight = Math.min(1, mean / kind.level);
    const residual = ((demand[i] - mean) / mean) ** 2;
    ones += weight;
    inverse += weight / mean;
    inverse2 += weight / (mean * mean);
    square += weight * residual;
    cross += (weight * residual) / mean;
  }
  const grown = count / Math.max(1, count - width);
  let ofCount = kind.whole ? 1 : 0;
  if (kind.estimated) {
    const determinant = ones * inverse2 - inverse * inverse;
    const free = determinant > 1e-9 * ones * inverse2 ? (ones * cross - inverse * square) / determinant : 0;
    ofCount = grown * Math.max(0, Math.min(free, cross / inverse2));
  }
  const inProportion = Math.max(0, (grown * square - ofCount * inverse) / ones);
  // A perfect fit has no variance to weigh by.
  return ofCount / kind.level + inProportion > 1e-12 ? { ofCount, inProportion } : before;
}

type CountKind = { readonly level: number; readonly whole: boolean; readonly estimated: boolean };

function kindOf(demand: Float64Array, level: number): CountKind {
  const whole = demand.every(Number.isInteger);
  return { level, whole, estimated: !whole && demand.includes(0) };
}

function summarised(
  { width, baseline, demand }: Design,
  columns: readonly EventColumn[],
  penalty: Float64Array,
  solved: { readonly solution: Float64Array; readonly inverseDiagonal: Float64Array },
  linear: Float64Array,
  weights: Float64Array,
  variance: Variance,
  level: number,
): Response {
  const count = demand.length;
  const freedom = Math.max(1, count - width);
  let squares = 0;
  let neighbours = 0;
  let previous = 0;
  for (let i = 0; i < count; i++) {
    const mean = Math.exp(linear[i]);
    const residual = ((demand[i] - mean) / mean) * Math.sqrt(weights[i]);
    squares += residual * residual;
    neighbours += residual * previous;
    previous = residual;
  }
  const scale = squares / freedom;
  // Residuals of a flexible fit look less alike than the noise is; a share of the columns makes up for it.
  const r = Math.min(0.8, Math.max(0, squares > 0 ? neighbours / squares + width / count / 2 : 0));
  const ofCount = variance.ofCount / level;
  const countRatio = ofCount > 0 ? ofCount / (ofCount + variance.inProportion) : 0;
  const effects = columns.map((column, c): ResponseEffect => {
    const at = baseline + c;
    // An effect beyond the range in which exponents are held is not of this history: the fit has run off.
    const atMost = solved.solution[at] * Math.sqrt(penalty[at]) * HELD_TO;
    if (!(Math.abs(atMost) <= LOG_RANGE)) return NOT_TOLD;
    const length = runLength(column.exposure);
    // Neighbours that are alike make runs less certain, and the baseline under every event.
    const alike = 1 + (2 * r * (length - 1)) / length + r / 2;
    return withoutPenalty(
      solved.solution[at],
      solved.inverseDiagonal[at],
      penalty[at],
      scale * alike,
      countRatio,
    );
  });
  const noise = Math.sqrt(scale * (variance.ofCount / level + variance.inProportion));
  return { effects, freedom, noise };
}

/** What the history alone says: the hold is taken out of mode and precision again. */
function withoutPenalty(
  mode: number,
  variance: number,
  penalty: number,
  scale: number,
  countRatio: number,
): ResponseEffect {
  const precision = 1 / variance - penalty;
  if (!(precision > LEAST_TOLD * penalty)) return NOT_TOLD;
  return { log: mode / variance / precision, standardError: Math.sqrt(scale / precision), countRatio };
}

/** A weak hold on each effect, at its largest exposure. */
function penaltyOf(columns: readonly EventColumn[], { width, baseline }: Design): Float64Array {
  const penalty = new Float64Array(width);
  columns.forEach(({ exposure }, c) => {
    let largest = 0;
    for (let t = 0; t < exposure.length; t++) largest = Math.max(largest, Math.abs(exposure[t]));
    penalty[baseline + c] = (largest / HELD_TO) ** 2;
  });
  return penalty;
}

/** Mean number of buckets in a row with exposure. */
function runLength(exposure: Float64Array): number {
  let buckets = 0;
  let runs = 0;
  for (let t = 0; t < exposure.length; t++) {
    if (exposure[t] === 0) continue;
    buckets += 1;
    if (t === 0 || exposure[t - 1] === 0) runs += 1;
  }
  return runs === 0 ? 1 : buckets / runs;
}
