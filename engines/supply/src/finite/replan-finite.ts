/**
 * Plans again only what a change reaches: the sub-networks of the points that changed, as they were and as they are
 * now. The rest of the plan is taken over. Where there are journals of the plan before (`planToReplan`), the promises of
 * a sub-network that is reached ask anew only whom the change reaches, and so do drawing its orders together and filling
 * its safety stock; only pegs are all found anew. The result is that of a full run, to the byte.
 *
 * Cost  the planning of the sub-networks reached, and one pass over the rows of the plan.
 */
import { assert } from '@planwright/units';
import {
  DEMAND_KIND,
  type FiniteDemands,
  type FinitePlan,
  SUPPLY_KIND,
  USE_KIND,
} from '../model/finite-plan.ts';
import { mergedFinitePlans } from './merge-plans.ts';
import { editedParts, type Journals, type Memory } from './memory.ts';
import type { FiniteNetwork } from './network.ts';
import { type FiniteOptions, planFinite, planFiniteSubnetworks } from './plan-finite.ts';
import type { SpareLedger } from './plan-state.ts';

/** A plan with what it was made of, and how. */
export type PlannedNetwork = {
  readonly network: FiniteNetwork;
  readonly plan: FinitePlan;
  readonly journals?: Journals;
  readonly spare?: SpareLedger;
};

/**
 * A plan that changes will be tried on. Keeping the journals takes about half the time of the plan once more, and 1,300 bytes
 * a demand; none is kept of sub-networks in which stock ages, nor where demands are served strictly, in no passes.
 */
export function planToReplan(network: FiniteNetwork, options: FiniteOptions = {}): PlannedNetwork {
  if (options.sequence === 'strict') return { network, plan: planFinite(network, options) };
  const journals: Journals = new Map();
  const plan = planFiniteSubnetworks(network, 0, network.subnetworks.count, options, { kept: journals });
  return { network, plan, journals, spare: { ledger: undefined } };
}

/**
 * @param network compiled from the changed model; stock points, sources and resources have the rows they had
 * @param previous the network and its plan before, made with the same options
 * @param changedPoints rows of the stock points whose stock, demands, receipts, sources, components or loads changed;
 * where the hours of a resource changed, any point that loads it
 */
export function replanFinite(
  network: FiniteNetwork,
  previous: PlannedNetwork,
  changedPoints: Iterable<number>,
  options: FiniteOptions = {},
): FinitePlan {
  const before = previous.network;
  assert(before.points.count === network.points.count, 'stock points have the rows they had');
  assert(before.sources.count === network.sources.count, 'sources have the rows they had');
  assert(
    before.resources.capacity.length === network.resources.capacity.length,
    'resources have the buckets they had',
  );
  const isReached = pointsReached([before, network], changedPoints);
  const { subnetworks } = network;
  const memory = memoryOf(network, previous);
  if (!isReached.includes(0)) return planFiniteSubnetworks(network, 0, subnetworks.count, options, memory);
  const kept = keptRows(network, previous, isReached);
  const firstPoint = (n: number) => subnetworks.points[subnetworks.pointStart[n]];
  const wasBefore = (n: number) => before.subnetworks.ofPoint[firstPoint(n)];
  const pieces: FinitePlan[] = [];
  for (let from = 0; from < subnetworks.count; ) {
    const reached = isReached[firstPoint(from)];
    let to = from + 1;
    while (
      to < subnetworks.count &&
      isReached[firstPoint(to)] === reached &&
      (reached === 1 || wasBefore(to) === wasBefore(to - 1) + 1)
    ) {
      to += 1;
    }
    pieces.push(
      reached === 1
        ? planFiniteSubnetworks(network, from, to, options, memory)
        : keptPiece(kept, wasBefore(from), wasBefore(to - 1) + 1),
    );
    from = to;
  }
  const plan = mergedFinitePlans(network, pieces);
  restoreHours(network, previous, isReached, plan);
  return plan;
}

function memoryOf(
  network: FiniteNetwork,
  { network: before, journals, spare }: PlannedNetwork,
): Memory | undefined {
  if (journals === undefined) return undefined;
  const edited = editedParts(network, before);
  return edited && { before: journals, edited, spare };
}

/** Points whose sub-network, in any of the networks, holds a point that changed or one that is reached. */
function pointsReached(networks: readonly FiniteNetwork[], changedPoints: Iterable<number>): Uint8Array {
  const isReached = new Uint8Array(networks[0].points.count);
  const queue = [...changedPoints];
  const done = networks.map(({ subnetworks }) => new Uint8Array(subnetworks.count));
  for (let point = queue.pop(); point !== undefined; point = queue.pop()) {
    isReached[point] = 1;
    for (let i = 0; i < networks.length; i++) {
      const { ofPoint, pointStart, points } = networks[i].subnetworks;
      const subnetwork = ofPoint[point];
      if (done[i][subnetwork] === 1) continue;
      done[i][subnetwork] = 1;
      for (let at = pointStart[subnetwork]; at < pointStart[subnetwork + 1]; at++) queue.push(points[at]);
    }
  }
  return isReached;
}

type KeptRows = {
  readonly plan: FinitePlan;
  readonly hours: Float64Array;
  /** First row of each old sub-network. */
  readonly orderStart: Int32Array;
  readonly deliveryStart: Int32Array;
  readonly pegStart: Int32Array;
  readonly delayStart: Int32Array;
  readonly alternateStart: Int32Array;
  /** New rows of old demands; -1 where they were reached. */
  readonly demandRow: Int32Array;
};

function keptRows(
  network: FiniteNetwork,
  { network: before, plan }: { readonly network: FiniteNetwork; readonly plan: FinitePlan },
  isReached: Uint8Array,
): KeptRows {
  const { ofPoint, count } = before.subnetworks;
  const ofSource = (source: number) => ofPoint[before.sources.point[source]];
  const ofDemand = (demand: number) => ofPoint[plan.demands.stockPoint[demand]];
  const ofPeg = (row: number) => {
    const use = plan.pegs.use[row];
    if (plan.pegs.useKind[row] === USE_KIND.order) return ofSource(plan.orders.source[use]);
    return plan.pegs.useKind[row] === USE_KIND.demand ? ofDemand(use) : ofPoint[use];
  };
  return {
    plan,
    hours: network.resources.committed,
    orderStart: firstRows(plan.orders.count, count, (row) => ofSource(plan.orders.source[row])),
    deliveryStart: firstRows(plan.deliveries.count, count, (row) => ofDemand(plan.deliveries.demand[row])),
    pegStart: firstRows(plan.pegs.count, count, ofPeg),
    delayStart: firstRows(plan.delays.count, count, (row) => ofDemand(plan.delays.demand[row])),
    alternateStart: firstRows(plan.alternates.count, count, (row) =>
      ofSource(plan.orders.source[plan.alternates.order[row]]),
    ),
    demandRow: newDemandRows(plan.demands, network.demands, isReached),
  };
}

/** First row of each sub-network; a plan has its rows in the order of the sub-networks, so few have to be looked at. */
function firstRows(rowCount: number, count: number, subnetworkOf: (row: number) => number): Int32Array {
  const start = new Int32Array(count + 1);
  for (let n = 1; n <= count; n++) {
    let [low, high] = [start[n - 1], rowCount];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (subnetworkOf(middle) < n) low = middle + 1;
      else high = middle;
    }
    start[n] = low;
  }
  return start;
}

/** Demands of points that were not reached are the same in both tables, in the same order. */
function newDemandRows(before: FiniteDemands, now: FiniteDemands, isReached: Uint8Array): Int32Array {
  const rows = new Int32Array(before.count).fill(-1);
  let next = 0;
  for (let row = 0; row < before.count; row++) {
    if (isReached[before.stockPoint[row]] === 1) continue;
    while (next < now.count && isReached[now.stockPoint[next]] === 1) next += 1;
    const isSame =
      next < now.count &&
      now.stockPoint[next] === before.stockPoint[row] &&
      now.dueDay[next] === before.dueDay[row] &&
      now.quantity[next] === before.quantity[row] &&
      (now.kind[next] === DEMAND_KIND.order) === (before.kind[row] === DEMAND_KIND.order);
    assert(isSame, 'demands of points that are not named as changed are the same');
    rows[row] = next++;
  }
  return rows;
}

/** The rows of the old sub-networks [from, to), under the numbers of a plan that holds them alone. */
function keptPiece(kept: KeptRows, from: number, to: number): FinitePlan {
  const { plan, hours, demandRow, orderStart } = kept;
  const firstOrder = orderStart[from];
  const orders = rowsOf(plan.orders, firstOrder, orderStart[to]);
  const deliveries = rowsOf(plan.deliveries, kept.deliveryStart[from], kept.deliveryStart[to], 'demand');
  const delays = rowsOf(plan.delays, kept.delayStart[from], kept.delayStart[to], 'demand');
  const pegs = rowsOf(plan.pegs, kept.pegStart[from], kept.pegStart[to], 'supply', 'use');
  const [firstAlternate, endAlternate] = [kept.alternateStart[from], kept.alternateStart[to]];
  const alternates = rowsOf(plan.alternates, firstAlternate, endAlternate, 'order');
  for (let row = 0; row < alternates.count; row++) alternates.order[row] -= firstOrder;
  for (let row = 0; row < deliveries.count; row++) deliveries.demand[row] = demandRow[deliveries.demand[row]];
  for (let row = 0; row < delays.count; row++) delays.demand[row] = demandRow[delays.demand[row]];
  for (let row = 0; row < pegs.count; row++) {
    if (pegs.supplyKind[row] === SUPPLY_KIND.order) pegs.supply[row] -= firstOrder;
    if (pegs.useKind[row] === USE_KIND.order) pegs.use[row] -= firstOrder;
    if (pegs.useKind[row] === USE_KIND.demand) pegs.use[row] = demandRow[pegs.use[row]];
  }
  return { ...plan, orders, deliveries, delays, alternates, pegs, loadHours: hours };
}

/** Rows of a table, on its own memory but for the columns that are to be changed. */
function rowsOf<Table extends { readonly count: number }>(
  table: Table,
  from: number,
  to: number,
  ...changed: string[]
): Table {
  const columns = Object.entries(table).map(([name, column]: [string, unknown]) => {
    if (!(column instanceof Float64Array || column instanceof Int32Array || column instanceof Uint8Array)) {
      return [name, to - from];
    }
    return [name, changed.includes(name) ? column.slice(from, to) : column.subarray(from, to)];
  });
  return Object.fromEntries(columns) as Table;
}

/** Hours of resources that no reached point loads are those of the plan before. */
function restoreHours(
  { sources, loads, resources }: FiniteNetwork,
  { network: before, plan: old }: { readonly network: FiniteNetwork; readonly plan: FinitePlan },
  isReached: Uint8Array,
  plan: FinitePlan,
): void {
  const isPlanned = new Uint8Array(resources.count);
  for (const part of [{ sources, loads }, before]) {
    for (let s = 0; s < part.sources.count; s++) {
      if (isReached[part.sources.point[s]] === 0) continue;
      const end = part.loads.optionStart[part.sources.loadStart[s + 1]];
      for (let o = part.loads.optionStart[part.sources.loadStart[s]]; o < end; o++)
        isPlanned[part.loads.resource[o]] = 1;
    }
  }
  for (let r = 0; r < resources.count; r++) {
    if (isPlanned[r] === 1) continue;
    const [first, end] = [resources.bucketStart[r], resources.bucketStart[r + 1]];
    plan.loadHours.set(old.loadHours.subarray(first, end), first);
  }
}
