/**
 * A constrained plan bucket by bucket for every stock point, in the words of the unconstrained one, so that the two can
 * be laid side by side. What leaves is counted when it leaves: deliveries, not demand, take from projected on hand.
 */
import { makeBlock, type SeriesBlock } from '@planwright/series';
import type { FiniteNetwork } from '../finite/network.ts';
import { type FinitePlan, SUPPLY_KIND, USE_KIND } from '../model/finite-plan.ts';

/** One row per stock point, one column per bucket; quantities in the item's stocking unit. */
export type PlanBlocks = {
  readonly independentDemand: SeriesBlock;
  /** What orders take, in the bucket they start in. */
  readonly dependentDemand: SeriesBlock;
  /** What customers get. */
  readonly delivered: SeriesBlock;
  readonly scheduledReceipts: SeriesBlock;
  readonly plannedReceipts: SeriesBlock;
  /** Units started, before yield. */
  readonly plannedReleases: SeriesBlock;
  /** On hand + receipts - delivered - dependent demand, at the end of the bucket. */
  readonly projectedOnHand: SeriesBlock;
  /** Demand due and not delivered at the end of the bucket. */
  readonly shortage: SeriesBlock;
};

/** O(rows of the plan + stock points x buckets). */
export function planBlocks(network: FiniteNetwork, plan: FinitePlan): PlanBlocks {
  const { points, bucketCount, bucketOfDay, dayCount, asOfDay, receipts, sources, terms, demands } = network;
  const newBlock = (): SeriesBlock => makeBlock(points.count, bucketCount);
  const blocks = {
    independentDemand: newBlock(),
    dependentDemand: newBlock(),
    delivered: newBlock(),
    scheduledReceipts: newBlock(),
    plannedReceipts: newBlock(),
    plannedReleases: newBlock(),
    projectedOnHand: newBlock(),
    shortage: newBlock(),
  };
  const add = (block: SeriesBlock, point: number, day: number, quantity: number): void => {
    if (day < dayCount) block.values[point * bucketCount + bucketOfDay[Math.max(0, day)]] += quantity;
  };
  for (let d = 0; d < demands.count; d++) {
    add(blocks.independentDemand, demands.stockPoint[d], terms.day[d], demands.quantity[d]);
  }
  const { orders, deliveries, pegs } = plan;
  for (let row = 0; row < deliveries.count; row++) {
    const point = demands.stockPoint[deliveries.demand[row]];
    add(blocks.delivered, point, deliveries.day[row] - asOfDay, deliveries.quantity[row]);
  }
  for (let r = 0; r < receipts.count; r++) {
    add(blocks.scheduledReceipts, receipts.point[r], receipts.day[r], receipts.quantity[r]);
  }
  for (let order = 0; order < orders.count; order++) {
    const source = orders.source[order];
    const quantity = orders.quantity[order];
    const good = quantity * sources.yieldRatio[source];
    add(blocks.plannedReleases, sources.point[source], orders.startDay[order] - asOfDay, quantity);
    add(blocks.plannedReceipts, sources.point[source], orders.endDay[order] - asOfDay, good);
  }
  for (let peg = 0; peg < pegs.count; peg++) {
    if (pegs.useKind[peg] !== USE_KIND.order) continue;
    const supply = pegs.supply[peg];
    let point = supply;
    if (pegs.supplyKind[peg] === SUPPLY_KIND.receipt) point = receipts.point[supply];
    if (pegs.supplyKind[peg] === SUPPLY_KIND.order) point = sources.point[orders.source[supply]];
    add(blocks.dependentDemand, point, orders.startDay[pegs.use[peg]] - asOfDay, pegs.quantity[peg]);
  }
  runBalances(blocks, points.onHand, bucketCount);
  return blocks;
}

function runBalances(blocks: PlanBlocks, onHandInitial: Float64Array, bucketCount: number): void {
  const { independentDemand, dependentDemand, delivered, scheduledReceipts, plannedReceipts } = blocks;
  onHandInitial.forEach((initial, point) => {
    let onHand = initial;
    let owed = 0;
    let largest = Math.abs(initial);
    for (let t = 0; t < bucketCount; t++) {
      const cell = point * bucketCount + t;
      const received = scheduledReceipts.values[cell] + plannedReceipts.values[cell];
      onHand += received - delivered.values[cell] - dependentDemand.values[cell];
      owed += independentDemand.values[cell] - delivered.values[cell];
      largest = Math.max(largest, received, independentDemand.values[cell]);
      blocks.projectedOnHand.values[cell] = onHand;
      blocks.shortage.values[cell] = owed > largest * 1e-9 ? owed : 0;
    }
  });
}
