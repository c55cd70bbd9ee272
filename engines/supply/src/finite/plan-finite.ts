/**
 * The constrained plan: every demand as near to its day as material, lead times and capacity let it, by priority.
 *
 * What is promised is kept: stock never falls below 0, nothing starts before today, no bucket of a resource takes more
 * hours than it has, lots obey their rules (see `FinitePlan` and the laws in the tests).
 * Same network, same plan, to the last byte, whatever the number of threads: sub-networks are planned one for one, and
 * `mergedFinitePlans` puts them side by side in their order.
 *
 * Cost    demands x stock points below them x (32 + days / 32) steps, times the days a late demand steps through.
 * Memory  9 bytes for each stock point and day of the largest sub-network, and about 100 bytes a demand and order.
 * Limits  A greedy method: it proves nothing about the optimum. A lot must fit into one bucket of its resources. More
 *         supply is known never to serve less on time only where one priority competes for hours and stock alone, in
 *         any quantity; with lots, several priorities, or components that come later, it can happen (of overtime it
 *         cannot: see `serveSubnetwork`). Orders that fill safety stock are not joined. Stock that is past
 *         its shelf life serves no one but still counts as lying there, for storage and safety stock.
 */
import { assert } from '@planwright/units';
import type { FinitePlan } from '../model/finite-plan.ts';
import { rowsByOwner } from './compile-points.ts';
import { fillSafetyStock } from './fill-safety.ts';
import { type FiniteNetwork, NEVER } from './network.ts';
import { pegSubnetwork } from './peg.ts';
import type { Sequence } from './plan-demands.ts';
import { drawingOf, fillingOf, type Memory, servingOf } from './memory.ts';
import { serveSubnetwork } from './serve-subnetwork.ts';
import { stockLedger } from './stock-ledger.ts';
import { tightenSubnetwork } from './tighten.ts';
import { nothingTightened } from './tightening.ts';
import { wantsSafety } from './open-subnetwork.ts';
import { type PlanState, planState } from './plan-state.ts';

export type FiniteOptions = {
  /**
   * `onTimeFirst` (default): within a priority, demands that can be on time are served before late ones.
   * `strict`: by priority and due day, each to its end before the next, stock before orders, and orders as they fell.
   */
  readonly sequence?: Sequence;
  /**
   * Promises take hours at most so many days ahead of the demand they are for, also where the stock point sets no limit.
   * Default: no limit. Once promised, what costs least an hour may be made earlier still, in place of what costs more.
   */
  readonly buildAheadMaxDays?: number;
  /**
   * Orders of a source that start in one week become one, where they take the same buckets of their resources and what
   * they are made of is there: fewer orders, for stock of up to six days. Default false: only those of one day do.
   */
  readonly joinsWeeks?: boolean;
};

/** The plan of the whole network. */
export function planFinite(network: FiniteNetwork, options: FiniteOptions = {}): FinitePlan {
  return planFiniteSubnetworks(network, 0, network.subnetworks.count, options);
}

/**
 * The plan of the sub-networks [from, to) alone; rows of the others are not in it, their hours are as committed.
 * @param memory journals of the promises, to be kept or to go by; the plan is the same
 */
export function planFiniteSubnetworks(
  network: FiniteNetwork,
  from: number,
  to: number,
  { sequence = 'onTimeFirst', buildAheadMaxDays = NEVER, joinsWeeks = false }: FiniteOptions = {},
  memory?: Memory,
): FinitePlan {
  const { count } = network.subnetworks;
  assert(from >= 0 && from <= to && to <= count, 'sub-networks are of the network');
  const traits = {
    ...network.traits,
    ...(sequence === 'strict' ? nothingTightened(network) : undefined),
    joinsWeeks,
    buildAheadMaxDays,
  };
  const state = planState(network, from, to, traits, memory && 'spare' in memory ? memory.spare : undefined);
  const receiptsOf = rowsByOwner(network.receipts.point, network.points.count);
  for (let n = from; n < to; n++) {
    const firstOrder = state.orders.count;
    const served = serveSubnetwork(state, n, receiptsOf, sequence, servingOf(state, n, memory));
    state.ledger = stockLedger([]);
    const drawn = tightenSubnetwork(state, n, firstOrder, receiptsOf, drawingOf(state, n, memory, served));
    if (wantsSafety(network, n)) {
      fillSafetyStock(state, n, firstOrder, receiptsOf, fillingOf(state, n, memory, drawn));
    }
    pegSubnetwork(state, n, firstOrder, receiptsOf);
  }
  return planOf(state);
}

/** Inside, days count from the as-of day; a plan's days are days of the calendar, and -1 stays never. */
function planOf({ network, orders, deliveries, donePegs, delays, alternates, hours }: PlanState): FinitePlan {
  const plan = {
    orders: trimmed(orders),
    deliveries: trimmed(deliveries),
    delays: trimmed(delays),
    alternates: trimmed(alternates),
  };
  for (const days of [plan.orders.startDay, plan.orders.endDay, plan.deliveries.day, plan.delays.day]) {
    for (let row = 0; row < days.length; row++) if (days[row] >= 0) days[row] += network.asOfDay;
  }
  return {
    ...plan,
    demands: network.demands,
    pegs: trimmed(donePegs),
    resourceStart: network.resources.bucketStart,
    loadHours: hours.slice(),
  };
}

/** The table with columns as long as it has rows: a copy only where that gives back more than it takes. */
function trimmed<Table extends { count: number }>(table: Table): Table {
  const { count } = table;
  const columns = Object.entries(table).map(([name, value]: [string, unknown]) => [
    name,
    trimmedColumn(value, count),
  ]);
  return Object.fromEntries(columns) as Table;
}

function trimmedColumn(column: unknown, count: number): unknown {
  if (!(column instanceof Float64Array || column instanceof Int32Array || column instanceof Uint8Array))
    return column;
  return 2 * count < column.length ? column.slice(0, count) : column.subarray(0, count);
}
