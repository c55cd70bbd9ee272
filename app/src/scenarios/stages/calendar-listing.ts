/** The feasts of history and horizon one by one, as planners list them, with what the run learnt of each. */
import { civilFromDay, type HolidayCountry, isoFromDay } from '@planwright/time';
import {
  type CalendarColumn,
  calendarColumns,
  countriesOf,
  type FeastSpan,
  feastSpans,
} from './calendar-columns.ts';
import type { DemandView } from './demand-view.ts';
import type { LearntCalendar, LearntEffect } from './stage-results.ts';

export type ListedFeast = {
  readonly effect: LearntEffect;
  /** '' where it moves nothing, in whatever country. */
  readonly country: HolidayCountry | '';
  /** First and last bucket in which it moves demand. */
  readonly first: number;
  readonly last: number;
};

/** Feasts that move demand, by country and day, then those ahead that were found to move nothing. */
export function listedFeasts(
  view: DemandView,
  learnt: readonly LearntCalendar[],
  sizes: Float64Array,
): ListedFeast[] {
  const countries = countriesOf(view);
  const silent = new Map<string, ListedFeast>();
  const moving = countries.flatMap((country) => {
    const known = learnt.find((one) => one.country === country);
    const columns = calendarColumns(view, country).filter(
      ({ name }) => known?.columns.includes(name) === true,
    );
    const keys = view.countryOf.flatMap((own, key) => (own === country ? [key] : []));
    const spans = feastSpans(view, country);
    return spans.flatMap((span): ListedFeast[] => {
      const own = columns.filter(({ name }) => name === span.feast || name.startsWith(`${span.feast} `));
      const seen = spans.filter(({ feast, on }) => feast === span.feast && isPast(view, on)).length;
      if (known !== undefined && own.length > 0)
        return [movingFeast(view, { country, span, seen, keys, sizes }, known, own)];
      if (!isPast(view, span.on)) silent.set(`${span.feast}:${span.on}`, silentFeast(view, span, keys, seen));
      return [];
    });
  });
  return [...moving, ...silent.values()];
}

const isPast = ({ snapshot: { meta } }: DemandView, day: number): boolean =>
  day < meta.starts[meta.historyBuckets];

type Feast = {
  readonly country: HolidayCountry;
  readonly span: FeastSpan;
  /** How often the history holds it. */
  readonly seen: number;
  readonly keys: readonly number[];
  readonly sizes: Float64Array;
};

function movingFeast(
  view: DemandView,
  feast: Feast,
  learnt: LearntCalendar,
  columns: readonly CalendarColumn[],
): ListedFeast {
  const { country, span, seen, keys } = feast;
  const has = (name: string): boolean => columns.some((column) => column.name === name);
  const startsOn = has(`${span.feast} before`) ? span.startsOn : span.on;
  const endsOn = has(`${span.feast} after`) ? span.endsOn : span.on;
  const first = Math.max(0, view.bucketOfDay(startsOn));
  const last = view.bucketOfDay(endsOn);
  const ratios = weighed(view, feast, learnt, columns, first, last);
  const name = `${named(span)}${countriesOf(view).length > 1 ? ` (${country})` : ''}`;
  return {
    country,
    first,
    last,
    effect: {
      ...ABOUT_FEASTS,
      eventCode: `feast:${country}:${span.feast}:${isoFromDay(span.on)}`,
      name,
      startsOn,
      endsOn,
      keyCount: keys.length,
      seenCount: seen,
      ...ratios,
      explanation: sentenceOf(name, ratios, seen),
    },
  };
}

function silentFeast(view: DemandView, span: FeastSpan, keys: readonly number[], seen: number): ListedFeast {
  const first = Math.max(0, view.bucketOfDay(span.on));
  return {
    country: '',
    first,
    last: first,
    effect: {
      ...ABOUT_FEASTS,
      eventCode: `feast:${span.feast}:${isoFromDay(span.on)}`,
      name: named(span),
      startsOn: span.on,
      endsOn: span.on,
      keyCount: keys.length,
      seenCount: seen,
      explanation:
        'Beside the season the history shows no effect of it that is more than chance, so the forecast has none.',
    },
  };
}

type Ratios = Pick<LearntEffect, 'upliftRatio' | 'lower80Ratio' | 'upper80Ratio'>;
const NO_EFFECT: Ratios = { upliftRatio: 0, lower80Ratio: 0, upper80Ratio: 0 };
const ABOUT_FEASTS = { kind: 'holiday', ...NO_EFFECT, afterRatio: 0, cannibalisedRatio: 0 } as const;
const Z_OF_80 = 1.2815515655446004;
/** Bands of an effect that nobody can bound say no more than this. */
const WIDEST_LOG = 3;

/** Mean change over its buckets and over groups by what they sell. */
function weighed(
  view: DemandView,
  { keys, sizes }: Feast,
  { columns: names, groups }: LearntCalendar,
  columns: readonly CalendarColumn[],
  first: number,
  last: number,
): Ratios {
  const weights = new Map<number, number>();
  for (const key of keys) {
    const [group] = view.groupsOf[key];
    weights.set(group, (weights.get(group) ?? 0) + sizes[key]);
  }
  let weight = 0;
  const sums = { upliftRatio: 0, lower80Ratio: 0, upper80Ratio: 0 };
  for (const { group, logs, errors } of groups) {
    const share = (weights.get(group) ?? 0) / (last - first + 1);
    for (let t = first; t <= last; t++) {
      let log = 0;
      let variance = 0;
      for (const { name, exposure } of columns) {
        const at = names.indexOf(name);
        log += logs[at] * exposure[t];
        variance += (errors[at] * exposure[t]) ** 2;
      }
      const half = Math.min(WIDEST_LOG, Z_OF_80 * Math.sqrt(variance));
      weight += share;
      sums.upliftRatio += share * Math.expm1(log);
      sums.lower80Ratio += share * Math.expm1(log - half);
      sums.upper80Ratio += share * Math.expm1(log + half);
    }
  }
  if (!(weight > 0)) return NO_EFFECT;
  return {
    upliftRatio: sums.upliftRatio / weight,
    lower80Ratio: sums.lower80Ratio / weight,
    upper80Ratio: sums.upper80Ratio / weight,
  };
}

function sentenceOf(name: string, { upliftRatio }: Ratios, seen: number): string {
  const change = `${Math.round(100 * Math.abs(upliftRatio))} % ${upliftRatio < 0 ? 'less' : 'more'}`;
  const times = seen === 1 ? 'once' : `${seen} times`;
  return `${name}: ${change} in the periods that it reaches. The history holds it ${times}; the effect is learnt from sums of streams, group by group.`;
}

/** 'Chinese New Year 2026'. */
function named({ feast, on }: FeastSpan): string {
  const words = feast.split('-').map((word) => word[0].toUpperCase() + word.slice(1));
  return `${words.join(' ')} ${civilFromDay(on).year}`;
}

/** What the calendar changed of a stream, by feast: each bucket goes to the feast that reaches it. */
export function feastShares(
  feasts: readonly ListedFeast[],
  country: string,
  quantities: Float64Array,
  historyBuckets: number,
): { readonly feast: number; readonly quantity: number; readonly ahead: number }[] {
  if (country === '') return [];
  const taken = new Set<number>();
  return feasts.flatMap(({ first, last, ...listed }, feast) => {
    if (listed.country !== country) return [];
    let quantity = 0;
    let ahead = 0;
    for (let t = first; t <= Math.min(last, quantities.length - 1); t++) {
      if (taken.has(t) || Number.isNaN(quantities[t])) continue;
      taken.add(t);
      if (t < historyBuckets) quantity += quantities[t];
      else ahead += quantities[t];
    }
    return [{ feast, quantity, ahead }];
  });
}
