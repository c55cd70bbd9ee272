/** The laws of a constrained plan, checked from the rows of the model and the columns of the plan alone. */
import { expect } from 'vitest';
import { type FinitePlan, type PlanningModel, SUPPLY_KIND, USE_KIND } from '../src/index.ts';

const EPS = 1e-4;

function law(holds: boolean, text: string): void {
  if (!holds) throw new Error(`Broken law: ${text}`);
}

type Book = {
  readonly pointOf: ReadonlyMap<string, number>;
  /** What each order takes of each point, by its pegs: order -> point -> quantity. */
  readonly taken: readonly Map<number, number>[];
};

export function expectLaws(model: PlanningModel, plan: FinitePlan): void {
  const pointOf = new Map(model.stockPoints.map(({ item }, row) => [item, row]));
  const book = { pointOf, taken: takenByOrders(plan, pointOf, model) };
  expectOrdersInRules(model, plan);
  expectCapacity(model, plan);
  expectMaxima(model, plan);
  expectComponents(model, plan, book);
  expectStock(model, plan, book);
  expectPegs(model, plan, book);
  expectAges(model, plan);
  expectPolicies(model, plan);
}

function expectOrdersInRules(model: PlanningModel, { orders }: FinitePlan): void {
  for (let row = 0; row < orders.count; row++) {
    const source = model.sources[orders.source[row]];
    const [start, end, quantity] = [orders.startDay[row], orders.endDay[row], orders.quantity[row]];
    const name = `${source.source} ${start}-${end} ${quantity}`;
    law(start >= model.asOfDay + (source.frozenDays ?? 0), name);
    law(end - start === source.leadTimeDays, name);
    law(start >= (source.effectiveFromDay ?? 0), name);
    law(start <= (source.effectiveToDay ?? Number.POSITIVE_INFINITY), name);
    law(quantity >= (source.lotMinimum ?? 0) - EPS, name);
    law(quantity <= (source.lotMaximum ?? Number.POSITIVE_INFINITY) + EPS, name);
    law(quantity > 0, name);
    if (source.lotMultiple === undefined) continue;
    const lots = quantity / source.lotMultiple;
    law(Math.abs(lots - Math.round(lots)) < EPS, name);
  }
}

function expectCapacity(model: PlanningModel, plan: FinitePlan): void {
  const booked = new Map<string, number>();
  model.resources.forEach(({ resource, capacityHours = [], overtimeMaxHours = 0 }, r) => {
    for (let t = 0; t < capacityHours.length; t++) {
      const hours = plan.loadHours[plan.resourceStart[r] + t];
      booked.set(resource, (booked.get(resource) ?? 0) + hours);
      const overtime = typeof overtimeMaxHours === 'number' ? overtimeMaxHours : overtimeMaxHours[t];
      expect(hours).toBeLessThanOrEqual(capacityHours[t] + overtime + EPS);
    }
  });
  const asked = new Map<string, number>();
  const add = (resource: string, hours: number) => asked.set(resource, (asked.get(resource) ?? 0) + hours);
  for (let row = 0; row < plan.orders.count; row++) {
    const { source } = model.sources[plan.orders.source[row]];
    const groups = new Set<string>();
    for (const load of model.loads.filter((other) => other.source === source)) {
      if (load.alternateGroup !== undefined && groups.has(load.alternateGroup)) continue;
      if (load.alternateGroup !== undefined) groups.add(load.alternateGroup);
      add(load.resource, (load.setupHoursPerOrder ?? 0) + load.hoursPerUnit * plan.orders.quantity[row]);
    }
  }
  const { alternates } = plan;
  for (let row = 0; row < alternates.count; row++) {
    law(
      alternates.order[row] >= 0 && alternates.order[row] < plan.orders.count,
      'an alternate is of an order',
    );
    add(model.resources[alternates.insteadOf[row]].resource, -alternates.hours[row]);
    add(model.resources[alternates.resource[row]].resource, alternates.hours[row]);
  }
  for (const [resource, hours] of asked) {
    const own = booked.get(resource) ?? 0;
    law(
      Math.abs(own - hours) < EPS,
      `hours of ${resource} are those of the orders and the alternates they have`,
    );
  }
}

const bucketOf = ({ bucketStartDays }: PlanningModel, day: number): number => {
  let bucket = 0;
  while (bucketStartDays[bucket + 1] <= day) bucket += 1;
  return bucket;
};

function expectMaxima(model: PlanningModel, { orders }: FinitePlan): void {
  const given = new Map<string, number>();
  for (let row = 0; row < orders.count; row++) {
    const key = `${orders.source[row]} ${bucketOf(model, orders.startDay[row])}`;
    given.set(key, (given.get(key) ?? 0) + orders.quantity[row]);
    const most = model.sources[orders.source[row]].maximumPerBucket;
    if (typeof most === 'number') expect(given.get(key)).toBeLessThanOrEqual(most + EPS);
  }
}

/** The point that a peg's supply lies at. */
function pointOfSupply(
  model: PlanningModel,
  plan: FinitePlan,
  pointOf: ReadonlyMap<string, number>,
  row: number,
): number {
  const supply = plan.pegs.supply[row];
  if (plan.pegs.supplyKind[row] === SUPPLY_KIND.onHand) return supply;
  const item =
    plan.pegs.supplyKind[row] === SUPPLY_KIND.receipt
      ? model.receipts[supply].item
      : model.sources[plan.orders.source[supply]].item;
  return pointOf.get(item) ?? -1;
}

function takenByOrders(plan: FinitePlan, pointOf: ReadonlyMap<string, number>, model: PlanningModel) {
  const taken = Array.from({ length: plan.orders.count }, () => new Map<number, number>());
  for (let row = 0; row < plan.pegs.count; row++) {
    if (plan.pegs.useKind[row] !== USE_KIND.order) continue;
    const point = pointOfSupply(model, plan, pointOf, row);
    const of = taken[plan.pegs.use[row]];
    of.set(point, (of.get(point) ?? 0) + plan.pegs.quantity[row]);
  }
  return taken;
}

/** Each order has what its components ask for, whichever substitute it is of. */
function expectComponents(model: PlanningModel, { orders }: FinitePlan, { pointOf, taken }: Book): void {
  for (let row = 0; row < orders.count; row++) {
    const { source } = model.sources[orders.source[row]];
    const quantity = orders.quantity[row];
    const wanted = new Map<number, number>();
    let substituted = 0;
    let hasGroup = false;
    for (const part of model.components.filter((other) => other.source === source)) {
      const point = pointOf.get(part.component) ?? -1;
      const per = part.quantityPer / (1 - (part.scrapRatio ?? 0));
      if (part.substituteGroup === undefined) {
        const fixed = (part.quantityPerOrder ?? 0) / (1 - (part.scrapRatio ?? 0));
        wanted.set(point, (wanted.get(point) ?? 0) + per * quantity + fixed);
      } else {
        hasGroup = true;
        substituted += (taken[row].get(point) ?? 0) / per;
      }
    }
    for (const [point, want] of wanted) expect(taken[row].get(point) ?? 0).toBeCloseTo(want, 3);
    if (hasGroup) expect(substituted).toBeCloseTo(quantity, 3);
  }
}

/**
 * Stock of every point at the end of every day: what came less what went, never above storage and never below 0. What is
 * owed at the start is paid first: until it is, what comes in stays, and no more is missing than at the start.
 */
function expectStock(model: PlanningModel, plan: FinitePlan, { pointOf, taken }: Book): void {
  const days = model.bucketStartDays[model.bucketStartDays.length - 1] - model.asOfDay;
  const change = model.stockPoints.map(() => new Float64Array(days));
  const add = (point: number, day: number, quantity: number) => {
    const at = Math.max(0, day - model.asOfDay);
    law(at < days, 'everything happens within the horizon');
    change[point][at] += quantity;
  };
  model.stockPoints.forEach(({ onHand = 0 }, point) => add(point, model.asOfDay, onHand));
  for (const { item, dueDay, quantity } of model.receipts) add(pointOf.get(item) ?? -1, dueDay, quantity);
  for (let row = 0; row < plan.orders.count; row++) {
    const { item, yieldRatio = 1 } = model.sources[plan.orders.source[row]];
    add(pointOf.get(item) ?? -1, plan.orders.endDay[row], plan.orders.quantity[row] * yieldRatio);
    for (const [point, quantity] of taken[row]) add(point, plan.orders.startDay[row], -quantity);
  }
  for (let row = 0; row < plan.deliveries.count; row++) {
    const point = plan.demands.stockPoint[plan.deliveries.demand[row]];
    add(point, plan.deliveries.day[row], -plan.deliveries.quantity[row]);
  }
  model.stockPoints.forEach(({ storageMax = Number.POSITIVE_INFINITY, onHand = 0, item }, point) => {
    const most = model.receipts.some((row) => row.item === item) ? Number.POSITIVE_INFINITY : storageMax;
    let stock = 0;
    let least = Math.min(0, onHand);
    for (let day = 0; day < days; day++) {
      stock += change[point][day];
      law(stock > least - EPS, `${item} on day ${day}`);
      least = Math.min(0, Math.max(least, stock));
      law(stock <= most + EPS, `${item} on day ${day}`);
    }
  });
}

/** No unit of a supply twice, every use covered, supply before use, and young enough. */
function expectPegs(model: PlanningModel, plan: FinitePlan, { pointOf }: Book): void {
  const given = new Map<string, number>();
  const served = new Float64Array(plan.demands.count);
  const lastDelivery = new Int32Array(plan.demands.count);
  for (let row = 0; row < plan.deliveries.count; row++) {
    const demand = plan.deliveries.demand[row];
    served[demand] -= plan.deliveries.quantity[row];
    lastDelivery[demand] = Math.max(lastDelivery[demand], plan.deliveries.day[row]);
  }
  for (let row = 0; row < plan.pegs.count; row++) {
    const kind = plan.pegs.supplyKind[row];
    const supply = plan.pegs.supply[row];
    const key = `${kind} ${supply}`;
    given.set(key, (given.get(key) ?? 0) + plan.pegs.quantity[row]);
    law((given.get(key) ?? 0) <= supplyQuantity(model, plan, kind, supply) + EPS, 'no unit is pegged twice');
    const useKind = plan.pegs.useKind[row];
    const use = plan.pegs.use[row];
    if (useKind === USE_KIND.safetyStock) continue;
    if (useKind === USE_KIND.demand) served[use] += plan.pegs.quantity[row];
    const useDay = useKind === USE_KIND.demand ? lastDelivery[use] : plan.orders.startDay[use];
    const supplyDay = dayOfSupply(model, plan, kind, supply);
    law(supplyDay <= useDay, 'supply comes before its use');
    const { shelfLifeDays, buildAheadMaxDays } = model.stockPoints[pointOfSupply(model, plan, pointOf, row)];
    if (useKind !== USE_KIND.order) continue;
    expect(useDay - supplyDay).toBeLessThanOrEqual(shelfLifeDays ?? Number.POSITIVE_INFINITY);
    if (kind !== SUPPLY_KIND.order) continue;
    expect(useDay - supplyDay).toBeLessThanOrEqual(buildAheadMaxDays ?? Number.POSITIVE_INFINITY);
  }
  for (const rest of served) law(Math.abs(rest) < EPS, 'pegs of a demand are its deliveries');
}

/** What customers get keeps: pegs of a demand and its deliveries follow each other day by day. */
function expectAges(model: PlanningModel, plan: FinitePlan): void {
  const { pegs, deliveries, demands } = plan;
  const rowsOf = (count: number, demandOf: (row: number) => number) =>
    Map.groupBy(
      Array.from({ length: count }, (_, row) => row),
      demandOf,
    );
  const pegRows = rowsOf(pegs.count, (row) => (pegs.useKind[row] === USE_KIND.demand ? pegs.use[row] : -1));
  for (const [demand, rows] of rowsOf(deliveries.count, (row) => deliveries.demand[row])) {
    const { shelfLifeDays, buildAheadMaxDays } = model.stockPoints[demands.stockPoint[demand]];
    if (shelfLifeDays === undefined && buildAheadMaxDays === undefined) continue;
    const supplies = [...(pegRows.get(demand) ?? [])];
    let left = supplies.map((row) => pegs.quantity[row]);
    for (const delivery of rows.toSorted((a, b) => deliveries.day[a] - deliveries.day[b])) {
      let rest = deliveries.quantity[delivery];
      while (rest > EPS && supplies.length > 0) {
        const [row] = supplies;
        const age =
          deliveries.day[delivery] - dayOfSupply(model, plan, pegs.supplyKind[row], pegs.supply[row]);
        expect(age).toBeGreaterThanOrEqual(0);
        expect(age).toBeLessThanOrEqual(shelfLifeDays ?? Number.POSITIVE_INFINITY);
        if (pegs.supplyKind[row] === SUPPLY_KIND.order)
          expect(age).toBeLessThanOrEqual(buildAheadMaxDays ?? Number.POSITIVE_INFINITY);
        const taken = Math.min(rest, left[0]);
        rest -= taken;
        left[0] -= taken;
        if (left[0] > EPS) continue;
        supplies.shift();
        left = left.slice(1);
      }
      law(rest < EPS, 'a delivery has its supplies');
    }
  }
}

function supplyQuantity(model: PlanningModel, plan: FinitePlan, kind: number, supply: number): number {
  if (kind === SUPPLY_KIND.onHand) return Math.max(0, model.stockPoints[supply].onHand ?? 0);
  if (kind === SUPPLY_KIND.receipt) return model.receipts[supply].quantity;
  return plan.orders.quantity[supply] * (model.sources[plan.orders.source[supply]].yieldRatio ?? 1);
}

function dayOfSupply(model: PlanningModel, plan: FinitePlan, kind: number, supply: number): number {
  if (kind === SUPPLY_KIND.onHand) return model.asOfDay;
  if (kind === SUPPLY_KIND.receipt) return Math.max(model.asOfDay, model.receipts[supply].dueDay);
  return plan.orders.endDay[supply];
}

/** Deliveries keep to what the customer accepts, and every unit late or short has its causes. */
function expectPolicies(model: PlanningModel, plan: FinitePlan): void {
  const { demands, deliveries, delays } = plan;
  const missed = new Float64Array(demands.count);
  const times = new Int32Array(demands.count);
  const given = new Float64Array(demands.count);
  for (let d = 0; d < demands.count; d++) missed[d] = demands.quantity[d];
  for (let row = 0; row < deliveries.count; row++) {
    const d = deliveries.demand[row];
    const due = Math.max(model.asOfDay, demands.dueDay[d]);
    const order = model.demands[demands.row[d]];
    times[d] += 1;
    given[d] += deliveries.quantity[row];
    expect(deliveries.day[row]).toBeGreaterThanOrEqual(due);
    if (deliveries.day[row] === due) {
      missed[d] -= deliveries.quantity[row];
      continue;
    }
    expect(order.policy).not.toBe('onTimeOrNever');
    const wait = order.latenessMaxDays ?? Number.POSITIVE_INFINITY;
    expect(deliveries.day[row]).toBeLessThanOrEqual(Math.max(due, demands.dueDay[d] + wait));
  }
  for (let d = 0; d < demands.count; d++) {
    expect(given[d]).toBeLessThanOrEqual(demands.quantity[d] + EPS);
    if ((model.demands[demands.row[d]].policy ?? 'partial') === 'partial' || given[d] === 0) continue;
    law(times[d] === 1, 'a complete delivery is one');
    expect(given[d]).toBeCloseTo(demands.quantity[d], 3);
  }
  for (let row = 0; row < delays.count; row++) missed[delays.demand[row]] -= delays.quantity[row];
  for (const rest of missed) law(Math.abs(rest) < EPS, 'every unit late or short has a cause');
}
