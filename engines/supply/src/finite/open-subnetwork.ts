/** Puts the stock of a sub-network into the ledger before anything is promised. */
import { SUPPLY_KIND } from '../model/finite-plan.ts';
import type { FiniteNetwork } from './network.ts';
import { addBatch, beginLedger, type PlanState, type PointTraits } from './plan-state.ts';
import { fillRow } from './stock-ledger.ts';

export type ReceiptsOfPoint = { readonly start: Int32Array; readonly rows: Int32Array };

/**
 * Days that the ledger has to know of each point: all, but of free points only those before the open day. Where there
 * is safety stock to fill, all of every point.
 */
function rowDaysOf(network: FiniteNetwork, subnetwork: number, { isFree, openDay }: PointTraits): Int32Array {
  const { dayCount } = network;
  const { pointStart, points: own } = network.subnetworks;
  const countsAll = wantsSafety(network, subnetwork);
  return own.slice(pointStart[subnetwork], pointStart[subnetwork + 1]).map((point) => {
    if (isFree[point] === 0 || countsAll) return dayCount;
    return Math.min(dayCount, openDay[point]);
  });
}

/** Has any point of a sub-network a safety stock? */
export function wantsSafety({ points, subnetworks }: FiniteNetwork, subnetwork: number): boolean {
  for (let i = subnetworks.pointStart[subnetwork]; i < subnetworks.pointStart[subnetwork + 1]; i++) {
    const point = subnetworks.points[i];
    if (points.safetyRow[point] >= 0 || points.safetyCoverDays[point] > 0) return true;
  }
  return false;
}

/** Puts the stock of a sub-network into the ledger: on hand today and what is under way. What is owed is a use. */
export function openSubnetwork(state: PlanState, subnetwork: number, receiptsOf: ReceiptsOfPoint): void {
  const { subnetworks, points, receipts } = state.network;
  const openRow = openedLedger(state, subnetwork, receiptsOf);
  for (let i = subnetworks.pointStart[subnetwork]; i < subnetworks.pointStart[subnetwork + 1]; i++) {
    const point = subnetworks.points[i];
    openRow(point);
    const useDays = points.stockUseDays[point];
    addBatch(state, point, 0, points.onHand[point], SUPPLY_KIND.onHand, point, useDays);
    for (let j = receiptsOf.start[point]; j < receiptsOf.start[point + 1]; j++) {
      const row = receiptsOf.rows[j];
      addBatch(state, point, receipts.day[row], receipts.quantity[row], SUPPLY_KIND.receipt, row, useDays);
    }
  }
}

/**
 * The ledger anew, for stock that does not age; returns how to write the row of a point, unless it is written: with what
 * lies there and what is under way, before somebody looks at it.
 */
export function openedLedger(
  state: PlanState,
  subnetwork: number,
  receiptsOf: ReceiptsOfPoint,
): (point: number) => void {
  const { network } = state;
  const { slot } = network.subnetworks;
  beginLedger(state, rowDaysOf(network, subnetwork, state));
  const { ledger } = state;
  const isWritten = new Uint8Array(ledger.dayCount.length);
  const daily = new Float64Array(network.dayCount);
  return (point) => {
    const row = slot[point];
    if (isWritten[row] === 1) return;
    isWritten[row] = 1;
    writeReceipts(network, point, receiptsOf, daily);
    fillRow(ledger, row, daily);
  };
}

/** What lies at a point and what is under way to it, by day. */
export function writeReceipts(
  { points, receipts, dayCount }: FiniteNetwork,
  point: number,
  receiptsOf: ReceiptsOfPoint,
  daily: Float64Array,
): void {
  daily.fill(0);
  daily[0] = Math.max(0, points.onHand[point]);
  for (let i = receiptsOf.start[point]; i < receiptsOf.start[point + 1]; i++) {
    const row = receiptsOf.rows[i];
    if (receipts.day[row] < dayCount) daily[receipts.day[row]] += receipts.quantity[row];
  }
}
