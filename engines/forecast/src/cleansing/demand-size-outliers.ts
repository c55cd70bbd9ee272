/**
 * Orders of an intermittent item that are too large to be its own.
 *
 * Input     quantities per bucket, most of them 0; NaN is not observed.
 * Rule      a demand is too large if it lies beyond both
 *             exp(median + 4.5 spread) of the logarithms of the sizes, and
 *             m (1 + c sqrt(2 t) + c^2 t), with t = ln(number of demands) + 5,
 *           the bound that a gamma-distributed size of mean m and variation c exceeds with a chance of e^-5 among all demands.
 *           m and c are estimated from medians; the sizes of counts vary at least as Poisson ones. Both must be broken, for
 *           real lumpy demand has long tails, and a cleanser that eats it does harm.
 * Source    the sub-gamma bound of Boucheron, Lugosi and Massart (2013), Concentration Inequalities, section 2.4.
 */
import { medianInPlace } from './robust-scale.ts';

const LOG_LIMIT = 4.5;
/** Sizes spread by at least a quarter, so that an item always ordered in tens may be ordered in dozens. */
const LEAST_LOG_SPREAD = 0.25;
const CHANCE_EXPONENT = 5;
const FEWEST_DEMANDS = 5;
const OF_NORMAL = 1.4826;

export type LargeOrders = {
  /** Sizes above it are too large; Infinity where too few demands are known. */
  readonly limit: number;
  /** Mean of the other demands. */
  readonly usual: number;
};

export function largeOrderLimit(series: Float64Array, sensitivity: number): LargeOrders {
  const sizes = series.filter((value) => value > 0 && Number.isFinite(value));
  const count = sizes.length;
  if (count < FEWEST_DEMANDS) return { limit: Infinity, usual: meanBelow(sizes, Infinity) };
  const logs = sizes.map(Math.log);
  const centre = medianInPlace(logs.slice(), count);
  const spread =
    OF_NORMAL *
    medianInPlace(
      logs.map((value) => Math.abs(value - centre)),
      count,
    );
  const logLimit = Math.exp(centre + (LOG_LIMIT / sensitivity) * Math.max(LEAST_LOG_SPREAD, spread));
  // The mean without the wildest: of sizes within the first bound.
  const usual = meanBelow(sizes, logLimit);
  const whole = sizes.every(Number.isInteger);
  const ofSpread = Math.expm1(spread * spread);
  const variation = Math.sqrt(Math.max(ofSpread, LEAST_LOG_SPREAD ** 2, whole ? 1 / usual : 0));
  const t = (Math.log(count) + CHANCE_EXPONENT) / sensitivity;
  const tailLimit = usual * (1 + variation * Math.sqrt(2 * t) + variation * variation * t);
  const limit = Math.max(logLimit, tailLimit);
  return { limit, usual: meanBelow(sizes, limit) };
}

function meanBelow(sizes: Float64Array, limit: number): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < sizes.length; i++) {
    if (sizes[i] > limit) continue;
    count += 1;
    sum += (sizes[i] - sum) / count;
  }
  return sum;
}
