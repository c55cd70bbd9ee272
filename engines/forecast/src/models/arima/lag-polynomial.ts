/**
 * Polynomials in the lag that are mostly empty: a product such as (1 - a B)(1 - A B^12) has terms at 1, 12 and 13 alone.
 * Kept both dense, for the recursions of the autocovariances, and as a list of its terms, for everything else.
 */
import type { ArimaOrder } from './arima-order.ts';

export type LagPolynomial = {
  /** Coefficient per lag 1, 2, ...; index 0 is lag 1. */
  readonly dense: Float64Array;
  /** Lags with a term, ascending; the first `termCount` entries. */
  readonly lags: Int32Array;
  readonly terms: Float64Array;
  termCount: number;
  degree: number;
};

export const lagPolynomial = (degree: number, termCount: number): LagPolynomial => ({
  dense: new Float64Array(degree),
  lags: new Int32Array(termCount),
  terms: new Float64Array(termCount),
  termCount: 0,
  degree: 0,
});

/**
 * Multiplies (1 - s a_1 B - ...) (1 - s A_1 B^m - ...) with s = `sign`, and keeps s times what is to the right of 1 - s (...):
 * with 1 the autoregressive coefficients, with -1 those of the moving average. `values` holds `plain` numbers from `at` on,
 * and `seasonal` numbers from `seasonalAt` on.
 */
export function multiply(
  into: LagPolynomial,
  values: Float64Array,
  at: number,
  plain: number,
  seasonalAt: number,
  seasonal: number,
  season: number,
  sign: number,
): void {
  const { dense, lags, terms } = into;
  const degree = plain + seasonal * season;
  for (let lag = 0; lag < degree; lag++) dense[lag] = 0;
  for (let i = 0; i < plain; i++) dense[i] += values[at + i];
  for (let k = 0; k < seasonal; k++) {
    const outer = values[seasonalAt + k];
    const lag = (k + 1) * season;
    dense[lag - 1] += outer;
    for (let i = 0; i < plain; i++) dense[lag + i] -= sign * outer * values[at + i];
  }
  let count = 0;
  for (let lag = 1; lag <= degree; lag++) {
    if (dense[lag - 1] === 0) continue;
    lags[count] = lag;
    terms[count] = dense[lag - 1];
    count += 1;
  }
  into.termCount = count;
  into.degree = degree;
}

/** (1 - B)^d (1 - B^m)^D as 1 - sum of terms: what the differenced series takes from its own past. */
export function differencing({ d, D, season }: ArimaOrder): LagPolynomial {
  let full = Float64Array.of(1);
  const times = (lag: number): void => {
    const next = new Float64Array(full.length + lag);
    full.forEach((value, i) => {
      next[i] += value;
      next[i + lag] -= value;
    });
    full = next;
  };
  for (let k = 0; k < d; k++) times(1);
  for (let k = 0; k < D; k++) times(season);
  const dense = full.slice(1).map((value) => 0 - value);
  const lags = Int32Array.from(dense.keys()).filter((index) => dense[index] !== 0);
  return {
    dense,
    lags: lags.map((index) => index + 1),
    terms: Float64Array.from(lags, (index) => dense[index]),
    termCount: lags.length,
    degree: dense.length,
  };
}

/** Applies 1 - sum of terms: entry t of the result belongs to bucket t + degree. */
export function differenced(series: Float64Array, by: LagPolynomial): Float64Array {
  const { degree, lags, terms, termCount } = by;
  const result = new Float64Array(Math.max(0, series.length - degree));
  for (let t = 0; t < result.length; t++) {
    let value = series[t + degree];
    for (let k = 0; k < termCount; k++) value -= terms[k] * series[t + degree - lags[k]];
    result[t] = value;
  }
  return result;
}
