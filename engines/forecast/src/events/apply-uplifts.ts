/**
 * Planned events put on a forecast of the baseline.
 *
 * Method    mean and intervals are multiplied by the uplift; each half of an interval is then widened by the uplift's own
 *           uncertainty, as independent errors add: half^2 + (z mean deviation)^2. Buckets without an event, or with an
 *           effect of exactly 1 without error, keep their forecast bit for bit.
 */
import { normalQuantile } from '@planwright/numerics';
import { assert } from '@planwright/units';
import type { DemandEvent } from './demand-event.ts';
import { eventColumns, givenEffect, priceColumn, MOST_LOG } from './event-columns.ts';
import type { UpliftEffect } from './estimate-uplifts.ts';

/** Events ahead of one key. */
export type PlannedEvents = {
  readonly events: readonly DemandEvent[];
  /** Buckets of history: the first bucket of the future has this number. */
  readonly bucketCount: number;
  readonly horizon: number;
  /** Prices of the future buckets, NaN for the usual one. */
  readonly prices?: Float64Array;
  /** NaN unless prices are known. */
  readonly usualPrice?: number;
  /** Exposure to promotions of other keys in the group, per future bucket. */
  readonly othersExposure?: Float64Array;
  /** As in the estimate; 1 unless told. */
  readonly afterBuckets?: number;
};

export type UpliftPath = {
  /** Factor on the baseline per future bucket: 1 is no effect. */
  readonly factor: Float64Array;
  /** Standard error of its logarithm. */
  readonly logDeviation: Float64Array;
};

/** What planned events do to each future bucket, and how surely. */
export function upliftPath(planned: PlannedEvents, effects: readonly UpliftEffect[]): UpliftPath {
  const { events, bucketCount, horizon, prices, usualPrice = Number.NaN, othersExposure } = planned;
  const { log, logVariance } = givenEffect(events, bucketCount, horizon);
  const columns = eventColumns(events, bucketCount, horizon, planned.afterBuckets ?? 1);
  if (prices !== undefined) columns.push(priceColumn(prices.subarray(0, horizon), usualPrice));
  if (othersExposure !== undefined) {
    columns.push({ role: 'others', type: '', kind: 'promotion', exposure: othersExposure });
  }
  for (const { role, type, exposure } of columns) {
    const effect = effects.find((candidate) => candidate.role === role && candidate.type === type);
    if (effect === undefined) continue;
    for (let step = 0; step < Math.min(horizon, exposure.length); step++) {
      log[step] += effect.log * exposure[step];
      logVariance[step] += (effect.standardError * exposure[step]) ** 2;
    }
  }
  return {
    factor: log.map((value) => Math.exp(Math.min(MOST_LOG, value))),
    logDeviation: logVariance.map(Math.sqrt),
  };
}

type ForecastPaths = {
  readonly mean: Float64Array;
  readonly intervals: readonly {
    readonly level: number;
    readonly lower: Float64Array;
    readonly upper: Float64Array;
  }[];
};

/** A forecast of astronomic size stops at the largest number there is. */
const bounded = (value: number): number => Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value));

/** The forecast with events: fresh arrays. `floor` is the least a limit may be, such as 0; minus Infinity unless told. */
export function applyUplifts<F extends ForecastPaths>(forecast: F, path: UpliftPath, floor = -Infinity): F {
  const { factor, logDeviation } = path;
  assert(factor.length >= forecast.mean.length, 'the path spans the forecast');
  const touched = (step: number): boolean => factor[step] !== 1 || logDeviation[step] !== 0;
  const mean = forecast.mean.map((value, step) => (touched(step) ? bounded(value * factor[step]) : value));
  const intervals = forecast.intervals.map((interval) => {
    const z = normalQuantile(0.5 + interval.level / 200);
    const limit = (values: Float64Array, side: number): Float64Array =>
      values.map((value, step) => {
        if (!touched(step)) return value;
        const half = (value - forecast.mean[step]) * factor[step];
        // A limit on the far side of the mean, as of rare demand, moves in proportion and does not cross it.
        if (side * half < 0)
          return Math.max(floor, bounded(value * factor[step] * Math.exp(side * z * logDeviation[step])));
        const ofUplift = z * mean[step] * logDeviation[step];
        return Math.max(floor, bounded(mean[step] + side * Math.hypot(half, ofUplift)));
      });
    return { ...interval, lower: limit(interval.lower, -1), upper: limit(interval.upper, 1) };
  });
  return { ...forecast, mean, intervals };
}
