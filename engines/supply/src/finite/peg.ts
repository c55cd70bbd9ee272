/**
 * Pegging: which supply serves which use, each unit of either once.
 *
 * At a point whose stock keeps, supplies serve uses first come, first served: both are walked in order of their days,
 * which is possible because projected stock never falls below 0. At a point whose stock ages, the pegs were chosen
 * with the plan. What no use takes is pegged to the safety stock it fills, as far as there is one.
 *
 * Cost  O(rows + days + points) for a sub-network: counting sorts by day, then by point.
 */
import { SUPPLY_KIND, USE_KIND } from '../model/finite-plan.ts';
import { grown, type PegTable, reserve } from './columns.ts';
import { pointsOfOrders, rowsByPointAndDay, type SortedRows } from './sorted-rows.ts';
import { ages } from './network.ts';
import { type ReceiptsOfPoint } from './open-subnetwork.ts';
import { CRUMB, OWED, type PlanState } from './plan-state.ts';

/** Writes the pegs of a sub-network whose orders begin at row `firstOrder`, and forgets its uses. */
export function pegSubnetwork(
  state: PlanState,
  subnetwork: number,
  firstOrder: number,
  receiptsOf: ReceiptsOfPoint,
): void {
  const { network, uses, orders, pegs, batches, donePegs } = state;
  const { subnetworks } = network;
  const [first, end] = [subnetworks.pointStart[subnetwork], subnetworks.pointStart[subnetwork + 1]];
  // Each peg ends a use or a supply, so there are no more than of both.
  const most =
    pegs.count + uses.count + (orders.count - firstOrder) + 2 * (end - first) + network.receipts.count;
  if (most > donePegs.quantity.length) reserve(donePegs, donePegs.count + most);
  for (let row = 0; row < pegs.count; row++) {
    const batch = pegs.supply[row];
    if (pegs.useKind[row] === OWED) continue;
    addPeg(
      donePegs,
      batches.kind[batch],
      batches.index[batch],
      pegs.useKind[row],
      pegs.use[row],
      pegs.quantity[row],
    );
  }
  const slotCount = end - first;
  const useRows = rowsByPointAndDay(network, { slotCount, points: uses.point }, 0, uses.count, uses.day);
  const ordered = { slotCount, points: pointsOfOrders(network, orders, firstOrder) };
  const orderRows = rowsByPointAndDay(network, ordered, firstOrder, orders.count, orders.endDay);
  for (let i = first; i < end; i++) {
    const point = subnetworks.points[i];
    if (ages(network, point)) pegAgingSafety(state, point);
    else pegPoint(state, point, i - first, useRows, orderRows, receiptsOf);
  }
  pegs.count = 0;
  uses.count = 0;
  batches.count = 0;
}

function addPeg(
  pegs: PegTable,
  supplyKind: number,
  supply: number,
  useKind: number,
  use: number,
  quantity: number,
) {
  grown(pegs, pegs.quantity);
  const row = pegs.count++;
  pegs.supplyKind[row] = supplyKind;
  pegs.supply[row] = supply;
  pegs.useKind[row] = useKind;
  pegs.use[row] = use;
  pegs.quantity[row] = quantity;
}

/** Supplies of one point in the order of their days: on hand, then receipts and orders merged. */
type Supplies = {
  /** The one at hand. */
  kind: number;
  index: number;
  quantity: number;
  receiptRows: Int32Array;
  nextReceipt: number;
  /** Places among the orders by point and day. */
  nextOrder: number;
  orderEnd: number;
};

function suppliesOf(
  { network: { receipts, points } }: PlanState,
  point: number,
  slot: number,
  orderRows: SortedRows,
  receiptsOf: ReceiptsOfPoint,
): Supplies {
  const receiptRows = receiptsOf.rows.slice(receiptsOf.start[point], receiptsOf.start[point + 1]);
  if (receiptRows.length > 1) receiptRows.sort((a, b) => receipts.day[a] - receipts.day[b] || a - b);
  return {
    kind: SUPPLY_KIND.onHand,
    index: point,
    quantity: Math.max(0, points.onHand[point]),
    receiptRows,
    nextReceipt: 0,
    nextOrder: orderRows.start[slot],
    orderEnd: orderRows.start[slot + 1],
  };
}

/** Goes on to the next supply; false where there is none. */
function advance({ network, orders }: PlanState, supplies: Supplies, orderRows: SortedRows): boolean {
  const { receipts, sources } = network;
  const { receiptRows, nextReceipt, nextOrder, orderEnd } = supplies;
  const receipt = nextReceipt < receiptRows.length ? receiptRows[nextReceipt] : -1;
  const order = nextOrder < orderEnd ? orderRows.rows[nextOrder] : -1;
  if (receipt < 0 && order < 0) return false;
  if (order < 0 || (receipt >= 0 && receipts.day[receipt] <= orders.endDay[order])) {
    supplies.kind = SUPPLY_KIND.receipt;
    supplies.index = receipt;
    supplies.quantity = receipts.quantity[receipt];
    supplies.nextReceipt += 1;
  } else {
    supplies.kind = SUPPLY_KIND.order;
    supplies.index = order;
    supplies.quantity = orders.quantity[order] * sources.yieldRatio[orders.source[order]];
    supplies.nextOrder += 1;
  }
  return true;
}

function pegPoint(
  state: PlanState,
  point: number,
  slot: number,
  useRows: SortedRows,
  orderRows: SortedRows,
  receiptsOf: ReceiptsOfPoint,
): void {
  const { uses, donePegs } = state;
  const supplies = suppliesOf(state, point, slot, orderRows, receiptsOf);
  let left = supplies.quantity;
  for (let i = useRows.start[slot]; i < useRows.start[slot + 1]; i++) {
    const use = useRows.rows[i];
    const useKind = uses.kind[use];
    let rest = uses.quantity[use];
    while (rest > CRUMB) {
      if (left <= CRUMB) {
        if (!advance(state, supplies, orderRows)) break;
        left = supplies.quantity;
      }
      const taken = Math.min(rest, left);
      if (taken > CRUMB && useKind !== OWED)
        addPeg(donePegs, supplies.kind, supplies.index, useKind, uses.index[use], taken);
      rest -= taken;
      left -= taken;
    }
  }
  let wanted = greatestTarget(state, point);
  while (wanted > CRUMB) {
    if (left <= CRUMB) {
      if (!advance(state, supplies, orderRows)) break;
      left = supplies.quantity;
    }
    const taken = Math.min(wanted, left);
    if (taken > CRUMB) addPeg(donePegs, supplies.kind, supplies.index, USE_KIND.safetyStock, point, taken);
    wanted -= taken;
    left -= taken;
  }
}

function greatestTarget({ network }: PlanState, point: number): number {
  const { points, bucketCount } = network;
  const row = points.safetyRow[point];
  let greatest = 0;
  for (let t = 0; row >= 0 && t < bucketCount; t++)
    greatest = Math.max(greatest, points.safetyStock[row + t]);
  return greatest;
}

function pegAgingSafety(state: PlanState, point: number): void {
  const { batches, donePegs, newestBatch } = state;
  let wanted = greatestTarget(state, point);
  for (let b = newestBatch[point]; b >= 0 && wanted > CRUMB; b = batches.older[b]) {
    const taken = Math.min(wanted, batches.left[b]);
    if (taken > CRUMB)
      addPeg(donePegs, batches.kind[b], batches.index[b], USE_KIND.safetyStock, point, taken);
    wanted -= taken;
  }
}
