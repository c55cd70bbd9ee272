/**
 * What the demand of an open plan asks of resources by three rough methods (see `rough-cut.ts` of the engine). Products are the
 * stock points that customers ask of; what stock and open orders cover is not taken off, for rough cut asks whether the demand plan
 * fits the hours at all.
 */
import {
  capacityBill,
  type CapacityBill,
  capacityBillLoad,
  overallFactorLoad,
  resourceProfileLoad,
} from '@planwright/supply';
import { makeBlock, type SeriesBlock } from '@planwright/series';
import { bucketAt } from '@planwright/time';
import { decodeSnapshot } from '../scenarios/snapshot.ts';
import { planningPiece } from '../scenarios/stages/planning-piece.ts';
import { isInternalDemand, type PlanBook } from './plan-book.ts';
import type { SupplyPlanReads } from './ports.ts';

export type RoughCut = {
  /** Rows of the snapshot, one entry a product. */
  readonly products: readonly number[];
  /** Products x buckets of the horizon, in stocking units. */
  readonly asked: SeriesBlock;
  /** Rows of the snapshot, one entry a resource: rows of the blocks below. */
  readonly resources: readonly number[];
  readonly bill: CapacityBill;
  readonly overall: SeriesBlock;
  readonly billed: SeriesBlock;
  readonly profile: SeriesBlock;
  readonly pastDueHours: Float64Array;
  /** How overall factors split all hours; sums to 1 where there are any. */
  readonly shares: readonly number[];
  readonly sharesOfHistory: boolean;
};

const known = new WeakMap<PlanBook, Promise<RoughCut>>();

/** Worked out once a book. */
export function roughCut(reads: SupplyPlanReads, book: PlanBook): Promise<RoughCut> {
  const cut = known.get(book) ?? workedOut(reads, book);
  known.set(book, cut);
  cut.catch(() => known.delete(book));
  return cut;
}

async function workedOut(reads: SupplyPlanReads, book: PlanBook): Promise<RoughCut> {
  const { blocks } = book;
  const { planning } = blocks;
  const { model, resources } = planningPiece(blocks, [...planning.networks.keys()], undefined);
  const lastYear = await demandOfLastYear(reads, book);
  const ahead = demandAhead(book);
  const products = [...new Set([...ahead.keys(), ...lastYear.keys()])].sort((a, b) => a - b);
  const bucketCount = blocks.meta.horizonBuckets;
  const asked = makeBlock(products.length, bucketCount);
  products.forEach((point, row) => {
    const quantities = ahead.get(point);
    if (quantities !== undefined) asked.values.set(quantities, row * bucketCount);
  });
  const bill = capacityBill(
    model,
    products.map((point) => planning.stockPoints[point]),
  );
  const billed = capacityBillLoad(asked, resources.length, bill);
  const { load: profile, pastDueHours } = resourceProfileLoad(
    asked,
    resources.length,
    bill,
    model.bucketStartDays,
  );
  const past = new Float64Array(resources.length);
  const hoursPerUnit = new Float64Array(products.length);
  bill.product.forEach((product, row) => {
    hoursPerUnit[product] += bill.hoursPerUnit[row];
    past[bill.resource[row]] += bill.hoursPerUnit[row] * (lastYear.get(products[product]) ?? 0);
  });
  const sharesOfHistory = past.some((hours) => hours > 0);
  const shares = sharesOf(sharesOfHistory ? past : rowSums(billed));
  const overall = shares.some((share) => share > 0)
    ? overallFactorLoad(asked, hoursPerUnit, shares)
    : makeBlock(resources.length, bucketCount);
  return {
    products,
    asked,
    resources,
    bill,
    overall,
    billed,
    profile,
    pastDueHours,
    shares,
    sharesOfHistory,
  };
}

/** What customers ask for by stock point and bucket; what is overdue is asked for in the first one. */
function demandAhead(book: PlanBook): Map<number, Float64Array> {
  const { meta } = book.blocks;
  const starts = Int32Array.from(meta.starts.slice(meta.historyBuckets));
  const asked = new Map<number, Float64Array>();
  for (const chunk of book.chunks) {
    const { demands } = chunk.plan;
    for (let d = 0; d < demands.count; d++) {
      if (isInternalDemand(book, chunk, d)) continue;
      const day = demands.dueDay[d];
      const bucket = day < starts[0] ? 0 : bucketAt(starts, day);
      if (bucket < 0) continue;
      const point = chunk.piece.points[demands.stockPoint[d]];
      const own = asked.get(point) ?? new Float64Array(meta.horizonBuckets);
      own[bucket] += demands.quantity[d];
      asked.set(point, own);
    }
  }
  return asked;
}

const DAYS_PER_YEAR = 365;

/** What was sold in the buckets that began within a year before the plan, by stock point. */
async function demandOfLastYear(reads: SupplyPlanReads, book: PlanBook): Promise<Map<number, number>> {
  const { meta, pointOfKey } = book.blocks;
  const stored = await reads.snapshotBlocks(book.run, ['actualQuantity']);
  if (!stored.has('actualQuantity')) return new Map();
  const { actualQuantity } = decodeSnapshot(stored, ['actualQuantity']);
  const yearAgo = meta.starts[meta.historyBuckets] - DAYS_PER_YEAR;
  const first = meta.starts.findIndex((day) => day >= yearAgo);
  const sold = new Map<number, number>();
  pointOfKey.forEach((point, key) => {
    if (point < 0) return;
    let sum = sold.get(point) ?? 0;
    for (let t = first; t < meta.historyBuckets; t++) {
      const quantity = actualQuantity[key * meta.historyBuckets + t];
      if (quantity > 0) sum += quantity;
    }
    sold.set(point, sum);
  });
  return sold;
}

function rowSums({ keyCount, bucketCount, values }: SeriesBlock): Float64Array {
  return Float64Array.from({ length: keyCount }, (_, row) =>
    values.subarray(row * bucketCount, (row + 1) * bucketCount).reduce((sum, hours) => sum + hours, 0),
  );
}

/** Hours as shares of all; zeros where there are none. */
function sharesOf(hours: Float64Array): number[] {
  const total = hours.reduce((sum, value) => sum + value, 0);
  return Array.from(hours, (value) => (total > 0 ? value / total : 0));
}
