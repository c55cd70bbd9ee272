/**
 * Fills safety stock after all demand is served: it takes only what no demand takes, so it never makes a customer
 * wait. Points that nothing consumes come first, then what they are made of.
 *
 * The target of a bucket is the stated quantity or the uses of the coming cover days, whichever is more; the least
 * stock of the bucket is lifted to it from the bucket's first day, or as soon as it can be.
 */
import { USE_KIND } from '../model/finite-plan.ts';
import type { ReceiptsOfPoint } from './open-subnetwork.ts';
import { commit, CRUMB, type PlanState } from './plan-state.ts';
import { plannedStock, type PlannedStock, writeRow } from './planned-stock.ts';
import { supplied } from './procure.ts';
import { servePass, type Serving } from './serve-pass.ts';
import { leastBetween } from './stock-ledger.ts';
import { NO_WATCH } from './watch.ts';

/** How the pass over the points of one sub-network is run; each row of the stock is to be written before it is looked at. */
export type Filling = (planned: PlannedStock) => Serving;

export const plainFilling =
  (state: PlanState): Filling =>
  (planned) => {
    state.watch = { ...NO_WATCH, point: (point) => writeRow(state, planned, point) };
    return {
      runPass: servePass,
      end() {
        state.watch = undefined;
        return undefined;
      },
    };
  };

export function fillSafetyStock(
  state: PlanState,
  subnetwork: number,
  firstOrder: number,
  receiptsOf: ReceiptsOfPoint,
  filling: Filling,
): void {
  const { points, subnetworks, demands } = state.network;
  const own = subnetworks.points.slice(
    subnetworks.pointStart[subnetwork],
    subnetworks.pointStart[subnetwork + 1],
  );
  const wanting = own.filter((point) => points.safetyRow[point] >= 0 || points.safetyCoverDays[point] > 0);
  wanting.sort((a, b) => points.depth[a] - points.depth[b] || a - b);
  const { runPass, end } = filling(plannedStock(state, subnetwork, firstOrder, receiptsOf));
  state.countsAll = true;
  runPass({
    demands: wanting.map((point) => demands.count + point),
    places: wanting.map((_, i) => i),
    keys: Float64Array.from(wanting, (point) => points.depth[point]),
    left: new Float64Array(wanting.length),
    serve: (i) => fillPoint(state, wanting[i]),
  });
  end();
  state.countsAll = false;
}

function fillPoint(state: PlanState, point: number): void {
  const { network } = state;
  state.watch?.point(point);
  state.watch?.rules(point);
  const cover = network.points.safetyCoverDays[point] > 0 ? usesByDay(state, point) : undefined;
  for (let t = 0; t < network.bucketCount; t++) {
    const first = Math.max(0, network.bucketFirstDay[t]);
    const end = Math.min(network.dayCount, network.bucketFirstDay[t + 1]);
    const target = safetyTarget(state, point, t, cover);
    let day = first;
    while (day < end) {
      const short = shortOf(state, point, day, end, target);
      state.watch?.shortFound(point, day, end, target, short);
      if (short === 0) break;
      state.useKind = USE_KIND.safetyStock;
      state.useIndex = point;
      state.buildsAhead = true;
      const had = supplied(state, point, short, day, true);
      commit(state);
      if (state.replyDay <= day || short - had <= CRUMB) break;
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
function usesByDay({ uses, network }: PlanState, point: number): Float64Array {
  const total = new Float64Array(network.dayCount + 1);
  for (let row = 0; row < uses.count; row++) {
    if (uses.point[row] === point) total[uses.day[row] + 1] += uses.quantity[row];
  }
  for (let day = 0; day < network.dayCount; day++) total[day + 1] += total[day];
  return total;
}

/** What is short of a target on the worst day of [from, to); 0 where it is no more than a crumb. */
export function shortOf(
  { ledger, network }: PlanState,
  point: number,
  from: number,
  to: number,
  target: number,
): number {
  const short = target - leastBetween(ledger, network.subnetworks.slot[point], from, to);
  return short > CRUMB ? short : 0;
}
