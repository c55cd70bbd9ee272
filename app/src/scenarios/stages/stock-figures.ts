/** The few numbers by which a stock point is judged, from its time-phased rows. */
import { bucketsPerYear } from '@planwright/time';
import type { Snapshot } from '../snapshot.ts';
import { rowIn, type RunBlocks } from './run-blocks.ts';
import type { StockFigures } from './stage-results.ts';

/** `unitCost` NaN: not known; then nothing has a value. `unmetIndependent`: see `unmetDemand`. */
export function stockFigures(
  snapshot: Snapshot,
  blocks: RunBlocks,
  point: number,
  unitCost: number,
  unmetIndependent: number,
): StockFigures {
  const { meta, supply } = snapshot;
  const { onHand, source, safetyStock = 0 } = supply.points[point];
  const independent = rowIn(blocks, meta, 'independentDemand', point);
  const dependent = rowIn(blocks, meta, 'dependentDemand', point);
  const shortage = rowIn(blocks, meta, 'shortage', point);
  const receipts = rowIn(blocks, meta, 'scheduledReceipts', point);
  const gross = independent.map((quantity, t) => quantity + dependent[t]);
  const shortageQuantity = sum(shortage);
  const firstShortage = shortage.findIndex((quantity) => quantity > 0);
  const yearDemand = sum(gross.subarray(0, bucketsPerYear(meta.calendar)));
  const excessQuantity = Math.max(0, onHand + sum(receipts) - yearDemand - safetyStock);
  const cost = Number.isNaN(unitCost) ? 0 : unitCost;
  return {
    point,
    source: source?.kind ?? 'none',
    fromCode: source?.supplier ?? source?.fromLocation ?? '',
    unitCost: Number.isNaN(unitCost) ? null : unitCost,
    coverBuckets: coverBuckets(onHand, gross),
    shortageQuantity,
    shortageValue: shortageQuantity * cost,
    firstShortage: firstShortage < 0 ? null : firstShortage,
    unmetIndependent,
    plannedQuantity: sum(rowIn(blocks, meta, 'plannedReceipts', point)),
    stockValue: Math.max(0, onHand) * cost,
    excessQuantity,
    excessValue: excessQuantity * cost,
  };
}

/** Buckets of demand that a stock covers, the last one in part; the horizon at most; null without demand. */
function coverBuckets(onHand: number, demand: Float64Array): number | null {
  if (!(sum(demand) > 0)) return null;
  let left = onHand;
  for (let t = 0; t < demand.length; t++) {
    if (left < demand[t]) return t + Math.max(0, left) / demand[t];
    left -= demand[t];
  }
  return demand.length;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let t = 0; t < values.length; t++) total += values[t];
  return total;
}
