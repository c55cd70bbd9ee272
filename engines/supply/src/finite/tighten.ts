/**
 * Draws supply together after all demand has its promises: fewer and later orders for the same deliveries.
 *
 * Promises are made by priority, not by day, so lots and stock end up with uses for which a later order would do. With
 * the deliveries fixed, points are gone through from what customers get down to raw materials, each after all that
 * consumes it, and its orders are
 *   netted anew    where nothing but lead time limits it: the fewest whole lots, each on the last day
 *   placed anew    where one resource limits it and its components are free: see `placeJobs`
 *   moved later    where resources limit it: what stock can replace is cut, and every order moves to the last bucket
 *                  that has the hours while its uses still have their units
 *   kept           where sources or components have alternatives, dates, maxima, or stock ages or is bounded;
 * and then those of one source are joined by day or by week (see `joinOrders`).
 *
 * Nothing that starts before components could be had from nothing ever moves to an earlier day, and from that day on
 * any quantity can be had: so no point is ever short. Cost: O(points x days + rows x levels).
 */
import { USE_KIND } from '../model/finite-plan.ts';
import type { ReceiptsOfPoint } from './open-subnetwork.ts';
import { OWED, type PlanState } from './plan-state.ts';
import { replaceRows } from './replace-rows.ts';
import { placeGroup, resourceOfOnlySource, tightenPoint } from './tighten-point.ts';
import { addUse, tightenWork, type Work } from './tighten-work.ts';
import { PLACED } from './tightening.ts';

/**
 * What is gone through at once: the points of one level that share a resource, whose orders are placed anew, or one
 * point. A point whose orders could be placed is passed over when its own turn comes.
 */
export type Piece = { readonly points: Int32Array; readonly resource: number };
export const ONE_POINT = -1;

/** Goes through the pieces in their order; where a journal says so, the points are known whose rows are those of before. */
export type Drawing = (work: Work, pieces: () => readonly Piece[]) => Drawn;

/** By slot: 1 where orders and uses of the point may be others than in the plan before; undefined where nothing is known. */
export type Drawn = Uint8Array | undefined;

export const plainDrawing: Drawing = (work, pieces) => {
  const turn = turnOf(work);
  for (const piece of pieces()) turn.run(piece);
  return undefined;
};

/** Replaces the orders of a sub-network (from `firstOrder` on) and all its uses. */
export function tightenSubnetwork(
  state: PlanState,
  subnetwork: number,
  firstOrder: number,
  receiptsOf: ReceiptsOfPoint,
  draw: Drawing,
): Drawn {
  const { uses } = state;
  const { pointStart } = state.network.subnetworks;
  const work = tightenWork(
    state,
    pointStart[subnetwork + 1] - pointStart[subnetwork],
    firstOrder,
    receiptsOf,
  );
  for (let row = 0; row < uses.count; row++) {
    if (uses.kind[row] === USE_KIND.demand || uses.kind[row] === OWED) {
      addUse(work, uses.point[row], uses.day[row], uses.quantity[row], uses.kind[row], uses.index[row]);
    }
  }
  const drawn = draw(work, () => piecesOf(state, subnetwork));
  replaceRows(state, work);
  return drawn;
}

/** Level by level, what consumes a point before it: first the resources whose orders are placed anew, then its points. */
function piecesOf(state: PlanState, subnetwork: number): Piece[] {
  const { points, subnetworks } = state.network;
  const own = subnetworks.points.slice(
    subnetworks.pointStart[subnetwork],
    subnetworks.pointStart[subnetwork + 1],
  );
  own.sort((a, b) => points.depth[a] - points.depth[b] || a - b);
  const pieces: Piece[] = [];
  for (let from = 0; from < own.length; ) {
    let to = from + 1;
    while (to < own.length && points.depth[own[to]] === points.depth[own[from]]) to += 1;
    const level = own.subarray(from, to);
    pieces.push(...groupsOf(state, level));
    for (let i = 0; i < level.length; i++)
      pieces.push({ points: level.subarray(i, i + 1), resource: ONE_POINT });
    from = to;
  }
  return pieces;
}

function groupsOf(state: PlanState, level: Int32Array): Piece[] {
  const own = level.filter((point) => state.how[point] === PLACED);
  own.sort((a, b) => resourceOfOnlySource(state, a) - resourceOfOnlySource(state, b) || a - b);
  const groups: Piece[] = [];
  for (let from = 0; from < own.length; ) {
    const resource = resourceOfOnlySource(state, own[from]);
    let to = from + 1;
    while (to < own.length && resourceOfOnlySource(state, own[to]) === resource) to += 1;
    groups.push({ points: own.subarray(from, to), resource });
    from = to;
  }
  return groups;
}

/** Draws pieces together one after the other, and knows which points were placed. */
export type Turn = {
  run(piece: Piece): void;
  /** The points of a piece were placed, though not in this turn. */
  place(piece: Piece): void;
  isPlaced(piece: Piece): boolean;
};

export function turnOf(work: Work): Turn {
  const placed = new Set<number>();
  const place = ({ points }: Piece): void => {
    for (const point of points) placed.add(point);
  };
  return {
    run(piece) {
      if (piece.resource === ONE_POINT) {
        if (!placed.has(piece.points[0])) tightenPoint(work, piece.points[0]);
      } else if (placeGroup(work, piece.points, piece.resource)) place(piece);
    },
    place,
    isPlaced: ({ points }) => placed.has(points[0]),
  };
}
