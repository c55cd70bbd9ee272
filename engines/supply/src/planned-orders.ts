/**
 * Planned orders as columns: a large plan has a million of them, and only those on screen need to become objects.
 */
import { assert } from '@planwright/units';

/** Arrays have `count` entries. Quantities are as released, before yield. */
export type PlannedOrders = {
  readonly count: number;
  readonly stockPoint: Int32Array;
  readonly releaseBucket: Int32Array;
  /** The bucket in which the good units arrive. */
  readonly dueBucket: Int32Array;
  /** The bucket that needs them: earlier than dueBucket only where the lead time made the order late. */
  readonly needBucket: Int32Array;
  readonly quantity: Float64Array;
  /** How many days before the first bucket the order should have been released; 0 where it is in time. */
  readonly pastDueDays: Int32Array;
};

export type OrderColumns = { -readonly [Column in keyof PlannedOrders]: PlannedOrders[Column] };

const FIRST_CAPACITY = 1024;

export function emptyOrders(): OrderColumns {
  return {
    count: 0,
    stockPoint: new Int32Array(FIRST_CAPACITY),
    releaseBucket: new Int32Array(FIRST_CAPACITY),
    dueBucket: new Int32Array(FIRST_CAPACITY),
    needBucket: new Int32Array(FIRST_CAPACITY),
    quantity: new Float64Array(FIRST_CAPACITY),
    pastDueDays: new Int32Array(FIRST_CAPACITY),
  };
}

/** Appends one order; amortised O(1). */
export function appendOrder(
  orders: OrderColumns,
  stockPoint: number,
  releaseBucket: number,
  dueBucket: number,
  needBucket: number,
  quantity: number,
  pastDueDays: number,
): void {
  assert(quantity > 0, 'an order has a quantity');
  if (orders.count === orders.quantity.length) resizeOrders(orders, orders.count * 2);
  const index = orders.count++;
  orders.stockPoint[index] = stockPoint;
  orders.releaseBucket[index] = releaseBucket;
  orders.dueBucket[index] = dueBucket;
  orders.needBucket[index] = needBucket;
  orders.quantity[index] = quantity;
  orders.pastDueDays[index] = pastDueDays;
}

/** Cuts the columns to the orders there are. */
export function sealOrders(orders: OrderColumns): PlannedOrders {
  resizeOrders(orders, orders.count);
  return orders;
}

function resizeOrders(orders: OrderColumns, length: number): void {
  const resized = (column: Int32Array): Int32Array => {
    const copy = new Int32Array(length);
    copy.set(column.subarray(0, Math.min(length, column.length)));
    return copy;
  };
  orders.stockPoint = resized(orders.stockPoint);
  orders.releaseBucket = resized(orders.releaseBucket);
  orders.dueBucket = resized(orders.dueBucket);
  orders.needBucket = resized(orders.needBucket);
  orders.pastDueDays = resized(orders.pastDueDays);
  const quantity = new Float64Array(length);
  quantity.set(orders.quantity.subarray(0, Math.min(length, orders.quantity.length)));
  orders.quantity = quantity;
}
