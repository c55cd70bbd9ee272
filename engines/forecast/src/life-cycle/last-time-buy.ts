/**
 * How much to buy when it is the last time: the quantile of all demand that is still to come, less what there is.
 *
 * Input    remaining demand as paths that could happen, or as a mean and a band per bucket; the part of cases in which it
 *          shall suffice, or the costs of a unit short and a unit left over, whose fractile
 *          short / (short + left) is the same thing (newsvendor).
 * Bands    errors of the buckets of one item go together; `errorCorrelation` between any two (0.5 unless told) gives the
 *          variance of the sum, and the sum has a gamma distribution.
 * Cost     O(paths x buckets), and a sort.
 * Source   Arrow, Harris and Marschak (1951), Econometrica 19(3), 250-272; Teunter and Fortuin (1999), International Journal
 *          of Production Economics 59, 487-498, for the final order.
 */
import { assert } from '@planwright/units';
import { normalQuantile } from '@planwright/numerics';
import { spokenNumber, spokenShare } from '../explanation/spoken-number.ts';
import { gammaQuantile } from './level-belief.ts';

export type RemainingDemand =
  | {
      readonly kind: 'paths';
      /** pathCount x bucketCount, row-major. */
      readonly values: Float64Array;
      readonly pathCount: number;
    }
  | {
      readonly kind: 'band';
      readonly mean: Float64Array;
      /** The value that each bucket stays below with `probability` (above 0.5). */
      readonly upper: Float64Array;
      readonly probability: number;
      readonly errorCorrelation?: number;
    };

export type ServiceAim =
  | { readonly serviceRatio: number }
  | { readonly costShort: number; readonly costLeft: number };

export type LastTimeBuy = {
  readonly quantity: number;
  /** Share of cases in which the quantity and the stock shall suffice. */
  readonly serviceRatio: number;
  readonly expectedDemand: number;
  /** All demand still to come stays below this in that share of cases. */
  readonly demandQuantile: number;
  readonly sentence: string;
};

export function lastTimeBuy(input: {
  readonly demand: RemainingDemand;
  readonly aim: ServiceAim;
  readonly onHand: number;
  /** Ordered and not yet in; 0 unless told. */
  readonly onOrder?: number;
  /** The quantity is a whole number of these; any quantity unless told. */
  readonly lotSize?: number;
  readonly unit?: string;
}): LastTimeBuy {
  const { demand, aim, onHand, onOrder = 0, lotSize = 0, unit = '' } = input;
  const serviceRatio =
    'serviceRatio' in aim ? aim.serviceRatio : aim.costShort / (aim.costShort + aim.costLeft);
  assert(serviceRatio > 0 && serviceRatio < 1, 'the service ratio lies between 0 and 1');
  const total = demand.kind === 'paths' ? ofPaths(demand, serviceRatio) : ofBand(demand, serviceRatio);
  const needed = Math.max(0, total.quantile - Math.max(0, onHand) - Math.max(0, onOrder));
  // A hair above a whole number of lots is that number: 0.3 / 0.1 is 2.9999999999999996.
  const quantity = lotSize > 0 ? Math.max(0, Math.ceil(needed / lotSize - 1e-9)) * lotSize : needed;
  const has = `${spokenNumber(onHand + onOrder, unit)} ${onHand + onOrder === 1 ? 'is' : 'are'} there or on order`;
  return {
    quantity,
    serviceRatio,
    expectedDemand: total.mean,
    demandQuantile: total.quantile,
    sentence:
      `Expect ${spokenNumber(total.mean, unit)} until the end of life; ${spokenNumber(total.quantile, unit)} suffice in ` +
      `${spokenShare(serviceRatio)} of cases. ${has}, so buy ${spokenNumber(quantity, unit)}.`,
  };
}

type Total = { readonly mean: number; readonly quantile: number };

/** The smallest total of a path that at least this share of the paths does not exceed. */
function ofPaths(demand: RemainingDemand & { kind: 'paths' }, ratio: number): Total {
  const { values, pathCount } = demand;
  assert(pathCount >= 1 && values.length % pathCount === 0, 'values holds pathCount x bucketCount numbers');
  const buckets = values.length / pathCount;
  const totals = new Float64Array(pathCount);
  let sum = 0;
  for (let path = 0; path < pathCount; path++) {
    for (let t = 0; t < buckets; t++) totals[path] += Math.max(0, values[path * buckets + t]);
    sum += totals[path];
  }
  totals.sort();
  const rank = Math.min(pathCount - 1, Math.max(0, Math.ceil(ratio * pathCount - 1e-9) - 1));
  return { mean: sum / pathCount, quantile: totals[rank] };
}

const DEFAULT_CORRELATION = 0.5;

function ofBand(demand: RemainingDemand & { kind: 'band' }, ratio: number): Total {
  const { mean, upper, probability, errorCorrelation = DEFAULT_CORRELATION } = demand;
  assert(mean.length === upper.length, 'mean and upper have the same buckets');
  assert(probability > 0.5 && probability < 1, 'the upper limit is above the middle');
  assert(errorCorrelation >= 0 && errorCorrelation <= 1, 'the correlation of errors is between 0 and 1');
  const z = normalQuantile(probability);
  let total = 0;
  let deviations = 0;
  let variances = 0;
  for (let t = 0; t < mean.length; t++) {
    const expected = Math.max(0, mean[t]);
    const deviation = Math.max(0, upper[t] - expected) / z;
    total += expected;
    deviations += deviation;
    variances += deviation * deviation;
  }
  const variance = (1 - errorCorrelation) * variances + errorCorrelation * deviations * deviations;
  return { mean: total, quantile: gammaQuantile(total, variance, ratio) };
}
