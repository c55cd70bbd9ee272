/** What follows from the rows of a network alone: worked out once, when it is compiled, for every plan of it goes by it. */
import { rowsByOwner } from './compile-points.ts';
import type { FiniteNetwork, NetworkRows } from './network.ts';
import { earlyNeeds, hoursPerUnit, openDays } from './open-days.ts';
import { tighteningOf } from './tightening.ts';

export function withTraits(rows: NetworkRows): FiniteNetwork {
  const { count, depth } = rows.points;
  const deepestFirst = rowsByOwner(depth, count).rows.reverse();
  const openDay = openDays(rows, deepestFirst);
  return {
    ...rows,
    traits: {
      ...tighteningOf(rows, deepestFirst),
      openDay,
      earlyNeed: earlyNeeds(rows, openDay, deepestFirst),
      hoursPerUnit: hoursPerUnit(rows, deepestFirst),
    },
  };
}
