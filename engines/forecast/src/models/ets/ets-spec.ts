/** The names of the exponential smoothing family: error, trend, season. */

export type EtsError = 'A' | 'M';
export type EtsTrend = 'N' | 'A' | 'Ad';
export type EtsSeason = 'N' | 'A' | 'M';

export type EtsSpec = { readonly error: EtsError; readonly trend: EtsTrend; readonly season: EtsSeason };

/** Smoothing parameters as in R: beta and gamma act on the error itself. Unused ones are 0, and phi is then 1. */
export type EtsParameters = {
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  readonly phi: number;
};

const ERRORS: readonly EtsError[] = ['A', 'M'];
const TRENDS: readonly EtsTrend[] = ['N', 'A', 'Ad'];
const SEASONS: readonly EtsSeason[] = ['N', 'A', 'M'];

/**
 * The 15 admissible models. Additive errors with a multiplicative season are left out (their variance
 * explodes when the level nears zero), and so are multiplicative trends, as in R's ets().
 */
export const ETS_SPECS: readonly EtsSpec[] = SEASONS.flatMap((season) =>
  TRENDS.flatMap((trend) => ERRORS.map((error) => ({ error, trend, season }))),
).filter((spec) => !(spec.error === 'A' && spec.season === 'M'));

export const etsLabel = (spec: EtsSpec): string => `ETS(${spec.error},${spec.trend},${spec.season})`;

/** Free smoothing parameters: alpha, and beta, gamma, phi where the model has them. */
export function smoothingCount(spec: EtsSpec): number {
  const trend = spec.trend === 'N' ? 0 : spec.trend === 'A' ? 1 : 2;
  return 1 + trend + (spec.season === 'N' ? 0 : 1);
}

/** Free initial states: level, trend and all but one seasonal index. */
export function stateCount(spec: EtsSpec, season: number): number {
  return 1 + (spec.trend === 'N' ? 0 : 1) + (spec.season === 'N' ? 0 : season - 1);
}

/** Whether every value is above 0, as what multiplies needs them. */
export function isPositive(history: Float64Array): boolean {
  for (let t = 0; t < history.length; t++) if (!(history[t] > 0)) return false;
  return true;
}

/** Whether a model can be run over a history: two whole seasons for a season, positive values for what multiplies. */
export function suits(spec: EtsSpec, count: number, season: number, positive: boolean): boolean {
  if (spec.season !== 'N' && count < 2 * season) return false;
  return positive || (spec.error === 'A' && spec.season !== 'M');
}
