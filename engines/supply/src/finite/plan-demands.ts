/**
 * The order in which demands are served, and what late ones do.
 *
 * Demands of one tier and priority are served in two passes: first each gets what it can have on its day; then the
 * rest is brought as early as the constraints let it, stepping from one day on which more may be had to the next. A
 * demand that is late anyway thus never takes the hours of one that can be on time, while no lower priority is asked
 * before a higher one is done. In both passes those that ask the fewest hours come first: where hours are short, fewer
 * customers wait. What is due before anything could be made from nothing competes for stock, and goes by day.
 * `strict` serves each demand to its end before the next: the plain rule of priority and due day.
 *
 * Overtime is booked where it costs less than waiting would (and than losing the sale, where no wait helps): the late
 * plan is made, its cost compared with the hours that being on time takes, and the cheaper one kept. Who can be on time
 * by it is asked before anyone is late: a late demand never takes overtime that saves another of its priority.
 */
import { USE_KIND } from '../model/finite-plan.ts';
import { grown } from './columns.ts';
import { NEVER, SHIP } from './network.ts';
import { addHours, commit, CRUMB, type PlanState, rollBack } from './plan-state.ts';
import { ask } from './procure.ts';
import type { RunPass } from './serve-pass.ts';

export type Sequence = 'onTimeFirst' | 'strict';

/** Serves the demands [first, end) of the planning order of a sub-network. */
export function planDemands(
  state: PlanState,
  first: number,
  end: number,
  sequence: Sequence,
  runPass: RunPass,
): void {
  const { demands, terms, subnetworks } = state.network;
  const order = subnetworks.demands;
  let from = first;
  while (from < end) {
    let to = from + 1;
    while (
      to < end &&
      terms.tier[order[to]] === terms.tier[order[from]] &&
      demands.priority[order[to]] === demands.priority[order[from]]
    ) {
      to += 1;
    }
    if (sequence === 'strict') {
      for (let i = from; i < to; i++) serveLate(state, order[i], serveOnTime(state, order[i]));
    } else {
      serveTier(state, from, to, runPass);
    }
    from = to;
  }
}

/** Demands of one tier and priority: first who can be on time, then the late ones, each pass the smallest first. */
function serveTier(state: PlanState, from: number, to: number, runPass: RunPass): void {
  const { demands, subnetworks, terms } = state.network;
  const { hoursPerUnit, openDay } = state;
  const own = subnetworks.demands.slice(from, to);
  const left = new Float64Array(to - from);
  const key = new Float64Array(to - from);
  for (let i = 0; i < own.length; i++) {
    const point = demands.stockPoint[own[i]];
    const day = terms.day[own[i]];
    left[i] = demands.quantity[own[i]];
    key[i] = day < openDay[point] ? day - NEVER : hoursPerUnit[point] * left[i];
  }
  // Places are by day already, so equal keys stay in order of their days.
  runPass({
    demands: own,
    places: own.map((_, i) => i),
    keys: key,
    left,
    serve: (i) => (left[i] = serveOnTime(state, own[i])),
  });
  const waiting: number[] = [];
  for (let i = 0; i < own.length; i++) {
    if (left[i] <= CRUMB) continue;
    waiting.push(i);
    key[i] = hoursPerUnit[demands.stockPoint[own[i]]] * left[i];
  }
  const latePass = { demands: own, places: waiting, keys: key, left };
  if (state.hasOvertime) {
    runPass({ ...latePass, serve: (i) => (left[i] = serveByOvertime(state, own[i], left[i])) });
  }
  runPass({ ...latePass, serve: (i) => serveLate(state, own[i], left[i]) });
}

/** What a demand can have on its day; returns what is left. */
function serveOnTime(state: PlanState, demand: number): number {
  const { demands, terms } = state.network;
  const quantity = demands.quantity[demand];
  const [orders, uses, pegs] = [state.orders.count, state.uses.count, state.pegs.count];
  beginDemand(state, demand);
  const had = ask(state, demands.stockPoint[demand], quantity, terms.day[demand], true);
  const isWhole = quantity - had <= CRUMB;
  if (!isWhole && terms.policy[demand] !== SHIP.partial) {
    rollBack(state, orders, uses, 0, pegs);
    commit(state);
    return quantity;
  }
  commit(state);
  if (had > CRUMB) deliver(state, demand, terms.day[demand], had);
  return isWhole ? 0 : quantity - had;
}

/** What a demand that would be late can have on its day by overtime, where that costs less; returns what is left. */
function serveByOvertime(state: PlanState, demand: number, left: number): number {
  const { demands, terms } = state.network;
  const due = terms.day[demand];
  state.watch?.looksElsewhere(); // At what hours cost.
  const mark = markOf(state);
  const waitingCost = serveAfter(state, demand, left);
  takeBack(state, mark);
  beginDemand(state, demand);
  state.overtimeAllowed = true;
  const had = ask(state, demands.stockPoint[demand], left, due, true);
  state.overtimeAllowed = false;
  const rest = left - had > CRUMB ? left - had : 0;
  const isUseful = had > CRUMB && (rest === 0 || terms.policy[demand] === SHIP.partial);
  if (isUseful) {
    deliver(state, demand, due, had);
    const hoursCost = overtimeCost(state);
    const onTime = markOf(state);
    const restCost = rest > 0 ? serveAfter(state, demand, rest) : 0;
    takeBack(state, onTime);
    if (hoursCost + restCost <= waitingCost) {
      commit(state);
      return rest;
    }
  }
  takeBack(state, mark);
  commit(state);
  return left;
}

function beginDemand(state: PlanState, demand: number): void {
  state.useKind = USE_KIND.demand;
  state.useIndex = demand;
  state.buildsAhead = true;
}

function deliver(state: PlanState, demand: number, day: number, quantity: number): void {
  const { deliveries } = state;
  grown(deliveries, deliveries.day);
  const row = deliveries.count++;
  deliveries.demand[row] = demand;
  deliveries.day[row] = day;
  deliveries.quantity[row] = quantity;
}

function noteDelay(
  { delays }: PlanState,
  demand: number,
  cause: number,
  subject: number,
  day: number,
  quantity: number,
): void {
  grown(delays, delays.day);
  const row = delays.count++;
  delays.demand[row] = demand;
  delays.cause[row] = cause;
  delays.subject[row] = subject;
  delays.day[row] = day;
  delays.quantity[row] = quantity;
}

/** Brings what is left of a demand after its day, or by overtime on it, whichever costs less. */
function serveLate(state: PlanState, demand: number, left: number): void {
  if (left <= CRUMB) return;
  const mark = markOf(state);
  const cost = serveAfter(state, demand, left);
  if (state.hasOvertime) {
    state.watch?.looksElsewhere();
    takeBack(state, mark);
    state.overtimeAllowed = true;
    const overtimeMoney = serveAfter(state, demand, left) + overtimeCost(state);
    state.overtimeAllowed = false;
    if (overtimeMoney > cost) {
      takeBack(state, mark);
      serveAfter(state, demand, left);
    }
  }
  commit(state);
}

type Mark = {
  readonly orders: number;
  readonly uses: number;
  readonly booked: number;
  readonly pegs: number;
  readonly deliveries: number;
  readonly delays: number;
};

function markOf({ orders, uses, booked, pegs, deliveries, delays }: PlanState): Mark {
  return {
    orders: orders.count,
    uses: uses.count,
    booked: booked.count,
    pegs: pegs.count,
    deliveries: deliveries.count,
    delays: delays.count,
  };
}

function takeBack(state: PlanState, mark: Mark): void {
  rollBack(state, mark.orders, mark.uses, mark.booked, mark.pegs);
  state.deliveries.count = mark.deliveries;
  state.delays.count = mark.delays;
}

/** Money for the hours above the stated capacity that were booked since the last commitment. */
function overtimeCost(state: PlanState): number {
  const { booked, hours, network } = state;
  const { capacity, overtimeCost: costPerHour } = network.resources;
  let cost = 0;
  for (let row = booked.count - 1; row >= 0; row--) {
    const bucket = booked.bucket[row];
    const above = Math.max(0, hours[bucket] - capacity[bucket]);
    addHours(state, bucket, -booked.hours[row]);
    cost += (above - Math.max(0, hours[bucket] - capacity[bucket])) * costPerHour[bucket];
  }
  for (let row = 0; row < booked.count; row++) addHours(state, booked.bucket[row], booked.hours[row]);
  return cost;
}

/** Serves `left` from its day on; what the waiting and what never comes costs. */
function serveAfter(state: PlanState, demand: number, left: number): number {
  const { demands, terms, points } = state.network;
  const due = terms.day[demand];
  const point = demands.stockPoint[demand];
  const isPartial = terms.policy[demand] === SHIP.partial;
  beginDemand(state, demand);
  let rest = left;
  let cost = 0;
  let day = due;
  while (rest > CRUMB) {
    const { orders, uses, pegs, booked } = state;
    const [orderCount, useCount, bookedCount, pegCount] = [
      orders.count,
      uses.count,
      booked.count,
      pegs.count,
    ];
    const [cause, subject] = [state.cause, state.subject];
    let had = ask(state, point, rest, day, true);
    if (!isPartial && had < rest - CRUMB) {
      rollBack(state, orderCount, useCount, bookedCount, pegCount);
      had = 0;
    }
    if (had > CRUMB) {
      deliver(state, demand, day, had);
      if (day > due) noteDelay(state, demand, cause, subject, day, had);
      cost += had * (day - due) * terms.waitCost[demand];
      rest = rest - had > CRUMB ? rest - had : 0;
    }
    if (rest === 0 || state.replyDay > terms.lastDay[demand]) break;
    // What hours of earlier buckets allow was had on the first day; a demand that must come whole asks anew each time.
    state.buildsAhead = !isPartial || points.orderUseDays[point] < NEVER;
    day = state.replyDay;
  }
  if (rest > 0) noteDelay(state, demand, state.cause, state.subject, -1, rest);
  return cost + rest * terms.lossCost[demand];
}
