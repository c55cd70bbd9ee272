/** Demand as a run sees it: one row per key, history cut into buckets, and the orders that reach into the plan. */
import type { Issue } from '@planwright/units';
import type { DemandHistory, OpenOrders } from './company-data.ts';

export type DemandKeys = {
  readonly item: readonly string[];
  readonly location: readonly string[];
  readonly channel: readonly string[];
};

export type DemandInputs = {
  readonly keys: DemandKeys;
  /** keys x historyBuckets, row-major. NaN before a key's first sale, 0 in a later bucket without orders. */
  readonly actualQuantity: Float64Array;
  /** The same cells as net amount in the company's currency. */
  readonly actualAmount: Float64Array;
  /** What came back in the same cells, 0 or more: `actualQuantity` holds it already. */
  readonly returnedQuantity: Float64Array;
  readonly openOrders: KeyedOrders;
};

/** One row per key and bucket of the horizon; bucket -1 is past due. */
export type KeyedOrders = {
  readonly key: readonly number[];
  readonly bucket: readonly number[];
  readonly quantity: readonly number[];
  readonly amount: readonly number[];
  readonly shippedQuantity: readonly number[];
};

/** Lays the sums of the database out as blocks. */
export function demandInputs(
  history: DemandHistory,
  openOrders: OpenOrders,
  historyBuckets: number,
): { readonly inputs: DemandInputs; readonly issues: Issue[] } {
  const keyCount = history.item.length;
  const actualQuantity = new Float64Array(keyCount * historyBuckets).fill(Number.NaN);
  const actualAmount = new Float64Array(keyCount * historyBuckets).fill(Number.NaN);
  const returnedQuantity = new Float64Array(keyCount * historyBuckets);
  let negativeCount = 0;
  for (let key = 0; key < keyCount; key++) {
    const first = key * historyBuckets;
    const buckets = history.bucket[key];
    const firstSale = Math.max(0, buckets[0] ?? historyBuckets);
    actualQuantity.fill(0, first + Math.min(firstSale, historyBuckets), first + historyBuckets);
    actualAmount.fill(0, first + Math.min(firstSale, historyBuckets), first + historyBuckets);
    buckets.forEach((bucket, cell) => {
      if (bucket < 0 || bucket >= historyBuckets) return;
      actualQuantity[first + bucket] = history.quantity[key][cell];
      actualAmount[first + bucket] = history.amount[key][cell];
      returnedQuantity[first + bucket] = history.returned[key][cell];
      if (history.quantity[key][cell] < 0) negativeCount += 1;
    });
  }
  const { item, location, channel } = history;
  const keys = { item, location, channel };
  const inputs = {
    keys,
    actualQuantity,
    actualAmount,
    returnedQuantity,
    openOrders: keyedOrders(keys, openOrders),
  };
  return { inputs, issues: negativeCount === 0 ? [] : [negativeIssue(negativeCount)] };
}

/** Every open order line is an order line, so each has its key. */
function keyedOrders(keys: DemandKeys, orders: OpenOrders): KeyedOrders {
  const keyOf = new Map(keys.item.map((_, key) => [nameOfKey(keys, key), key]));
  return {
    key: orders.item.map((_, row) => keyOf.get(nameOfKey(orders, row)) ?? -1),
    bucket: orders.bucket,
    quantity: orders.quantity,
    amount: orders.amount,
    shippedQuantity: orders.shippedQuantity,
  };
}

/** The separator cannot be typed into a name. */
function nameOfKey(keys: DemandKeys, key: number): string {
  return `${keys.item[key]}\u0000${keys.location[key]}\u0000${keys.channel[key]}`;
}

function negativeIssue(count: number): Issue {
  return {
    severity: 'warning',
    code: 'NEGATIVE_DEMAND',
    message: `In ${count} case${count === 1 ? '' : 's'} a demand stream has more returns than orders in a bucket.`,
    advice: 'This is planned from as it is. Check large returns: they make the forecast too low.',
  };
}
