/** Puts plans of disjoint runs of sub-networks side by side. */
import { assert } from '@planwright/units';
import { type FinitePlan, SUPPLY_KIND, USE_KIND } from '../model/finite-plan.ts';
import type { FiniteNetwork } from './network.ts';

/**
 * The plan of a network from the plans of runs of its sub-networks (`planFiniteSubnetworks`), given in the order of the
 * runs: the same bytes as `planFinite`, however they were cut. Hours of a resource are those of the run that booked any.
 */
export function mergedFinitePlans(network: FiniteNetwork, pieces: readonly FinitePlan[]): FinitePlan {
  assert(pieces.length > 0, 'there is a plan to merge');
  const firstOrder: number[] = [];
  let orderCount = 0;
  for (const { orders } of pieces) {
    firstOrder.push(orderCount);
    orderCount += orders.count;
  }
  const merged: FinitePlan = {
    demands: network.demands,
    orders: joined(pieces.map(({ orders }) => orders)),
    deliveries: joined(pieces.map(({ deliveries }) => deliveries)),
    pegs: joined(pieces.map(({ pegs }) => pegs)),
    delays: joined(pieces.map(({ delays }) => delays)),
    alternates: joined(pieces.map(({ alternates }) => alternates)),
    resourceStart: network.resources.bucketStart,
    loadHours: network.resources.committed.slice(),
  };
  let [peg, alternate] = [0, 0];
  pieces.forEach(({ pegs, alternates, loadHours }, piece) => {
    for (const last = alternate + alternates.count; alternate < last; alternate++) {
      merged.alternates.order[alternate] += firstOrder[piece];
    }
    const end = peg + pegs.count;
    for (; peg < end; peg++) {
      if (merged.pegs.supplyKind[peg] === SUPPLY_KIND.order) merged.pegs.supply[peg] += firstOrder[piece];
      if (merged.pegs.useKind[peg] === USE_KIND.order) merged.pegs.use[peg] += firstOrder[piece];
    }
    for (let bucket = 0; bucket < loadHours.length; bucket++) {
      if (loadHours[bucket] !== network.resources.committed[bucket])
        merged.loadHours[bucket] = loadHours[bucket];
    }
  });
  return merged;
}

/** One table of all rows, in the order of the tables. */
function joined<Table extends { readonly count: number }>(tables: readonly Table[]): Table {
  const count = tables.reduce((sum, table) => sum + table.count, 0);
  const names = Object.keys(tables[0]).filter((name) => name !== 'count') as (keyof Table & string)[];
  const columns = names.map((name) => {
    const first: unknown = tables[0][name];
    const whole =
      first instanceof Float64Array
        ? new Float64Array(count)
        : first instanceof Int32Array
          ? new Int32Array(count)
          : new Uint8Array(count);
    let at = 0;
    for (const table of tables) {
      whole.set(table[name] as ArrayLike<number>, at);
      at += table.count;
    }
    return [name, whole];
  });
  return { ...(Object.fromEntries(columns) as Table), count };
}
