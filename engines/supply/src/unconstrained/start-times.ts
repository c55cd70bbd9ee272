/** When orders start: the day their receipt is needed, less the lead time, and whether that may be too late. */
import { assert } from '@planwright/units';
import { NEVER } from '../finite/network.ts';
import type { RequirementNetwork } from './requirement-network.ts';

export type SupplyMode = 'unconstrained' | 'leadTimeFeasible';

export type StartTimes = {
  readonly mode: SupplyMode;
  /** Day from the as-of day on which the receipts of each bucket are needed. */
  readonly needDay: Int32Array;
};

/** Never before the plan is made, always within the bucket. */
export function needDays({ bucketFirstDay, bucketCount }: RequirementNetwork, needRatio: number): Int32Array {
  assert(needRatio >= 0 && needRatio <= 1, 'needRatio is between 0 and 1');
  return Int32Array.from({ length: bucketCount }, (_, t) => {
    const [start, end] = [bucketFirstDay[t], bucketFirstDay[t + 1]];
    return Math.min(end - 1, Math.max(0, start + Math.floor(needRatio * (end - start))));
  });
}

/** Is an order of the source in time for a need, where no order may be past due? */
export function isInTime(
  { sources }: Pick<RequirementNetwork, 'sources'>,
  source: number,
  needDay: number,
): boolean {
  return needDay - sources.leadDays[source] >= sources.frozenDays[source];
}

/** Bucket of the first receipt that a source may be asked for; the number of buckets where there is none. */
export function firstReceiptBucket(
  network: Pick<RequirementNetwork, 'sources'>,
  source: number,
  { mode, needDay }: StartTimes,
): number {
  if (mode === 'unconstrained') return 0;
  let t = 0;
  while (t < needDay.length && !isInTime(network, source, needDay[t])) t += 1;
  return t;
}

/** Is the source in force for a need, on the first day on which its order may start? */
export function isInForce(
  network: Pick<RequirementNetwork, 'sources'>,
  source: number,
  t: number,
  { mode, needDay }: StartTimes,
): boolean {
  const { frozenDays, leadDays, firstStartDay, lastStartDay } = network.sources;
  const start = Math.max(frozenDays[source], needDay[t] - leadDays[source]);
  if (start < firstStartDay[source] || start > lastStartDay[source]) return false;
  return mode === 'unconstrained' || isInTime(network, source, needDay[t]);
}

/** Is the source in force whenever its orders start? */
export function isAlwaysInForce({ sources }: Pick<RequirementNetwork, 'sources'>, source: number): boolean {
  return (
    sources.firstStartDay[source] <= sources.frozenDays[source] && sources.lastStartDay[source] === NEVER
  );
}
