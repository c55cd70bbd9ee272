/**
 * What moves demand beside its own rhythm: promotions, prices, feasts, one-off orders, rules that change.
 * Bucket 0 is the first of the history; the buckets of the future follow on.
 */
import { assert } from '@planwright/units';

export type DemandEvent = {
  readonly id: string;
  readonly name: string;
  readonly kind: 'promotion' | 'price' | 'holiday' | 'one-off' | 'driver';
  /** First and last bucket, both included; in the history or in the future. */
  readonly first: number;
  readonly last: number;
  /**
   * How strong, in any unit that is the same for all events of a type, such as 0.2 for 20 % off; 1 unless told. Where an
   * event covers only a share of its buckets, that share is multiplied in.
   */
  readonly strength?: number;
  /** Events of one type share one effect; the name, unless told. */
  readonly type?: string;
  /** 'pulse' acts from first to last; 'step' from first on for good; 'ramp' grows from first to last and stays. */
  readonly shape?: 'pulse' | 'step' | 'ramp';
  /** What a planner expects, in place of an estimate: 0.15 is 15 % more at this event's strength. */
  readonly given?: {
    readonly upliftRatio: number /** Standard error, 0 unless told. */;
    readonly standardError?: number;
  };
};

/** Which events concern which keys. Key k has the events eventIndex[firstOfKey[k]] to eventIndex[firstOfKey[k + 1] - 1]. */
export type KeyEvents = {
  readonly events: readonly DemandEvent[];
  /** keyCount + 1 entries. */
  readonly firstOfKey: Int32Array;
  readonly eventIndex: Int32Array;
  /** Price per key and bucket, key by key, history and as much of the future as is known; NaN is not known. */
  readonly prices?: { readonly values: Float64Array; readonly bucketCount: number };
};

export const eventType = (event: DemandEvent): string => event.type ?? event.name;

/** All events for every key. */
export function eventsOfAllKeys(events: readonly DemandEvent[], keyCount: number): KeyEvents {
  return {
    events,
    firstOfKey: Int32Array.from({ length: keyCount + 1 }, (_, key) => key * events.length),
    eventIndex: Int32Array.from({ length: keyCount * events.length }, (_, i) => i % events.length),
  };
}

export function eventsOfKey(events: KeyEvents, key: number): readonly DemandEvent[] {
  const own = events.eventIndex.subarray(events.firstOfKey[key], events.firstOfKey[key + 1]);
  return Array.from(own, (index) => events.events[index]);
}

/** Adds the exposure of an event to the buckets `from` to before `from + exposure.length`. */
export function addExposure(event: DemandEvent, from: number, exposure: Float64Array): void {
  const { first, last, strength = 1, shape = 'pulse' } = event;
  assert(first <= last, 'an event ends no earlier than it begins');
  assert(Number.isFinite(strength), 'the strength of an event is a finite number');
  const end = from + exposure.length;
  if (shape === 'pulse') {
    for (let t = Math.max(from, first); t < Math.min(end, last + 1); t++) exposure[t - from] += strength;
    return;
  }
  for (let t = Math.max(from, first); t < end; t++) {
    const grown = shape === 'step' ? 1 : Math.min(1, (t - first + 1) / (last - first + 1));
    exposure[t - from] += strength * grown;
  }
}

/** Whether buckets after the event may sell less, as customers have stocked up. */
export const hasAfterEffect = ({ kind, shape = 'pulse' }: DemandEvent): boolean =>
  shape === 'pulse' && (kind === 'promotion' || kind === 'price' || kind === 'holiday');

/** Whether the event may draw demand from other keys of its group. */
export const drawsFromOthers = ({ kind, shape = 'pulse' }: DemandEvent): boolean =>
  shape === 'pulse' && (kind === 'promotion' || kind === 'price');

/** Adds the exposure of the buckets right after an event, at the strength of the event. */
export function addAfterExposure(
  event: DemandEvent,
  from: number,
  buckets: number,
  exposure: Float64Array,
): void {
  const { last, strength = 1 } = event;
  const end = Math.min(from + exposure.length, last + 1 + buckets);
  for (let t = Math.max(from, last + 1); t < end; t++) exposure[t - from] += strength;
}
