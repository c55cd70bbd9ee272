/**
 * Back-test with a rolling origin: what would the model have said then, and how wrong was it?
 *
 * The model is chosen and fitted on the history before the oldest origin; at every later origin it learns on from what
 * has come in since. No forecast sees a value it is judged by.
 * Source: Tashman (2000), Int. J. of Forecasting 16(4), 437-450.
 */
import { assert } from '@planwright/units';
import { type Accuracy, accuracyOf, accuracyScale, coverageOf, pinballLoss } from './accuracy.ts';
import { autoModel, DEFAULT_LEVELS, neverNegative } from '../choice/auto-forecast.ts';
import type { ForecastTier } from '../choice/choice.ts';
import type { Fitted, ForecastModel } from '../contract/contract.ts';
import { writeNaive } from './naive-yardstick.ts';

export type BacktestOptions = {
  readonly season: number;
  readonly horizon: number;
  /** How many origins at most; fewer where the history is short. */
  readonly origins: number;
  /** Buckets between origins; 1 unless told. */
  readonly step?: number;
  /** Judged model; the automatic choice of `tier` unless told. */
  readonly model?: ForecastModel;
  readonly tier?: ForecastTier;
  readonly levels?: readonly number[];
  readonly nonNegative?: boolean;
  /** Fewest buckets before the oldest origin; a season and a half, at least 4, unless told. */
  readonly minimumHistory?: number;
  /** Parameters are learnt anew at one in so many origins, at those between the states alone; 1 unless told. */
  readonly refitEvery?: number;
};

export type LevelResult = {
  readonly level: number;
  /** Share of actuals inside the interval; compare with level / 100. */
  readonly coverage: number;
  /** Mean pinball loss of both limits. */
  readonly pinball: number;
  /** The same two per lag; entry h - 1 is lag h. */
  readonly coverageByLag: Float64Array;
  readonly pinballByLag: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
};

/** Blocks are origins x horizon, row-major, oldest origin first. */
export type Backtest = {
  /** First bucket that each origin forecasts. Empty where the history is too short to judge. */
  readonly origins: Int32Array;
  readonly horizon: number;
  /** Label of the model at the newest origin; empty without origins. */
  readonly method: string;
  readonly actual: Float64Array;
  readonly forecast: Float64Array;
  /** What the seasonal naive forecast would have said: the yardstick of forecast value added. */
  readonly naive: Float64Array;
  readonly levels: readonly LevelResult[];
  /** Over all origins and horizons. */
  readonly accuracy: Accuracy;
  /** Entry h - 1 is the accuracy at lag h. */
  readonly accuracyByLag: readonly Accuracy[];
};

export function backtest(series: Float64Array, options: BacktestOptions): Backtest {
  const { season, horizon } = options;
  assert(Number.isInteger(horizon) && horizon >= 1, 'a back-test needs a horizon of at least one bucket');
  const levels = options.levels ?? DEFAULT_LEVELS;
  const origins = originsOf(series, options);
  const size = origins.length * horizon;
  const actual = new Float64Array(size);
  const forecast = new Float64Array(size);
  const naive = new Float64Array(size);
  const limits = levels.map((level) => ({
    level,
    lower: new Float64Array(size),
    upper: new Float64Array(size),
  }));
  const floor = (options.nonNegative ?? neverNegative(series)) ? 0 : -Infinity;
  const write = (block: Float64Array, row: number, values: Float64Array): void =>
    block.set(
      values.map((value) => Math.max(floor, value)),
      row * horizon,
    );

  const refitEvery = options.refitEvery ?? 1;
  assert(Number.isInteger(refitEvery) && refitEvery >= 1, 'refitEvery is a whole number of origins');
  let fitted: Fitted | undefined;
  origins.forEach((origin, row) => {
    const past = series.subarray(0, origin);
    fitted =
      fitted === undefined
        ? (options.model ?? autoModel(options.tier)).fit(past, { season })
        : fitted.refit(past, row % refitEvery === 0 ? 'parameters' : 'states');
    actual.set(series.subarray(origin, origin + horizon), row * horizon);
    write(forecast, row, fitted.mean(horizon));
    writeNaive(series, origin, season, naive.subarray(row * horizon, (row + 1) * horizon));
    for (const { level, lower, upper } of limits) {
      const interval = fitted.interval(horizon, level);
      write(lower, row, interval.lower);
      write(upper, row, interval.upper);
    }
  });
  // One scale for all origins, from what the oldest of them knew, so that errors can be averaged.
  const scale = accuracyScale(series.subarray(0, origins[0] ?? 0), season);
  return {
    origins,
    horizon,
    method: fitted?.label ?? '',
    actual,
    forecast,
    naive,
    levels: limits.map((limit) => judgedLimits(actual, limit, horizon)),
    accuracy: accuracyOf(actual, forecast, scale),
    accuracyByLag: Array.from({ length: horizon }, (_, lag) =>
      accuracyOf(lagOf(actual, horizon, lag), lagOf(forecast, horizon, lag), scale),
    ),
  };
}

function originsOf(series: Float64Array, options: BacktestOptions): Int32Array {
  const step = options.step ?? 1;
  assert(Number.isInteger(step) && step >= 1, 'step is a whole number of buckets');
  const minimum = options.minimumHistory ?? Math.max(4, Math.ceil(1.5 * options.season));
  const origins: number[] = [];
  for (let k = 0; k < options.origins; k++) {
    const origin = series.length - options.horizon - k * step;
    if (origin < minimum) break;
    origins.unshift(origin);
  }
  return Int32Array.from(origins);
}

/** The column of one lag (0 is the first) of a block of origins x horizon. */
function lagOf(block: Float64Array, horizon: number, lag: number): Float64Array {
  const column = new Float64Array(block.length / horizon);
  for (let row = 0; row < column.length; row++) column[row] = block[row * horizon + lag];
  return column;
}

type Limits = { readonly level: number; readonly lower: Float64Array; readonly upper: Float64Array };

function judgedLimits(actual: Float64Array, limits: Limits, horizon: number): LevelResult {
  const coverageByLag = new Float64Array(horizon);
  const pinballByLag = new Float64Array(horizon);
  for (let lag = 0; lag < horizon; lag++) {
    const of = (block: Float64Array): Float64Array => lagOf(block, horizon, lag);
    const { coverage, pinball } = judged(of(actual), {
      level: limits.level,
      lower: of(limits.lower),
      upper: of(limits.upper),
    });
    coverageByLag[lag] = coverage;
    pinballByLag[lag] = pinball;
  }
  return { ...limits, ...judged(actual, limits), coverageByLag, pinballByLag };
}

function judged(
  actual: Float64Array,
  { level, lower, upper }: Limits,
): { coverage: number; pinball: number } {
  const tail = (1 - level / 100) / 2;
  return {
    coverage: coverageOf(actual, lower, upper),
    pinball: (pinballLoss(actual, lower, tail) + pinballLoss(actual, upper, 1 - tail)) / 2,
  };
}
