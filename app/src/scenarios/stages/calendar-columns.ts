/** The calendar of each country that demand arises in, as columns that may explain demand: working days, and feasts. */
import { calendarRegressors, type FeastWindow } from '@planwright/forecast';
import {
  type CalendarDay,
  feastDays,
  feastLengthDays,
  HOLIDAY_COUNTRIES,
  type HolidayCountry,
} from '@planwright/time';
import type { DemandView } from './demand-view.ts';

export const WORKING_DAYS = 'working days';

export type CalendarColumn = {
  /** 'working days', a feast's name, or that with 'before' or 'after' behind it. */
  readonly name: string;
  /** Over history and horizon. */
  readonly exposure: Float64Array;
};

/** One feast of one year, with the days around it in which demand may differ. */
export type FeastSpan = {
  readonly feast: string;
  readonly on: CalendarDay;
  /** Both days belong to it. */
  readonly startsOn: CalendarDay;
  readonly endsOn: CalendarDay;
};

const CHRISTIAN: readonly FeastWindow[] = [
  { feast: 'christmas', daysBefore: 28, daysAfter: 7 },
  { feast: 'easter', daysBefore: 14, daysAfter: 7 },
];
const NORTH_AMERICAN: readonly FeastWindow[] = [
  ...CHRISTIAN,
  { feast: 'black-friday', daysBefore: 7, daysAfter: 4 },
];

/** Where nothing stands here, Christmas and Easter are looked at. */
const FEASTS: Partial<Record<HolidayCountry, readonly FeastWindow[]>> = {
  US: NORTH_AMERICAN,
  CA: NORTH_AMERICAN,
  CN: [
    { feast: 'chinese-new-year', daysBefore: 14, daysAfter: 10 },
    { feast: 'mid-autumn', daysBefore: 7 },
    { feast: 'singles-day', daysBefore: 7, daysAfter: 3 },
  ],
  IN: [
    { feast: 'diwali', daysBefore: 14, daysAfter: 3 },
    { feast: 'holi', daysBefore: 7 },
  ],
  JP: [{ feast: 'new-year', daysBefore: 14, daysAfter: 5 }],
};

const feastsOf = (country: HolidayCountry): readonly FeastWindow[] => FEASTS[country] ?? CHRISTIAN;

/** The countries whose holidays are known and in which the company has demand, in order. */
export function countriesOf(view: DemandView): HolidayCountry[] {
  const present = new Set(view.countryOf);
  return HOLIDAY_COUNTRIES.filter((country) => present.has(country));
}

/** Two years show the season, and with it each feast that keeps its place: then only what moves is a column. */
const SEASONS_SHOWN = 2;

/**
 * Feasts are columns of weeks and, where they move, of months. A month of less than two years of history cannot tell a feast
 * from a season, so there only working days count.
 */
export function calendarColumns(view: DemandView, country: HolidayCountry): CalendarColumn[] {
  const { meta } = view.snapshot;
  const isSeasonShown = meta.historyBuckets >= SEASONS_SHOWN * view.season;
  const isLong = view.season <= 12;
  const { names, values } = calendarRegressors(Int32Array.from(meta.starts), {
    country,
    feasts: isLong && !isSeasonShown ? [] : feastsOf(country),
    bucketsPerYear: isSeasonShown ? view.season : 1,
  });
  return names.map((name, column) => {
    const exposure = Float64Array.from(
      { length: meta.starts.length - 1 },
      (_, t) => values[t * names.length + column],
    );
    return { name, exposure: name === WORKING_DAYS ? besideUsual(exposure) : exposure };
  });
}

/** An ordinary bucket, such as a week of five working days, is one in which the calendar does nothing. */
function besideUsual(exposure: Float64Array): Float64Array {
  const usual = exposure.toSorted()[exposure.length >> 1];
  return exposure.map((value) => (Math.abs(value - usual) < 1e-12 ? 0 : value - usual));
}

/** The feasts of a country from the first bucket of the history to the last of the horizon, in order. */
export function feastSpans(view: DemandView, country: HolidayCountry): FeastSpan[] {
  const { starts } = view.snapshot.meta;
  const [from, to] = [starts[0], starts[starts.length - 1]];
  return feastsOf(country)
    .flatMap(({ feast, daysBefore = 0, daysAfter = 0 }) =>
      feastDays(feast, from, to).map((on) => ({
        feast,
        on,
        startsOn: Math.max(from, on - daysBefore),
        endsOn: Math.min(to - 1, on + feastLengthDays(feast, on) - 1 + daysAfter),
      })),
    )
    .sort((a, b) => a.on - b.on);
}
