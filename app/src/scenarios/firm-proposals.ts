/** Approved and released proposals: they count as supply under way, and take what they are made of, until an order does. */
import { bucketAt } from '@planwright/time';
import type { ComponentRow } from '@planwright/supply';
import type { ReceiptRow } from './company-data.ts';
import type { PlanCalendar } from './plan-calendar.ts';
import type { FirmNeed, PlannedPoint } from './supply-inputs.ts';
import { placeKey } from './supply-sources.ts';
import type { FirmProposalRow } from './supply-rows.ts';

/** As receipts of good units, at the grain of the plan. Those that should have come are expected at once. */
export function firmReceipts(
  proposals: readonly FirmProposalRow[],
  plan: PlanCalendar,
): (ReceiptRow & { readonly isGood: true })[] {
  return proposals.map((row) => ({
    kind: row.kind === 'make' ? 'work' : 'purchase',
    item: row.item,
    location: row.location,
    bucket: horizonBucketOf(plan, row.dueDay) ?? plan.horizonBuckets,
    quantity: row.goodQuantity,
    orderCount: 1,
    oldestDueDay: row.dueDay,
    isGood: true,
  }));
}

/** What a firm order asks of stock points on the day it starts: its components, or its item at the sending location. */
export function firmNeedsOf(
  row: FirmProposalRow,
  components: readonly Pick<ComponentRow, 'component' | 'quantityPer'>[],
): { readonly item: string; readonly location: string; readonly quantity: number }[] {
  if (row.kind === 'buy') return [];
  if (row.kind === 'move')
    return row.from === null ? [] : [{ item: row.item, location: row.from, quantity: row.quantity }];
  return components.map(({ component, quantityPer }) => ({
    item: component,
    location: row.location,
    quantity: quantityPer * row.quantity,
  }));
}

/** The needs of all firm orders by stock point and bucket. */
export function firmComponentNeeds(
  proposals: readonly FirmProposalRow[],
  points: readonly PlannedPoint[],
  components: readonly ComponentRow[],
  plan: PlanCalendar,
): FirmNeed[] {
  const indexOf = new Map(points.map((point, index) => [placeKey(point.item, point.location), index]));
  const componentsOf = Map.groupBy(components, (row) => placeKey(row.item, row.location));
  return proposals.flatMap((row) => {
    const bucket = horizonBucketOf(plan, row.startDay);
    if (bucket === undefined) return [];
    return firmNeedsOf(row, componentsOf.get(placeKey(row.item, row.location)) ?? []).flatMap((need) => {
      const point = indexOf.get(placeKey(need.item, need.location));
      return point === undefined ? [] : [{ point, bucket: Math.max(0, bucket), quantity: need.quantity }];
    });
  });
}

/** -1 before the horizon, undefined behind it. */
export function horizonBucketOf(plan: PlanCalendar, day: number): number | undefined {
  const starts = plan.calendar.starts.subarray(plan.historyBuckets);
  if (day < starts[0]) return -1;
  if (day >= starts[starts.length - 1]) return undefined;
  return bucketAt(starts, day);
}
