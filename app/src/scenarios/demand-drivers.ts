/** What planners know of demand beside its history, as a run sees it: days are whole days since 1970-01-01. */
import { type CalendarDay, HOLIDAY_COUNTRIES } from '@planwright/time';
import type { Issue } from '@planwright/units';
import type { DemandHistory, ItemRow, LocationRow } from './company-data.ts';
import type { DemandKeys } from './demand-inputs.ts';
import type { PlanCalendar } from './plan-calendar.ts';

/** Null scopes reach everything. Both days belong to it. */
export type EventRow = {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly itemGroup: string | null;
  readonly item: string | null;
  readonly location: string | null;
  readonly channel: string | null;
  readonly startsOn: CalendarDay;
  readonly endsOn: CalendarDay;
  /** What people expect of it: 0.2 is 20 % more. */
  readonly upliftRatio: number | null;
  readonly strength: number;
  /** Change of price while it lasts: -0.2 is 20 % lower. */
  readonly priceChangeRatio: number | null;
};

/** Both days belong to it. */
export type StockOutRow = {
  readonly item: string;
  readonly location: string;
  readonly startsOn: CalendarDay;
  readonly endsOn: CalendarDay;
};

/** '' of location or channel stands for all. */
export type LaunchRow = {
  readonly item: string;
  readonly location: string;
  readonly channel: string;
  readonly startsOn: CalendarDay;
  /** As written: codes separated by commas. */
  readonly likeItems: string | null;
  readonly levelQuantity: number | null;
};

export type SuccessionRow = {
  readonly predecessor: string;
  readonly successor: string;
  readonly switchOn: CalendarDay;
  readonly conversionRatio: number;
  readonly rampDays: number;
  readonly keptRatio: number;
};

export type DecisionRow = {
  readonly item: string;
  readonly location: string;
  readonly channel: string;
  /** First day of the bucket it is about, or any day in it. */
  readonly bucketOn: CalendarDay;
  readonly decision: 'keep' | 'set';
  readonly quantity: number | null;
};

/** Every list sorted by its source key. */
export type DriverRows = {
  readonly events: readonly EventRow[];
  readonly stockOuts: readonly StockOutRow[];
  readonly launches: readonly LaunchRow[];
  readonly successions: readonly SuccessionRow[];
  readonly decisions: readonly DecisionRow[];
};

export type PlannedLaunch = Omit<LaunchRow, 'likeItems'> & { readonly likeItems: readonly string[] };

/** About a demand key and a bucket of its history, both by index. */
export type PlannedDecision = {
  readonly key: number;
  readonly bucket: number;
  readonly decision: 'keep' | 'set';
  readonly quantity: number | null;
};

/** A location in a country whose holidays are known. */
export type PlaceInput = { readonly location: string; readonly country: string };

export type DriverInputs = {
  readonly events: readonly EventRow[];
  readonly stockOuts: readonly StockOutRow[];
  readonly launches: readonly PlannedLaunch[];
  readonly successions: readonly SuccessionRow[];
  readonly decisions: readonly PlannedDecision[];
  readonly places: readonly PlaceInput[];
};

/** Decisions about buckets or streams that are not there are left out: nobody can see them either. */
export function driverInputs(
  rows: DriverRows,
  keys: DemandKeys,
  places: readonly PlaceInput[],
  plan: PlanCalendar,
): DriverInputs {
  const keyOf = new Map(
    keys.item.map((item, key) => [nameOf(item, keys.location[key], keys.channel[key]), key]),
  );
  const { starts } = plan.calendar;
  const decisions = rows.decisions.flatMap(({ item, location, channel, bucketOn, decision, quantity }) => {
    const key = keyOf.get(nameOf(item, location, channel));
    const bucket = bucketIn(starts, bucketOn);
    if (key === undefined || bucket < 0 || bucket >= plan.historyBuckets) return [];
    return [{ key, bucket, decision, quantity }];
  });
  return {
    events: rows.events,
    stockOuts: rows.stockOuts,
    launches: rows.launches.map((row) => ({ ...row, likeItems: codesIn(row.likeItems) })),
    successions: rows.successions,
    decisions,
    places,
  };
}

/**
 * Where demand arises, with the country whose holidays hold there: the location's own, where it says one, else the company's.
 * Countries whose holidays are not known are as none.
 */
export function placeInputs(
  { location }: Pick<DemandKeys, 'location'>,
  locations: readonly LocationRow[],
  ofCompany: string | null,
): PlaceInput[] {
  const own = new Map(locations.map(({ code, country }) => [code, country?.trim() ?? '']));
  return [...new Set(location)].sort().flatMap((code) => {
    const named = own.get(code) || (ofCompany ?? '');
    const known = HOLIDAY_COUNTRIES.find((candidate) => candidate === named.toUpperCase());
    return known === undefined ? [] : [{ location: code, country: known }];
  });
}

/** The bucket that holds a day, -1 before the first; `starts` has one entry more than there are buckets. */
function bucketIn(starts: Int32Array, day: CalendarDay): number {
  return starts.findLastIndex((start) => start <= day);
}

const codesIn = (text: string | null): string[] =>
  (text ?? '')
    .split(',')
    .map((code) => code.trim())
    .filter((code) => code !== '');

/** The separator cannot be typed into a name. */
const nameOf = (item: string, location: string, channel: string): string =>
  `${item}\u0000${location}\u0000${channel}`;

/**
 * The history with a stream, still empty, for everything that launches and successions say will be sold: a successor
 * wherever its predecessor sells, a new item where the launch says or else wherever its like-items sell.
 */
export function withPlannedStreams(
  history: DemandHistory,
  rows: DriverRows,
  items: readonly ItemRow[],
  plan: PlanCalendar,
): { readonly history: DemandHistory; readonly issues: Issue[] } {
  const issues: Issue[] = [];
  const known = new Map(items.map((row) => [row.code, row]));
  const streams = history.item.map((item, key) => ({
    item,
    location: history.location[key],
    channel: history.channel[key],
    row: key,
  }));
  const streamsOf = Map.groupBy(streams, ({ item }) => item);
  const added = new Map<string, Omit<(typeof streams)[number], 'row'>>();
  const have = new Set(streams.map(({ item, location, channel }) => nameOf(item, location, channel)));
  const add = (item: string, location: string, channel: string): void => {
    const name = nameOf(item, location, channel);
    if (!have.has(name) && known.has(item)) added.set(name, { item, location, channel });
  };
  const end = plan.calendar.starts[plan.calendar.bucketCount];
  for (const { predecessor, successor, switchOn } of rows.successions) {
    if (switchOn >= end) continue;
    for (const { location, channel } of streamsOf.get(predecessor) ?? []) add(successor, location, channel);
  }
  for (const launch of rows.launches) {
    const { item, location, channel, startsOn } = launch;
    if (startsOn >= end) continue;
    if (location !== '' && channel !== '') add(item, location, channel);
    else if (!streamsOf.has(item) || location !== '' || channel !== '') {
      const places = likeStreams(launch, streamsOf, items);
      for (const place of places) add(item, place.location, place.channel);
      if (places.length === 0 && !streamsOf.has(item)) issues.push(noPlaceIssue(item));
    }
  }
  if (added.size === 0) return { history, issues };
  const all = [...streams, ...[...added.values()].map((stream) => ({ ...stream, row: -1 }))].sort(
    (a, b) => compared(a.item, b.item) || compared(a.location, b.location) || compared(a.channel, b.channel),
  );
  const cells = (column: readonly (readonly number[])[]): (readonly number[])[] =>
    all.map(({ row }) => (row < 0 ? [] : column[row]));
  return {
    history: {
      item: all.map((stream) => stream.item),
      location: all.map((stream) => stream.location),
      channel: all.map((stream) => stream.channel),
      bucket: cells(history.bucket),
      quantity: cells(history.quantity),
      returned: cells(history.returned),
      amount: cells(history.amount),
    },
    issues,
  };
}

/** The streams of a launch's like-items, or of the other items of its group, that lie in its scope. */
function likeStreams(
  { item, location, channel, likeItems }: LaunchRow,
  streamsOf: ReadonlyMap<string, readonly { location: string; channel: string }[]>,
  items: readonly ItemRow[],
): { location: string; channel: string }[] {
  const named = codesIn(likeItems);
  const group = items.find((row) => row.code === item)?.groupCode ?? null;
  const like = named.length > 0 ? named : items.flatMap((row) => (row.groupCode === group ? [row.code] : []));
  return like
    .flatMap((code) => streamsOf.get(code) ?? [])
    .filter((stream) => location === '' || stream.location === location)
    .filter((stream) => channel === '' || stream.channel === channel);
}

const compared = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function noPlaceIssue(item: string): Issue {
  return {
    severity: 'warning',
    code: 'LAUNCH_WITHOUT_PLACE',
    message: `Nothing says where ${item} will be sold: neither its launch nor any item it resembles.`,
    advice: 'Name its location and channel, or items it is expected to resemble.',
    file: 'launch',
    column: 'location',
    value: item,
  };
}
