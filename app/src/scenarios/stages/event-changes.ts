/** What known events change of a key, bucket by bucket, as the learning stage found it. */
import type { DemandView } from './demand-view.ts';
import { type EventReach, eventReach } from './event-reach.ts';
import { rowIn, type RunBlocks } from './run-blocks.ts';

/** Over history and horizon. Ratios are changes: 0.2 is 20 % more. */
export type EventChanges = {
  readonly ratios: Float64Array;
  /** Standard error of the logarithm of the change, over the horizon. */
  readonly deviation: Float64Array;
  /** What of the change is the calendar's, and of the rest the price's. */
  readonly calendar: Float64Array;
  readonly price: Float64Array;
  /** Whether an event that somebody recorded reaches the key. */
  readonly isReached: boolean;
  /** 1 for buckets of the history that an event reaches. */
  readonly known: Uint8Array;
};

/** Undefined where nothing changes the key. */
export function eventChanges(view: DemandView, blocks: RunBlocks, key: number): EventChanges | undefined {
  const { meta } = view.snapshot;
  const ratios = rowIn(blocks, meta, 'eventChange', key);
  const reach = eventReach(view);
  if (reach.eventsOf[key].length === 0 && ratios.every((ratio) => ratio === 0)) return undefined;
  return {
    isReached: reach.eventsOf[key].length > 0,
    ratios,
    deviation: rowIn(blocks, meta, 'eventDeviation', key),
    calendar: rowIn(blocks, meta, 'calendarChange', key),
    price: rowIn(blocks, meta, 'priceChange', key),
    known: knownBuckets(view, reach, key, rowIn(blocks, meta, 'calendarChange', key)),
  };
}

/** A feast that moves demand by less leaves an outlier an outlier. */
const FEAST_LEAST = 0.15;

/** 1 for buckets of the history in which something known happened, and for the one after it. */
export function knownBuckets(
  view: DemandView,
  reach: EventReach,
  key: number,
  calendarChange: Float64Array,
): Uint8Array {
  const known = new Uint8Array(view.snapshot.meta.historyBuckets);
  for (const index of reach.eventsOf[key]) {
    const { first, last } = reach.events[index];
    known.fill(1, first, last + 2);
  }
  for (let t = 0; t < known.length; t++) if (Math.abs(calendarChange[t]) > FEAST_LEAST) known[t] = 1;
  return known;
}

/**
 * The events of a key, each with its part in what events change of it: a bucket's change is shared out by how much of
 * the bucket each covers, and what comes after an event is its own.
 */
export function sharesOfEvents(
  view: DemandView,
  key: number,
  quantities: Float64Array,
): { readonly event: number; readonly quantity: number; readonly ahead: number }[] {
  const reach = eventReach(view);
  const { historyBuckets } = view.snapshot.meta;
  const own = reach.eventsOf[key];
  const total = new Float64Array(quantities.length);
  const weightOf = (index: number, bucket: number): number => {
    const { first, last } = reach.events[index];
    if (bucket < first || bucket > last + 1) return 0;
    // So that the bucket after an event is its own where no other event is on.
    return bucket <= last ? reach.exposure(index, bucket) : AFTER_WEIGHT;
  };
  for (const index of own) {
    const { first, last } = reach.events[index];
    for (let t = first; t <= Math.min(last + 1, total.length - 1); t++) total[t] += weightOf(index, t);
  }
  return own.map((index) => {
    const { first, last } = reach.events[index];
    let quantity = 0;
    let ahead = 0;
    for (let t = first; t <= Math.min(last + 1, total.length - 1); t++) {
      const part = total[t] > 0 ? (quantities[t] * weightOf(index, t)) / total[t] : 0;
      if (Number.isNaN(part)) continue;
      if (t < historyBuckets) quantity += part;
      else ahead += part;
    }
    return { event: index, quantity, ahead };
  });
}

const AFTER_WEIGHT = 1e-6;
