/**
 * A policy row for each stock point: from the service its class is promised and the facts of its demand and supply to safety
 * stock, reorder point, order quantity, maximum, and what they will cost. (R, Q) under continuous review, (R, S)-like under
 * periodic review, whose review time is covered as the lead time is.
 *
 *   order quantity   economic, at least the demand between two reviews and the lot minimum, at most `orderCoverDaysMost` of
 *                    demand, up to a whole lot multiple
 *   reorder point    for cycle service or fill rate, normal or gamma lead-time demand (see safety-stock.ts), never below 0
 *   on hand          R + Q / 2 - mean + units owed, valued at unit cost
 *
 * Cost     O(1) a stock point; 100,000 within a second or two.
 * Source   Silver, Pyke and Thomas (2017), Inventory and Production Management in Supply Chains, 4th ed., sections 4.2, 6.7 to 6.9.
 */
import { assert, type Issue } from '@planwright/units';
import { economicOrder } from './economic-order.ts';
import { backordersOf } from './reorder-quantity.ts';
import {
  coverDemand,
  coverMoments,
  fillRatioOf,
  reorderPointForCycleService,
  reorderPointForFill,
} from './safety-stock.ts';
import { DEFAULT_SERVICE, type ServiceMatrix, type StockClasses } from './stock-class.ts';

/** One entry per stock point in every array; a number stands for all of them. */
export type PolicyTableInput = {
  readonly classes: StockClasses;
  /** Mean and standard deviation of the demand of a day, or of the forecast's error of a day. */
  readonly demandPerDay: Float64Array;
  readonly demandSdPerDay: Float64Array;
  readonly leadTimeDays: Float64Array;
  /** Default 0. */
  readonly leadTimeSdDays?: Float64Array;
  /** Days between two looks at the stock. Default 0: continuous. */
  readonly reviewDays?: Float64Array | number;
  /** Money a unit; 0 where it is not known, and then nothing is valued and no economic quantity exists. */
  readonly unitCost: Float64Array;
  /** Money an order. Default 0. */
  readonly orderCost?: Float64Array | number;
  /** Default 0.2 a year. */
  readonly holdingRatioPerYear?: Float64Array | number;
  /** Defaults 0 and any. */
  readonly lotMinimum?: Float64Array;
  readonly lotMultiple?: Float64Array;
  /** Default 365. */
  readonly orderCoverDaysMost?: number;
  /** Default `DEFAULT_SERVICE`. */
  readonly service?: ServiceMatrix;
  /** What the service is: 'cycle' (no stock-out between two orders) or 'fill' (share of demand from the shelf). Default fill. */
  readonly serviceMeasure?: 'cycle' | 'fill';
};

/** NaN throughout in the rows that have an issue. */
export type PolicyTable = {
  readonly serviceRatio: Float64Array;
  /** What the reorder point holds beyond the mean demand until supply comes; 0 where large orders alone keep the promise. */
  readonly safetyStock: Float64Array;
  readonly reorderPoint: Float64Array;
  readonly orderQuantity: Float64Array;
  /** Reorder point and order quantity: the most that is ever on hand and on order. */
  readonly maximum: Float64Array;
  readonly expectedFillRatio: Float64Array;
  /** Money tied up on average. */
  readonly inventoryValue: Float64Array;
  readonly issues: readonly Issue[];
};

const DAYS_PER_YEAR = 365;
// Less than a unit in a million years, and costs that round to nothing: a formula would only underflow.
const NO_DEMAND_PER_DAY = 1e-9;
const NO_COST = 1e-15;
const SPREAD_ONLY_RATIO = 1e-6;
const LOT_LEAST_RATIO = 1e-9;
const LOT_SLACK = 1e-9; // 0.3 / 0.1 is more than 3: without slack the fourth lot would be bought.

export function policyTable(input: PolicyTableInput): PolicyTable {
  const count = input.demandPerDay.length;
  assert(
    input.classes.valueClass.length === count && input.classes.errorClass.length === count,
    'every stock point has classes',
  );
  for (const row of [input.demandSdPerDay, input.leadTimeDays, input.unitCost]) {
    assert(row.length === count, 'every stock point has all facts');
  }
  const column = (): Float64Array => new Float64Array(count).fill(Number.NaN);
  const issues: Issue[] = [];
  const table: PolicyTable = {
    serviceRatio: column(),
    safetyStock: column(),
    reorderPoint: column(),
    orderQuantity: column(),
    maximum: column(),
    expectedFillRatio: column(),
    inventoryValue: column(),
    issues,
  };
  for (let s = 0; s < count; s++) {
    const facts = factsOf(input, s);
    const problem = problemOf(facts);
    if (problem !== null) {
      issues.push({ severity: 'error', ...problem, file: 'stock points', row: s + 1 });
      continue;
    }
    fillRow(table, s, facts, input);
  }
  return table;
}

type Facts = {
  readonly demandPerDay: number;
  readonly demandSdPerDay: number;
  readonly leadTimeDays: number;
  readonly leadTimeSdDays: number;
  readonly reviewDays: number;
  readonly unitCost: number;
  readonly orderCost: number;
  readonly holdingRatioPerYear: number;
  readonly lotMinimum: number;
  readonly lotMultiple: number;
};

function factsOf(input: PolicyTableInput, s: number): Facts {
  return {
    demandPerDay: input.demandPerDay[s],
    demandSdPerDay: input.demandSdPerDay[s],
    leadTimeDays: input.leadTimeDays[s],
    leadTimeSdDays: input.leadTimeSdDays?.[s] ?? 0,
    reviewDays: at(input.reviewDays ?? 0, s),
    unitCost: input.unitCost[s],
    orderCost: at(input.orderCost ?? 0, s),
    holdingRatioPerYear: at(input.holdingRatioPerYear ?? 0.2, s),
    lotMinimum: input.lotMinimum?.[s] ?? 0,
    lotMultiple: input.lotMultiple?.[s] ?? 0,
  };
}

const at = (value: Float64Array | number, s: number): number =>
  typeof value === 'number' ? value : value[s];

function problemOf(facts: Facts): Pick<Issue, 'code' | 'message' | 'advice'> | null {
  for (const [name, value] of Object.entries(facts)) {
    if (value >= 0 && Number.isFinite(value)) continue;
    return {
      code: 'BAD_POLICY_FACT',
      message: `${name} is ${value}; it must be a number of 0 or more.`,
      advice: 'Correct it, or leave the stock point out.',
    };
  }
  return null;
}

function fillRow(table: PolicyTable, s: number, facts: Facts, input: PolicyTableInput): void {
  const { classes, service = DEFAULT_SERVICE, serviceMeasure = 'fill' } = input;
  const serviceRatio = service[classes.valueClass[s]][classes.errorClass[s]];
  table.serviceRatio[s] = serviceRatio;
  if (facts.demandPerDay < NO_DEMAND_PER_DAY && facts.demandSdPerDay < NO_DEMAND_PER_DAY) {
    for (const column of [table.safetyStock, table.reorderPoint, table.orderQuantity, table.maximum])
      column[s] = 0;
    table.inventoryValue[s] = 0;
    table.expectedFillRatio[s] = 1;
    return;
  }
  const quantity = orderQuantityOf(facts, input.orderCoverDaysMost ?? DAYS_PER_YEAR);
  const demand = coverDemand(
    coverMoments({
      demandMean: facts.demandPerDay,
      demandVariance: facts.demandSdPerDay ** 2,
      leadTimeMean: facts.leadTimeDays,
      leadTimeVariance: facts.leadTimeSdDays ** 2,
      reviewTime: facts.reviewDays,
    }),
  );
  const reorderPoint =
    serviceMeasure === 'fill'
      ? reorderPointForFill(demand, serviceRatio, quantity)
      : reorderPointForCycleService(demand, serviceRatio);
  const owed = backordersOf(demand, reorderPoint, quantity);
  table.orderQuantity[s] = quantity;
  table.reorderPoint[s] = reorderPoint;
  table.safetyStock[s] = Math.max(0, reorderPoint - demand.mean);
  table.maximum[s] = reorderPoint + quantity;
  table.expectedFillRatio[s] = fillRatioOf(demand, reorderPoint, quantity);
  table.inventoryValue[s] = Math.max(0, reorderPoint - demand.mean + quantity / 2 + owed) * facts.unitCost;
}

/** Above 0 for any demand above 0, or any spread of it. */
function orderQuantityOf(facts: Facts, orderCoverDaysMost: number): number {
  const { demandPerDay, orderCost, unitCost, holdingRatioPerYear, lotMinimum, lotMultiple } = facts;
  const holdingCost = (unitCost * holdingRatioPerYear) / DAYS_PER_YEAR;
  const isEconomic = orderCost > 0 && holdingCost > NO_COST && demandPerDay >= NO_DEMAND_PER_DAY;
  const economic = isEconomic
    ? economicOrder({ orderCost, holdingCost, demandRate: demandPerDay }).quantity
    : 0;
  const betweenReviews = demandPerDay * Math.max(1, facts.reviewDays);
  const covered = Math.min(
    Math.max(economic, betweenReviews),
    demandPerDay * Math.max(1, orderCoverDaysMost),
  );
  // Where all is spread and no mean to speak of, a day's spread is ordered.
  const isSpreadOnly = covered <= SPREAD_ONLY_RATIO * facts.demandSdPerDay;
  const wanted = Math.max(covered, lotMinimum, isSpreadOnly ? facts.demandSdPerDay : 0);
  // A multiple that nobody could count is any quantity.
  if (!(lotMultiple > wanted * LOT_LEAST_RATIO)) return wanted;
  return Math.max(1, Math.ceil(wanted / lotMultiple - LOT_SLACK)) * lotMultiple;
}
