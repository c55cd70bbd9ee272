/**
 * Keeps polynomials stationary (invertible): free numbers become partial autocorrelations between -1 and 1, and these
 * become coefficients whose polynomial has all its roots outside the unit circle.
 * Source: Jones (1980), Technometrics 22(3), 389-395; Monahan (1984), Biometrika 71(2), 403-404.
 */

/**
 * Coefficients c of 1 - c_1 z - ... - c_k z^k from k free numbers at `from`, by Durbin and Levinson. Writes them to `into`
 * from `to` on, times `sign`: 1 for autoregressive ones, -1 for moving averages, whose polynomial is 1 + theta_1 z + ...
 * No partial autocorrelation is larger than `edge`.
 */
export function stationaryCoefficients(
  free: Float64Array,
  from: number,
  count: number,
  sign: number,
  into: Float64Array,
  to: number,
  edge: number,
): void {
  for (let k = 0; k < count; k++) {
    const partial = edge * Math.tanh(free[from + k]);
    for (let i = 0, j = k - 1; i <= j; i++, j--) {
      const low = into[to + i];
      const high = into[to + j];
      into[to + i] = low - partial * high;
      into[to + j] = high - partial * low;
    }
    into[to + k] = partial;
  }
  for (let k = 0; k < count; k++) into[to + k] *= sign;
}

/** Whether every root of 1 - c_1 z - ... - c_k z^k is farther than `radius` from 0 (Schur and Cohn's test). */
export function rootsBeyond(coefficients: Float64Array, radius: number): boolean {
  const scaled = coefficients.map((value, i) => value * radius ** (i + 1));
  return partialAutocorrelations(scaled).every((partial) => Math.abs(partial) < 1);
}

/** The Levinson recursion backwards; a partial of 1 or more ends it, the rest are then 0. */
function partialAutocorrelations(coefficients: Float64Array): Float64Array {
  const work = coefficients.slice();
  const partials = new Float64Array(work.length);
  for (let k = work.length - 1; k >= 0; k--) {
    const partial = work[k];
    partials[k] = partial;
    const left = 1 - partial * partial;
    if (!(left > 0)) break;
    for (let i = 0, j = k - 1; i <= j; i++, j--) {
      const low = work[i];
      const high = work[j];
      work[i] = (low + partial * high) / left;
      work[j] = (high + partial * low) / left;
    }
  }
  return partials;
}
