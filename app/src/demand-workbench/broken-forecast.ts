import type { BrokenForecast } from '@planwright/contracts';
import { monitor } from '@planwright/forecast';
import { normalQuantile } from '@planwright/numerics';
import { spoken } from '../plan-view/spoken.ts';
import type { PlannedStream } from './order-book.ts';

/** Completed buckets of a stream with what was said of them, oldest first; NaN for nothing. */
export type JudgedBuckets = {
  readonly actual: Float64Array;
  readonly forecast: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Buckets at the end that were complete only after the run. */
  readonly sinceRun: number;
};

/** Normal deviations on either side of an 80 % band. */
const Z80 = normalQuantile(0.9);

/**
 * The end of history against what was said one bucket before, then the complete buckets of the plan against its baseline.
 * A run keeps bands of its own buckets alone, so errors of history are judged by the size that errors had.
 */
export function judgedBuckets(stream: PlannedStream, ordered: readonly number[]): JudgedBuckets {
  const { actual, saidBefore, baseline, lower80, upper80 } = stream;
  const past = Math.min(actual.length, saidBefore.length);
  const seen = Float64Array.from(actual.slice(actual.length - past));
  const said = Float64Array.from(saidBefore.slice(saidBefore.length - past));
  const spread = Z80 * rootMeanSquare(seen.map((value, t) => value - said[t]));
  const joined = (history: Float64Array, since: readonly number[]): Float64Array =>
    Float64Array.from([...history, ...since.slice(0, ordered.length)]);
  return {
    actual: joined(seen, ordered),
    forecast: joined(said, baseline),
    lower: joined(
      said.map((value) => value - spread),
      lower80,
    ),
    upper: joined(
      said.map((value) => value + spread),
      upper80,
    ),
    sinceRun: ordered.length,
  };
}

function rootMeanSquare(errors: Float64Array): number {
  const known = errors.filter(Number.isFinite);
  return known.length === 0
    ? 0
    : Math.sqrt(known.reduce((sum, error) => sum + error * error, 0) / known.length);
}

/** Actual minus forecast, newest last. */
export function errorsOf({ actual, forecast }: JudgedBuckets): Float64Array {
  return actual.map((value, t) => value - forecast[t]);
}

/** Whether the forecast of a stream no longer holds; null where it does. */
export function brokenForecast(judged: JudgedBuckets): BrokenForecast | null {
  const now = monitor(judged);
  if (now.test === 'none') return null;
  const { sinceRun } = judged;
  const atRun = sinceRun > 0 && monitor(before(judged, sinceRun)).broke;
  return { test: now.test, sinceRun: sinceRun > 0 && !atRun, reason: spoken(now.reason) };
}

function before(judged: JudgedBuckets, count: number): JudgedBuckets {
  const cut = (values: Float64Array): Float64Array => values.subarray(0, values.length - count);
  const { actual, forecast, lower, upper } = judged;
  return {
    actual: cut(actual),
    forecast: cut(forecast),
    lower: cut(lower),
    upper: cut(upper),
    sinceRun: 0,
  };
}
