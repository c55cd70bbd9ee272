/**
 * Bounds what a network can come to before it is planned, so that a slip of a few zeros in a lot or a quantity is an
 * issue with a name and not a plan of a million million orders.
 *
 * The bound ignores stock: released(s) <= (demand + safety stock + what is owed) / yield + one lot in every bucket.
 */
import { rowOf } from '@planwright/series';
import type { Issue } from '@planwright/units';
import { nameOf } from './model.ts';
import type { SupplyNetwork } from './network.ts';

// Whole numbers are exact up to 9e15; beyond this, sums would silently lose units.
const QUANTITY_MAX = 1e15;
const ORDERS_PER_STOCK_POINT_MAX = 1_000_000;

export function checkVolume(network: SupplyNetwork): Issue[] {
  const issues: Issue[] = [];
  const needed = network.safetyStock.map((safety, s) => safety + Math.max(0, -network.onHand[s]));
  for (const s of network.planOrder) {
    for (const quantity of rowOf(network.independentDemand, s)) needed[s] += quantity;
    const largestLot = Math.max(network.lotMinimum[s], network.lotMultiple[s]);
    const released = needed[s] > 0 ? needed[s] / network.yieldRatio[s] + network.bucketCount * largestLot : 0;
    const received = rowOf(network.scheduledReceipts, s).reduce((sum, quantity) => sum + quantity, 0);
    const largest = Math.max(released, received, Math.abs(network.onHand[s]));
    if (!(largest <= QUANTITY_MAX)) return [...issues, tooLarge(network, s)]; // What it consumes would only repeat it.
    const orderCount = released / network.lotMaximum[s];
    if (orderCount > ORDERS_PER_STOCK_POINT_MAX) issues.push(tooMany(network, s, orderCount));
    for (let row = network.componentStart[s]; row < network.componentStart[s + 1]; row++) {
      needed[network.component[row]] += released * network.quantityPer[row];
    }
  }
  return issues;
}

function tooLarge(network: SupplyNetwork, s: number): Issue {
  return {
    severity: 'error',
    code: 'QUANTITY_TOO_LARGE',
    message: `${nameOf(network.stockPoints[s])}: its stock, lots or demand could come to more than ${QUANTITY_MAX} units.`,
    advice:
      'Check the quantities of it and of what it goes into for a slip of zeros, or plan in a larger unit.',
    file: 'stockPoints',
    row: s + 1,
  };
}

function tooMany(network: SupplyNetwork, s: number, orderCount: number): Issue {
  const count = Math.round(orderCount);
  return {
    severity: 'error',
    code: 'TOO_MANY_ORDERS',
    message: `${nameOf(network.stockPoints[s])}: lotMaximum ${network.lotMaximum[s]} could cut its demand into ${count} orders.`,
    advice: 'Raise lotMaximum, or leave it out.',
    file: 'stockPoints',
    row: s + 1,
    column: 'lotMaximum',
    value: String(network.lotMaximum[s]),
  };
}
