/** The events of one key as columns of exposure: one for each type, one for what comes after it, one for the price. */
import {
  addAfterExposure,
  addExposure,
  type DemandEvent,
  eventType,
  hasAfterEffect,
} from './demand-event.ts';

/** What a column tells of: the event itself, the buckets after it, events of other keys, or the price. */
export type ColumnRole = 'uplift' | 'after' | 'others' | 'price';

/** No event multiplies demand by more than 10^13, or divides it by more. */
export const MOST_LOG = 30;

export type EventColumn = {
  readonly role: ColumnRole;
  /** The events' type; '' for others and price. */
  readonly type: string;
  readonly kind: DemandEvent['kind'];
  readonly exposure: Float64Array;
};

/** Name of an effect across keys. */
export const columnName = ({ role, type }: { readonly role: ColumnRole; readonly type: string }): string =>
  `${role}:${type}`;

/** Columns of the buckets `from` to before `from + count`. Events with a given effect have none: see `givenEffect`. */
export function eventColumns(
  events: readonly DemandEvent[],
  from: number,
  count: number,
  afterBuckets: number,
): EventColumn[] {
  const byType = new Map<string, { uplift: EventColumn; after: EventColumn | undefined }>();
  for (const event of events) {
    if (event.given !== undefined) continue;
    const type = eventType(event);
    let columns = byType.get(type);
    if (columns === undefined) {
      const column = (role: ColumnRole): EventColumn => ({
        role,
        type,
        kind: event.kind,
        exposure: new Float64Array(count),
      });
      const after = hasAfterEffect(event) && afterBuckets > 0 ? column('after') : undefined;
      columns = { uplift: column('uplift'), after };
      byType.set(type, columns);
    }
    addExposure(event, from, columns.uplift.exposure);
    if (columns.after !== undefined) addAfterExposure(event, from, afterBuckets, columns.after.exposure);
  }
  return [...byType.values()].flatMap(({ uplift, after }) => {
    if (after === undefined) return [uplift];
    // A bucket under the next event of the type is no bucket after the last.
    for (let t = 0; t < count; t++) if (uplift.exposure[t] !== 0) after.exposure[t] = 0;
    return [uplift, after];
  });
}

/** Logarithm of the price over its usual one; 0 where it is not known. */
export function priceColumn(prices: Float64Array, usual: number): EventColumn {
  const exposure = prices.map((price) =>
    price > 0 && usual > 0 && price < Infinity ? Math.log(price / usual) : 0,
  );
  return { role: 'price', type: '', kind: 'price', exposure };
}

/** Median of the known prices; NaN of none. */
export function usualPriceOf(prices: Float64Array): number {
  const known = prices.filter((price) => price > 0 && price < Infinity).sort();
  return known.length === 0 ? Number.NaN : known[known.length >> 1];
}

export type LogPath = { readonly log: Float64Array; readonly logVariance: Float64Array };

/** What planners gave, summed over events: logarithm of the effect per bucket and its variance. */
export function givenEffect(events: readonly DemandEvent[], from: number, count: number): LogPath {
  const log = new Float64Array(count);
  const logVariance = new Float64Array(count);
  for (const event of events) {
    if (event.given === undefined) continue;
    const { upliftRatio, standardError = 0 } = event.given;
    const full = Math.log1p(Math.max(-0.99, upliftRatio));
    const error = standardError / Math.max(0.01, 1 + upliftRatio);
    // The effect was given at the event's own strength, so only its shape counts.
    const shape = new Float64Array(count);
    addExposure({ ...event, strength: 1 }, from, shape);
    for (let t = 0; t < count; t++) {
      log[t] += full * shape[t];
      logVariance[t] += (error * shape[t]) ** 2;
    }
  }
  return { log, logVariance };
}
