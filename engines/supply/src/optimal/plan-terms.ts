/**
 * The terms of a plan: what holding, lacking, owing and losing a unit costs, per stock point and bucket. The optimal
 * plan minimises on these terms and every other plan is priced on them, so that a gap in money is one of plans and not
 * of book-keeping.
 *
 *   holding      unit cost x holding ratio a year x days of the bucket / 365, for what lies there at its end
 *   safety       unit cost x penalty ratio a year x days / 365, for what it lacks of the safety stock at the bucket's end
 *   storage      the unit cost, for each bucket and unit above the storage limit
 *   end stock    less unit cost x end-stock ratio for what lies there at the end, up to the last bucket's safety stock
 *
 * Safety stock never makes a customer wait: unless the caller names a penalty, it is kept below what owing a unit of the
 * stock point for the bucket costs, and with the end stock's value below what losing one costs.
 */
import { bucketAt } from '@planwright/time';
import { assert } from '@planwright/units';
import { planningDemands } from '../model/planning-demands.ts';
import type { PlanningModel, StockPointFacts } from '../model/planning-model.ts';
import { stockPointLookup, type StockPointLookup } from '../model/stock-point-lookup.ts';
import { type DemandClass, type DemandClasses, demandClasses } from './demand-classes.ts';
import type { PriceOptions } from './optimal-options.ts';

const DAYS_A_YEAR = 365;
const HOLDING_RATIO_PER_YEAR = 0.2;

export type PlanTerms = {
  readonly bucketCount: number;
  /** bucketCount + 1 days. */
  readonly starts: Int32Array;
  readonly rowOf: StockPointLookup;
  readonly isMargin: boolean;
  /** Row-major by stock point and bucket, as all below. Money a unit. */
  readonly holdingCost: Float64Array;
  readonly safetyStock: Float64Array;
  readonly safetyCost: Float64Array;
  /** By stock point: Infinity where there is no limit. */
  readonly storageMax: Float64Array;
  readonly storageCost: Float64Array;
  readonly endStockValue: Float64Array;
  readonly classes: DemandClasses;
  /** Units under way that arrive, by stock point and bucket; what was due before arrives in bucket 0. */
  readonly scheduledReceipts: Float64Array;
};

/** Terms of a checked model. O(stock points x buckets + demands). */
export function planTerms(model: PlanningModel, options: PriceOptions): PlanTerms {
  const starts = Int32Array.from(model.bucketStartDays);
  const bucketCount = starts.length - 1;
  assert(bucketCount >= 1, 'the model has a bucket');
  const pointCount = model.stockPoints.length;
  const rowOf = stockPointLookup(model.stockPoints);
  const classes = demandClasses(model, options.demands ?? planningDemands(model), starts);
  const size = pointCount * bucketCount;
  const terms = {
    bucketCount,
    starts,
    rowOf,
    isMargin: options.objective !== 'cost',
    holdingCost: new Float64Array(size),
    safetyStock: new Float64Array(size),
    safetyCost: new Float64Array(size),
    storageMax: Float64Array.from(
      model.stockPoints,
      ({ storageMax = Number.POSITIVE_INFINITY }) => storageMax,
    ),
    storageCost: Float64Array.from(model.stockPoints, ({ unitCost = 0 }) => unitCost),
    endStockValue: Float64Array.from(
      model.stockPoints,
      ({ unitCost = 0 }) => unitCost * (options.endStockRatio ?? 1),
    ),
    classes,
    scheduledReceipts: scheduledReceipts(model, starts, rowOf),
  };
  const worthOfWaiting = classesOfPoints(classes, pointCount);
  const demandByPoint = demandOfPoints(classes, pointCount, bucketCount);
  model.stockPoints.forEach((point, row) => {
    const yearly = point.holdingRatioPerYear ?? model.rules?.holdingRatioPerYear ?? HOLDING_RATIO_PER_YEAR;
    const penalty = options.safetyStockPenaltyRatioPerYear ?? 2 * yearly;
    const demand = demandByPoint.subarray(row * bucketCount, (row + 1) * bucketCount);
    const isCapped = options.safetyStockPenaltyRatioPerYear === undefined;
    for (let t = 0; t < bucketCount; t++) {
      const moneyYears = ((point.unitCost ?? 0) * (starts[t + 1] - starts[t])) / DAYS_A_YEAR;
      terms.holdingCost[row * bucketCount + t] = moneyYears * yearly;
      terms.safetyCost[row * bucketCount + t] = moneyYears * penalty;
      if (isCapped) capSafetyCost(terms, row, t, worthOfWaiting[row]);
      terms.safetyStock[row * bucketCount + t] = safetyStockOf(point, t, starts, demand);
    }
  });
  return terms;
}

const BELOW = 0.9;

/** Brings what lacking safety stock costs below what the stock point's customers cost by waiting or going elsewhere. */
function capSafetyCost(
  { bucketCount, safetyCost, endStockValue, isMargin }: PlanTerms,
  point: number,
  t: number,
  classes: readonly DemandClass[],
): void {
  const cell = point * bucketCount + t;
  for (const { backlogCost, lostCost, pricePerUnit } of classes) {
    safetyCost[cell] = Math.min(safetyCost[cell], BELOW * backlogCost[t]);
    const lost = BELOW * (lostCost + (isMargin ? pricePerUnit : 0));
    endStockValue[point] = Math.max(0, Math.min(endStockValue[point], lost - safetyCost[cell]));
  }
}

function classesOfPoints({ list }: DemandClasses, pointCount: number): DemandClass[][] {
  const ofPoint: DemandClass[][] = Array.from({ length: pointCount }, () => []);
  for (const demandClass of list) ofPoint[demandClass.stockPoint].push(demandClass);
  return ofPoint;
}

/** The larger of the quantity and the cover: demand of customers in the so many days after the bucket. */
function safetyStockOf(
  { safetyStock = 0, safetyStockCoverDays = 0 }: StockPointFacts,
  t: number,
  starts: Int32Array,
  demand: Float64Array,
): number {
  const quantity = typeof safetyStock === 'number' ? safetyStock : safetyStock[t];
  if (safetyStockCoverDays <= 0) return quantity;
  const from = starts[t + 1];
  const to = from + safetyStockCoverDays;
  let covered = 0;
  for (let u = t + 1; u < demand.length && starts[u] < to; u++) {
    const days = starts[u + 1] - starts[u];
    covered += (demand[u] * (Math.min(to, starts[u + 1]) - starts[u])) / days;
  }
  // Beyond the horizon the last bucket's demand is taken to go on.
  const last = demand.length - 1;
  const beyond = to - Math.max(from, starts[last + 1]);
  if (beyond > 0) covered += (demand[last] * beyond) / (starts[last + 1] - starts[last]);
  return Math.max(quantity, covered);
}

function demandOfPoints(classes: DemandClasses, pointCount: number, bucketCount: number): Float64Array {
  const demand = new Float64Array(pointCount * bucketCount);
  for (const { stockPoint, quantity } of classes.list) {
    quantity.forEach((units, t) => (demand[stockPoint * bucketCount + t] += units));
  }
  return demand;
}

function scheduledReceipts(model: PlanningModel, starts: Int32Array, rowOf: StockPointLookup): Float64Array {
  const bucketCount = starts.length - 1;
  const receipts = new Float64Array(model.stockPoints.length * bucketCount);
  for (const { item, location, dueDay, quantity } of model.receipts) {
    const point = rowOf(item, location);
    assert(point >= 0, 'a receipt is for a stock point of the model');
    if (dueDay >= starts[bucketCount]) continue;
    receipts[point * bucketCount + bucketAt(starts, Math.max(dueDay, starts[0]))] += quantity;
  }
  return receipts;
}
