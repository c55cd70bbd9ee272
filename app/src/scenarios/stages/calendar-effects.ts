/**
 * What the calendar does to demand, learnt where it can be seen: in sums of many streams.
 *
 * Chosen    for every country, the demand of all its streams is explained by working days and feasts at once; what the sum
 *           does not show clearly is left out, the faintest first, until all that is left is clear. Noise of a single stream
 *           thus never passes for a holiday.
 * Learnt    the chosen effects once for every lowest item group and country, drawn together over groups as those of events
 *           are: a group that saw little of a feast learns from the others. A stream takes the effects of its group.
 * Source    as for events (estimate-uplifts.ts of the engine); backward elimination by the standard error.
 */
import { type DemandEvent, type EventPanel, estimateUplifts, type KeyEvents } from '@planwright/forecast';
import type { HolidayCountry } from '@planwright/time';
import { type CalendarColumn, calendarColumns, countriesOf, WORKING_DAYS } from './calendar-columns.ts';
import type { DemandView } from './demand-view.ts';
import { sumUp } from './group-sums.ts';
import type { LearntCalendar } from './stage-results.ts';

/** Standard errors that an effect on the sum of a country must be away from nothing. */
const CLEAR = 2.5;

export function learntCalendar(view: DemandView): LearntCalendar[] {
  return countriesOf(view).flatMap((country) => {
    const keysOf = keysByGroup(view, country);
    const columns = clearColumns(view, country, calendarColumns(view, country));
    if (columns.length === 0) return [];
    const groups = [...keysOf.keys()];
    const series = groups.map((group) => summed(view, keysOf.get(group) ?? []));
    const effects = effectsOf(view, series, columns).map((own) => believed(own, columns));
    return [
      {
        country,
        columns: columns.map(({ name }) => name),
        groups: groups.map((group, row) => ({ group, ...effects[row] })),
      },
    ];
  });
}

/** The streams of a country by their lowest item group. */
function keysByGroup(view: DemandView, country: HolidayCountry): Map<number, number[]> {
  const keys = view.countryOf.flatMap((own, key) => (own === country ? [key] : []));
  return Map.groupBy(keys, (key) => view.groupsOf[key][0]);
}

function summed(view: DemandView, keys: readonly number[]): Float64Array {
  return sumUp(
    1,
    view.snapshot.meta.historyBuckets,
    keys.length,
    () => [0],
    (row) => view.actualOf(keys[row]),
  )[0];
}

function clearColumns(
  view: DemandView,
  country: HolidayCountry,
  candidates: readonly CalendarColumn[],
): readonly CalendarColumn[] {
  const total = summed(
    view,
    view.countryOf.flatMap((own, key) => (own === country ? [key] : [])),
  );
  let columns = candidates.filter(({ exposure }) => exposure.subarray(0, total.length).some((x) => x !== 0));
  while (columns.length > 0) {
    const [{ logs, errors }] = effectsOf(view, [total], columns);
    const clearness = logs.map((log, c) => clearnessOf(log, errors[c]));
    const faintest = clearness.indexOf(Math.min(...clearness));
    if (clearness[faintest] >= CLEAR) return columns;
    columns = columns.filter((_, c) => c !== faintest);
  }
  return [];
}

/**
 * Where demand vanishes, its logarithm is far below 0 and as uncertain; the standard error is taken as it was at half the way
 * there, or shops that close would never be noticed (Hauck and Donner, 1977).
 */
const clearnessOf = (log: number, error: number): number =>
  error > 0 ? Math.abs(log) / (error * Math.exp(Math.min(0, log) / 2)) : 0;

type Effects = { readonly logs: number[]; readonly errors: number[] };

/** Effects on the logarithm of each series at exposure 1, one entry a column. */
function effectsOf(
  view: DemandView,
  series: readonly Float64Array[],
  columns: readonly CalendarColumn[],
): Effects[] {
  const { historyBuckets } = view.snapshot.meta;
  const values = new Float64Array(series.length * historyBuckets);
  series.forEach((row, index) => values.set(row, index * historyBuckets));
  const panel: EventPanel = {
    keyCount: series.length,
    bucketCount: historyBuckets,
    values,
    season: view.season,
  };
  const uplifts = estimateUplifts(panel, piecesFor(columns, series.length, historyBuckets), {
    others: false,
    shrink: series.length > 1,
  });
  return uplifts.map(({ effects }) => {
    const own = columns.map(({ name }) =>
      effects.find(({ type, role }) => role === 'uplift' && type === name),
    );
    return {
      logs: own.map((effect) => (effect?.known === true ? effect.log : 0)),
      errors: own.map((effect) => (effect?.known === true ? effect.standardError : 0)),
    };
  });
}

/** A tenth more working days sell about a tenth more where they count at all: from nothing to a fifth, in 19 of 20 cases. */
const WORKING_DAY_PRIOR = { log: 1, deviation: 0.5 };

/** The same, with what is known of working days anywhere. */
function believed({ logs, errors }: Effects, columns: readonly CalendarColumn[]): Effects {
  const at = columns.findIndex(({ name }) => name === WORKING_DAYS);
  if (at < 0) return { logs, errors };
  const { log, deviation } = WORKING_DAY_PRIOR;
  const weight = deviation ** 2 / (deviation ** 2 + errors[at] ** 2);
  return {
    logs: logs.with(at, log + weight * (logs[at] - log)),
    errors: errors.with(at, Math.sqrt(weight) * errors[at]),
  };
}

/** Columns as the engine takes them: an event a bucket, as strong as the column there. */
function piecesFor(columns: readonly CalendarColumn[], keyCount: number, bucketCount: number): KeyEvents {
  const events = columns.flatMap(({ name, exposure }) =>
    Array.from(exposure.subarray(0, bucketCount)).flatMap((strength, bucket): DemandEvent[] =>
      strength === 0
        ? []
        : [{ id: name, name, kind: 'driver', type: name, first: bucket, last: bucket, strength }],
    ),
  );
  return {
    events,
    firstOfKey: Int32Array.from({ length: keyCount + 1 }, (_, key) => key * events.length),
    eventIndex: Int32Array.from({ length: keyCount * events.length }, (_, i) => i % events.length),
  };
}

/** What the calendar does to the streams of one group and country, over history and horizon. */
export type CalendarPath = {
  /** Logarithm of the effect. */
  readonly log: Float64Array;
  /** Its variance. */
  readonly logVariance: Float64Array;
};

export type CalendarPaths = {
  /** Undefined where the calendar does nothing to the stream. */
  of(key: number): CalendarPath | undefined;
};

/** No holiday multiplies demand by more than a thousand, or divides it by more. */
const MOST_LOG = Math.log(1000);

export function calendarPaths(view: DemandView, learnt: readonly LearntCalendar[]): CalendarPaths {
  const bucketCount = view.snapshot.meta.starts.length - 1;
  const paths = new Map<string, CalendarPath>();
  for (const { country, columns, groups } of learnt) {
    const all = calendarColumns(view, country as HolidayCountry);
    for (const { group, logs, errors } of groups) {
      const log = new Float64Array(bucketCount);
      const logVariance = new Float64Array(bucketCount);
      columns.forEach((name, c) => {
        const exposure = all.find((column) => column.name === name)?.exposure ?? [];
        for (let t = 0; t < exposure.length; t++) {
          log[t] += logs[c] * exposure[t];
          logVariance[t] += (errors[c] * exposure[t]) ** 2;
        }
      });
      paths.set(placeOf(country, group), {
        log: log.map((value) => Math.max(-MOST_LOG, Math.min(MOST_LOG, value))),
        logVariance: logVariance.map((value) => Math.min(1, value)),
      });
    }
  }
  return { of: (key) => paths.get(placeOf(view.countryOf[key], view.groupsOf[key][0])) };
}

const placeOf = (country: string, group: number): string => `${country} ${group}`;
