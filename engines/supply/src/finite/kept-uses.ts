/** What orders take that are joined by day at most: their rows among the uses. */
import { USE_KIND } from '../model/finite-plan.ts';
import { JOINED_BY_WEEK } from './joining.ts';
import type { PlanState } from './plan-state.ts';
import type { SortedRows } from './sorted-rows.ts';
import { KEPT } from './tightening.ts';

/** Uses of the orders of points that are kept, but for those joined by week; those of all others are written anew. */
export function usesOfKeptOrders(
  { orders, uses, how, joining, network }: PlanState,
  firstOrder: number,
): SortedRows {
  const start = new Int32Array(orders.count - firstOrder + 1);
  const { point } = network.sources;
  const isKept = new Uint8Array(orders.count - firstOrder);
  for (let i = 0; i < isKept.length; i++) {
    const source = orders.source[firstOrder + i];
    isKept[i] = how[point[source]] === KEPT && joining[source] !== JOINED_BY_WEEK ? 1 : 0;
  }
  const kept = new Int32Array(uses.count);
  let total = 0;
  for (let row = 0; row < uses.count; row++) {
    if (uses.kind[row] !== USE_KIND.order || isKept[uses.index[row] - firstOrder] === 0) continue;
    start[uses.index[row] - firstOrder + 1] += 1;
    kept[total++] = row;
  }
  for (let i = 0; i + 1 < start.length; i++) start[i + 1] += start[i];
  const next = start.slice();
  const rows = new Int32Array(total);
  for (let i = 0; i < total; i++) rows[next[uses.index[kept[i]] - firstOrder]++] = kept[i];
  return { start, rows };
}
