/**
 * Where the exact filter of an ARMA process starts: the variance of the first bucket and its covariance with the state
 * after it, in units of the innovation variance.
 *
 * The autocovariances of the autoregressive part come from its partial autocorrelations, by the Levinson recursion
 * backwards and then forwards: O(p^2) where the equations of Gardner (1980) take O(p^6) or their solution O(p^3). The
 * moving average then spreads them over its own lags. Orders are those of the multiplied polynomials.
 * Source: Brockwell and Davis (1991), Time Series: Theory and Methods, sections 3.3 and 5.2.
 */
import type { LagPolynomial } from './lag-polynomial.ts';

export type StartWorkspace = {
  readonly predictor: Float64Array;
  readonly partials: Float64Array;
  /** Of the autoregressive part alone, then of the whole. */
  readonly ofAr: Float64Array;
  readonly whole: Float64Array;
  /** Products of the moving average with itself, per lag. */
  readonly products: Float64Array;
  readonly effects: Float64Array;
};

export const startWorkspace = (arDegree: number, maDegree: number): StartWorkspace => ({
  predictor: new Float64Array(arDegree),
  partials: new Float64Array(arDegree),
  ofAr: new Float64Array(arDegree + maDegree + 1),
  whole: new Float64Array(arDegree + 1),
  products: new Float64Array(maDegree + 1),
  effects: new Float64Array(maDegree + 1),
});

/** Fills `gain` (the covariances) and returns the variance; NaN where the process is not stationary. */
export function startGain(
  ar: LagPolynomial,
  ma: LagPolynomial,
  gain: Float64Array,
  workspace: StartWorkspace,
): number {
  const { whole, effects } = workspace;
  if (!autoregressiveCovariances(ar, ma.degree, workspace)) return Number.NaN;
  wholeCovariances(ar, ma, workspace);
  shockEffects(ar, ma, effects);
  gain.fill(0);
  for (let k = 0; k < ar.termCount; k++) {
    const lag = ar.lags[k];
    const term = ar.terms[k];
    for (let i = 0; i < lag; i++) gain[i] += term * whole[lag - 1 - i];
  }
  for (let k = 0; k < ma.termCount; k++) {
    const lag = ma.lags[k];
    const term = ma.terms[k];
    for (let i = 0; i < lag; i++) gain[i] += term * effects[lag - 1 - i];
  }
  return whole[0];
}

/** Autocovariances of the autoregressive part at lags 0 to p + q. */
function autoregressiveCovariances(ar: LagPolynomial, maDegree: number, workspace: StartWorkspace): boolean {
  const { predictor, partials, ofAr } = workspace;
  const degree = ar.degree;
  for (let i = 0; i < degree; i++) predictor[i] = ar.dense[i];
  let variance = 1;
  for (let k = degree - 1; k >= 0; k--) {
    const partial = predictor[k];
    const left = 1 - partial * partial;
    if (!(left > 0)) return false;
    partials[k] = partial;
    variance /= left;
    if (partial === 0) continue;
    for (let i = 0, j = k - 1; i <= j; i++, j--) {
      const low = predictor[i];
      const high = predictor[j];
      predictor[i] = (low + partial * high) / left;
      predictor[j] = (high + partial * low) / left;
    }
  }
  if (!(variance < Infinity)) return false;
  ofAr[0] = variance;
  for (let k = 0; k < degree; k++) {
    const partial = partials[k];
    let covariance = partial * variance;
    for (let i = 0; i < k; i++) covariance += predictor[i] * ofAr[k - i];
    ofAr[k + 1] = covariance;
    variance *= 1 - partial * partial;
    if (partial !== 0) {
      for (let i = 0, j = k - 1; i <= j; i++, j--) {
        const low = predictor[i];
        const high = predictor[j];
        predictor[i] = low - partial * high;
        predictor[j] = high - partial * low;
      }
    }
    predictor[k] = partial;
  }
  for (let lag = degree + 1; lag <= degree + maDegree; lag++) {
    let covariance = 0;
    for (let k = 0; k < ar.termCount; k++) covariance += ar.terms[k] * ofAr[lag - ar.lags[k]];
    ofAr[lag] = covariance;
  }
  return true;
}

/** Autocovariances of the whole process at lags 0 to p. */
function wholeCovariances(ar: LagPolynomial, ma: LagPolynomial, workspace: StartWorkspace): void {
  const { ofAr, whole, products } = workspace;
  for (let lag = 0; lag <= ma.degree; lag++) products[lag] = 0;
  products[0] = 1;
  for (let i = 0; i < ma.termCount; i++) {
    products[ma.lags[i]] += ma.terms[i];
    products[0] += ma.terms[i] * ma.terms[i];
    for (let j = 0; j < i; j++) products[ma.lags[i] - ma.lags[j]] += ma.terms[i] * ma.terms[j];
  }
  for (let k = 0; k <= ar.degree; k++) whole[k] = products[0] * ofAr[k];
  for (let lag = 1; lag <= ma.degree; lag++) {
    const product = products[lag];
    if (product === 0) continue;
    for (let k = 0; k <= ar.degree; k++)
      whole[k] += product * (ofAr[k + lag] + ofAr[k < lag ? lag - k : k - lag]);
  }
}

/** Effect of a shock on the buckets 0, 1, ... after it (psi weights), as far as the moving average reaches. */
function shockEffects(ar: LagPolynomial, ma: LagPolynomial, into: Float64Array): void {
  into.fill(0);
  if (into.length > 0) into[0] = 1;
  for (let k = 0; k < ma.termCount; k++) if (ma.lags[k] < into.length) into[ma.lags[k]] = ma.terms[k];
  for (let step = 1; step < into.length; step++) {
    let effect = into[step];
    for (let k = 0; k < ar.termCount && ar.lags[k] <= step; k++)
      effect += ar.terms[k] * into[step - ar.lags[k]];
    into[step] = effect;
  }
}
