/**
 * How often a series must be differenced: seasonally if the season is strong, and then until the KPSS test no longer
 * rejects a constant level.
 * Source: Kwiatkowski, Phillips, Schmidt and Shin (1992), J. of Econometrics 54, 159-178, with the lags and the 5 % level of
 *         R's ndiffs(); Wang, Smith and Hyndman (2006), Data Mining and Knowledge Discovery 13(3), 335-364, for the strength.
 */
import { variance } from '@planwright/numerics';
import { stl } from '../decomposition/stl.ts';
import { differenced, differencing } from './lag-polynomial.ts';

const KPSS_5_PERCENT = 0.463;
const MOST_DIFFERENCES = 2;

/** The KPSS statistic of a constant level, with trunc(3 sqrt(n) / 13) lags; 0 for a constant series. */
function kpssStatistic(series: Float64Array): number {
  const count = series.length;
  const lags = Math.trunc((3 * Math.sqrt(count)) / 13);
  let mean = 0;
  for (let t = 0; t < count; t++) mean += series[t] / count;
  let sum = 0;
  let ofSums = 0;
  let longRun = 0;
  for (let t = 0; t < count; t++) {
    const deviation = series[t] - mean;
    sum += deviation;
    ofSums += sum * sum;
    longRun += deviation * deviation;
  }
  for (let lag = 1; lag <= lags; lag++) {
    let covariance = 0;
    for (let t = lag; t < count; t++) covariance += (series[t] - mean) * (series[t - lag] - mean);
    longRun += 2 * (1 - lag / (lags + 1)) * covariance;
  }
  return longRun > 0 ? ofSums / (count * longRun) : 0;
}

/** Differences at lag 1 until the KPSS test accepts a level at 5 %: 0, 1 or 2. */
export function differencesNeeded(series: Float64Array): number {
  let rest = series;
  for (let d = 0; d < MOST_DIFFERENCES; d++) {
    if (rest.length < LEAST_TESTED || isConstant(rest, series) || kpssStatistic(rest) <= KPSS_5_PERCENT)
      return d;
    rest = differenced(rest, ONCE);
  }
  return MOST_DIFFERENCES;
}

const LEAST_TESTED = 4;
const ONCE = differencing({ p: 0, d: 1, q: 0, P: 0, D: 0, Q: 0, season: 1, constant: false });

/** Whether a series varies by no more than rounding of the one it was made from. */
export function isConstant(series: Float64Array, origin: Float64Array): boolean {
  let low = Infinity;
  let high = -Infinity;
  for (let t = 0; t < series.length; t++) {
    low = Math.min(low, series[t]);
    high = Math.max(high, series[t]);
  }
  let size = 0;
  for (let t = 0; t < origin.length; t++) size = Math.max(size, Math.abs(origin[t]));
  return !(high - low > 1e-12 * size);
}

/** Strength of a season above which it is differenced: R's nsdiffs(). */
const STRONG_SEASON = 0.64;
const SEASONS_SMOOTHED = 11;

/** 1 where STL finds a season that makes up more than 0.64 of what is not trend, else 0. Needs more than two seasons. */
export function seasonalDifferencesNeeded(series: Float64Array, season: number): number {
  if (season < 2 || series.length <= 2 * season || isConstant(series, series)) return 0;
  const { season: seasonal, remainder } = stl(series, { period: season, seasonWindow: SEASONS_SMOOTHED });
  const both = remainder.map((value, t) => value + seasonal[t]);
  return 1 - variance(remainder) / variance(both) > STRONG_SEASON ? 1 : 0;
}
