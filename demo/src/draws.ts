import type { RandomStream } from '@planwright/numerics';

/** A number between two bounds, all equally likely. */
export function drawBetween(stream: RandomStream, low: number, high: number): number {
  return low + (high - low) * stream.uniform();
}

/** A whole number between two bounds, both possible. */
export function drawInteger(stream: RandomStream, low: number, high: number): number {
  return low + stream.integer(high - low + 1);
}

export function drawFrom<T>(stream: RandomStream, list: readonly T[]): T {
  return list[stream.integer(list.length)];
}

export function drawChance(stream: RandomStream, probability: number): boolean {
  return stream.uniform() < probability;
}

/** A factor around 1: its logarithm is normal, and its mean is 1 whatever the spread. */
export function drawFactor(stream: RandomStream, sigma: number): number {
  return Math.exp(sigma * stream.normal() - (sigma * sigma) / 2);
}

/** Waiting time with a given mean, as of independent arrivals. */
export function drawWait(stream: RandomStream, mean: number): number {
  return -mean * Math.log(1 - stream.uniform());
}

/** Running sums of weights, for `drawIndex`. */
export function cumulated(weights: readonly number[]): Float64Array {
  const sums = new Float64Array(weights.length);
  let sum = 0;
  weights.forEach((weight, index) => {
    sum += weight;
    sums[index] = sum;
  });
  return sums;
}

/** An index with a chance in proportion to its weight, by bisection of the running sums. */
export function drawIndex(stream: RandomStream, sums: Float64Array): number {
  const target = stream.uniform() * sums[sums.length - 1];
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle] > target) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Whole numbers in proportion to `weights` that sum to `total`; left-overs go to the largest remainders. */
export function apportioned(total: number, weights: readonly number[]): number[] {
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0);
  const exact = weights.map((weight) => (total * weight) / weightSum);
  const parts = exact.map(Math.floor);
  const leftover = total - parts.reduce((sum, part) => sum + part, 0);
  const byRemainder = [...exact.keys()].sort((a, b) => exact[b] - parts[b] - (exact[a] - parts[a]) || a - b);
  for (const index of byRemainder.slice(0, leftover)) parts[index] += 1;
  return parts;
}
