/**
 * Demand in whole units: Poisson where customers come one by one, negative binomial where the variance is above the mean.
 * Loss functions by the identities n p(n; r) = mean-scaled p(n - 1; r + 1): partial moments are tails of neighbours.
 *
 * Source   Zipkin (2000), Foundations of Inventory Management, sections C.2.3.1 and C.2.3.6; Snyder and Shen (2019),
 *          Fundamentals of Supply Chain Theory, 2nd ed., appendix C.3.4.
 */
import { betaLower, gammaLower, gammaUpper, normalQuantile } from '@planwright/numerics';
import { assert } from '@planwright/units';
import type { DemandDistribution } from './demand-distribution.ts';

/** P(N > k) of the distribution with `order` more successes (or the same, for Poisson). */
type Tail = (k: number, order: number) => number;

/** Poisson demand of a mean > 0. */
export function poissonDemand(mean: number): DemandDistribution {
  assert(mean > 0 && Number.isFinite(mean), 'a Poisson demand has a mean above 0');
  return countDemand({
    mean,
    variance: mean,
    cdf: (k) => (k < 0 ? 0 : gammaUpper(k + 1, mean)),
    tail: (k) => (k < 0 ? 1 : gammaLower(k + 1, mean)),
    secondFactorialMoment: mean * mean,
  });
}

/**
 * Negative binomial demand of a mean > 0 and a variance above it; where the variance is not above the mean there is no such
 * distribution, and the Poisson demand is returned.
 */
export function negativeBinomialDemand(mean: number, variance: number): DemandDistribution {
  assert(mean > 0 && variance >= 0 && Number.isFinite(variance), 'demand has a mean above 0 and a variance');
  // Closer than this the shape grows beyond what the incomplete beta function resolves, and the two are one.
  if (variance <= mean * (1 + 1e-6)) return poissonDemand(mean);
  const successRatio = mean / variance;
  const shape = (mean * successRatio) / (1 - successRatio);
  return countDemand({
    mean,
    variance,
    cdf: (k) => (k < 0 ? 0 : betaLower(shape, k + 1, successRatio)),
    tail: (k, order) => (k < 0 ? 1 : betaLower(k + 1, shape + order, 1 - successRatio)),
    secondFactorialMoment: mean * mean * (1 + 1 / shape),
  });
}

function countDemand(law: {
  readonly mean: number;
  readonly variance: number;
  readonly cdf: (k: number) => number;
  readonly tail: Tail;
  /** E[N (N - 1)]. */
  readonly secondFactorialMoment: number;
}): DemandDistribution {
  const { mean, variance, tail, secondFactorialMoment } = law;
  const cdf = (x: number): number => law.cdf(Math.floor(x));
  return {
    mean,
    variance,
    isWhole: true,
    cdf,
    quantile: (probability) => wholeQuantile(cdf, mean, variance, probability),
    loss: (x) => {
      const k = Math.floor(x);
      return x < 0 ? mean - x : Math.max(0, mean * tail(k - 1, 1) - x * tail(k, 0));
    },
    secondLoss: (x) => {
      const k = Math.floor(x);
      if (x < 0) return (secondFactorialMoment + mean - 2 * x * mean + x * x) / 2;
      const first = mean * tail(k - 1, 1); // E[N; N > k]
      const second = secondFactorialMoment * tail(k - 2, 2) + first; // E[N^2; N > k]
      return Math.max(0, second - 2 * x * first + x * x * tail(k, 0)) / 2;
    },
  };
}

/** From the normal quantile outwards in doubling steps, then by halving: O(log n) values of the cdf. */
function wholeQuantile(
  cdf: (k: number) => number,
  mean: number,
  variance: number,
  probability: number,
): number {
  if (probability <= 0) return 0;
  if (probability >= 1) return Infinity;
  const guess = mean + Math.sqrt(variance) * normalQuantile(probability);
  let high = Math.max(0, Math.floor(guess));
  let step = 1;
  let low = -1;
  if (cdf(high) >= probability) {
    low = high - step;
    while (low >= 0 && cdf(low) >= probability) {
      high = low;
      step *= 2;
      low = Math.max(-1, low - step);
    }
  } else {
    while (cdf(high) < probability) {
      low = high;
      high += step;
      step *= 2;
    }
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (cdf(middle) >= probability) high = middle;
    else low = middle;
  }
  return high;
}
