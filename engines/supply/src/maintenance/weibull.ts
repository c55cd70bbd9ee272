/**
 * The Weibull distribution of the time a machine runs until it fails, R(t) = exp(-(t / scale)^shape), from spells of which some
 * ended otherwise (a planned stop, the end of the observation). Shape above 1 is wear-out, 1 chance alone, below 1 early failures.
 *
 *   maximum likelihood   1 / k = sum t^k ln t / sum t^k - mean of ln t over failures,  scale^k = sum t^k / failures
 *   interval of k        by the likelihood ratio, 95 %
 *   plausible pairs      k on a grid by its likelihood with the scale integrated out, and for each k the quantiles of the scale, of
 *                        which failures x (scale of the sum) is gamma; flat priors in ln k and ln scale
 *
 * Source   Lawless (2003), Statistical Models and Methods for Lifetime Data, 2nd ed., section 5.2; Meeker and Escobar (1998),
 *          Statistical Methods for Reliability Data, chapter 8.
 */
import { gammaLower, gammaQuantile, logGamma } from '@planwright/numerics';
import { assert } from '@planwright/units';

export type Weibull = { readonly shape: number; readonly scale: number };

export type WeibullFit = Weibull & {
  readonly failureCount: number;
  readonly logLikelihood: number;
  /** 95 % interval of the shape. */
  readonly shapeLow: number;
  readonly shapeHigh: number;
  /** wear: the whole interval above 1; early: below 1; unclear: it holds 1. */
  readonly ageing: 'wear' | 'early' | 'unclear';
  /** Pairs with their probability, which sum to 1. */
  readonly plausible: readonly (Weibull & { readonly probability: number })[];
};

/** P(T > t), t >= 0. */
export const weibullSurvival = ({ shape, scale }: Weibull, t: number): number =>
  Math.exp(-((t / scale) ** shape));

/** Expected hours run until t or the failure, whichever comes first: the integral of R from 0 to t; the mean for Infinity. */
export function weibullMeanUntil({ shape, scale }: Weibull, t: number): number {
  const whole = scale * Math.exp(logGamma(1 + 1 / shape));
  return t === Infinity ? whole : whole * gammaLower(1 / shape, (t / scale) ** shape);
}

const SHAPE_LEAST = 0.02;
const SHAPE_MOST = 200;
const LIKELIHOOD_DROP = 1.9207294103470622; // Half the 95 % point of chi-squared with one degree of freedom.
const PLAUSIBLE_DROP = 9; // e^-9 of the best: no weight worth a point.
const SHAPE_POINTS = 41;
const SCALE_POINTS = [0.1, 0.3, 0.5, 0.7, 0.9];

/**
 * Null where there is nothing to fit: fewer than two failures, or failures all at the longest time, which no finite shape fits best.
 * Spells of 0 hours count as a thousandth of the shortest other one.
 */
export function weibullFit(
  spellHours: ArrayLike<number>,
  endedByFailure: ArrayLike<number>,
): WeibullFit | null {
  const sample = sampleOf(spellHours, endedByFailure);
  if (sample.failureCount < 2 || slopeOf(sample, SHAPE_MOST) > 0 || slopeOf(sample, SHAPE_LEAST) < 0)
    return null;
  const shape = root((k) => slopeOf(sample, k), SHAPE_LEAST, SHAPE_MOST);
  const best = profileOf(sample, shape);
  const drop =
    (limit: number) =>
    (k: number): number =>
      profileOf(sample, k) - best + limit;
  const within = (limit: number): [number, number] => {
    const gap = drop(limit);
    return [
      gap(SHAPE_LEAST) > 0 ? SHAPE_LEAST : root((k) => -gap(k), SHAPE_LEAST, shape),
      gap(SHAPE_MOST) > 0 ? SHAPE_MOST : root(gap, shape, SHAPE_MOST),
    ];
  };
  const [shapeLow, shapeHigh] = within(LIKELIHOOD_DROP);
  return {
    shape,
    scale: scaleOf(sample, shape),
    failureCount: sample.failureCount,
    logLikelihood: best - sample.failureCount * Math.log(sample.longest),
    shapeLow,
    shapeHigh,
    ageing: shapeLow > 1 ? 'wear' : shapeHigh < 1 ? 'early' : 'unclear',
    plausible: plausiblePairs(sample, within(PLAUSIBLE_DROP), best),
  };
}

/** Times as shares of the longest, so that no power of them overflows. */
type Sample = {
  readonly shares: Float64Array;
  readonly longest: number;
  readonly failureCount: number;
  /** Sum of ln share over failures. */
  readonly failureLogs: number;
};

function sampleOf(spellHours: ArrayLike<number>, endedByFailure: ArrayLike<number>): Sample {
  assert(spellHours.length === endedByFailure.length, 'every spell says how it ended');
  const times = Float64Array.from(spellHours);
  assert(
    times.every((hours) => hours >= 0 && Number.isFinite(hours)),
    'spells are hours of 0 or more',
  );
  const longest = times.reduce((most, hours) => Math.max(most, hours), 0);
  const shortest = times.reduce((least, hours) => (hours > 0 ? Math.min(least, hours) : least), longest);
  const shares = times.map((hours) => (hours > 0 ? hours : shortest / 1000) / (longest || 1));
  let failureCount = 0;
  let failureLogs = 0;
  shares.forEach((share, i) => {
    if (endedByFailure[i] === 0 || longest === 0) return;
    failureCount += 1;
    failureLogs += Math.log(share);
  });
  return { shares, longest, failureCount, failureLogs };
}

/** Sum of share^k, and of share^k ln share. */
function powerSums({ shares }: Sample, k: number): { readonly sum: number; readonly logSum: number } {
  let sum = 0;
  let logSum = 0;
  for (const share of shares) {
    const power = share ** k;
    sum += power;
    if (power > 0) logSum += power * Math.log(share);
  }
  return { sum, logSum };
}

/** Derivative of the profile likelihood by k, over the number of failures; it falls. */
function slopeOf(sample: Sample, k: number): number {
  const { sum, logSum } = powerSums(sample, k);
  return 1 / k + sample.failureLogs / sample.failureCount - logSum / sum;
}

/** Log-likelihood at the best scale for k, in shares of the longest time. */
function profileOf(sample: Sample, k: number): number {
  const { failureCount, failureLogs } = sample;
  const { sum } = powerSums(sample, k);
  return failureCount * (Math.log(k) - Math.log(sum / failureCount) - 1) + (k - 1) * failureLogs;
}

const scaleOf = (sample: Sample, k: number): number =>
  sample.longest * (powerSums(sample, k).sum / sample.failureCount) ** (1 / k);

/** Where a function that falls crosses 0, by halving on a scale of ratios. */
function root(falling: (k: number) => number, from: number, to: number): number {
  let [low, high] = [Math.log(from), Math.log(to)];
  for (let halving = 0; halving < 80; halving++) {
    const middle = (low + high) / 2;
    if (falling(Math.exp(middle)) > 0) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}

function plausiblePairs(
  sample: Sample,
  range: readonly [number, number],
  best: number,
): WeibullFit['plausible'] {
  const [from, to] = [Math.log(range[0]), Math.log(range[1])];
  const pairs: (Weibull & { probability: number })[] = [];
  let total = 0;
  for (let i = 0; i < SHAPE_POINTS; i++) {
    const shape = Math.exp(from + ((to - from) * (i + 0.5)) / SHAPE_POINTS);
    // With 1 / scale^k gamma given k, the scale integrates out to the profile over k, up to a constant; ln k is even.
    const weight = Math.exp(profileOf(sample, shape) - best - Math.log(shape));
    const { sum } = powerSums(sample, shape);
    for (const point of SCALE_POINTS) {
      const rate = gammaQuantile(sample.failureCount, point) / sum;
      const scale = sample.longest * rate ** (-1 / shape);
      const probability = weight / SCALE_POINTS.length;
      pairs.push({ shape, scale, probability });
      total += probability;
    }
  }
  return pairs.map((pair) => ({ ...pair, probability: pair.probability / total }));
}
