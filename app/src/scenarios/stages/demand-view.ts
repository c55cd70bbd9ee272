/** The frozen demand and all that is known of it, ready to be asked key by key. Made once a thread and snapshot. */
import { bucketsPerYear } from '@planwright/time';
import type { PlannedDecision, PlannedLaunch, StockOutRow, SuccessionRow } from '../demand-drivers.ts';
import type { Snapshot } from '../snapshot.ts';
import { groupsOfKeys } from './group-sums.ts';

export type DemandView = {
  readonly snapshot: Snapshot;
  /** Buckets in a year. */
  readonly season: number;
  /** -1 where there is no such stream. */
  keyNamed(item: string, location: string, channel: string): number;
  /** Index of an item among the items; -1 where it is none. */
  itemNamed(code: string): number;
  readonly keysOfItem: ReadonlyMap<string, readonly number[]>;
  /** The groups above a key, lowest first. */
  readonly groupsOf: readonly (readonly number[])[];
  /** Country that each key's location lies in; '' where it is not known, or its holidays are not. */
  readonly countryOf: readonly string[];
  decisionsOf(key: number): readonly PlannedDecision[];
  stockOutsOf(key: number): readonly StockOutRow[];
  readonly successionsTo: ReadonlyMap<string, readonly SuccessionRow[]>;
  readonly successionsFrom: ReadonlyMap<string, readonly SuccessionRow[]>;
  /** The launch that speaks of this very stream before one of all streams. */
  launchOf(key: number): PlannedLaunch | undefined;
  /** The bucket, history first, that holds a day; -1 before the first, the number of buckets after the last. */
  bucketOfDay(day: number): number;
  /** Views of the frozen blocks. */
  actualOf(key: number): Float64Array;
  amountOf(key: number): Float64Array;
  returnedOf(key: number): Float64Array;
};

const views = new WeakMap<Snapshot, DemandView>();

export function demandView(snapshot: Snapshot): DemandView {
  const known = views.get(snapshot);
  if (known !== undefined) return known;
  const view = madeView(snapshot);
  views.set(snapshot, view);
  return view;
}

function madeView(snapshot: Snapshot): DemandView {
  const { meta, keys, drivers, items, actualQuantity, actualAmount, returnedQuantity } = snapshot;
  const indexes = [...keys.item.keys()];
  const keyOf = new Map(
    indexes.map((key) => [named(keys.item[key], keys.location[key], keys.channel[key]), key]),
  );
  const itemOf = new Map(items.code.map((code, index) => [code, index]));
  const decisions = Map.groupBy(drivers.decisions, ({ key }) => key);
  const stockOuts = Map.groupBy(drivers.stockOuts, ({ item, location }) => named(item, location, ''));
  const countries = new Map(drivers.places.map(({ location, country }) => [location, country]));
  const launches = Map.groupBy(drivers.launches, ({ item }) => item);
  const row = (values: Float64Array, key: number): Float64Array =>
    values.subarray(key * meta.historyBuckets, (key + 1) * meta.historyBuckets);
  return {
    snapshot,
    season: bucketsPerYear(meta.calendar),
    keyNamed: (item, location, channel) => keyOf.get(named(item, location, channel)) ?? -1,
    itemNamed: (code) => itemOf.get(code) ?? -1,
    keysOfItem: Map.groupBy(indexes, (key) => keys.item[key]),
    groupsOf: groupsOfKeys(snapshot),
    countryOf: keys.location.map((location) => countries.get(location) ?? ''),
    decisionsOf: (key) => decisions.get(key) ?? [],
    stockOutsOf: (key) => stockOuts.get(named(keys.item[key], keys.location[key], '')) ?? [],
    successionsTo: Map.groupBy(drivers.successions, ({ successor }) => successor),
    successionsFrom: Map.groupBy(drivers.successions, ({ predecessor }) => predecessor),
    launchOf(key) {
      const [item, location, channel] = [keys.item[key], keys.location[key], keys.channel[key]];
      const mine = (launches.get(item) ?? []).filter(
        (launch) => ['', location].includes(launch.location) && ['', channel].includes(launch.channel),
      );
      const weight = (launch: PlannedLaunch): number =>
        (launch.location === '' ? 0 : 2) + (launch.channel === '' ? 0 : 1);
      return mine.sort((a, b) => weight(b) - weight(a))[0];
    },
    bucketOfDay(day) {
      const last = meta.starts.length - 1;
      if (day >= meta.starts[last]) return last;
      let low = -1;
      let high = last;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (meta.starts[middle] <= day) low = middle;
        else high = middle;
      }
      return low;
    },
    actualOf: (key) => row(actualQuantity, key),
    amountOf: (key) => row(actualAmount, key),
    returnedOf: (key) => row(returnedQuantity, key),
  };
}

/** The separator cannot be typed into a name. */
const named = (item: string, location: string, channel: string): string =>
  `${item}\u0000${location}\u0000${channel}`;
