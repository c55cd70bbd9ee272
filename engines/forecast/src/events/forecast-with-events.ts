/**
 * One key from history to forecast with its events: cleanse, take events out, forecast, put planned events back.
 *
 * Events of the history are protected from cleansing, so that a promotion is not taken for an outlier. Where no effects are
 * given (from a panel, which knows more), they are estimated from this key alone.
 */
import { assert } from '@planwright/units';
import type { AutoForecast, AutoForecastOptions } from '../choice/auto-forecast.ts';
import { autoForecast } from '../choice/auto-forecast.ts';
import { cleanse, type Cleansed, type CleansingInput } from '../cleansing/cleanse.ts';
import { applyUplifts, upliftPath, type UpliftPath } from './apply-uplifts.ts';
import {
  addAfterExposure,
  addExposure,
  type DemandEvent,
  eventsOfAllKeys,
  eventType,
  hasAfterEffect,
} from './demand-event.ts';
import { effectSentence, givenSentence, othersSentence, priceSentence } from './effect-sentences.ts';
import { estimateUplifts, type KeyUplifts, type UpliftEffect } from './estimate-uplifts.ts';
import { eventColumns, givenEffect, priceColumn, usualPriceOf } from './event-columns.ts';

export type EventForecastOptions = AutoForecastOptions & {
  readonly events: readonly DemandEvent[];
  /** Effects from the key's panel; estimated from the key alone unless told. */
  readonly effects?: readonly UpliftEffect[];
  /** Price per bucket of history and future; NaN where it is not known, which counts as the usual price. */
  readonly prices?: Float64Array;
  /** Usual price; the median of the history unless told. */
  readonly usualPrice?: number;
  /** Exposure to promotions of the group's other keys per bucket of history and future: see groupExposure. */
  readonly othersExposure?: Float64Array;
  /** Buckets after an event in which demand may dip; 1 unless told. */
  readonly afterBuckets?: number;
  /** What cleansing should know; false leaves the history as it is. */
  readonly cleansing?: Omit<CleansingInput, 'series' | 'season' | 'protect'> | false;
};

export type EventForecast = AutoForecast & {
  /** Forecast without the planned events. */
  readonly baseline: Float64Array;
  /** Forecast minus baseline. */
  readonly uplift: Float64Array;
  /** Share of the forecast's error that the events' own uncertainty brings: standard error of the logarithm per bucket. */
  readonly upliftLogDeviation: Float64Array;
  /** What the models saw: cleansed and without events. */
  readonly history: Float64Array;
  /** Reason code of each bucket of the history that differs from what was booked. */
  readonly reasons: Uint8Array;
  readonly cleansing: Cleansed | undefined;
  readonly effects: readonly UpliftEffect[];
  /** One sentence for each type of event, one for the price and one for promotions of the group. */
  readonly sentences: readonly string[];
};

/** Logarithm of a price ratio from which on demand may be out of line for it. */
const PRICE_MOVE = 0.05;

/** Forecasts one series with its events. Without events and prices it is `autoForecast` of the cleansed history. */
export function forecastWithEvents(series: Float64Array, options: EventForecastOptions): EventForecast {
  const { events, season, horizon, prices, afterBuckets = 1 } = options;
  const bucketCount = series.length;
  assert(prices === undefined || prices.length >= bucketCount, 'prices span the history');
  const cleansing =
    options.cleansing === false
      ? undefined
      : cleanse({
          ...options.cleansing,
          series,
          season,
          protect: eventBuckets(options, bucketCount, afterBuckets),
        });
  const cleansed = cleansing?.cleansed ?? series;
  const known = upliftsOf(cleansed, options);
  const plain = autoForecast(known.baseline, options);
  const path = upliftPath(
    {
      events,
      bucketCount,
      horizon,
      prices: prices?.subarray(bucketCount),
      usualPrice: known.usualPrice,
      othersExposure: options.othersExposure?.subarray(bucketCount),
      afterBuckets,
    },
    known.effects,
  );
  const floor = (options.nonNegative ?? !series.some((value) => value < 0)) ? 0 : -Infinity;
  const withEvents = applyUplifts(plain, path, floor);
  return {
    ...withEvents,
    baseline: plain.mean,
    uplift: withEvents.mean.map((value, step) => value - plain.mean[step]),
    upliftLogDeviation: path.logDeviation,
    history: known.baseline,
    reasons: known.reasons.map((reason, t) => reason || (cleansing?.reasons[t] ?? 0)),
    cleansing,
    effects: known.effects,
    sentences: sentencesFor(events, known.effects, path),
  };
}

/** Buckets that events or a price unlike the usual explain. */
function eventBuckets(
  { events, prices }: EventForecastOptions,
  count: number,
  afterBuckets: number,
): Uint8Array {
  const exposure = new Float64Array(count);
  const protect = new Uint8Array(count);
  for (const event of events) {
    // A step or a ramp lasts: only pulses hide what cleansing looks for.
    if ((event.shape ?? 'pulse') !== 'pulse') continue;
    exposure.fill(0);
    addExposure({ ...event, strength: 1 }, 0, exposure);
    if (hasAfterEffect(event)) addAfterExposure({ ...event, strength: 1 }, 0, afterBuckets, exposure);
    for (let t = 0; t < count; t++) if (exposure[t] !== 0) protect[t] = 1;
  }
  if (prices !== undefined) {
    const moves = priceColumn(prices.slice(0, count), usualPriceOf(prices.subarray(0, count))).exposure;
    for (let t = 0; t < count; t++) if (Math.abs(moves[t]) > PRICE_MOVE) protect[t] = 1;
  }
  return protect;
}

function upliftsOf(cleansed: Float64Array, options: EventForecastOptions): KeyUplifts {
  const { events, season, prices, afterBuckets = 1 } = options;
  const bucketCount = cleansed.length;
  if (options.effects !== undefined)
    return withGivenEffects(cleansed, options, options.effects, afterBuckets);
  const own = eventsOfAllKeys(events, 1);
  const keyEvents =
    prices === undefined ? own : { ...own, prices: { values: prices, bucketCount: prices.length } };
  return estimateUplifts({ keyCount: 1, bucketCount, values: cleansed, season }, keyEvents, {
    afterBuckets,
  })[0];
}

/** The history without events whose effects are known already. */
function withGivenEffects(
  cleansed: Float64Array,
  { events, prices, othersExposure, ...options }: EventForecastOptions,
  effects: readonly UpliftEffect[],
  afterBuckets: number,
): KeyUplifts {
  const count = cleansed.length;
  const usualPrice =
    options.usualPrice ?? (prices === undefined ? Number.NaN : usualPriceOf(prices.subarray(0, count)));
  const columns = eventColumns(events, 0, count, afterBuckets);
  if (prices !== undefined) columns.push(priceColumn(prices.slice(0, count), usualPrice));
  if (othersExposure !== undefined) {
    columns.push({ role: 'others', type: '', kind: 'promotion', exposure: othersExposure.slice(0, count) });
  }
  const { log } = givenEffect(events, 0, count);
  for (const { role, type, exposure } of columns) {
    const effect = effects.find((candidate) => candidate.role === role && candidate.type === type);
    for (let t = 0; effect !== undefined && t < count; t++) log[t] += effect.log * exposure[t];
  }
  const touched = (t: number): boolean => log[t] !== 0 && Number.isFinite(cleansed[t]) && cleansed[t] !== 0;
  return {
    effects,
    baseline: cleansed.map((value, t) => (touched(t) ? value / Math.exp(log[t]) : value)),
    reasons: Uint8Array.from(cleansed, (_, t) => (touched(t) ? 5 : 0)),
    usualPrice,
  };
}

function sentencesFor(
  events: readonly DemandEvent[],
  effects: readonly UpliftEffect[],
  { factor }: UpliftPath,
): string[] {
  const latest = new Map<string, DemandEvent>();
  for (const event of events) {
    const before = latest.get(eventType(event));
    if (before === undefined || event.first >= before.first) latest.set(eventType(event), event);
  }
  const sentences = [...latest].map(([type, event]) =>
    event.given === undefined
      ? effectSentence(event.name, event.strength ?? 1, effects, type)
      : givenSentence(event),
  );
  const price = effects.find(({ role }) => role === 'price');
  if (price !== undefined && factor.length > 0) sentences.push(priceSentence(price));
  const others = effects.find(({ role, known }) => role === 'others' && known);
  if (others !== undefined) sentences.push(othersSentence(others));
  return sentences;
}
