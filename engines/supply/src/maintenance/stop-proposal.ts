/**
 * When to stop a machine before it stops itself: the bucket in which a planned stop is expected to cost least, weighing the risk
 * of a failure before it against the capacity that the stop takes.
 *
 *   stop at the start of bucket t unless it fails before, and then go on at the best long-run cost g per hour run:
 *   J(t) = sum over b < t of P(fails in b) (failure cost(b) - g hours run until the middle of b)
 *        + P(reaches t) (planned cost(t) - g hours run until t)
 *
 * and for no stop within the horizon the same with what the best age of renewal costs from there. A lost hour costs
 * `lostHourCost[t]`, but only beyond the hours that are free in the bucket anyway. g and the far future use the averages of the horizon.
 *
 * What is known of the life is a set of plausible shapes and scales (weibull.ts): J is their weighted mean, and the confidence
 * is the weight of those under which the proposal beats its alternative.
 *
 * Source   Barlow and Proschan (1965), Mathematical Theory of Reliability, section 4.2; the renewal-reward argument of Ross (1970),
 *          Applied Probability Models with Optimization Applications, section 7.4, for the costs that change with the bucket.
 */
import { assert } from '@planwright/units';
import { ageReplacement, type RenewalCosts } from './age-replacement.ts';
import { type Weibull, type WeibullFit, weibullMeanUntil, weibullSurvival } from './weibull.ts';

export type StopProposalInput = {
  readonly life: Pick<WeibullFit, 'plausible'>;
  /** Hours run since the last stop. */
  readonly ageHours: number;
  /** Hours that the plan runs the machine, per bucket, >= 0. */
  readonly runHours: ArrayLike<number>;
  /** Hours of the bucket that the plan leaves free, >= 0. */
  readonly freeHours: ArrayLike<number>;
  /** Money that an hour lost beyond the free ones costs, >= 0: margin of what is then not made, or overtime. */
  readonly lostHourCost: ArrayLike<number>;
  /** Money of parts and work, and hours down, of a planned stop and of a failure. */
  readonly plannedStop: StopCost;
  readonly failure: StopCost;
};

export type StopCost = { readonly cost: number; readonly downHours: number };

export type StopProposal = {
  /** Bucket at whose start to stop; null: no stop within the horizon is worth it. */
  readonly bucket: number | null;
  /** Weight of the plausible lives under which that is right, 0-1. */
  readonly confidenceRatio: number;
  /** Expected money saved against no stop within the horizon (or, without a stop, against the best one). */
  readonly saving: number;
  /** What stopping in each bucket costs more than in the best; the last entry: no stop within the horizon. */
  readonly extraCost: Float64Array;
  /** P(a failure before the start of each bucket), and by the end of the horizon last. */
  readonly failureProbability: Float64Array;
  /** Full cost of a planned stop in each bucket, capacity included. */
  readonly stopCost: Float64Array;
};

export function stopProposal(input: StopProposalInput): StopProposal {
  const { life, runHours, freeHours, lostHourCost, plannedStop, failure } = input;
  const count = runHours.length;
  assert(
    freeHours.length === count && lostHourCost.length === count && count > 0,
    'every row spans the horizon',
  );
  assert(input.ageHours >= 0 && life.plausible.length > 0, 'the machine has an age and a life');
  const stopCost = costByBucket(input, plannedStop);
  const failureCost = costByBucket(input, failure);
  const average: RenewalCosts = {
    plannedCost: Math.max(meanOf(stopCost), Number.MIN_VALUE),
    failureCost: Math.max(meanOf(failureCost), Number.MIN_VALUE),
  };
  const expected = new Float64Array(count + 1);
  const failureProbability = new Float64Array(count + 1);
  const byLife: Float64Array[] = [];
  for (const pair of life.plausible) {
    const costs = relativeCosts(
      pair,
      input,
      { stopCost, failureCost, average },
      failureProbability,
      pair.probability,
    );
    byLife.push(costs);
    for (let t = 0; t <= count; t++) expected[t] += pair.probability * costs[t];
  }
  const chosen = leastIndex(expected, count + 1);
  const other = chosen === count ? leastIndex(expected, count) : count;
  let confidenceRatio = 0;
  byLife.forEach((costs, index) => {
    if (costs[chosen] <= costs[other]) confidenceRatio += life.plausible[index].probability;
  });
  return {
    bucket: chosen === count ? null : chosen,
    confidenceRatio: Math.min(1, confidenceRatio),
    saving: expected[other] - expected[chosen],
    extraCost: expected.map((cost) => cost - expected[chosen]),
    failureProbability,
    stopCost,
  };
}

function costByBucket({ freeHours, lostHourCost }: StopProposalInput, stop: StopCost): Float64Array {
  assert(stop.cost >= 0 && stop.downHours >= 0, 'stops cost nothing or something');
  return Float64Array.from(lostHourCost, (cost, t) => {
    assert(cost >= 0 && freeHours[t] >= 0, 'free hours and the cost of lost ones are 0 or more');
    return stop.cost + cost * Math.max(0, stop.downHours - freeHours[t]);
  });
}

/** J of one life; adds its probabilities of failure, weighted, to `failureProbability`. */
function relativeCosts(
  life: Weibull,
  { ageHours, runHours }: StopProposalInput,
  costs: {
    readonly stopCost: Float64Array;
    readonly failureCost: Float64Array;
    readonly average: RenewalCosts;
  },
  failureProbability: Float64Array,
  weight: number,
): Float64Array {
  const { stopCost, failureCost, average } = costs;
  const count = runHours.length;
  const best = ageReplacement(life, average);
  const relative = new Float64Array(count + 1);
  let failed = 0; // Cost of failures before the bucket, less what the hours run until them are worth.
  let run = 0;
  let reaches = 1;
  for (let t = 0; t < count; t++) {
    relative[t] = failed + reaches * (stopCost[t] - best.costPerHour * run);
    failureProbability[t] += weight * (1 - reaches);
    const age = ageHours + run;
    const survives = survivalFrom(life, age, runHours[t]);
    failed += reaches * (1 - survives) * (failureCost[t] - best.costPerHour * (run + runHours[t] / 2));
    reaches *= survives;
    run += runHours[t];
  }
  failureProbability[count] += weight * (1 - reaches);
  relative[count] =
    failed + reaches * (costFrom(life, average, best, ageHours + run) - best.costPerHour * run);
  return relative;
}

/** P(runs `hours` more | runs at `age`). */
const survivalFrom = ({ shape, scale }: Weibull, age: number, hours: number): number =>
  Math.exp((age / scale) ** shape - ((age + hours) / scale) ** shape);

/** Expected cost of the next stop of a machine of that age under the best policy, less g for the hours until then. */
function costFrom(
  life: Weibull,
  { plannedCost, failureCost }: RenewalCosts,
  best: { readonly ageHours: number; readonly costPerHour: number },
  age: number,
): number {
  if (age >= best.ageHours) return plannedCost;
  const now = weibullSurvival(life, age);
  // So old that a double no longer knows it: fails at once.
  if (!(now > 0)) return failureCost;
  const then = best.ageHours === Infinity ? 0 : weibullSurvival(life, best.ageHours);
  const hours = (weibullMeanUntil(life, best.ageHours) - weibullMeanUntil(life, age)) / now;
  return (plannedCost * then + failureCost * (now - then)) / now - best.costPerHour * hours;
}

function leastIndex(values: Float64Array, end: number): number {
  let least = 0;
  for (let i = 1; i < end; i++) if (values[i] < values[least]) least = i;
  return least;
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
