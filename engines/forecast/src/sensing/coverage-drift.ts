/**
 * Do bands still hold what they promise? The exact binomial test: how probable is it that so few (or so many) of n actuals
 * lie inside, if each does with the promised probability? O(n).
 */
import { logFactorial } from '@planwright/numerics';
import { assert } from '@planwright/units';

export type CoverageDrift = {
  readonly inside: number;
  readonly count: number;
  /** Probability of this few or fewer inside. */
  readonly tooFew: number;
  /** Probability of this many or more inside. */
  readonly tooMany: number;
};

/** `promised` is the probability of one actual inside (0.8 for an 80 % band). Pairs with a NaN are left out. */
export function coverageDrift(
  actual: Float64Array,
  lower: Float64Array,
  upper: Float64Array,
  promised: number,
): CoverageDrift {
  assert(promised > 0 && promised < 1, 'the promised probability lies between 0 and 1');
  let inside = 0;
  let count = 0;
  for (let t = 0; t < actual.length; t++) {
    if (!Number.isFinite(actual[t] + lower[t] + upper[t])) continue;
    count += 1;
    if (actual[t] >= lower[t] && actual[t] <= upper[t]) inside += 1;
  }
  const below = binomialSum(count, promised, 0, inside);
  const above = binomialSum(count, promised, inside, count);
  return { inside, count, tooFew: below, tooMany: above };
}

/** P(first <= X <= last) for X of `count` trials. */
function binomialSum(count: number, probability: number, first: number, last: number): number {
  const ofSuccess = Math.log(probability);
  const ofFailure = Math.log1p(-probability);
  let sum = 0;
  for (let k = first; k <= last; k++) {
    const ways = logFactorial(count) - logFactorial(k) - logFactorial(count - k);
    sum += Math.exp(ways + k * ofSuccess + (count - k) * ofFailure);
  }
  return Math.min(1, sum);
}
