/**
 * Which streams go on by the method that the published plan has for them. Fitting all anew every cycle makes plans jump for no
 * reason: where the run asks for it, only what broke is fitted anew, and the rest once its fit is six periods old.
 *
 * Kept     means: method and parameters are learnt from the history that they were learnt from before, which the snapshot
 *          names by its last day, and what has come since moves level, trend and season alone. No state of a model is
 *          stored, so the forecast is a function of the snapshot as always.
 * Broken   what the method would have said one period ahead of each of the last twelve is watched by the tests of the
 *          engine's monitor: cumulated errors, smoothed tracking signal, coverage of the 80 % band.
 * Changed  a stream is fitted anew as well where what was learnt from is not what it was: orders booked late, a decision about a
 *          period, an event of the past, a stock-out, a launch or succession, another tier, another class of demand.
 */
import { createHash } from 'node:crypto';
import {
  autoForecast,
  type AutoForecast,
  demandProfile,
  monitor,
  type Monitoring,
  refitPlan,
} from '@planwright/forecast';
import { type CalendarDay, isoFromDay } from '@planwright/time';
import { HISTORY_YEARS_MAX } from '../plan-calendar.ts';
import type { DemandView } from './demand-view.ts';
import { eventReach } from './event-reach.ts';
import { shapeOf, type ShapeOptions, type StatisticalShape } from './key-shape.ts';

/** Periods after which a method is fitted anew although nothing broke. */
export const OLDEST_FIT = 6;
const WATCHED = 12;

/** What the next run needs to know of a fit. */
export type KeyFit = {
  /** First day behind the history it was learnt from; null where a launch or a succession made the forecast. */
  readonly until: CalendarDay | null;
  readonly inputs: string;
  readonly isKept: boolean;
};

/** Without a method of its own. */
export const NO_FIT: KeyFit = { until: null, inputs: '', isKept: false };

export type FittedShape = {
  readonly shape: StatisticalShape;
  readonly fit: KeyFit;
  /** Why it was kept or fitted anew; '' where the run fits all anew. */
  readonly reason: string;
};

/** The forecast of a key by its history alone. */
export function fittedShape(
  view: DemandView,
  key: number,
  history: Float64Array,
  options: ShapeOptions,
): FittedShape {
  const { fits, meta } = view.snapshot;
  const kept = fits === null ? undefined : keptForecast(view, key, history, options);
  if (kept?.forecast !== undefined) {
    const { until, forecast, reason } = kept;
    const inputs = inputsOf(view, key, until);
    return {
      shape: shapeOf(forecast),
      fit: { until: meta.starts[until], inputs, isKept: true },
      reason: `Its method, learnt from demand before ${isoFromDay(meta.starts[until])}, is kept. ${reason}`,
    };
  }
  return {
    shape: shapeOf(autoForecast(history, options)),
    fit: { until: meta.asOf, inputs: inputsOf(view, key, meta.historyBuckets), isKept: false },
    reason: kept === undefined ? '' : `Its method is fitted anew. ${kept.reason}`,
  };
}

type Kept = {
  /** Buckets that the method was fitted on. */
  readonly until: number;
  /** Undefined where it is not kept. */
  readonly forecast: AutoForecast | undefined;
  readonly reason: string;
};

function keptForecast(view: DemandView, key: number, history: Float64Array, options: ShapeOptions): Kept {
  const { fits, meta } = view.snapshot;
  const before = fits?.[key] ?? null;
  const until = before === null ? -1 : meta.starts.indexOf(before.until);
  const anew = (reason: string): Kept => ({ until, forecast: undefined, reason });
  if (before === null || until < 1 || until > meta.historyBuckets)
    return anew('The published plan has none that it could go on by.');
  if (before.inputs !== inputsOf(view, key, until)) return anew('What it was learnt from has changed since.');
  const age = meta.historyBuckets - until;
  if (age === 0)
    return { until, forecast: autoForecast(history, options), reason: 'Nothing has come in since.' };
  if (age >= OLDEST_FIT) return anew(depthOf({ broke: false, reason: '' }, age).reason);
  const was = demandProfile(history.subarray(0, until), options.season).demandClass;
  const is = demandProfile(history, options.season).demandClass;
  if (was !== is) return anew(`Its demand was ${was} then and is ${is} now.`);
  const forecast = autoForecast(history, { ...options, fittedUntil: until });
  const { isFull, reason } = depthOf(watch(history, forecast), age);
  return isFull ? anew(reason) : { until, forecast, reason };
}

function depthOf(
  watched: Pick<Monitoring, 'broke' | 'reason'>,
  age: number,
): { readonly isFull: boolean; readonly reason: string } {
  const { depths, reasons } = refitPlan([watched], Float64Array.of(age), OLDEST_FIT);
  return { isFull: depths[0] === 'parameters', reason: reasons[0] };
}

/** The last buckets against what the method says one bucket before each, with the band that it has for the next. */
function watch(history: Float64Array, { fitted, mean, intervals }: AutoForecast): Monitoring {
  const from = Math.max(0, history.length - WATCHED);
  const [{ lower, upper }] = intervals;
  const forecast = fitted.slice(from);
  return monitor({
    actual: history.slice(from),
    forecast,
    lower: forecast.map((value) => (lower[0] === 0 ? 0 : value - (mean[0] - lower[0]))),
    upper: forecast.map((value) => value + (upper[0] - mean[0])),
  });
}

/**
 * Digest of what a method learns from the first `until` buckets. As a plan looks back ten years at most, its first bucket
 * moves on with time; what may fall away before a fit is too old is left out.
 */
function inputsOf(view: DemandView, key: number, until: number): string {
  const { meta, drivers, keys } = view.snapshot;
  const from = Math.max(0, until - (HISTORY_YEARS_MAX * view.season - OLDEST_FIT));
  const [start, end] = [meta.starts[from], meta.starts[until]];
  const reach = eventReach(view);
  const known = {
    tier: meta.tier,
    decisions: view
      .decisionsOf(key)
      .filter(({ bucket }) => bucket >= from && bucket < until)
      .map(({ bucket, decision, quantity }) => [meta.starts[bucket], decision, quantity]),
    stockOuts: view.stockOutsOf(key).filter(({ startsOn, endsOn }) => startsOn < end && endsOn >= start),
    events: reach.eventsOf[key]
      .map((index) => reach.events[index].row)
      .filter(({ startsOn, endsOn }) => startsOn < end && endsOn >= start)
      .map(({ code, kind, startsOn, endsOn, strength }) => [code, kind, startsOn, endsOn, strength]),
    launches: drivers.launches.filter(({ item }) => item === keys.item[key]),
    successions: [
      ...(view.successionsTo.get(keys.item[key]) ?? []),
      ...(view.successionsFrom.get(keys.item[key]) ?? []),
    ],
  };
  const hash = createHash('sha256').update(JSON.stringify(known));
  for (const row of [view.actualOf(key), view.returnedOf(key)]) {
    const { buffer, byteOffset, byteLength } = row.subarray(from, until);
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest('hex').slice(0, DIGEST_LENGTH);
}

/** 128 bits. */
const DIGEST_LENGTH = 32;
