/**
 * How the forecast errors of many keys move together, drawn towards independence as far as the history is too short to tell.
 *
 * Input     one-step errors, rows x buckets, row-major; NaN where there is none.
 * Estimate  R = (1 - lambda) X X' / T + lambda I, with X the errors over their root mean square (no mean taken off: a forecast
 *           is meant to have errors around 0; NaN counts as 0, so that R is positive definite whatever is missing).
 * Lambda    Schaefer and Strimmer (2005), Statistical Applications in Genetics and Molecular Biology 4(1), article 32, in the
 *           form of Wickramasuriya, Athanasopoulos and Hyndman (2019), J. of the American Statistical Association 114(526),
 *           804-819 (R package hts, shrink.estim). Both sums run over pairs of rows but are taken over pairs of
 *           buckets, of which there are fewer: O(rows x buckets^2) and never a rows x rows matrix.
 */
import { assert } from '@planwright/units';

export type CorrelatedErrors = {
  readonly rowCount: number;
  readonly bucketCount: number;
  /** Standardised errors X, rows x buckets: every row has mean square 1 over all buckets, or is 0 throughout. */
  readonly standard: Float64Array;
  /** Root mean square of each row's errors; 0 where it has none. */
  readonly deviation: Float64Array;
  /** Share of independence in the correlations, from LEAST_SHRINKAGE to 1. */
  readonly shrinkage: number;
};

// Some independence always remains: without it, errors of more rows than buckets would have a singular covariance.
const LEAST_SHRINKAGE = 1e-3;

export function correlatedErrors(errors: Float64Array, rowCount: number): CorrelatedErrors {
  const bucketCount = rowCount === 0 ? 0 : errors.length / rowCount;
  assert(Number.isInteger(bucketCount), 'errors are rows x buckets');
  const standard = new Float64Array(errors.length);
  const deviation = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    const first = row * bucketCount;
    let largest = 0;
    let count = 0;
    for (let t = first; t < first + bucketCount; t++) {
      if (!Number.isFinite(errors[t])) continue;
      count += 1;
      largest = Math.max(largest, Math.abs(errors[t]));
    }
    if (!(largest > 0)) continue;
    let squares = 0;
    for (let t = first; t < first + bucketCount; t++) {
      if (Number.isFinite(errors[t])) squares += (errors[t] / largest) ** 2;
    }
    deviation[row] = largest * Math.sqrt(squares / count);
    const divisor = Math.sqrt(squares / bucketCount);
    for (let t = first; t < first + bucketCount; t++) {
      if (Number.isFinite(errors[t])) standard[t] = errors[t] / largest / divisor;
    }
  }
  return {
    rowCount,
    bucketCount,
    standard,
    deviation,
    shrinkage: shrinkageOf(standard, rowCount, bucketCount),
  };
}

function shrinkageOf(standard: Float64Array, rowCount: number, bucketCount: number): number {
  if (bucketCount < 2) return 1;
  // Sum of squared correlations over all pairs of rows: || X X' ||^2 = || X' X ||^2.
  let squaredSums = 0;
  for (let s = 0; s < bucketCount; s++) {
    for (let t = s; t < bucketCount; t++) {
      let product = 0;
      for (let row = 0; row < standard.length; row += bucketCount)
        product += standard[row + s] * standard[row + t];
      squaredSums += (s === t ? 1 : 2) * product * product;
    }
  }
  // Sum over pairs and buckets of squared products: in every bucket the square of the sum of squares.
  let productSquares = 0;
  let ownSquares = 0;
  let ownCorrelations = 0;
  for (let t = 0; t < bucketCount; t++) {
    let squares = 0;
    for (let row = 0; row < rowCount; row++) {
      const square = standard[row * bucketCount + t] ** 2;
      squares += square;
      ownSquares += square * square;
    }
    productSquares += squares * squares;
  }
  for (let row = 0; row < rowCount; row++)
    if (standard.subarray(row * bucketCount, (row + 1) * bucketCount).some((value) => value !== 0))
      ownCorrelations += 1;
  const correlations = squaredSums / bucketCount ** 2 - ownCorrelations;
  const pairSquares = productSquares - ownSquares;
  const pairSums = squaredSums - ownCorrelations * bucketCount ** 2;
  const uncertainty = (pairSquares - pairSums / bucketCount) / (bucketCount * (bucketCount - 1));
  if (!(correlations > 1e-12 * rowCount)) return 1;
  return Math.min(1, Math.max(LEAST_SHRINKAGE, uncertainty / correlations));
}
