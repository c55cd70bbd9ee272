/**
 * What is asked of a planning model, nothing counted twice: the orders that are to be planned, and of each forecast
 * what orders have not yet made come true.
 *
 * Orders   Open ones are planned, quotes where the rules say so. Cancelled ones count for nothing. A closed one is not
 *          planned, but what it brought has netted the forecast of its bucket. Orders due after the horizon are left out.
 * Netting  An order takes from forecasts of its stock point: first from those of its own customer, then from those of
 *          all customers; of each first in its own bucket, then in earlier ones (the nearest first), then in later ones.
 *          All orders take from their own bucket before any looks at the neighbours', so that one order's excess never
 *          eats the forecast another order is the fulfilment of. An order that was due before the first bucket takes
 *          nothing: no forecast of a later bucket foresaw it.
 * Laws     the forecast left is never below 0; forecast - forecast left = what orders took, at most their quantity;
 *          max(orders, forecast) <= all that is asked <= orders + forecast, at every stock point.
 * Cost     O(orders x (1 + window) + forecast rows x buckets).
 */
import { bucketAt } from '@planwright/time';
import { assert } from '@planwright/units';
import { type ForecastWindow, takeFromForecast } from '../consume-forecast.ts';
import { DEMAND_KIND, type FiniteDemands } from './finite-plan.ts';
import type { DemandFacts, PlanningModel } from './planning-model.ts';
import { type StockPointLookup, stockPointLookup } from './stock-point-lookup.ts';

const ORDER_PRIORITY = 10;
const FORECAST_PRIORITY = 20;
const FORECAST_DUE_RATIO = 0.5;

/**
 * Orders in the order of their rows, then what is left of the forecasts by row and bucket; entries of 0 are left out.
 * The model is checked: its names exist, its numbers are finite and no two forecasts are of the same stock point and
 * customer (see `checkPlanningModel`).
 */
export function planningDemands(model: PlanningModel): FiniteDemands {
  const rowOf = stockPointLookup(model.stockPoints);
  const points = Int32Array.from(model.demands, ({ item, location }) => pointOf(rowOf, item, location));
  const left = forecastLeft(model, rowOf, points);
  const horizonEnd = model.bucketStartDays[model.bucketStartDays.length - 1];
  const orderRows = model.demands.flatMap((demand, row) =>
    isPlanned(demand, model) && demand.quantity > 0 && demand.dueDay < horizonEnd ? row : [],
  );
  let count = orderRows.length;
  for (const quantities of left) for (const quantity of quantities) if (quantity > 0) count += 1;
  const demands = emptyDemands(count);
  orderRows.forEach((row, index) => {
    const { dueDay, quantity, priority } = model.demands[row];
    demands.row[index] = row;
    demands.bucket[index] = -1;
    demands.stockPoint[index] = points[row];
    demands.dueDay[index] = dueDay;
    demands.quantity[index] = quantity;
    demands.priority[index] = priority ?? ORDER_PRIORITY;
  });
  writeForecasts(model, left, rowOf, demands, orderRows.length);
  return demands;
}

function isPlanned({ status = 'open' }: DemandFacts, { rules }: PlanningModel): boolean {
  return status === 'open' || (status === 'quote' && rules?.includeQuotes === true);
}

function pointOf(rowOf: StockPointLookup, item: string, location: string): number {
  const point = rowOf(item, location);
  assert(point >= 0, 'a demand is for a stock point of the model');
  return point;
}

/** What orders leave of each forecast row, per bucket. */
function forecastLeft(model: PlanningModel, rowOf: StockPointLookup, points: Int32Array): Float64Array[] {
  const bucketCount = model.bucketStartDays.length - 1;
  const left = model.forecasts.map(({ quantity }) => {
    assert(quantity.length === bucketCount, 'a forecast has a quantity for every bucket');
    return Float64Array.from(quantity);
  });
  if (left.length === 0) return left;
  const takers = ordersThatNet(model, rowOf, points);
  const rest = Float64Array.from(takers.row, (row) => model.demands[row].quantity);
  const own: ForecastWindow = { backwardBuckets: 0, forwardBuckets: 0 };
  const window: ForecastWindow = {
    backwardBuckets: model.rules?.consumeBackwardBuckets ?? 0,
    forwardBuckets: model.rules?.consumeForwardBuckets ?? 0,
  };
  const isWide = window.backwardBuckets + window.forwardBuckets > 0;
  for (const forecastRow of [takers.ofCustomer, takers.ofAll]) {
    for (const reach of isWide ? [own, window] : [own]) {
      for (let index = 0; index < rest.length; index++) {
        const row = forecastRow[index];
        if (row >= 0 && rest[index] > 0) {
          rest[index] -= takeFromForecast(left[row], takers.bucket[index], rest[index], reach);
        }
      }
    }
  }
  return left;
}

const ALL_CUSTOMERS = '';
const NO_ROW = -1;

/** Orders that may take from a forecast, by due day and then by row. One entry an order. */
type Takers = {
  readonly row: Int32Array;
  readonly bucket: Int32Array;
  /** The forecast of the order's customer and that of all customers; NO_ROW where there is none. */
  readonly ofCustomer: Int32Array;
  readonly ofAll: Int32Array;
};

function ordersThatNet(model: PlanningModel, rowOf: StockPointLookup, points: Int32Array): Takers {
  const forecastOf = forecastRowsByPoint(model, rowOf);
  const starts = Int32Array.from(model.bucketStartDays);
  const [firstDay, endDay] = [starts[0], starts[starts.length - 1]];
  // Sorted by counting the orders of each day, which keeps rows of a day in order.
  const place = new Int32Array(endDay - firstDay + 1);
  const nets = (demand: DemandFacts, row: number): boolean =>
    (isPlanned(demand, model) || demand.status === 'closed') &&
    demand.dueDay >= firstDay &&
    demand.dueDay < endDay &&
    forecastOf[points[row]] !== undefined;
  model.demands.forEach((demand, row) => {
    if (nets(demand, row)) place[demand.dueDay - firstDay + 1] += 1;
  });
  for (let day = 1; day < place.length; day++) place[day] += place[day - 1];
  const newColumn = (): Int32Array => new Int32Array(place[place.length - 1]);
  const takers = { row: newColumn(), bucket: newColumn(), ofCustomer: newColumn(), ofAll: newColumn() };
  model.demands.forEach((demand, row) => {
    if (!nets(demand, row)) return;
    const index = place[demand.dueDay - firstDay]++;
    const ofPoint = forecastOf[points[row]];
    const { customer = ALL_CUSTOMERS } = demand;
    takers.row[index] = row;
    takers.bucket[index] = bucketAt(starts, demand.dueDay);
    takers.ofCustomer[index] = customer === ALL_CUSTOMERS ? NO_ROW : (ofPoint?.get(customer) ?? NO_ROW);
    takers.ofAll[index] = ofPoint?.get(ALL_CUSTOMERS) ?? NO_ROW;
  });
  return takers;
}

/** Rows of forecasts by customer, for each stock point that has one. */
function forecastRowsByPoint(
  model: PlanningModel,
  rowOf: StockPointLookup,
): (Map<string, number> | undefined)[] {
  const rows: (Map<string, number> | undefined)[] = model.stockPoints.map(() => undefined);
  model.forecasts.forEach(({ item, location, customer = ALL_CUSTOMERS }, row) => {
    const point = pointOf(rowOf, item, location);
    const ofPoint = (rows[point] ??= new Map<string, number>());
    assert(!ofPoint.has(customer), 'a stock point has one forecast a customer');
    ofPoint.set(customer, row);
  });
  return rows;
}

function emptyDemands(count: number): FiniteDemands {
  return {
    count,
    kind: new Uint8Array(count),
    row: new Int32Array(count),
    bucket: new Int32Array(count),
    stockPoint: new Int32Array(count),
    dueDay: new Int32Array(count),
    quantity: new Float64Array(count),
    priority: new Int32Array(count),
  };
}

function writeForecasts(
  model: PlanningModel,
  left: readonly Float64Array[],
  rowOf: StockPointLookup,
  demands: FiniteDemands,
  first: number,
): void {
  const dueDays = forecastDueDays(model);
  let index = first;
  left.forEach((quantities, row) => {
    const { item, location } = model.forecasts[row];
    const point = pointOf(rowOf, item, location);
    const priority = model.forecasts[row].priority ?? model.rules?.forecastPriority ?? FORECAST_PRIORITY;
    for (let t = 0; t < quantities.length; t++) {
      if (!(quantities[t] > 0)) continue;
      demands.kind[index] = DEMAND_KIND.forecast;
      demands.row[index] = row;
      demands.bucket[index] = t;
      demands.stockPoint[index] = point;
      demands.dueDay[index] = dueDays[t];
      demands.quantity[index] = quantities[t];
      demands.priority[index] = priority;
      index += 1;
    }
  });
}

/** The day in each bucket on which its forecast is due: never before the plan, always within the bucket. */
function forecastDueDays({ bucketStartDays, asOfDay, rules }: PlanningModel): Int32Array {
  const ratio = rules?.forecastDueRatio ?? FORECAST_DUE_RATIO;
  return Int32Array.from({ length: bucketStartDays.length - 1 }, (_, t) => {
    const [start, end] = [bucketStartDays[t], bucketStartDays[t + 1]];
    return Math.min(end - 1, Math.max(asOfDay, start + Math.floor(ratio * (end - start))));
  });
}
