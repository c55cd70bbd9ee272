/**
 * Time-phased netting of one stock point: on hand, less demand, plus receipts, topped up by whole lots.
 *
 *   before(t)    = projectedOnHand(t - 1) + scheduledReceipts(t) - grossDemand(t)
 *   released(t)  = least lots L with before(t) + yield x L >= safetyStock(t), from firstReceiptBucket on; else 0
 *   projectedOnHand(t) = before(t) + yield x released(t)
 *
 *   shortage(t)  = max(0, -projectedOnHand(t))
 *
 * What one bucket leaves over serves the next, so a surplus is never bought twice, and safety stock is one level
 * to stay above rather than a demand that repeats. Below zero, projected on hand is demand not yet served.
 *
 * Cost     O(buckets), no allocation.
 * Source   Orlicky (1975), Material Requirements Planning, McGraw-Hill: gross-to-net with planned receipts.
 */
import { assert } from '@planwright/units';
import { CRUMB_RATIO, type LotRule, lotQuantity } from './lots.ts';

/** One stock point. Every array has one entry per bucket, in the item's stocking unit. */
export type NettingInput = {
  readonly grossDemand: Float64Array;
  readonly scheduledReceipts: Float64Array;
  readonly safetyStock: Float64Array;
  readonly onHandInitial: number;
  readonly lot: LotRule;
  /** Good units per unit released, in (0, 1]. */
  readonly yieldRatio: number;
  /** No planned receipt before this bucket; bucketCount = none at all. */
  readonly firstReceiptBucket: number;
};

/** Written by the netting; one entry per bucket. */
export type NettingOutput = {
  /** Units ordered for receipt in the bucket, before yield. */
  readonly orderedQuantity: Float64Array;
  /** Good units received: orderedQuantity x yieldRatio. */
  readonly plannedReceipts: Float64Array;
  readonly projectedOnHand: Float64Array;
  /** Demand owed at the end of the bucket. */
  readonly shortage: Float64Array;
};

/** Plans the fewest whole lots that keep projected on hand at or above safety stock. */
export function netRequirements(input: NettingInput, output: NettingOutput): void {
  const { grossDemand, scheduledReceipts, safetyStock } = input;
  const { orderedQuantity, plannedReceipts, projectedOnHand, shortage } = output;
  const bucketCount = grossDemand.length;
  assert(scheduledReceipts.length === bucketCount, 'scheduledReceipts spans the horizon');
  assert(safetyStock.length === bucketCount, 'safetyStock spans the horizon');
  assert(orderedQuantity.length === bucketCount, 'orderedQuantity spans the horizon');
  assert(plannedReceipts.length === bucketCount, 'plannedReceipts spans the horizon');
  assert(projectedOnHand.length === bucketCount, 'projectedOnHand spans the horizon');
  assert(shortage.length === bucketCount, 'shortage spans the horizon');
  plannedReceipts.fill(0);
  shortage.fill(0);
  netRow({ ...input, orderedQuantity }, { plannedReceipts, projectedOnHand, shortage }, 0);
}

/** One stock point: arrays of bucketCount entries. */
export type NettingRow = NettingInput & Pick<NettingOutput, 'orderedQuantity'>;
/** Blocks with a row for each stock point. */
export type NettingBlocks = Omit<NettingOutput, 'orderedQuantity'>;

/**
 * `netRequirements` into the rows of blocks that begin at `first` and hold zeros: only what is not 0 is written to
 * receipts and shortage. In a large plan most of them are, and memory that nobody touches costs nothing.
 */
export function netRow(row: NettingRow, blocks: NettingBlocks, first: number): void {
  const { grossDemand, scheduledReceipts, safetyStock, orderedQuantity } = row;
  const { lot, yieldRatio, firstReceiptBucket } = row;
  const { plannedReceipts, projectedOnHand, shortage } = blocks;
  assert(yieldRatio > 0 && yieldRatio <= 1, 'yieldRatio is in (0, 1]');
  const bucketCount = grossDemand.length;
  let onHand = row.onHandInitial;
  let largestFlow = 0;
  for (let t = 0; t < bucketCount; t++) {
    const cell = first + t;
    const gross = grossDemand[t];
    const received = scheduledReceipts[t];
    const safety = safetyStock[t];
    const flow = Math.abs(onHand) + received + gross + safety;
    if (flow > largestFlow) largestFlow = flow;
    const crumb = largestFlow * CRUMB_RATIO;
    onHand += received - gross;
    const need = safety - onHand;
    orderedQuantity[t] = 0;
    if (need > crumb && t >= firstReceiptBucket) {
      const ordered = lotQuantity(need / yieldRatio, lot);
      orderedQuantity[t] = ordered;
      plannedReceipts[cell] = ordered * yieldRatio;
      onHand += ordered * yieldRatio;
    }
    projectedOnHand[cell] = onHand;
    if (-onHand > crumb) shortage[cell] = -onHand;
  }
  assert(Number.isFinite(onHand), 'inputs are finite'); // NaN anywhere above reaches here.
}
