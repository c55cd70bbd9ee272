/**
 * What a constrained plan is: columns, one entry a row, so that a million orders cost a few arrays. Indexes refer to
 * rows of the planning model (`sources`, `demands` …); days are whole days since 1970-01-01.
 */

/** Orders to start. */
export type FiniteOrders = {
  readonly count: number;
  readonly source: Int32Array;
  readonly startDay: Int32Array;
  readonly endDay: Int32Array;
  /** Units started, before yield. */
  readonly quantity: Float64Array;
};

/** What is asked: an order of a customer, or what is left of a forecast's bucket after orders netted it. */
export type FiniteDemands = {
  readonly count: number;
  readonly kind: Uint8Array; // DEMAND_KIND
  /** Row in `demands` or in `forecasts`. */
  readonly row: Int32Array;
  /** Bucket of a forecast; -1 for orders. */
  readonly bucket: Int32Array;
  readonly stockPoint: Int32Array;
  readonly dueDay: Int32Array;
  readonly quantity: Float64Array;
  readonly priority: Int32Array;
};
export const DEMAND_KIND = { order: 0, forecast: 1 } as const;

export type FiniteDeliveries = {
  readonly count: number;
  /** Index into `FiniteDemands`. */
  readonly demand: Int32Array;
  readonly day: Int32Array;
  readonly quantity: Float64Array;
};

/** Which supply serves which use: no unit of either is in two rows. */
export type FinitePegs = {
  readonly count: number;
  readonly supplyKind: Uint8Array; // SUPPLY_KIND
  /** Stock point for on hand, row in `receipts`, or index into `FiniteOrders`. */
  readonly supply: Int32Array;
  readonly useKind: Uint8Array; // USE_KIND
  /** Index into `FiniteDemands`, into `FiniteOrders`, or stock point whose safety stock it fills. */
  readonly use: Int32Array;
  readonly quantity: Float64Array;
};
export const SUPPLY_KIND = { onHand: 0, receipt: 1, order: 2 } as const;
export const USE_KIND = { demand: 0, order: 1, safetyStock: 2 } as const;

/** What held a demand up, nearest cause of all: one or more rows for each demand that is late or short. */
export type FiniteDelays = {
  readonly count: number;
  readonly demand: Int32Array;
  readonly cause: Uint8Array; // DELAY_CAUSE
  /** Stock point, source or resource, as the cause says. */
  readonly subject: Int32Array;
  /** The first day on which it could be had; -1 never within the horizon. */
  readonly day: Int32Array;
  /** Units of the demand it held up. */
  readonly quantity: Float64Array;
};
export const DELAY_CAUSE = {
  /** A source's lead time from today. Subject: source. */
  leadTime: 0,
  /** Hours of a resource are used up. Subject: resource. */
  capacity: 1,
  /** Nothing refills the stock point. Subject: stock point. */
  noSource: 2,
  /** A supplier or lane gives no more. Subject: source. */
  sourceMaximum: 3,
  /** Storage, shelf life or build-ahead limit. Subject: stock point. */
  storage: 4,
  shelfLife: 5,
  buildAhead: 6,
  /** Within the frozen zone. Subject: source. */
  frozen: 7,
  /** Source or component not in force. Subject: source. */
  effectivity: 8,
} as const;

/** Hours that an order takes of an alternate resource, where its first choice was full. */
export type FiniteAlternates = {
  readonly count: number;
  /** Index into `FiniteOrders`. */
  readonly order: Int32Array;
  /** Rows of resources: the one that does it, and the one that is asked first. */
  readonly resource: Int32Array;
  readonly insteadOf: Int32Array;
  readonly hours: Float64Array;
};
export const NO_ALTERNATES: FiniteAlternates = {
  count: 0,
  order: new Int32Array(0),
  resource: new Int32Array(0),
  insteadOf: new Int32Array(0),
  hours: new Float64Array(0),
};

export type FinitePlan = {
  readonly demands: FiniteDemands;
  readonly orders: FiniteOrders;
  readonly deliveries: FiniteDeliveries;
  readonly pegs: FinitePegs;
  readonly delays: FiniteDelays;
  readonly alternates: FiniteAlternates;
  /** Hours used, row-major: resource r's buckets start at resourceStart[r]. Overtime is the part above capacity. */
  readonly resourceStart: Int32Array;
  readonly loadHours: Float64Array;
};
