/**
 * Possible futures of one series: whole paths over the horizon, for questions that single buckets cannot answer, such as
 * demand over a lead time or over a year.
 *
 * Each bucket of the paths has the distribution that the model's quantiles describe; buckets hang together as the growth of
 * its intervals implies (innovation-weights.ts), by a Gaussian copula: normal shocks are filtered with the weights,
 * scaled to variance 1 and looked up in the quantile table. Exact for models with linear innovations; see there.
 *
 * Cost      count x horizon^2 / 2 multiplications and a table of about 60 quantile calls.
 * Source    Nelsen (2006), An Introduction to Copulas, for the copula; Hyndman et al. (2008), Forecasting with
 *           Exponential Smoothing, chapter 6, for what paths are for.
 */
import { normalQuantile, type RandomStream } from '@planwright/numerics';
import { assert } from '@planwright/units';
import { innovationWeights } from './innovation-weights.ts';
import { type QuantileFunction, quantileTable, valueAt } from './quantile-table.ts';

/** Where chance comes from: a stream, or count x horizon standard normal numbers, row-major, one row per path. */
export type ShockSource = RandomStream | Float64Array;

/** Draws count x horizon values, row-major; each call reads on in the stream. Deterministic for a given source. */
export function pathSampler(
  quantile: QuantileFunction,
  horizon: number,
): (count: number, source: ShockSource) => Float64Array {
  if (horizon === 0) return () => new Float64Array(0);
  const table = quantileTable(quantile, horizon);
  const weights = innovationWeights(quantile, horizon);
  const scale = new Float64Array(horizon);
  let squares = 0;
  weights.forEach((weight, step) => {
    squares += weight * weight;
    scale[step] = 1 / Math.sqrt(squares);
  });
  return (count, source) => {
    const shocks = shocksFrom(source, count, horizon);
    const paths = new Float64Array(count * horizon);
    for (let first = 0; first < paths.length; first += horizon) {
      for (let step = 0; step < horizon; step++) {
        let score = 0;
        for (let past = 0; past <= step; past++) score += weights[step - past] * shocks[first + past];
        paths[first + step] = valueAt(table, step, score * scale[step]);
      }
    }
    return paths;
  };
}

function shocksFrom(source: ShockSource, count: number, horizon: number): Float64Array {
  assert(Number.isInteger(count) && count >= 0, 'the number of paths is a whole number');
  if (source instanceof Float64Array) {
    assert(source.length === count * horizon, 'shocks are count x horizon numbers');
    return source;
  }
  const shocks = new Float64Array(count * horizon);
  for (let i = 0; i < shocks.length; i++) shocks[i] = source.normal();
  return shocks;
}

/**
 * Standard normal shocks, count x horizon, that fill each column evenly: one in every count-th part of the distribution
 * (Latin hypercube; McKay, Beckman and Conover 1979, Technometrics 21(2), 239-245). The mean of a sum of buckets is then
 * all but free of noise and its variance far less noisy than from plain draws.
 */
export function stratifiedShocks(count: number, horizon: number, stream: RandomStream): Float64Array {
  const shocks = new Float64Array(count * horizon);
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  for (let step = 0; step < horizon; step++) {
    for (let last = count - 1; last > 0; last--) {
      const other = stream.integer(last + 1);
      const kept = order[last];
      order[last] = order[other];
      order[other] = kept;
    }
    for (let path = 0; path < count; path++) {
      const probability = (order[path] + stream.uniform() + 2 ** -54) / count;
      shocks[path * horizon + step] = normalQuantile(Math.min(probability, 1 - 2 ** -53));
    }
  }
  return shocks;
}
