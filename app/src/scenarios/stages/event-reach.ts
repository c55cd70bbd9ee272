/** Which events reach which keys and buckets, as the forecast engine wants to know it. */
import type { DemandEvent, KeyEvents } from '@planwright/forecast';
import type { EventRow } from '../demand-drivers.ts';
import type { DemandView } from './demand-view.ts';

/** An event of the snapshot. The engine sees a piece of it a bucket, as strong as the share of the bucket that it covers. */
export type ReachedEvent = {
  readonly row: EventRow;
  /** Events of one type share their effect. */
  readonly type: string;
  /** First and last bucket that it reaches; history and horizon count through. */
  readonly first: number;
  readonly last: number;
  readonly keys: readonly number[];
};

export type EventReach = {
  readonly events: readonly ReachedEvent[];
  readonly keyEvents: KeyEvents;
  /** Indexes into `events` of those that reach a key, in order. */
  readonly eventsOf: readonly (readonly number[])[];
  /** Share of a bucket that an event covers, times its strength. */
  exposure(event: number, bucket: number): number;
};

const KINDS: Readonly<Record<string, DemandEvent['kind']>> = {
  promotion: 'promotion',
  price: 'price',
  holiday: 'holiday',
  other: 'one-off',
};

const reaches = new WeakMap<DemandView, EventReach>();

/**
 * Starts and ends of items are no events here: launches and last days speak of them. Nor is what lasts for half a year or more:
 * it is the level that demand has then, and models see that; a price that is still to come they cannot see.
 */
export function eventReach(view: DemandView): EventReach {
  const known = reaches.get(view);
  if (known !== undefined) return known;
  const made = madeReach(view);
  reaches.set(view, made);
  return made;
}

function madeReach(view: DemandView): EventReach {
  const { meta, drivers } = view.snapshot;
  const end = meta.historyBuckets + meta.horizonBuckets;
  const events: ReachedEvent[] = [];
  const pieces: DemandEvent[] = [];
  const eventsOf: number[][] = Array.from({ length: meta.keyCount }, () => []);
  const pieceLists: number[][] = Array.from({ length: meta.keyCount }, () => []);
  for (const row of drivers.events) {
    const kind = KINDS[row.kind];
    const first = Math.max(0, view.bucketOfDay(row.startsOn));
    const last = Math.min(view.bucketOfDay(row.endsOn), end - 1);
    const isPriced = actsByPrice(view, row);
    const isLevel = isLasting(row) && !isPriced;
    if (kind === undefined || row.endsOn < row.startsOn || isLevel || last < 0 || first > last) continue;
    const keys = keysReached(view, row);
    if (keys.length === 0) continue;
    const type = typeOf(row);
    const firstPiece = pieces.length;
    for (let bucket = first; bucket <= last; bucket++) {
      pieces.push({
        id: row.code,
        name: row.name,
        // What an elasticity says is of the stream itself: nothing of the time after, or of other streams.
        kind: isPriced ? 'driver' : kind,
        first: bucket,
        last: bucket,
        type,
        strength: exposureOf(view, row, bucket),
        ...givenTo(view, row, bucket),
      });
    }
    for (const key of keys) {
      eventsOf[key].push(events.length);
      for (let piece = firstPiece; piece < pieces.length; piece++) pieceLists[key].push(piece);
    }
    events.push({ row, type, first, last, keys });
  }
  const firstOfKey = new Int32Array(meta.keyCount + 1);
  pieceLists.forEach((list, key) => (firstOfKey[key + 1] = firstOfKey[key] + list.length));
  return {
    events,
    keyEvents: { events: pieces, firstOfKey, eventIndex: Int32Array.from(pieceLists.flat()) },
    eventsOf,
    exposure: (event, bucket) => exposureOf(view, events[event].row, bucket),
  };
}

/** Half a year. */
const LASTING_DAYS = 183;

const isLasting = ({ startsOn, endsOn }: EventRow): boolean => endsOn - startsOn + 1 >= LASTING_DAYS;

/** Whether the plan takes what prices do for its effect: it is still to come, and nobody said what to expect. */
export const actsByPrice = ({ snapshot: { meta } }: DemandView, row: EventRow): boolean =>
  row.priceChangeRatio !== null &&
  row.priceChangeRatio !== 0 &&
  row.upliftRatio === null &&
  row.startsOn >= meta.asOf;

/** Share of the days of a bucket. */
export function coveredShare({ snapshot: { meta } }: DemandView, row: EventRow, bucket: number): number {
  const [from, to] = [meta.starts[bucket], meta.starts[bucket + 1]];
  const days = Math.min(row.endsOn + 1, to) - Math.max(row.startsOn, from);
  return Math.max(0, days) / (to - from);
}

const exposureOf = (view: DemandView, row: EventRow, bucket: number): number =>
  row.strength * coveredShare(view, row, bucket);

/** What people expect counts for what is still to come; what has been is estimated from what was sold. */
function givenTo(view: DemandView, row: EventRow, bucket: number): Pick<DemandEvent, 'given'> {
  // What its price does is another for every stream, and added where that is known.
  if (actsByPrice(view, row)) return { given: { upliftRatio: 0 } };
  if (row.upliftRatio === null || bucket < view.snapshot.meta.historyBuckets) return {};
  const share = row.strength > 0 ? coveredShare(view, row, bucket) : 0;
  return {
    given: {
      upliftRatio: row.upliftRatio * share,
      standardError: GIVEN_ERROR * Math.abs(row.upliftRatio) * share,
    },
  };
}

/** Marketing is off by a third of what it expects. */
const GIVEN_ERROR = 1 / 3;

/** Events of a kind that are called the same but for the year are expected to work alike; each other cause is its own. */
function typeOf({ kind, name, code }: EventRow): string {
  if (kind === 'other') return code;
  const yearless = name
    .replaceAll(/\b(?:19|20)\d\d\b/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return `${kind}: ${yearless === '' ? name : yearless}`;
}

function keysReached(view: DemandView, row: EventRow): number[] {
  const { keys, groups } = view.snapshot;
  const group = row.itemGroup === null ? -1 : groups.groups.findIndex(({ code }) => code === row.itemGroup);
  if (row.itemGroup !== null && group < 0) return [];
  const candidates = row.item === null ? [...keys.item.keys()] : (view.keysOfItem.get(row.item) ?? []);
  return candidates.filter(
    (key) =>
      (group < 0 || view.groupsOf[key].includes(group)) &&
      (row.location === null || row.location === '' || keys.location[key] === row.location) &&
      (row.channel === null || row.channel === '' || keys.channel[key] === row.channel),
  );
}
