/**
 * Fills safety stock after all demand is served: it takes only what no demand takes, so it never makes a customer
 * wait. Points that nothing consumes come first, then what they are made of.
 *
 * The target of a bucket is the stated quantity or the uses of the coming cover days, whichever is more; the least
 * stock of the bucket is lifted to it from the bucket's first day, or as soon as it can be. Most points have it by what is
 * planned for demand.
 */
import { USE_KIND } from '../model/finite-plan.ts';
import type { FiniteNetwork } from './network.ts';
import { commit, CRUMB, type PlanState } from './plan-state.ts';
import { supplied } from './procure.ts';
import type { ReceiptsOfPoint } from './open-subnetwork.ts';
import { plannedStock, type PlannedStock, projectPlanned, writeRow } from './planned-stock.ts';
import { rowsOfSlot } from './sorted-rows.ts';
import { stockOn } from './stock-ledger.ts';

export function fillSafetyStock(
  state: PlanState,
  subnetwork: number,
  firstOrder: number,
  receiptsOf: ReceiptsOfPoint,
): void {
  const { points, subnetworks, dayCount } = state.network;
  const planned = plannedStock(state, subnetwork, firstOrder, receiptsOf);
  const projected = new Float64Array(dayCount);
  const own = subnetworks.points.slice(
    subnetworks.pointStart[subnetwork],
    subnetworks.pointStart[subnetwork + 1],
  );
  const wanting = own.filter((point) => points.safetyRow[point] >= 0 || points.safetyCoverDays[point] > 0);
  state.countsAll = true;
  wanting.sort((a, b) => points.depth[a] - points.depth[b] || a - b);
  for (const point of wanting) {
    const cover = points.safetyCoverDays[point] > 0 ? usesByDay(planned, point) : undefined;
    if (isFilled(planned, point, cover, projected)) continue;
    writeRow(planned, point);
    fillPoint(state, point, cover);
  }
  state.countsAll = false;
  state.watch = undefined;
}

/** Has a point that nobody looked at since its safety stock anyway? */
function isFilled(
  planned: PlannedStock,
  point: number,
  cover: Float64Array | undefined,
  projected: Float64Array,
): boolean {
  const { network } = planned.state;
  if (planned.isWritten[network.subnetworks.slot[point]] === 1) return false;
  projectPlanned(planned, point, projected);
  for (let t = 0; t < network.bucketCount; t++) {
    // What another order of adding leaves in the last bits is far below half a crumb.
    const least = safetyTarget(planned.state, point, t, cover) - CRUMB / 2;
    const { first, end } = daysOf(network, t);
    for (let day = first; day < end; day++) if (projected[day] < least) return false;
  }
  return true;
}

function daysOf({ bucketFirstDay, dayCount }: FiniteNetwork, t: number): { first: number; end: number } {
  return { first: Math.max(0, bucketFirstDay[t]), end: Math.min(dayCount, bucketFirstDay[t + 1]) };
}

function fillPoint(state: PlanState, point: number, cover: Float64Array | undefined): void {
  const { network } = state;
  for (let t = 0; t < network.bucketCount; t++) {
    const { first, end } = daysOf(network, t);
    const target = safetyTarget(state, point, t, cover);
    let day = first;
    while (day < end) {
      const short = target - leastStock(state, point, day, end);
      if (short <= CRUMB) break;
      state.useKind = USE_KIND.safetyStock;
      state.useIndex = point;
      state.buildsAhead = true;
      supplied(state, point, short, day, true);
      commit(state);
      if (state.replyDay <= day || leastStock(state, point, day, end) >= target - CRUMB) break;
      day = state.replyDay;
    }
  }
}

function safetyTarget(
  { network }: PlanState,
  point: number,
  t: number,
  cover: Float64Array | undefined,
): number {
  const { points, bucketFirstDay, dayCount } = network;
  const stated = points.safetyRow[point] < 0 ? 0 : points.safetyStock[points.safetyRow[point] + t];
  if (cover === undefined) return stated;
  const from = Math.max(0, bucketFirstDay[t]);
  const to = Math.min(dayCount, Math.ceil(from + points.safetyCoverDays[point]));
  return Math.max(stated, cover[to] - cover[from]);
}

/** Running total of what is taken of a point: entry d is all before day d. */
function usesByDay({ state, useRows, firstUse }: PlannedStock, point: number): Float64Array {
  const { uses, network } = state;
  const slot = network.subnetworks.slot[point];
  const total = new Float64Array(network.dayCount + 1);
  for (const row of rowsOfSlot(useRows, slot)) total[uses.day[row] + 1] += uses.quantity[row];
  for (let row = firstUse; row < uses.count; row++) {
    if (uses.point[row] === point) total[uses.day[row] + 1] += uses.quantity[row];
  }
  for (let day = 0; day < network.dayCount; day++) total[day + 1] += total[day];
  return total;
}

function leastStock({ ledger, network }: PlanState, point: number, from: number, to: number): number {
  const slot = network.subnetworks.slot[point];
  let least = Number.POSITIVE_INFINITY;
  for (let day = from; day < to; day++) least = Math.min(least, stockOn(ledger, slot, day));
  return least;
}
