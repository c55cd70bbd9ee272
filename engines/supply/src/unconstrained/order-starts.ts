/** Cuts what a source is to bring into orders, dates them, and passes what they consume on to the components. */
import type { SeriesBlock } from '@planwright/series';
import type { FiniteNetwork } from '../finite/network.ts';
import { type LotRule, orderCount, orderQuantity } from '../lots.ts';
import type { FiniteOrders } from '../model/finite-plan.ts';
import type { RequirementNetwork } from './requirement-network.ts';
import { sharedFloats, sharedInts } from './shared-columns.ts';

/** Orders by stock point, then source, then day. */
export type PlannedStarts = FiniteOrders & {
  /** Bucket of the receipt. */
  readonly dueBucket: Int32Array;
  /** How many days before it may the order should have started; 0 where it is in time. */
  readonly pastDueDays: Int32Array;
};

export type StartColumns = { -readonly [Column in keyof PlannedStarts]: PlannedStarts[Column] } & {
  /** Day that the network counts its days from. */
  readonly asOfDay: number;
};

const LARGEST_FIRST_CAPACITY = 4_000_000;
const COLUMNS = ['source', 'startDay', 'endDay', 'dueBucket', 'pastDueDays'] as const;

/** Room for an order in every cell of the plan: pages nobody writes on cost nothing, growing copies them all. */
export function emptyStarts(cellCount: number, asOfDay: number): StartColumns {
  const capacity = Math.max(16, Math.min(cellCount, LARGEST_FIRST_CAPACITY));
  return {
    asOfDay,
    count: 0,
    source: sharedInts(capacity),
    startDay: sharedInts(capacity),
    endDay: sharedInts(capacity),
    dueBucket: sharedInts(capacity),
    pastDueDays: sharedInts(capacity),
    quantity: sharedFloats(capacity),
  };
}

/** The columns as long as there are orders, on the memory they have. */
export function sealStarts(columns: StartColumns): PlannedStarts {
  const { asOfDay: _, ...starts } = columns;
  for (const name of COLUMNS) starts[name] = starts[name].subarray(0, starts.count);
  starts.quantity = starts.quantity.subarray(0, starts.count);
  return starts;
}

/** Makes room for the orders that the quantities are cut into. */
function reserve(starts: StartColumns, orderedQuantity: Float64Array, lot: LotRule): void {
  let rows = starts.count + orderedQuantity.length;
  if (Number.isFinite(lot.maximum)) {
    for (const total of orderedQuantity) rows += total === 0 ? 0 : orderCount(total, lot);
  }
  if (rows <= starts.quantity.length) return;
  const length = Math.max(rows, 2 * starts.quantity.length);
  for (const name of COLUMNS) {
    const column = sharedInts(length);
    column.set(starts[name].subarray(0, starts.count));
    starts[name] = column;
  }
  const quantity = sharedFloats(length);
  quantity.set(starts.quantity.subarray(0, starts.count));
  starts.quantity = quantity;
}

/** The lot rule of a source. */
export function lotOf({ sources }: RequirementNetwork, source: number): LotRule {
  const { lotMinimum, lotMultiple, lotMaximum } = sources;
  return { minimum: lotMinimum[source], multiple: lotMultiple[source], maximum: lotMaximum[source] };
}

/** `orderedQuantity`: units to start for receipt in each bucket. */
export function releaseOrders(
  network: RequirementNetwork,
  source: number,
  orderedQuantity: Float64Array,
  { starts, needDay }: { readonly starts: StartColumns; readonly needDay: Int32Array },
  plan: { readonly plannedReleases: SeriesBlock; readonly dependentDemand: SeriesBlock },
): void {
  const { sources, bucketOfDay, bucketCount } = network;
  const lot = lotOf(network, source);
  reserve(starts, orderedQuantity, lot);
  const { source: sourceColumn, startDay, endDay, dueBucket, pastDueDays, quantity, asOfDay } = starts;
  const plannedReleases = plan.plannedReleases.values;
  const dependentDemand = plan.dependentDemand.values;
  const firstCell = sources.point[source] * bucketCount;
  const earliest = sources.frozenDays[source];
  const leadDays = sources.leadDays[source];
  const lastDay = network.dayCount - 1;
  let order = starts.count;
  for (let t = 0; t < orderedQuantity.length; t++) {
    const total = orderedQuantity[t];
    if (total === 0) continue;
    const wanted = needDay[t] - leadDays;
    const start = Math.min(lastDay, Math.max(wanted, earliest));
    const count = orderCount(total, lot);
    for (let index = 0; index < count; index++) {
      sourceColumn[order] = source;
      startDay[order] = start + asOfDay;
      endDay[order] = needDay[t] + asOfDay;
      dueBucket[order] = t;
      pastDueDays[order] = Math.max(0, start - wanted);
      quantity[order] = orderQuantity(total, lot, index, count);
      order += 1;
    }
    const startBucket = bucketOfDay[start];
    plannedReleases[firstCell + startBucket] += total;
    passOn(network, source, start, startBucket, total, count, dependentDemand);
  }
  starts.count = order;
}

/** What `count` orders of together `total` units take from their components. */
function passOn(
  network: RequirementNetwork,
  source: number,
  start: number,
  startBucket: number,
  total: number,
  count: number,
  dependentDemand: Float64Array,
): void {
  const { sources, needs, bucketCount } = network;
  const end = sources.needStart[source + 1];
  for (let need = sources.needStart[source]; need < end; need++) {
    const option = optionInForce(network, need, start);
    if (option < 0) continue;
    const used = total * needs.per[option] + count * needs.perOrder[option];
    dependentDemand[needs.point[option] * bucketCount + startBucket] += used;
  }
}

/** The component an order that starts on a day takes: the first of the substitutes in force; -1 where none is. */
export function optionInForce({ needs }: Pick<FiniteNetwork, 'needs'>, need: number, start: number): number {
  const end = needs.optionStart[need + 1];
  for (let option = needs.optionStart[need]; option < end; option++) {
    if (start >= needs.fromDay[option] && start <= needs.toDay[option]) return option;
  }
  return -1;
}
