/**
 * What kind of series a history is, in numbers that do not depend on its unit: how long, how steady, how seasonal, how
 * predictable. What methods are weighted by.
 *
 * Input     a complete, finite history; at least two values.
 * Output    one number per name of SERIES_FEATURES; NaN where a history is too short to tell, on which trees can branch.
 * Cost      O(n x 10) and one discrete Fourier transform of the last 128 values at most: about 30 us for 60 months.
 * Source    the features of Hyndman, Wang and Laptev (2015), ICDM Workshops, 1616-1619, that FFORMA reads (Montero-Manso et
 *           al. 2020, IJF 36(1), 86-92), the decomposition being classical; intermittency as in demand-class.ts.
 */
import { autocorrelation, mean, variance } from '@planwright/numerics';
import { centredAverage, seasonalFigure, seasonalStrength } from '../seasonality.ts';

/** Names, in the words that a sentence can use: 'its ...'. */
export const SERIES_FEATURES = [
  'length',
  'strength of trend',
  'strength of season',
  'season by its test',
  'slope',
  'curvature',
  'newest level',
  'newest slope',
  'memory of a bucket',
  'memory of two buckets',
  'memory of ten buckets',
  'memory of a season',
  'memory of its changes',
  'memory of ten changes',
  'memory of its second changes',
  'memory of its noise',
  'noise',
  'spectral entropy',
  'variation',
  'variation of its steps',
  'steadiness of its level',
  'steadiness of its variation',
  'share of empty buckets',
  'variation of its sizes',
  'largest value',
  'largest shift of level',
  'crossings of its median',
  'longest flat spell',
] as const;

const WINDOW_WITHOUT_SEASON = 5;
const MEMORY = 10;
const SPECTRUM_LONGEST = 128;

export function seriesFeatures(history: Float64Array, season: number): number[] {
  const window = season > 1 ? season : WINDOW_WITHOUT_SEASON;
  const count = history.length;
  const level = mean(history);
  const deviation = Math.sqrt(variance(history));
  const unit = deviation > 0 ? deviation : 1;
  const size = Math.abs(level) > 0 ? Math.abs(level) : unit;
  const { trend, seasonal, noise, remainder } = strengths(history, season, window);
  const own = autocorrelation(history, Math.max(MEMORY, season));
  const changes = differences(history);
  const ofChanges = autocorrelation(changes, MEMORY);
  const { slope, curvature } = bend(history);
  const recent = history.subarray(Math.max(0, count - window));
  const sizes = history.filter((value) => value !== 0);
  return [
    Math.log(count),
    trend,
    seasonal,
    seasonalStrength(history, season),
    slope / unit,
    curvature / unit,
    mean(recent) / size,
    bend(recent).slope / unit,
    at(own, 1),
    at(own, 2),
    squaresOf(own),
    season > 1 ? at(own, season) : Number.NaN,
    at(ofChanges, 1),
    squaresOf(ofChanges),
    at(autocorrelation(differences(changes), 1), 1),
    at(autocorrelation(remainder, 1), 1),
    noise / size,
    spectralEntropy(history),
    deviation / size,
    Math.sqrt(variance(changes)) / unit,
    variance(tiles(history, window, mean)) / unit ** 2,
    variance(tiles(history, window, variance)) / unit ** 4,
    1 - sizes.length / count,
    Math.sqrt(variance(sizes)) / Math.abs(mean(sizes)),
    (largest(history) - level) / unit,
    largestShift(history, window) / unit,
    crossings(history) / count,
    longestFlat(history) / count,
  ].map((value) => (Number.isFinite(value) ? value : Number.NaN));
}

const at = (correlations: Float64Array, lag: number): number => correlations[lag] ?? Number.NaN;

/** Sum of squares of the first ten autocorrelations. */
function squaresOf(correlations: Float64Array): number {
  let sum = 0;
  for (let lag = 1; lag <= MEMORY; lag++) sum += (correlations[lag] ?? 0) ** 2;
  return sum;
}

const differences = (values: Float64Array): Float64Array =>
  Float64Array.from({ length: Math.max(0, values.length - 1) }, (_, t) => values[t + 1] - values[t]);

/** How much less varies without trend, and without season: 0 for nothing, 1 for all; and what is left (Wang et al. 2006). */
function strengths(
  history: Float64Array,
  season: number,
  window: number,
): { trend: number; seasonal: number; noise: number; remainder: Float64Array } {
  if (history.length < 2 * window)
    return { trend: Number.NaN, seasonal: Number.NaN, noise: Number.NaN, remainder: new Float64Array(0) };
  const smooth = centredAverage(history, window);
  const figure = season > 1 ? seasonalFigure(history, season, 'additive') : undefined;
  const inner = [...smooth.keys()].filter((t) => Number.isFinite(smooth[t]));
  const seasonAt = (t: number): number => figure?.[t % season] ?? 0;
  const part = (valueAt: (t: number) => number): Float64Array => Float64Array.from(inner, valueAt);
  const remainder = part((t) => history[t] - smooth[t] - seasonAt(t));
  const left = variance(remainder);
  const strength = (whole: number): number => (whole > 0 ? Math.max(0, 1 - left / whole) : 0);
  return {
    trend: strength(variance(part((t) => history[t] - seasonAt(t)))),
    seasonal: season > 1 ? strength(variance(part((t) => history[t] - smooth[t]))) : 0,
    noise: Math.sqrt(left),
    remainder,
  };
}

/** Of orthogonal linear and quadratic regressors over time, each of length 1. */
function bend(values: Float64Array): { slope: number; curvature: number } {
  const count = values.length;
  const centre = (count - 1) / 2;
  const middle = (count * count - 1) / 12;
  let slope = 0;
  let curvature = 0;
  let lines = 0;
  let bows = 0;
  for (let t = 0; t < count; t++) {
    const line = t - centre;
    const bow = line * line - middle;
    slope += line * values[t];
    curvature += bow * values[t];
    lines += line * line;
    bows += bow * bow;
  }
  return { slope: slope / Math.sqrt(lines), curvature: curvature / Math.sqrt(bows) };
}

/** Entropy of the periodogram over that of white noise: near 0 for a plain wave, near 1 for noise. */
function spectralEntropy(history: Float64Array): number {
  const values = history.subarray(Math.max(0, history.length - SPECTRUM_LONGEST));
  const count = values.length;
  const centre = mean(values);
  const half = count >> 1;
  const power = new Float64Array(half);
  for (let k = 1; k <= half; k++) {
    // The turn by one bucket, repeated: a sine and a cosine for each frequency instead of each value.
    const turnCos = Math.cos((2 * Math.PI * k) / count);
    const turnSin = Math.sin((2 * Math.PI * k) / count);
    let cos = 1;
    let sin = 0;
    let real = 0;
    let imaginary = 0;
    for (let t = 0; t < count; t++) {
      const away = values[t] - centre;
      real += away * cos;
      imaginary += away * sin;
      const next = cos * turnCos - sin * turnSin;
      sin = sin * turnCos + cos * turnSin;
      cos = next;
    }
    power[k - 1] = real * real + imaginary * imaginary;
  }
  const total = power.reduce((sum, value) => sum + value, 0);
  if (!(total > 0) || half < 2) return Number.NaN;
  let entropy = 0;
  for (const value of power) if (value > 0) entropy -= (value / total) * Math.log(value / total);
  return entropy / Math.log(half);
}

/** A figure of each whole window, counted from the end. */
function tiles(
  history: Float64Array,
  window: number,
  figureOf: (values: Float64Array) => number,
): Float64Array {
  const count = Math.floor(history.length / window);
  return Float64Array.from({ length: count }, (_, tile) => {
    const end = history.length - tile * window;
    return figureOf(history.subarray(end - window, end));
  });
}

const largest = (values: Float64Array): number =>
  values.reduce((most, value) => Math.max(most, value), -Infinity);

/** The largest difference between the means of two windows side by side. */
function largestShift(history: Float64Array, window: number): number {
  const means = tiles(history, window, mean);
  let most = means.length < 2 ? Number.NaN : 0;
  for (let tile = 1; tile < means.length; tile++)
    most = Math.max(most, Math.abs(means[tile] - means[tile - 1]));
  return most;
}

function crossings(history: Float64Array): number {
  const middle = history.slice().sort()[history.length >> 1];
  let count = 0;
  for (let t = 1; t < history.length; t++) if (history[t] > middle !== history[t - 1] > middle) count += 1;
  return count;
}

/** Buckets in a row within the same tenth of the range. */
function longestFlat(history: Float64Array): number {
  const lowest = history.reduce((least, value) => Math.min(least, value), Infinity);
  const width = (largest(history) - lowest) / 10;
  const tenth = (value: number): number =>
    width > 0 ? Math.min(9, Math.floor((value - lowest) / width)) : 0;
  let longest = 1;
  let run = 1;
  for (let t = 1; t < history.length; t++) {
    run = tenth(history[t]) === tenth(history[t - 1]) ? run + 1 : 1;
    longest = Math.max(longest, run);
  }
  return longest;
}
