/**
 * Checks a plan against its model as `score.py` beside the models does, from the rows of the model alone and not from
 * the engine's network: violations of material, lead time, lots, weekly capacity and of the past, then service, delay
 * and average value of stock. Figures have the names that script prints.
 *
 * Within a day, supply is taken to come before it is used. Cost: O(rows + stock points x days).
 */
import type { FinitePlan, PlanningModel } from '@planwright/supply';
import type { BenchModel } from './planning-bench.ts';

export type PlanScore = {
  readonly demands: number;
  readonly on_time: number;
  readonly late: number;
  readonly unmet: number;
  readonly quantity: { total: number; on_time: number; late: number; unmet: number };
  readonly delay_days_per_late_demand: number;
  readonly delay_days_per_demand: number;
  readonly delay_days_per_late_unit: number;
  readonly avg_inventory_value: number;
  readonly avg_inventory_value_by_level: Readonly<Record<string, number>>;
  readonly orders: Readonly<Record<string, number>>;
  readonly load_in_horizon: number;
  readonly violations: Readonly<Record<Violation, number>>;
};
type Violation = 'start_in_past' | 'lead_time' | 'order_size' | 'capacity' | 'material';

export type PlanRows = Pick<FinitePlan, 'orders' | 'deliveries'>;

const LOT_TOLERANCE = 1e-3;
const MULTIPLE_TOLERANCE = 1e-4;
const STOCK_TOLERANCE = 0.01;
const SHORT_TOLERANCE = 1e-4;
const CAPACITY_TOLERANCE_HOURS = 0.5 / 3600;

/** Row numbers of deliveries are those of the model's demands: every demand is an open order. */
export function planScore(bench: BenchModel, plan: PlanRows): PlanScore {
  const { model } = bench;
  const load = new Map<string, number>();
  const orders = ordersChecked(model, plan, load);
  const capacity = capacityChecked(bench, load);
  const stock = stockChecked(bench, plan);
  return {
    ...serviceOf(model, plan),
    avg_inventory_value: Object.values(stock.valueByLevel).reduce((sum, value) => sum + value, 0),
    avg_inventory_value_by_level: stock.valueByLevel,
    orders: orders.byKind,
    load_in_horizon: capacity.loadRatio,
    violations: { ...orders.violations, capacity: capacity.violations, material: stock.violations },
  };
}

function ordersChecked(model: PlanningModel, { orders }: PlanRows, load: Map<string, number>) {
  const violations = { start_in_past: 0, lead_time: 0, order_size: 0 };
  const byKind: Record<string, number> = {};
  const loadOf = new Map(model.loads.map((row) => [row.source, row]));
  const resourceOf = new Map(model.resources.map((row) => [row.resource, row]));
  for (let row = 0; row < orders.count; row++) {
    const source = model.sources[orders.source[row]];
    const quantity = orders.quantity[row];
    byKind[source.kind] = (byKind[source.kind] ?? 0) + 1;
    if (orders.startDay[row] < model.asOfDay) violations.start_in_past += 1;
    if (orders.endDay[row] - orders.startDay[row] < source.leadTimeDays) violations.lead_time += 1;
    const lots = quantity / (source.lotMultiple ?? 1);
    if (
      quantity < (source.lotMinimum ?? 0) - LOT_TOLERANCE ||
      Math.abs(lots - Math.round(lots)) > MULTIPLE_TOLERANCE
    ) {
      violations.order_size += 1;
    }
    const rowOfLoad = loadOf.get(source.source);
    if (rowOfLoad === undefined) continue;
    const starts = resourceOf.get(rowOfLoad.resource)?.bucketStartDays ?? model.bucketStartDays;
    const week = Math.floor((orders.startDay[row] - starts[0]) / 7);
    const key = `${rowOfLoad.resource} ${week}`;
    load.set(key, (load.get(key) ?? 0) + quantity * rowOfLoad.hoursPerUnit);
  }
  return { violations, byKind };
}

function capacityChecked({ model, horizonEndDay }: BenchModel, load: ReadonlyMap<string, number>) {
  let [violations, used, available] = [0, 0, 0];
  for (const { resource, bucketStartDays = [], capacityHours = [] } of model.resources) {
    for (let week = 0; week < capacityHours.length; week++) {
      const hours = load.get(`${resource} ${week}`) ?? 0;
      if (hours > capacityHours[week] + CAPACITY_TOLERANCE_HOURS) violations += 1;
      if (bucketStartDays[week] < model.asOfDay || bucketStartDays[week] >= horizonEndDay) continue;
      used += hours;
      available += capacityHours[week];
    }
  }
  return { violations, loadRatio: used / available };
}

/** Positions of rows by the stock point they change: counts, then starts, then rows. */
function byPoint(pointCount: number, points: Int32Array): { start: Int32Array; rows: Int32Array } {
  const start = new Int32Array(pointCount + 1);
  for (const point of points) if (point >= 0) start[point + 1] += 1;
  for (let point = 0; point < pointCount; point++) start[point + 1] += start[point];
  const next = start.slice();
  const rows = new Int32Array(start[pointCount]);
  points.forEach((point, row) => {
    if (point >= 0) rows[next[point]++] = row;
  });
  return { start, rows };
}

function stockChecked({ model, levels, horizonEndDay }: BenchModel, { orders, deliveries }: PlanRows) {
  const { stockPoints, sources, components, demands, asOfDay } = model;
  const pointOf = new Map(stockPoints.map(({ item }, row) => [item, row]));
  const sourceOf = new Map(sources.map(({ source }, row) => [source, row]));
  const at = (item: string) => pointOf.get(item) ?? -1;
  const count = stockPoints.length;
  const pointOfSource = Int32Array.from(sources, ({ item }) => at(item));
  const supplies = byPoint(
    count,
    Int32Array.from({ length: orders.count }, (_, row) => pointOfSource[orders.source[row]]),
  );
  const sourceOrders = byPoint(sources.length, orders.source.subarray(0, orders.count));
  const consumers = byPoint(
    count,
    Int32Array.from(components, ({ component }) => at(component)),
  );
  const pointOfDemand = Int32Array.from(demands, ({ item }) => at(item));
  const served = byPoint(
    count,
    Int32Array.from({ length: deliveries.count }, (_, row) => pointOfDemand[deliveries.demand[row]]),
  );
  const later = (last: number, day: number) => Math.max(last, day);
  const lastDay = deliveries.day.reduce(later, orders.endDay.reduce(later, horizonEndDay));
  // A broken plan may start before the current day; what it took then is missed, but stock is valued from that day on.
  const firstDay = orders.startDay.reduce((first, day) => Math.min(first, day), asOfDay);
  const change = new Float64Array(lastDay - firstDay + 1);
  const valueByLevel: Record<string, number> = {};
  let violations = 0;
  const add = (day: number, quantity: number) => {
    change[day - firstDay] += quantity;
  };
  for (let point = 0; point < count; point++) {
    change.fill(0);
    add(asOfDay, stockPoints[point].onHand ?? 0);
    for (let i = supplies.start[point]; i < supplies.start[point + 1]; i++) {
      add(orders.endDay[supplies.rows[i]], orders.quantity[supplies.rows[i]]);
    }
    for (let c = consumers.start[point]; c < consumers.start[point + 1]; c++) {
      const { source, quantityPer } = components[consumers.rows[c]];
      const consumer = sourceOf.get(source) ?? -1;
      for (let i = sourceOrders.start[consumer]; i < sourceOrders.start[consumer + 1]; i++) {
        add(orders.startDay[sourceOrders.rows[i]], -quantityPer * orders.quantity[sourceOrders.rows[i]]);
      }
    }
    for (let i = served.start[point]; i < served.start[point + 1]; i++) {
      add(deliveries.day[served.rows[i]], -deliveries.quantity[served.rows[i]]);
    }
    const { area, worst } = areaAndWorst(change, asOfDay - firstDay, horizonEndDay - firstDay);
    if (worst < -STOCK_TOLERANCE) violations += 1;
    const value = (area / (horizonEndDay - asOfDay)) * (stockPoints[point].unitCost ?? 0);
    valueByLevel[levels[point]] = (valueByLevel[levels[point]] ?? 0) + value;
  }
  return { violations, valueByLevel };
}

function areaAndWorst(change: Float64Array, from: number, to: number): { area: number; worst: number } {
  let [have, area, worst] = [0, 0, 0];
  for (let day = 0; day < change.length; day++) {
    have += change[day];
    if (have < worst) worst = have;
    if (day >= from && day < to && have > 0) area += have;
  }
  return { area, worst };
}

function serviceOf({ demands }: PlanningModel, { deliveries }: PlanRows) {
  const count = demands.length;
  const onTime = new Float64Array(count);
  const late = new Float64Array(count);
  const lastDay = new Int32Array(count).fill(-1);
  let delayOfUnits = 0;
  for (let row = 0; row < deliveries.count; row++) {
    const demand = deliveries.demand[row];
    const delay = deliveries.day[row] - demands[demand].dueDay;
    const quantity = deliveries.quantity[row];
    if (delay <= 0) onTime[demand] += quantity;
    else {
      late[demand] += quantity;
      delayOfUnits += quantity * delay;
      lastDay[demand] = Math.max(lastDay[demand], deliveries.day[row]);
    }
  }
  const result = { demands: count, on_time: 0, late: 0, unmet: 0 };
  const quantity = { total: 0, on_time: 0, late: 0, unmet: 0 };
  let delay = 0;
  demands.forEach((demand, row) => {
    const short = Math.max(0, demand.quantity - onTime[row] - late[row]);
    quantity.total += demand.quantity;
    quantity.on_time += onTime[row];
    quantity.late += late[row];
    quantity.unmet += short;
    if (short > SHORT_TOLERANCE * Math.max(1, demand.quantity)) result.unmet += 1;
    else if (lastDay[row] >= 0) {
      result.late += 1;
      delay += lastDay[row] - demand.dueDay;
    } else result.on_time += 1;
  });
  return {
    ...result,
    quantity,
    delay_days_per_late_demand: delay / Math.max(1, result.late),
    delay_days_per_demand: delay / count,
    delay_days_per_late_unit: quantity.late > 0 ? delayOfUnits / quantity.late : 0,
  };
}
