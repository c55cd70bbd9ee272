/** How good the forecasts of a key would have been, up to six buckets ahead, over the last year of buckets. */
import {
  accuracyOf,
  accuracyScale,
  autoModel,
  type Backtest,
  backtest,
  type BorrowedSeason,
  coverageOf,
  type ForecastTier,
  writeNaive,
} from '@planwright/forecast';
import type { ForecastKey, LagSums, SteadinessSums } from './stage-results.ts';
import { steadinessSums } from './steadiness.ts';

/** Buckets of history that the back-test forecasts again. */
export const BACKTEST_BUCKETS = 12;
const LAGS = 6;

export type BacktestInput = {
  /** What the forecast learns from: cleansed, and without events. */
  readonly learnt: Float64Array;
  /** What it is judged by: as ordered; NaN is not judged. */
  readonly judged: Float64Array;
  /** What known events change in each bucket of the history; 0 for nothing. None unless told. */
  readonly changes: Float64Array | undefined;
  /** The part of those changes that prices have: what is said at an origin knows the last price alone. */
  readonly priceChanges: Float64Array | undefined;
  readonly season: number;
  readonly tier: ForecastTier;
  /**
   * What a short history leans on, as the forecast does. It is learnt from the streams that show a season, up to now: what
   * origins of a year ago could not know of it is little beside what one short history knows.
   */
  readonly borrowedSeason: BorrowedSeason | undefined;
  /** Buckets between two fits; between them the method is kept, as in a run that keeps what has not broken. */
  readonly refitEvery: number;
  /** Whether it is also asked how far numbers may be held. */
  readonly isSteady: boolean;
};

export type JudgedKey = Pick<
  ForecastKey,
  | 'wapeRatio'
  | 'mapeRatio'
  | 'mapeDropped'
  | 'smapeRatio'
  | 'maseRatio'
  | 'biasRatio'
  | 'trackingSignal'
  | 'coverage80Ratio'
  | 'coverage95Ratio'
  | 'backtest'
  | 'lags'
  | 'naiveAbsoluteError'
  | 'steadiness'
> & {
  /** Mean of the squared errors one bucket ahead; NaN where nothing was judged. */
  readonly errorVariance: number;
};

/**
 * The model stands at each of the last twelve buckets and says the next six, as far as they are history by now. Known
 * events are put on top of what it says, as they would have been then.
 */
export function judgedKey(input: BacktestInput): JudgedKey {
  const { learnt, judged, changes, priceChanges, season, tier } = input;
  const count = learnt.length;
  // Behind the history nothing is observed, so that the newest origin can stand at its last bucket.
  const padded = new Float64Array(count + LAGS - 1).fill(Number.NaN);
  padded.set(learnt);
  const tested = backtest(padded, {
    season,
    horizon: LAGS,
    origins: BACKTEST_BUCKETS,
    levels: [80, 95],
    model: autoModel(tier, input.borrowedSeason),
    refitEvery: input.refitEvery,
    // A year of weeks is judged by its second half: a season and a half would leave it unjudged.
    minimumHistory: Math.max(4, Math.min(Math.ceil(1.5 * season), Math.floor(count / 2))),
  });
  const { origins, forecast, levels } = tested;
  const withEvents = (values: Float64Array, lag: number): Float64Array =>
    Float64Array.from(origins, (origin, row) => {
      const bucket = origin + lag - 1;
      const known = (1 + (priceChanges?.[origin - 1] ?? 0)) / (1 + (priceChanges?.[bucket] ?? 0));
      return values[row * LAGS + lag - 1] * (1 + (changes?.[bucket] ?? 0)) * known;
    });
  const naive = new Float64Array(origins.length * LAGS);
  origins.forEach((origin, row) =>
    writeNaive(judged, origin, season, naive.subarray(row * LAGS, (row + 1) * LAGS)),
  );
  const lags = Array.from({ length: LAGS }, (_, index): Lag => {
    const lag = index + 1;
    return {
      lag,
      actual: Float64Array.from(origins, (origin) => judged[origin + lag - 1] ?? Number.NaN),
      forecast: withEvents(forecast, lag),
      naive: Float64Array.from(origins, (_, row) => naive[row * LAGS + lag - 1]),
      lower: levels.map((level) => withEvents(level.lower, lag)),
      upper: levels.map((level) => withEvents(level.upper, lag)),
    };
  });
  const [first] = lags;
  const sums = lags.map(lagSums);
  const backtested = new Array<number | null>(BACKTEST_BUCKETS).fill(null);
  let squares = 0;
  origins.forEach((bucket, row) => {
    if (Number.isNaN(first.actual[row])) return;
    backtested[bucket - (count - BACKTEST_BUCKETS)] = first.forecast[row];
    squares += (first.forecast[row] - first.actual[row]) ** 2;
  });
  const accuracy = accuracyOf(
    first.actual,
    first.forecast,
    accuracyScale(judged.subarray(0, origins[0] ?? 0), season),
  );
  return {
    wapeRatio: numberOrNull(accuracy.wape),
    mapeRatio: numberOrNull(accuracy.mape),
    mapeDropped: accuracy.mapeDropped,
    smapeRatio: numberOrNull(accuracy.smape),
    maseRatio: numberOrNull(accuracy.mase),
    biasRatio: numberOrNull(accuracy.bias),
    trackingSignal: numberOrNull(accuracy.trackingSignal),
    coverage80Ratio: numberOrNull(coverageOf(first.actual, first.lower[0], first.upper[0])),
    coverage95Ratio: numberOrNull(coverageOf(first.actual, first.lower[1], first.upper[1])),
    backtest: backtested,
    lags: sums,
    naiveAbsoluteError: sums[0].naiveAbsoluteError,
    errorVariance: squares / sums[0].bucketCount,
    steadiness: input.isSteady ? steadinessOf(input, tested) : null,
  };
}

function steadinessOf(input: BacktestInput, { origins, forecast, levels }: Backtest): SteadinessSums {
  return steadinessSums({
    forecast,
    lower: levels[0].lower,
    upper: levels[0].upper,
    actual: Float64Array.from(forecast, (_, cell) => judgedBase(input, origins, cell)),
    lags: LAGS,
  });
}

/** What came of what was said, without what known events did: the forecast knows nothing of them either. */
function judgedBase({ judged, changes }: BacktestInput, origins: Int32Array, cell: number): number {
  const bucket = origins[Math.floor(cell / LAGS)] + (cell % LAGS);
  return (judged[bucket] ?? Number.NaN) / (1 + (changes?.[bucket] ?? 0));
}

/** One entry per origin. */
type Lag = {
  readonly lag: number;
  readonly actual: Float64Array;
  readonly forecast: Float64Array;
  readonly naive: Float64Array;
  /** 80 and 95 %. */
  readonly lower: readonly Float64Array[];
  readonly upper: readonly Float64Array[];
};

function lagSums({ lag, actual, forecast, naive, lower, upper }: Lag): LagSums {
  const sums = {
    lag,
    bucketCount: 0,
    actual: 0,
    absoluteError: 0,
    error: 0,
    naiveAbsoluteError: 0,
    inside80: 0,
    inside95: 0,
  };
  for (let row = 0; row < actual.length; row++) {
    const value = actual[row];
    if (Number.isNaN(value)) continue;
    const error = forecast[row] - value;
    sums.bucketCount += 1;
    sums.actual += value;
    sums.absoluteError += Math.abs(error);
    sums.error += error;
    sums.naiveAbsoluteError += Math.abs(naive[row] - value);
    if (value >= lower[0][row] && value <= upper[0][row]) sums.inside80 += 1;
    if (value >= lower[1][row] && value <= upper[1][row]) sums.inside95 += 1;
  }
  return sums;
}

const numberOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
