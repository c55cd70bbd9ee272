/** Stock points and what may be taken from them when: the columns of `FinitePoints`, and receipts under way. */
import type { StockPointLookup } from '../model/stock-point-lookup.ts';
import type { PlanningModel, StockPointFacts } from '../model/planning-model.ts';
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
  const { stockPoints, sources } = model;
  const { start, rows } = rowsByOwner(sourcePoint, stockPoints.length);
  const hasShares = new Uint8Array(stockPoints.length);
  for (let point = 0; point < stockPoints.length; point++) {
    const own = rows.subarray(start[point], start[point + 1]);
    hasShares[point] = own.some((row) => sources[row].shareRatio !== undefined) ? 1 : 0;
    own.sort(
      (a, b) =>
        (sources[a].priority ?? 1) - (sources[b].priority ?? 1) ||
        (sources[a].costPerUnit ?? 0) - (sources[b].costPerUnit ?? 0) ||
        a - b,
    );
  }
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

function compiledSafety({ stockPoints, bucketStartDays }: PlanningModel) {
  const bucketCount = bucketStartDays.length - 1;
  const safetyRow = new Int32Array(stockPoints.length).fill(-1);
  const targets: number[] = [];
  stockPoints.forEach(({ safetyStock = 0 }, point) => {
    if (typeof safetyStock === 'number' && !(safetyStock > 0)) return;
    safetyRow[point] = targets.length;
    for (let t = 0; t < bucketCount; t++) {
      targets.push(typeof safetyStock === 'number' ? safetyStock : safetyStock[t]);
    }
  });
  return {
    safetyRow,
    safetyStock: Float64Array.from(targets),
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
