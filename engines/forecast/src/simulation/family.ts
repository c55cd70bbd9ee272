/**
 * Possible futures of many keys at once, whose sums have an honest spread: keys whose errors went up and down together
 * in the past do so in the paths. Keys drawn one by one would make every total look too certain.
 *
 * Correlation  of the one-step errors, shrunken (correlated-errors.ts), and the same at every step of the horizon.
 * Draws        with R = (1 - lambda) X X' / T + lambda I, the vector  sqrt((1 - lambda) / T) X g + sqrt(lambda) e,  where g has
 *              one standard normal number per bucket of the history and e one per key, has exactly the correlation R. So no
 *              matrix of keys x keys is ever built or factored: O(keys x buckets) a draw, for any number of keys.
 */
import { randomStream } from '@planwright/numerics';
import { assert } from '@planwright/units';
import type { Fitted } from '../contract/contract.ts';
import { type CorrelatedErrors, correlatedErrors } from '../hierarchy/correlated-errors.ts';

export type FamilyOptions = {
  /** The keys' models. */
  readonly fitteds: readonly Fitted[];
  /** keys x buckets, row-major, aligned in time; NaN where unknown. The models' own residuals, at the end, unless told. */
  readonly residuals?: Float64Array;
  readonly horizon: number;
  /** Number of paths. */
  readonly count: number;
  readonly seed: number;
};

/** keys x count x horizon, row-major: path p of key k starts at (k * count + p) * horizon. */
export function simulateFamily({ fitteds, residuals, horizon, count, seed }: FamilyOptions): Float64Array {
  const errors = correlatedErrors(residuals ?? alignedResiduals(fitteds), fitteds.length);
  const shocks = familyShocks(errors, count * horizon, seed);
  const paths = new Float64Array(shocks.length);
  const size = count * horizon;
  fitteds.forEach((fitted, key) => {
    paths.set(fitted.simulate(horizon, count, shocks.subarray(key * size, (key + 1) * size)), key * size);
  });
  return paths;
}

/** Standard normal numbers, keys x draws, row-major: independent over draws, correlated over keys. */
export function familyShocks(errors: CorrelatedErrors, draws: number, seed: number): Float64Array {
  const { rowCount, bucketCount, standard, deviation, shrinkage } = errors;
  assert(Number.isInteger(draws) && draws >= 0, 'the number of draws is a whole number');
  const joint = randomStream(seed, 'family');
  const own = randomStream(seed, 'own');
  const shocks = new Float64Array(rowCount * draws);
  const states = new Float64Array(bucketCount);
  const toJoint = Math.sqrt((1 - shrinkage) / Math.max(1, bucketCount));
  const toOwn = Math.sqrt(shrinkage);
  for (let draw = 0; draw < draws; draw++) {
    for (let t = 0; t < bucketCount; t++) states[t] = joint.normal();
    for (let row = 0; row < rowCount; row++) {
      const alone = own.normal();
      let together = 0;
      const first = row * bucketCount;
      for (let t = 0; t < bucketCount; t++) together += standard[first + t] * states[t];
      // A key without errors knows nothing of the others.
      shocks[row * draws + draw] = deviation[row] > 0 ? toJoint * together + toOwn * alone : alone;
    }
  }
  return shocks;
}

/** The residuals of several models as one block: they end together, and begin with NaN where a history is shorter. */
function alignedResiduals(fitteds: readonly Fitted[]): Float64Array {
  const longest = fitteds.reduce((length, { residuals }) => Math.max(length, residuals.length), 0);
  const block = new Float64Array(fitteds.length * longest).fill(Number.NaN);
  fitteds.forEach(({ residuals }, key) => block.set(residuals, (key + 1) * longest - residuals.length));
  return block;
}
