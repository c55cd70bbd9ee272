/**
 * Demand over a span of time as a distribution: what every policy under uncertainty needs to know of it, and no more.
 *
 *   loss(x)        E[(D - x)+]             units asked for beyond x
 *   secondLoss(x)  E[((D - x)+)^2] / 2     the loss summed over all levels above x
 *
 * Quantities are in the stocking unit. Loss functions after Zipkin (2000), Foundations of Inventory Management,
 * appendix C, and Snyder and Shen (2019), Fundamentals of Supply Chain Theory, 2nd ed., appendix C.3.
 */
import { gammaLower, gammaQuantile, gammaUpper, normalCdf, normalQuantile } from '@planwright/numerics';
import { assert } from '@planwright/units';

export type DemandDistribution = {
  readonly mean: number;
  readonly variance: number;
  /** Demand comes in whole units: quantiles are whole, and `probability` is that of exactly x. */
  readonly isWhole: boolean;
  /** P(D <= x). */
  cdf(x: number): number;
  /** The least x with P(D <= x) >= probability, for 0 <= probability <= 1. */
  quantile(probability: number): number;
  loss(x: number): number;
  secondLoss(x: number): number;
};

const INVERSE_ROOT_TWO_PI = 0.3989422804014327;
const normalDensity = (z: number): number => INVERSE_ROOT_TWO_PI * Math.exp((-z * z) / 2);

/** E[(Z - z)+] of a standard normal Z, to 1e-11 of itself also far out in the upper tail. */
export function normalLoss(z: number): number {
  return z < SERIES_FROM ? normalDensity(z) - z * normalCdf(-z) : normalDensity(z) * upperLossRatio(z);
}

// From here the difference above loses more digits than the series below leaves out.
const SERIES_FROM = 10;

/** The loss over the density by its asymptotic series 1/z^2 - 3/z^4 + 15/z^6 - ..., for z >= 10. */
function upperLossRatio(z: number): number {
  const square = z * z;
  let term = 1 / square;
  let sum = 0;
  for (let k = 1; k < 40 && Math.abs(term) > 1e-17 * sum; k++) {
    sum += term;
    term *= -(2 * k + 1) / square;
  }
  return sum;
}

// So many spreads out a normal tail is nothing to a double, and squares of more would overflow with small spreads.
const FAR = 1e6;

/** A normal demand; `standardDeviation` >= 0, and 0 is demand that is certain. Part of it may lie below 0. */
export function normalDemand(mean: number, standardDeviation: number): DemandDistribution {
  assert(Number.isFinite(mean) && standardDeviation >= 0, 'a normal demand has a mean and a spread');
  if (standardDeviation === 0) return certainDemand(mean);
  const scaled = (x: number): number => (x - mean) / standardDeviation;
  return {
    mean,
    variance: standardDeviation ** 2,
    isWhole: false,
    cdf: (x) => normalCdf(scaled(x)),
    quantile: (probability) => mean + standardDeviation * normalQuantile(probability),
    loss: (x) => {
      const z = scaled(x);
      return z < -FAR ? mean - x : z > FAR ? 0 : standardDeviation * normalLoss(z);
    },
    secondLoss: (x) => {
      const z = scaled(x);
      if (z < -FAR) return ((mean - x) ** 2 + standardDeviation ** 2) / 2;
      if (z > FAR) return 0;
      const unit = ((1 + z * z) * normalCdf(-z) - z * normalDensity(z)) / 2;
      return standardDeviation ** 2 * Math.max(0, unit);
    },
  };
}

function certainDemand(mean: number): DemandDistribution {
  return {
    mean,
    variance: 0,
    isWhole: false,
    cdf: (x) => (x >= mean ? 1 : 0),
    quantile: () => mean,
    loss: (x) => Math.max(0, mean - x),
    secondLoss: (x) => Math.max(0, mean - x) ** 2 / 2,
  };
}

/** A lognormal demand by the mean and standard deviation (> 0) of its logarithm. */
export function lognormalDemand(logMean: number, logSd: number): DemandDistribution {
  assert(Number.isFinite(logMean) && logSd > 0, 'a lognormal demand has a mean and a spread');
  const mean = Math.exp(logMean + logSd ** 2 / 2);
  const square = Math.exp(2 * logMean + 2 * logSd ** 2); // E[D^2]
  const above = (x: number, order: number): number =>
    x <= 0 ? 1 : normalCdf((logMean - Math.log(x)) / logSd + order * logSd);
  return {
    mean,
    variance: square - mean ** 2,
    isWhole: false,
    cdf: (x) => (x <= 0 ? 0 : normalCdf((Math.log(x) - logMean) / logSd)),
    quantile: (probability) => Math.exp(logMean + logSd * normalQuantile(probability)),
    loss: (x) => Math.max(0, mean * above(x, 1) - x * above(x, 0)),
    secondLoss: (x) =>
      Math.max(0, square * above(x, 2) - 2 * x * mean * above(x, 1) + x * x * above(x, 0)) / 2,
  };
}

/** A gamma demand by its mean and standard deviation, both > 0: never negative, skewed as slow movers are. */
export function gammaDemand(mean: number, standardDeviation: number): DemandDistribution {
  assert(mean > 0 && standardDeviation > 0, 'a gamma demand has a mean and a spread');
  const variance = standardDeviation ** 2;
  const shape = mean ** 2 / variance;
  const scale = variance / mean;
  const above = (x: number, order: number): number => gammaUpper(shape + order, x / scale);
  return {
    mean,
    variance,
    isWhole: false,
    cdf: (x) => gammaLower(shape, x / scale),
    quantile: (probability) => scale * gammaQuantile(shape, probability),
    loss: (x) => Math.max(0, mean * above(x, 1) - x * above(x, 0)),
    secondLoss: (x) => {
      const square = shape * (shape + 1) * scale ** 2;
      return Math.max(0, square * above(x, 2) - 2 * x * mean * above(x, 1) + x * x * above(x, 0)) / 2;
    },
  };
}

/**
 * Demand as a sample of equally likely totals in ascending order, for example those of the sample paths of a forecast
 * over the lead time, or quantiles at evenly spread probabilities. The sample itself is the distribution: quantiles are
 * its members, the expected loss an average over it. Cost O(log n) a call after one pass.
 */
export function empiricalDemand(ascendingTotals: Float64Array): DemandDistribution {
  const totals = ascendingTotals;
  const count = totals.length;
  assert(count > 0, 'a sample has members');
  const sums = new Float64Array(count + 1); // Of the members from i on, and of their squares.
  const squares = new Float64Array(count + 1);
  for (let i = count - 1; i >= 0; i--) {
    assert(i === count - 1 || totals[i] <= totals[i + 1], 'a sample is in ascending order');
    sums[i] = sums[i + 1] + totals[i];
    squares[i] = squares[i + 1] + totals[i] ** 2;
  }
  const mean = sums[0] / count;
  return {
    mean,
    variance: Math.max(0, squares[0] / count - mean ** 2),
    isWhole: false,
    cdf: (x) => countUpTo(totals, x) / count,
    quantile: (probability) => totals[Math.max(0, Math.ceil(probability * count - 1e-9) - 1)],
    loss: (x) => {
      const first = countUpTo(totals, x);
      return Math.max(0, sums[first] - (count - first) * x) / count;
    },
    secondLoss: (x) => {
      const first = countUpTo(totals, x);
      const sum = squares[first] - 2 * x * sums[first] + (count - first) * x * x;
      return Math.max(0, sum) / (2 * count);
    },
  };
}

/** How many members are at most x. */
function countUpTo(ascending: Float64Array, x: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}
