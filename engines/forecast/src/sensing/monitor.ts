/**
 * Watches the forecasts of one key: has something broken that a refit should mend, or is it the usual noise?
 *
 * Input    completed buckets with the forecast made one bucket ahead and its band, oldest first; NaN is not observed.
 * Broken   when the cumulated errors (in standard deviations of the band) have shifted to one side (cusum.ts, limit 5), when
 *          the smoothed tracking signal is beyond three of its deviations, or when so few actuals lie inside the
 *          band that chance explains it in less than 1 of 100 cases.
 * Cost     O(buckets).
 * Source   in the modules of the three tests.
 */
import { normalQuantile } from '@planwright/numerics';
import { assert } from '@planwright/units';
import { coverageDrift } from './coverage-drift.ts';
import { CUSUM_LIMIT, cusum } from './cusum.ts';
import { triggLimit, triggSignal } from './tracking-signal.ts';
import { counted, spokenShare } from '../explanation/spoken-number.ts';

export type MonitorInput = {
  readonly actual: Float64Array;
  /** The forecast that was made one bucket before. */
  readonly forecast: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Percentage of the band; 80 unless told. */
  readonly band?: number;
};

export type Monitoring = {
  /** Smoothed tracking signal now, -1 to 1: plus is demand above forecast. */
  readonly signal: number;
  /** Cumulated shift up and down, in standard deviations; 5 and more is an alarm. */
  readonly shiftUp: number;
  readonly shiftDown: number;
  /** Share of the actuals inside the band; NaN without any. */
  readonly coverage: number;
  readonly broke: boolean;
  readonly what: 'nothing' | 'demand above' | 'demand below' | 'band too narrow';
  /** The test that says so; the first of them where several do. */
  readonly test: 'none' | 'cusum' | 'tracking' | 'coverage';
  /** First bucket of the shift; -1 where there is none. */
  readonly since: number;
  readonly reason: string;
};

const ALPHA = 0.1;
const DEVIATIONS = 3;
const UNLIKELY = 0.01;
/** Before that many errors the signal still shows its start. */
const FEWEST = 8;

export function monitor(input: MonitorInput): Monitoring {
  const { actual, forecast, lower, upper, band = 80 } = input;
  const count = actual.length;
  assert(
    forecast.length === count && lower.length === count && upper.length === count,
    'forecasts and bands have the buckets of the actuals',
  );
  const scores = standardised(input, normalQuantile(0.5 + band / 200));
  const { high, low, highSince, lowSince } = cusum(scores);
  const now = count - 1;
  const signal = count > 0 ? triggSignal(scores, ALPHA)[now] : 0;
  const drift = coverageDrift(actual, lower, upper, band / 100);
  const shiftUp = count > 0 ? high[now] : 0;
  const shiftDown = count > 0 ? low[now] : 0;
  const coverage = drift.count > 0 ? drift.inside / drift.count : Number.NaN;
  const beyond = drift.count >= FEWEST && Math.abs(signal) > triggLimit(ALPHA, DEVIATIONS);
  const whole = { signal, shiftUp, shiftDown, coverage };
  if (shiftUp > CUSUM_LIMIT || shiftDown > CUSUM_LIMIT || beyond) {
    const up = shiftUp === shiftDown ? signal > 0 : shiftUp > shiftDown;
    const since = up ? highSince[now] : lowSince[now];
    return {
      ...whole,
      broke: true,
      what: up ? 'demand above' : 'demand below',
      test: Math.max(shiftUp, shiftDown) > CUSUM_LIMIT ? 'cusum' : 'tracking',
      since,
      reason: shifted(up, since, now),
    };
  }
  if (drift.tooFew < UNLIKELY) {
    const reason = `Only ${spokenShare(coverage)} of the actuals were inside the ${band} % band, too few for chance.`;
    return { ...whole, broke: true, what: 'band too narrow', test: 'coverage', since: -1, reason };
  }
  const reason = 'Errors are of the usual size and on both sides.';
  return { ...whole, broke: false, what: 'nothing', test: 'none', since: -1, reason };
}

/** The smoothed signal can be far out while the sum has just been at 0: then nobody knows since when. */
function shifted(up: boolean, since: number, now: number): string {
  const when = since < 0 ? 'Lately' : `For ${counted(now - since + 1, 'bucket')}`;
  return `${when} demand has come in ${up ? 'above' : 'below'} the forecast by more than chance explains.`;
}

/** Scores of more than this say no more: one outlier must not look like a lasting shift. */
const LARGEST_SCORE = 3;

/** Errors over the standard deviation that the band promised; over their own size where the band has no width. */
function standardised({ actual, forecast, lower, upper }: MonitorInput, z: number): Float64Array {
  let squares = 0;
  let known = 0;
  for (let t = 0; t < actual.length; t++) {
    const error = actual[t] - forecast[t];
    if (!Number.isFinite(error)) continue;
    squares += error * error;
    known += 1;
  }
  const own = known > 0 ? Math.sqrt(squares / known) : 0;
  return actual.map((value, t) => {
    const promised = (upper[t] - lower[t]) / (2 * z);
    const deviation = promised > 0 ? promised : own;
    const error = value - forecast[t];
    const score = deviation > 0 ? error / deviation : error;
    return Math.min(LARGEST_SCORE, Math.max(-LARGEST_SCORE, score));
  });
}
