/**
 * Exponential smoothing without a season, by least squares over the parameters and the initial states at once: R's
 * ses(), holt() and holt(damped = TRUE) with initial = "optimal".
 *
 * The one-step errors are linear in the initial level and trend. One pass from states of 0 gives the errors u_t, and the
 * same recursion without data tells how each state would show in them: c_t for the level, d_t for the trend. The best
 * states are therefore the regression of u on c and d, and the search has one to three dimensions instead of up to five.
 *
 * Cost      O(n) time a trial, no allocation.
 * Source    Hyndman, Koehler, Ord and Snyder (2008), section 5.1, for the criterion and the bounds; the states are
 *           regressed out as in Harvey (1989), section 3.4, for diffuse initial conditions.
 * Differs   from R, which searches for the states too, by simplex, and stops a little short of the optimum.
 */
import { minimise } from '@planwright/numerics';
import type { EtsParameters, EtsSpec, EtsTrend } from './ets-spec.ts';

export type LevelTrendFit = {
  readonly parameters: EtsParameters;
  readonly level: number;
  readonly trend: number;
  readonly squares: number;
};

// What a pass leaves: u'u, u'c, u'd, c'c, c'd, d'd.
const UU = 0;
const UC = 1;
const UD = 2;
const CC = 3;
const CD = 4;
const DD = 5;

/** Sums of the products of u, c and d over a history. */
function sums(history: Float64Array, { alpha, beta, phi }: EtsParameters, into: Float64Array): void {
  let [uu, uc, ud, cc, cd, dd] = [0, 0, 0, 0, 0, 0];
  let [uLevel, uTrend, cLevel, cTrend, dLevel, dTrend] = [0, 0, 1, 0, 0, 1];
  for (let t = 0; t < history.length; t++) {
    const uBase = uLevel + phi * uTrend;
    const u = history[t] - uBase;
    uLevel = uBase + alpha * u;
    uTrend = phi * uTrend + beta * u;
    // The forecast that each state alone would make; the error is minus that.
    const c = cLevel + phi * cTrend;
    cLevel = c - alpha * c;
    cTrend = phi * cTrend - beta * c;
    const d = dLevel + phi * dTrend;
    dLevel = d - alpha * d;
    dTrend = phi * dTrend - beta * d;
    uu += u * u;
    uc += u * c;
    ud += u * d;
    cc += c * c;
    cd += c * d;
    dd += d * d;
  }
  into[UU] = uu;
  into[UC] = uc;
  into[UD] = ud;
  into[CC] = cc;
  into[CD] = cd;
  into[DD] = dd;
}

// Below this share of the product of the variances, level and trend cannot be told apart and the trend starts at 0.
const COLLINEAR = 1e-13;

/** The best initial states for given parameters, and the squares they leave; without `trended` the trend is 0. */
export function bestStart(
  history: Float64Array,
  parameters: EtsParameters,
  trended: boolean,
  work = new Float64Array(6),
): LevelTrendFit {
  sums(history, parameters, work);
  const determinant = work[CC] * work[DD] - work[CD] * work[CD];
  const both = trended && determinant > COLLINEAR * work[CC] * work[DD];
  const level = both ? (work[UC] * work[DD] - work[UD] * work[CD]) / determinant : work[UC] / work[CC];
  const trend = both ? (work[UD] * work[CC] - work[UC] * work[CD]) / determinant : 0;
  const squares = Math.max(0, work[UU] - level * work[UC] - trend * work[UD]);
  return { parameters, level, trend, squares };
}

const LOWEST = 1e-4;
const HIGHEST = 0.9999;
const PHI_LOWEST = 0.8;
const PHI_HIGHEST = 0.98;
const MAX_EVALUATIONS = 300;
const TOLERANCE = 1e-9; // Of the logarithm of the squares.
const SEARCHES = 3;
const ALPHAS = [0.02, 0.1, 0.3, 0.6, 0.95];
const RATIOS = [0.01, 0.05, 0.2, 0.5, 0.95];
const PHIS = [0.83, 0.95];

/** Where to start: the criterion may have several valleys, one where the level follows and one where the trend does. */
function gridOf(trend: EtsTrend): Float64Array[] {
  return ALPHAS.flatMap((alpha) =>
    trend === 'N'
      ? [Float64Array.of(alpha)]
      : RATIOS.flatMap((ratio) =>
          trend === 'A'
            ? [Float64Array.of(alpha, ratio)]
            : PHIS.map((phi) => Float64Array.of(alpha, ratio, phi)),
        ),
  );
}

const GRIDS = { N: gridOf('N'), A: gridOf('A'), Ad: gridOf('Ad') };

/** Parameters and states with the least sum of squared one-step errors; needs two buckets, four with a trend. */
export function fitLevelTrend(history: Float64Array, spec: EtsSpec): LevelTrendFit {
  const trended = spec.trend !== 'N';
  const damped = spec.trend === 'Ad';
  const work = new Float64Array(6);
  const dimensions = damped ? 3 : trended ? 2 : 1;
  const at = (point: Float64Array): LevelTrendFit =>
    bestStart(
      history,
      {
        alpha: point[0],
        beta: trended ? point[1] * point[0] : 0,
        gamma: 0,
        phi: damped ? point[2] : 1,
      },
      trended,
      work,
    );
  const criterion = (point: Float64Array): number => Math.log(at(point).squares + Number.MIN_VALUE);
  const bounds = {
    lower: Float64Array.of(LOWEST, LOWEST, PHI_LOWEST).subarray(0, dimensions),
    upper: Float64Array.of(HIGHEST, HIGHEST, PHI_HIGHEST).subarray(0, dimensions),
    step: Float64Array.of(0.1, 0.1, -0.03).subarray(0, dimensions),
    maxEvaluations: MAX_EVALUATIONS,
    tolerance: TOLERANCE,
  };
  const starts = GRIDS[spec.trend]
    .map((point) => ({ point, value: criterion(point) }))
    .sort((a, b) => a.value - b.value)
    .slice(0, SEARCHES);
  const found = starts.map(({ point }) => minimise(criterion, point, bounds));
  return at(found.reduce((best, minimum) => (minimum.value < best.value ? minimum : best)).point);
}
