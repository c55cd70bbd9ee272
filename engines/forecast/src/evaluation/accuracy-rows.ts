/**
 * A back-test as rows to keep: one per origin and lag with an observed actual. All errors are in the unit of demand, so that the
 * accuracy of any group of keys, lags or owners is a ratio of sums:
 *
 *   WAPE = sum absoluteError / sum |actual|,  bias = sum (forecast - actual) / sum |actual| (plus is too high),
 *   value added against naive = (sum naiveError - sum absoluteError) / sum |actual|.
 */
import type { Backtest } from './backtest.ts';

/** Columns of equal length, in the order of origins, then lags. */
export type AccuracyRows = {
  /** First bucket that the forecast was made for. */
  readonly origin: Int32Array;
  /** Buckets ahead: 1 is the origin's own. The bucket judged is origin + lag - 1. */
  readonly lag: Int32Array;
  readonly actual: Float64Array;
  readonly forecast: Float64Array;
  readonly absoluteError: Float64Array;
  /** Absolute error of the seasonal naive forecast from the same origin. */
  readonly naiveError: Float64Array;
};

export function accuracyRows(result: Backtest): AccuracyRows {
  const { origins, horizon, actual, forecast, naive } = result;
  const cells: number[] = [];
  for (let cell = 0; cell < actual.length; cell++) if (Number.isFinite(actual[cell])) cells.push(cell);
  const column = (value: (cell: number) => number): Float64Array => Float64Array.from(cells, value);
  return {
    origin: Int32Array.from(cells, (cell) => origins[Math.floor(cell / horizon)]),
    lag: Int32Array.from(cells, (cell) => 1 + (cell % horizon)),
    actual: column((cell) => actual[cell]),
    forecast: column((cell) => forecast[cell]),
    absoluteError: column((cell) => Math.abs(forecast[cell] - actual[cell])),
    naiveError: column((cell) => Math.abs(naive[cell] - actual[cell])),
  };
}
