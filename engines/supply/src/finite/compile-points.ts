/** Stock points and what may be taken from them when: the columns of `FinitePoints`, and receipts under way. */
import type { StockPointLookup } from '../model/stock-point-lookup.ts';
import type { PlanningModel, SourceFacts, StockPointFacts } from '../model/planning-model.ts';
import { assert } from '@planwright/units';
import type { FinitePoints, FiniteReceipts } from './network.ts';

/** Column of a number of each row. */
export function column<Row>(
  rows: readonly Row[],
  valueOf: (row: Row, index: number) => number,
): Float64Array {
  const values = new Float64Array(rows.length);
  for (let row = 0; row < rows.length; row++) values[row] = valueOf(rows[row], row);
  return values;
}

/** Column of a whole number of each row. */
export function intColumn<Row>(rows: readonly Row[], valueOf: (row: Row) => number): Int32Array {
  const values = new Int32Array(rows.length);
  for (let row = 0; row < rows.length; row++) values[row] = valueOf(rows[row]);
  return values;
}

/** Lists by owner: the rows of owner o lie in `rows` from start[o] to start[o + 1], in ascending order. */
export function rowsByOwner(
  owners: ArrayLike<number>,
  ownerCount: number,
): { start: Int32Array; rows: Int32Array } {
  const start = new Int32Array(ownerCount + 1);
  for (let row = 0; row < owners.length; row++) start[owners[row] + 1] += 1;
  for (let owner = 0; owner < ownerCount; owner++) start[owner + 1] += start[owner];
  const next = start.slice();
  const rows = new Int32Array(owners.length);
  for (let row = 0; row < owners.length; row++) rows[next[owners[row]]++] = row;
  return { start, rows };
}

/** Everything of a stock point that its own row and the order of its sources say. */
export function compiledPoints(
  model: PlanningModel,
  sourcePoint: Int32Array,
  depth: Int32Array,
): FinitePoints {
  const { stockPoints } = model;
  const { start, rows } = rowsByOwner(sourcePoint, stockPoints.length);
  const hasShares = rankedSources(model.sources, start, rows);
  const shelfLife = (point: StockPointFacts) => point.shelfLifeDays ?? Number.POSITIVE_INFINITY;
  return {
    count: stockPoints.length,
    onHand: column(stockPoints, ({ onHand = 0 }) => onHand),
    unitCost: column(stockPoints, ({ unitCost = 0 }) => unitCost),
    sourceStart: start,
    sources: rows,
    hasShares,
    orderUseDays: column(stockPoints, (point) =>
      Math.min(shelfLife(point), point.buildAheadMaxDays ?? Number.POSITIVE_INFINITY),
    ),
    stockUseDays: column(stockPoints, shelfLife),
    shelfLifeDays: column(stockPoints, shelfLife),
    storageMax: column(stockPoints, ({ storageMax }) => storageMax ?? Number.POSITIVE_INFINITY),
    ...compiledSafety(model),
    depth,
  };
}

/** Sorts the rows of each stock point's sources, the one asked first before the others; 1 where shares say which that is. */
function rankedSources(sources: readonly SourceFacts[], start: Int32Array, rows: Int32Array): Uint8Array {
  const hasShares = new Uint8Array(start.length - 1);
  for (let point = 0; point < hasShares.length; point++) {
    const [first, end] = [start[point], start[point + 1]];
    for (let i = first; i < end; i++) {
      if (sources[rows[i]].shareRatio !== undefined) hasShares[point] = 1;
    }
    if (end - first < 2) continue; // Nearly all points: a view of the rows and a sort cost more than all else here.
    rows
      .subarray(first, end)
      .sort(
        (a, b) =>
          (sources[a].priority ?? 1) - (sources[b].priority ?? 1) ||
          (sources[a].costPerUnit ?? 0) - (sources[b].costPerUnit ?? 0) ||
          a - b,
      );
  }
  return hasShares;
}

function compiledSafety({ stockPoints, bucketStartDays }: PlanningModel) {
  const bucketCount = bucketStartDays.length - 1;
  const safetyRow = new Int32Array(stockPoints.length).fill(-1);
  let length = 0;
  for (let point = 0; point < stockPoints.length; point++) {
    const { safetyStock = 0 } = stockPoints[point];
    if (typeof safetyStock === 'number' && !(safetyStock > 0)) continue;
    safetyRow[point] = length;
    length += bucketCount;
  }
  const targets = new Float64Array(length);
  for (let point = 0; point < stockPoints.length; point++) {
    const first = safetyRow[point];
    if (first < 0) continue;
    const { safetyStock = 0 } = stockPoints[point];
    if (typeof safetyStock === 'number') targets.fill(safetyStock, first, first + bucketCount);
    else for (let t = 0; t < bucketCount; t++) targets[first + t] = safetyStock[t];
  }
  return {
    safetyRow,
    safetyStock: targets,
    safetyCoverDays: column(stockPoints, ({ safetyStockCoverDays }) => safetyStockCoverDays ?? 0),
  };
}

/** Supply under way; what is overdue is taken to come on day 0. */
export function compiledReceipts(model: PlanningModel, rowOf: StockPointLookup): FiniteReceipts {
  const { receipts, asOfDay } = model;
  return {
    count: receipts.length,
    point: Int32Array.from(receipts, ({ item, location }) => {
      const point = rowOf(item, location);
      assert(point >= 0, 'a receipt comes to a stock point of the model');
      return point;
    }),
    day: Int32Array.from(receipts, ({ dueDay }) => Math.max(0, dueDay - asOfDay)),
    quantity: column(receipts, ({ quantity }) => quantity),
  };
}
