/**
 * The supply model as a caller writes it: plain rows that go through JSON unchanged. Dates are whole days since
 * 1970-01-01, buckets are indexes, and quantities are in each item's stocking unit (convert before you come here).
 *
 * A *stock point* is an item at a location, and every row about stock, demand or supply belongs to one. It is
 * refilled by one source: made there from components, bought from a supplier, or moved from another location.
 */

export type SupplyModel = {
  /** bucketCount + 1 days: bucket t covers [bucketStartDays[t], bucketStartDays[t + 1]). */
  readonly bucketStartDays: ArrayLike<number>;
  readonly stockPoints: readonly StockPointRow[];
  /** What a made item consumes, at the location where it is made. */
  readonly components: readonly ComponentRow[];
};

export type StockPointRow = {
  readonly item: string;
  readonly location: string;
  readonly onHand: number;
  /** Quantity to keep on hand in every bucket, counted once here and never per demand row. Default 0. */
  readonly safetyStock?: number;
  /** Without a source the stock runs down and then falls short. */
  readonly source?: SupplySource;
  /** Per bucket: customers' orders and forecast, consumed into one number (see `consumeForecast`). Default 0. */
  readonly independentDemand?: ArrayLike<number>;
  /** Per bucket: good units under way (purchase, work and transfer orders). Overdue ones belong in bucket 0. */
  readonly scheduledReceipts?: ArrayLike<number>;
  /** Money per unit, for valuing plans. The netting does not read it. */
  readonly costPerUnit?: number;
};

export type SourceKind = 'make' | 'buy' | 'move';

/** How a stock point is refilled. The lot fields bound each order's quantity, counted as released (before yield). */
export type SupplySource = {
  readonly kind: SourceKind;
  /** Calendar days from release to receipt, >= 0. */
  readonly leadTimeDays: number;
  /** Smallest order, >= 0. Default 0. */
  readonly lotMinimum?: number;
  /** Orders are multiples of this, > 0. Default: any quantity. */
  readonly lotMultiple?: number;
  /** Largest order, > 0; a larger need becomes several orders. Default: no limit. */
  readonly lotMaximum?: number;
  /** Good units received per unit released, in (0, 1]. Default 1. */
  readonly yieldRatio?: number;
  /** Who sells it, where kind is buy. */
  readonly supplier?: string;
  /** Where it comes from, where kind is move. */
  readonly fromLocation?: string;
};

export type ComponentRow = {
  readonly item: string;
  readonly location: string;
  readonly component: string;
  /** Units of the component per unit of the item released, > 0. */
  readonly quantityPer: number;
};

/** 'P-100 at Plant': how issues and reasons call a stock point. */
export function nameOf(point: { readonly item: string; readonly location: string }): string {
  return `${point.item} at ${point.location}`;
}

/** The map key of a stock point. The separator cannot be typed into a name. */
export function stockPointKey(item: string, location: string): string {
  return `${item}\u0000${location}`;
}
