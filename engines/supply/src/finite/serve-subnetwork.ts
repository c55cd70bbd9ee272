/**
 * Makes the promises of one sub-network, and sees to it that overtime never serves less: where it was booked the
 * promises are made without it as well. Those with it are kept where they have as much on time in all, and the first of
 * the priorities that differ, in the order in which they are served, has more.
 *
 * A demand that is saved by overtime takes components, too, which another of a lower priority might have had on its day;
 * no order in which a greedy method asks can rule that out.
 */
import { appendRows, rowsBetween, type Table } from './columns.ts';
import { payOwed } from './owed.ts';
import { planDemands, type Sequence } from './plan-demands.ts';
import { servePass, type Served, type Serving } from './serve-pass.ts';
import { openSubnetwork, type ReceiptsOfPoint } from './open-subnetwork.ts';
import { CRUMB, type PlanState } from './plan-state.ts';

/** Opens the stock of a sub-network, and says how it is served, with overtime or without. */
export type ServingOf = (hasOvertime: boolean, receiptsOf: ReceiptsOfPoint) => Serving;

export const plainServing =
  (state: PlanState, subnetwork: number): ServingOf =>
  (_, receiptsOf) => {
    openSubnetwork(state, subnetwork, receiptsOf);
    return { runPass: servePass, end: () => undefined };
  };

/** What is known of the promises that stand. */
export function serveSubnetwork(
  state: PlanState,
  subnetwork: number,
  receiptsOf: ReceiptsOfPoint,
  sequence: Sequence,
  servingOf: ServingOf,
): Served {
  const { demandStart } = state.network.subnetworks;
  const firstDelivery = state.deliveries.count;
  const serve = (hasOvertime: boolean): Served => {
    state.hasOvertime = hasOvertime;
    const { runPass, end } = servingOf(hasOvertime, receiptsOf);
    payOwed(state, subnetwork, runPass);
    planDemands(state, demandStart[subnetwork], demandStart[subnetwork + 1], sequence, runPass);
    return end();
  };
  const sources = sourcesOf(state, subnetwork);
  const resources = resourcesOf(state, sources);
  if (!hasOvertime(state, resources)) return serve(false);
  const part = { state, subnetwork, sources, resources };
  const firstRows = rowCounts(state);
  const served = serve(true);
  if (!takesOvertime(state, resources)) return served;
  const withOvertime = onTimeByPriority(state, subnetwork, firstDelivery);
  const restore = remembered(part, firstRows);
  takeBack(part, firstRows);
  const without = serve(false);
  if (!isBetter(withOvertime, onTimeByPriority(state, subnetwork, firstDelivery))) return without;
  takeBack(part, firstRows);
  restore();
  return served;
}

/** No less in all, and more of the first priority that differs. */
function isBetter(those: Float64Array, others: Float64Array): boolean {
  const total = (quantities: Float64Array): number => quantities.reduce((sum, quantity) => sum + quantity, 0);
  if (total(those) < total(others) - CRUMB) return false;
  const first = those.findIndex((quantity, i) => Math.abs(quantity - others[i]) > CRUMB);
  return first < 0 || those[first] > others[first];
}

function sourcesOf({ network: { points, subnetworks } }: PlanState, subnetwork: number): Int32Array {
  const own = subnetworks.points.subarray(
    subnetworks.pointStart[subnetwork],
    subnetworks.pointStart[subnetwork + 1],
  );
  const sources: number[] = [];
  for (const point of own) {
    for (let i = points.sourceStart[point]; i < points.sourceStart[point + 1]; i++) {
      sources.push(points.sources[i]);
    }
  }
  return Int32Array.from(sources);
}

function resourcesOf({ network: { sources, loads } }: PlanState, rows: Int32Array): Set<number> {
  const own = new Set<number>();
  for (const source of rows) {
    const end = loads.optionStart[sources.loadStart[source + 1]];
    for (let option = loads.optionStart[sources.loadStart[source]]; option < end; option++) {
      own.add(loads.resource[option]);
    }
  }
  return own;
}

function hasOvertime({ network: { resources } }: PlanState, own: Set<number>): boolean {
  for (const resource of own) {
    const [first, end] = [resources.bucketStart[resource], resources.bucketStart[resource + 1]];
    if (resources.overtime.subarray(first, end).some((hours) => hours > 0)) return true;
  }
  return false;
}

/** Are any hours booked above what is stated, beyond those that are committed? */
function takesOvertime({ network: { resources }, hours }: PlanState, own: Set<number>): boolean {
  const { bucketStart, capacity, committed } = resources;
  for (const resource of own) {
    for (let bucket = bucketStart[resource]; bucket < bucketStart[resource + 1]; bucket++) {
      if (hours[bucket] > Math.max(capacity[bucket], committed[bucket]) + CRUMB) return true;
    }
  }
  return false;
}

type Part = {
  readonly state: PlanState;
  readonly subnetwork: number;
  readonly sources: Int32Array;
  readonly resources: Set<number>;
};

const tablesOf = ({
  orders,
  uses,
  booked,
  deliveries,
  delays,
  alternates,
  pegs,
  batches,
}: PlanState): Table[] => [orders, uses, booked, deliveries, delays, alternates, pegs, batches];

const rowCounts = (state: PlanState): number[] => tablesOf(state).map(({ count }) => count);

/** Takes a sub-network back to before its promises; the stock is opened anew by who serves it. */
function takeBack({ state, subnetwork, sources, resources: own }: Part, firstRows: readonly number[]): void {
  const { subnetworks, resources, bucketCount } = state.network;
  const { maximumRow } = state.network.sources;
  tablesOf(state).forEach((table, i) => (table.count = firstRows[i]));
  for (const resource of own) {
    const [first, end] = [resources.bucketStart[resource], resources.bucketStart[resource + 1]];
    state.hours.set(resources.committed.subarray(first, end), first);
  }
  for (const source of sources) {
    state.ordered[source] = 0;
    const row = maximumRow[source];
    if (row >= 0) state.maximumUsed.fill(0, row, row + bucketCount);
  }
  for (let i = subnetworks.pointStart[subnetwork]; i < subnetworks.pointStart[subnetwork + 1]; i++) {
    state.newestBatch[subnetworks.points[i]] = -1;
  }
}

/** The promises as they are, to be put back in place of others; but for the stock, which is written anew where it is needed. */
function remembered({ state, subnetwork }: Part, firstRows: readonly number[]): () => void {
  const { subnetworks } = state.network;
  const points = subnetworks.points.subarray(
    subnetworks.pointStart[subnetwork],
    subnetworks.pointStart[subnetwork + 1],
  );
  const { hours, maximumUsed, ordered, newestBatch } = state;
  const kept = { hours: hours.slice(), maximumUsed: maximumUsed.slice(), ordered: ordered.slice() };
  const newest = points.map((point) => newestBatch[point]);
  const rows = tablesOf(state).map((table, i) => rowsBetween(table, firstRows[i], table.count));
  return () => {
    hours.set(kept.hours);
    maximumUsed.set(kept.maximumUsed);
    ordered.set(kept.ordered);
    points.forEach((point, i) => (newestBatch[point] = newest[i]));
    tablesOf(state).forEach((table, i) => {
      table.count = firstRows[i];
      appendRows(table, rows[i], 0, rows[i].count);
    });
  };
}

/** Quantity on time of each tier and priority, in the order in which they are served. */
function onTimeByPriority(
  { network, deliveries }: PlanState,
  subnetwork: number,
  first: number,
): Float64Array {
  const { demands, terms, subnetworks } = network;
  const rankOf = new Map<number, number>();
  const name = (demand: number) => terms.tier[demand] * RANKS + demands.priority[demand];
  const [from, end] = [subnetworks.demandStart[subnetwork], subnetworks.demandStart[subnetwork + 1]];
  for (let i = from; i < end; i++) {
    const rank = name(subnetworks.demands[i]);
    if (!rankOf.has(rank)) rankOf.set(rank, rankOf.size);
  }
  const onTime = new Float64Array(rankOf.size);
  for (let row = first; row < deliveries.count; row++) {
    const demand = deliveries.demand[row];
    if (deliveries.day[row] === terms.day[demand])
      onTime[rankOf.get(name(demand)) ?? 0] += deliveries.quantity[row];
  }
  return onTime;
}

// Priorities are far below it, so that tier and priority make one number.
const RANKS = 2 ** 32;
