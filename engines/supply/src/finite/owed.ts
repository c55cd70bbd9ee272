/**
 * Stock below 0 at the start is owed to someone who is not in the plan: it is paid off before any demand is served, as
 * soon as receipts and orders let it, and counts from then on as used. Where overtime may be considered it is: what comes
 * in pays what is owed first, so a demand could not have it by overtime either.
 */
import { CRUMB, commit, OWED, type PlanState } from './plan-state.ts';
import { ask } from './procure.ts';
import type { RunPass } from './serve-pass.ts';

/** Pays what the points of a sub-network owe, raw materials first: what is made of them waits for it. */
export function payOwed(state: PlanState, subnetwork: number, runPass: RunPass): void {
  const { points, subnetworks, demands } = state.network;
  const owing = subnetworks.points
    .slice(subnetworks.pointStart[subnetwork], subnetworks.pointStart[subnetwork + 1])
    .filter((point) => points.onHand[point] < -CRUMB)
    .sort((a, b) => points.depth[b] - points.depth[a] || a - b);
  runPass({
    demands: owing.map((point) => demands.count + point),
    places: owing.map((_, i) => i),
    keys: Float64Array.from(owing, (point) => -points.depth[point]),
    left: Float64Array.from(owing, (point) => -points.onHand[point]),
    serve: (i) => payPoint(state, owing[i]),
  });
}

function payPoint(state: PlanState, point: number): void {
  const { points, dayCount } = state.network;
  let rest = -points.onHand[point];
  let day = 0;
  state.useKind = OWED;
  state.useIndex = point;
  state.buildsAhead = true;
  state.overtimeAllowed = state.hasOvertime;
  if (state.overtimeAllowed) state.watch?.looksElsewhere();
  while (rest > CRUMB && day < dayCount) {
    rest -= ask(state, point, rest, day, true);
    if (rest > CRUMB) day = state.replyDay;
  }
  state.overtimeAllowed = false;
  commit(state);
}
