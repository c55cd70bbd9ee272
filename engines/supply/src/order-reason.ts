/**
 * Why an order is there, in figures of the plan and in one or two sentences a planner can check by hand.
 */
import { isoFromDay } from '@planwright/time';
import { assert } from '@planwright/units';
import { pastDueBuckets } from './lead-time.ts';
import { nameOf, type SourceKind } from './model.ts';
import { quantityText } from './quantity-text.ts';
import type { SupplyNetwork } from './network.ts';
import type { SupplyPlan } from './plan-supply.ts';

/** One planned order as a row for a screen or a file. */
export type PlannedOrder = {
  readonly kind: SourceKind;
  readonly stockPoint: number;
  readonly item: string;
  readonly location: string;
  readonly supplier?: string;
  readonly fromLocation?: string;
  readonly releaseBucket: number;
  readonly dueBucket: number;
  readonly needBucket: number;
  /** Units released, before yield. */
  readonly quantity: number;
  /** Good units that arrive. */
  readonly receiptQuantity: number;
  /** Quantity x the stock point's cost; NaN where the model has no cost. */
  readonly value: number;
  /** How many buckets before the plan the release should have been; 0 = in time. */
  readonly pastDueBuckets: number;
  readonly pastDueDays: number;
  /** How many buckets after its need the order arrives; 0 in an unconstrained plan. */
  readonly lateBuckets: number;
  readonly reason: string;
};

/** How a bucket is called in a reason. */
export type BucketName = (bucket: number) => string;

/** Order `index` of the plan as a row. `bucketName` defaults to the bucket's first day. */
export function plannedOrder(
  network: SupplyNetwork,
  plan: SupplyPlan,
  index: number,
  bucketName: BucketName = (bucket) => isoFromDay(network.bucketStartDays[bucket]),
): PlannedOrder {
  const { orders } = plan;
  assert(index >= 0 && index < orders.count, 'the order is in the plan');
  const s = orders.stockPoint[index];
  const { kind, item, location, supplier, fromLocation } = network.stockPoints[s];
  assert(kind !== 'none', 'an order has a source');
  const quantity = orders.quantity[index];
  const receiptQuantity = quantity * network.yieldRatio[s];
  return {
    kind,
    stockPoint: s,
    item,
    location,
    supplier,
    fromLocation,
    releaseBucket: orders.releaseBucket[index],
    dueBucket: orders.dueBucket[index],
    needBucket: orders.needBucket[index],
    quantity,
    receiptQuantity,
    value: receiptQuantity * network.costPerUnit[s],
    pastDueBuckets: pastDueBuckets(network.bucketStartDays, orders.pastDueDays[index]),
    pastDueDays: orders.pastDueDays[index],
    lateBuckets: orders.dueBucket[index] - orders.needBucket[index],
    reason: reasonOf(network, plan, index, bucketName),
  };
}

/** All orders as rows, in the order of planning. A large plan has many: prefer the columns for sums. */
export function plannedOrders(
  network: SupplyNetwork,
  plan: SupplyPlan,
  bucketName?: BucketName,
): PlannedOrder[] {
  return Array.from({ length: plan.orders.count }, (_, index) =>
    plannedOrder(network, plan, index, bucketName),
  );
}

function reasonOf(network: SupplyNetwork, plan: SupplyPlan, index: number, bucketName: BucketName): string {
  const s = plan.orders.stockPoint[index];
  const due = plan.orders.dueBucket[index];
  const sentences = [needSentence(network, plan, s, due, bucketName), lotSentence(network, plan, s, due)];
  sentences.push(latenessSentence(network, plan, index, bucketName));
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

/** What the stock would be without the order, and against what that is short. */
function needSentence(
  network: SupplyNetwork,
  plan: SupplyPlan,
  s: number,
  due: number,
  bucketName: BucketName,
): string {
  const cell = s * network.bucketCount + due;
  const independent = plan.independentDemand.values[cell];
  const dependent = plan.dependentDemand.values[cell];
  const before = plan.projectedOnHand.values[cell] - plan.plannedReceipts.values[cell];
  const safety = network.safetyStock[s];
  const from = [
    independent > 0 ? `${quantityText(independent)} from orders and forecast` : '',
    dependent > 0 ? `${quantityText(dependent)} from what it goes into` : '',
  ].filter((part) => part !== '');
  const demand = from.length === 0 ? 'no new demand' : `demand of ${from.join(' and ')}`;
  const level = safety > 0 ? `its safety stock of ${quantityText(safety)}` : 'zero';
  const gap = `${quantityText(safety - before)} below ${level}`;
  const name = nameOf(network.stockPoints[s]);
  return `With ${demand} in ${bucketName(due)}, ${name} would end at ${quantityText(before)}, ${gap}.`;
}

/** Why the quantity differs from the need. */
function lotSentence(network: SupplyNetwork, plan: SupplyPlan, s: number, due: number): string {
  const cell = s * network.bucketCount + due;
  const received = plan.plannedReceipts.values[cell];
  const need = network.safetyStock[s] - (plan.projectedOnHand.values[cell] - received);
  const rules = [
    network.lotMinimum[s] > 0 ? `at least ${quantityText(network.lotMinimum[s])}` : '',
    network.lotMultiple[s] > 0 ? `multiples of ${quantityText(network.lotMultiple[s])}` : '',
    Number.isFinite(network.lotMaximum[s]) ? `at most ${quantityText(network.lotMaximum[s])} an order` : '',
    network.yieldRatio[s] < 1 ? `${quantityText(network.yieldRatio[s] * 100)} % yield` : '',
  ].filter((rule) => rule !== '');
  const ordered = quantityText(received / network.yieldRatio[s]);
  if (rules.length === 0 || ordered === quantityText(need)) return '';
  return `Its lot rules (${rules.join(', ')}) make that ${ordered} ordered.`;
}

function latenessSentence(
  network: SupplyNetwork,
  plan: SupplyPlan,
  index: number,
  bucketName: BucketName,
): string {
  const { orders } = plan;
  const days = orders.pastDueDays[index];
  if (days === 0) return '';
  const buckets = pastDueBuckets(network.bucketStartDays, days);
  const count = `${buckets} ${buckets === 1 ? 'bucket' : 'buckets'}`;
  const lead = `Its lead time of ${quantityText(network.leadTimeDays[orders.stockPoint[index]])} days`;
  const need = orders.needBucket[index];
  const due = orders.dueBucket[index];
  if (due > need)
    return `${lead} brings it in ${bucketName(due)} at the earliest, though it is needed in ${bucketName(need)}.`;
  return `${lead} asked for release ${count} before the plan starts: expedite it, or the demand will be served late.`;
}
