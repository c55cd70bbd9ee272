/**
 * How much of a product group is on promotion besides a key itself: what may draw demand away from it.
 *
 * A promotion at a key weighs with the key's share in the group's demand, so that the small item on sale next to a large one
 * counts little, and exposures of groups of any size compare.
 */
import { addExposure, drawsFromOthers, eventsOfKey, type KeyEvents } from './demand-event.ts';
import type { EventPanel } from './estimate-uplifts.ts';

export type GroupExposure = {
  /** Exposure of a key to the others' promotions, per bucket of history and horizon; undefined where there is none. */
  ofOthers(key: number): Float64Array | undefined;
};

/** Undefined of a single key. Takes O(keys x buckets). */
export function groupExposure(
  { keyCount, bucketCount, values, groups }: EventPanel,
  events: KeyEvents,
  horizon: number,
): GroupExposure | undefined {
  if (keyCount < 2) return undefined;
  const sizes = new Float64Array(keyCount);
  const totals = new Map<number, number>();
  for (let key = 0; key < keyCount; key++) {
    for (let t = key * bucketCount; t < (key + 1) * bucketCount; t++) {
      if (values[t] > 0 && values[t] < Infinity) sizes[key] += values[t];
    }
    const group = groups?.[key] ?? 0;
    totals.set(group, (totals.get(group) ?? 0) + sizes[key]);
  }
  const ownOf = (key: number): Float64Array | undefined => {
    const drawing = eventsOfKey(events, key).filter(drawsFromOthers);
    const total = totals.get(groups?.[key] ?? 0)!;
    if (drawing.length === 0 || !(total > 0)) return undefined;
    const own = new Float64Array(bucketCount + horizon);
    for (const event of drawing) addExposure(event, 0, own);
    return own.map((value) => (value * sizes[key]) / total);
  };
  const sums = new Map<number, Float64Array>();
  for (let key = 0; key < keyCount; key++) {
    const own = ownOf(key);
    if (own === undefined) continue;
    const group = groups?.[key] ?? 0;
    const sum = sums.get(group) ?? new Float64Array(bucketCount + horizon);
    sums.set(group, sum);
    for (let t = 0; t < own.length; t++) sum[t] += own[t];
  }
  return {
    ofOthers: (key) => {
      const sum = sums.get(groups?.[key] ?? 0);
      if (sum === undefined) return undefined;
      const own = ownOf(key);
      // A rest as small as rounding is none.
      const rest = sum.map((value, t) => {
        const left = own === undefined ? value : value - own[t];
        return Math.abs(left) > 1e-12 * Math.abs(value) ? left : 0;
      });
      return rest.some((value) => value !== 0) ? rest : undefined;
    },
  };
}
