/** The rows of a sub-network after its supply was drawn together, in the tables of the plan. */
import { SUPPLY_KIND, USE_KIND } from '../model/finite-plan.ts';
import { grown, type OrderTable, type UseTable } from './columns.ts';
import type { PlanState } from './plan-state.ts';

/** What a sub-network's orders from `firstOrder` on became, and its uses; of each old order that is kept, its new row. */
type Tightened = {
  readonly firstOrder: number;
  readonly orders: OrderTable;
  readonly uses: UseTable;
  readonly newRow: Int32Array;
};

/** Puts the tightened rows in place of the old ones. */
export function replaceRows(state: PlanState, tightened: Tightened): void {
  const { orders, pegs, batches } = state;
  const { newRow, firstOrder, orders: next } = tightened;
  // Stock that ages is pegged already; its orders and those that use it are kept, under new numbers.
  for (let row = 0; row < pegs.count; row++) {
    if (pegs.useKind[row] === USE_KIND.order) pegs.use[row] = newRow[pegs.use[row] - firstOrder];
  }
  for (let row = 0; row < batches.count; row++) {
    if (batches.kind[row] === SUPPLY_KIND.order) batches.index[row] = newRow[batches.index[row] - firstOrder];
  }
  // So are orders that had an alternate resource.
  const { alternates } = state;
  for (let row = alternates.count - 1; row >= 0 && alternates.order[row] >= firstOrder; row--) {
    alternates.order[row] = newRow[alternates.order[row] - firstOrder];
  }
  Object.assign(state.uses, tightened.uses);
  if (firstOrder === 0) {
    Object.assign(orders, next);
    return;
  }
  orders.count = firstOrder;
  for (let row = 0; row < next.count; row++) {
    grown(orders, orders.startDay);
    const to = orders.count++;
    orders.source[to] = next.source[row];
    orders.startDay[to] = next.startDay[row];
    orders.endDay[to] = next.endDay[row];
    orders.quantity[to] = next.quantity[row];
  }
}
