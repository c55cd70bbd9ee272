/**
 * Demand that could not be sold.
 *
 * Known share   was the item on sale for a share a of the bucket, what was asked for in the rest is as much as the expected
 *               demand of that rest: sold + (1 - a) expected. With a constant level, repeating this until nothing changes gives
 *               total sales over total availability, the maximum likelihood estimate.
 * Bound         that takes for granted that nobody ordered while it could not be had. Where customers wait for it they
 *               do, and nothing is missing. So the estimate never passes what season and level expect of a bucket in which at
 *               least so much was asked for, which is the estimate for an unknown share.
 * Unknown share of a bucket known only to have sold out, demand is the mean of a normal demand above what was sold:
 *               demand = mu + sigma phi(z) / (1 - Phi(z)), z = (sold - mu) / sigma.
 * Never         below what was sold.
 * Source        Nahmias (1994), Naval Research Logistics 41, 739-757; Tobin (1958), Econometrica 26, 24-36; the repetition is
 *               the EM algorithm of Dempster, Laird and Rubin (1977).
 */
import { normalCdf } from '@planwright/numerics';

const FARTHEST = 1e8;
const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

/** Demand of a bucket that was on sale for a share (0 to 1) of its time; NaN for a bucket that sold out at some time. */
export function demandBehindSales(sold: number, share: number, expected: number, spread: number): number {
  // Sold while it could not be had: the record of its availability is wrong, and the sale is a part of the demand.
  if (share <= 0) return Math.max(sold, expected);
  const most = meanAbove(sold, expected, spread);
  if (Number.isNaN(share)) return most;
  const unsold = (1 - Math.min(1, share)) * Math.max(0, expected);
  return Math.max(sold, Math.min(most, sold + unsold));
}

/** Mean of a normal variable, given that it is at least `bound`. */
export function meanAbove(bound: number, mean: number, deviation: number): number {
  if (!(deviation > 0)) return Math.max(bound, mean);
  const z = (bound - mean) / deviation;
  // So far out that the tail is a point, or further than numbers reach.
  if (z > FARTHEST) return bound;
  return Math.max(bound, mean + deviation * inverseMills(z));
}

/** phi(z) / (1 - Phi(z)); far out, where both vanish, its continued fraction. */
function inverseMills(z: number): number {
  if (z > 6) return z + 1 / (z + 2 / (z + 3 / (z + 4 / (z + 5 / z))));
  return Math.exp(-0.5 * z * z) / ROOT_TWO_PI / normalCdf(-z);
}

export type NormalEstimate = { readonly mean: number; readonly deviation: number };

/**
 * Maximum likelihood of a normal sample of which some entries are known only as lower bounds (1 in `censored`), by EM.
 * All entries censored: their mean and 0. `values` are finite, at least one.
 */
export function censoredNormal(values: Float64Array, censored: Uint8Array): NormalEstimate {
  const count = values.length;
  let mean = 0;
  for (let i = 0; i < count; i++) mean += values[i] / count;
  if (!censored.includes(0)) return { mean, deviation: 0 };
  let variance = 0;
  for (let i = 0; i < count; i++) variance += (values[i] - mean) ** 2 / count;
  for (let round = 0; round < 2000 && variance > 0; round++) {
    const deviation = Math.sqrt(variance);
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < count; i++) {
      const z = (values[i] - mean) / deviation;
      const mills = censored[i] === 1 ? inverseMills(z) : 0;
      const first = censored[i] === 1 ? mills : z;
      sum += first;
      // Second moment of a normal variable above z, in deviations.
      squares += censored[i] === 1 ? 1 + z * mills : z * z;
    }
    const shift = sum / count;
    const nextVariance = variance * (squares / count - shift * shift);
    const moved = Math.abs(shift) + Math.abs(nextVariance / variance - 1);
    mean += deviation * shift;
    variance = Math.max(0, nextVariance);
    if (moved < 1e-12) break;
  }
  return { mean, deviation: Math.sqrt(variance) };
}
