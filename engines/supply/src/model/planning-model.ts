/**
 * The planning model: all that a supply plan may rest on, as plain rows that go through JSON unchanged. Days are whole
 * days since 1970-01-01; quantities are in each item's stocking unit (convert before you come here); money is in one
 * currency, as an estimate. A missing field means the default beside it.
 *
 * Unconstrained, constrained and optimal plans read the same rows, so a plan can be compared with another of the same
 * model and nothing is told twice.
 */

import type { SourceKind } from '../model.ts';

export type PlanningModel = {
  /** The day the plan is made on: nothing starts before it. */
  readonly asOfDay: number;
  /** bucketCount + 1 days: bucket t covers [bucketStartDays[t], bucketStartDays[t + 1]). The first holds `asOfDay`. */
  readonly bucketStartDays: ArrayLike<number>;
  readonly stockPoints: readonly StockPointFacts[];
  readonly sources: readonly SourceFacts[];
  /** What a make source consumes. A move source consumes its item at the sending location, one for one, unsaid. */
  readonly components: readonly ComponentFacts[];
  readonly resources: readonly ResourceFacts[];
  /** What a source asks of resources: steps of making, a supplier's dock, a lane's trucks. */
  readonly loads: readonly LoadFacts[];
  readonly demands: readonly DemandFacts[];
  readonly forecasts: readonly ForecastFacts[];
  readonly receipts: readonly ReceiptFacts[];
  readonly rules?: PlanningRules;
};

/** An item at a location: what holds stock. */
export type StockPointFacts = {
  readonly item: string;
  readonly location: string;
  /** Default 0. Below 0 it is stock still owed, and an issue. */
  readonly onHand?: number;
  /** Soft target: a quantity, one a bucket, or days of the demand ahead. Never starves an order. Default 0. */
  readonly safetyStock?: number | ArrayLike<number>;
  readonly safetyStockCoverDays?: number;
  /** Money a unit, for valuing stock and plans. Default 0. */
  readonly unitCost?: number;
  /** Money a unit sold; default unitCost. What a lost unit costs beyond its margin is `shortageCost`. */
  readonly unitPrice?: number;
  /** Money a unit owed and bucket of the horizon, and a unit never delivered. Default: see `PlanningRules`. */
  readonly backlogCost?: number;
  readonly lostSaleCost?: number;
  /** Money to hold a unit for a year, as a ratio of unitCost. Default: see `PlanningRules`. */
  readonly holdingRatioPerYear?: number;
  /** Supply may come at most so many days before the demand it is for. Default: no limit. */
  readonly buildAheadMaxDays?: number;
  /** A unit can serve demand for so many days after receipt. Default: no limit. */
  readonly shelfLifeDays?: number;
  /** Most units that may lie here at the end of a day. Default: no limit. */
  readonly storageMax?: number;
  /** ABC class, life-cycle state or other words for rules of priority. */
  readonly isLaunch?: boolean;
};

export type { SourceKind };

/** One way to refill a stock point. A stock point may have several. */
export type SourceFacts = {
  /** Unique name, e.g. 'make BIKE-1 @ PLANT'. Components and loads refer to it. */
  readonly source: string;
  readonly kind: SourceKind;
  readonly item: string;
  readonly location: string;
  /** Who sells it, where kind is buy. */
  readonly supplier?: string;
  /** Where it comes from, where kind is move. */
  readonly fromLocation?: string;
  /** Calendar days from start to receipt, >= 0. */
  readonly leadTimeDays: number;
  /** Each order's quantity as started, before yield. Defaults 0, any, no limit. */
  readonly lotMinimum?: number;
  readonly lotMultiple?: number;
  readonly lotMaximum?: number;
  /** Good units received a unit started, in (0, 1]. Default 1. */
  readonly yieldRatio?: number;
  /** Money a unit started, beyond components and resources (price, freight). Default 0. */
  readonly costPerUnit?: number;
  readonly costPerOrder?: number;
  /** 1 is asked first. Default 1. */
  readonly priority?: number;
  /** Planned share of the need among sources of a stock point, 0-1; shares win over priority where any is given. */
  readonly shareRatio?: number;
  /** Orders may start on [from, to]. Default: always. */
  readonly effectiveFromDay?: number;
  readonly effectiveToDay?: number;
  /** Most units a supplier or lane gives, per bucket of the horizon. Default: no limit. */
  readonly maximumPerBucket?: number | ArrayLike<number>;
  /** No order may start before asOfDay + this: the frozen zone. Default 0. */
  readonly frozenDays?: number;
};

export type ComponentFacts = {
  readonly source: string;
  /** A stock point at the source's location. */
  readonly component: string;
  /** Units per unit started, >= 0, before the component's own scrap. */
  readonly quantityPer: number;
  /** Units per order, whatever its quantity. Default 0. */
  readonly quantityPerOrder?: number;
  /** Share of the component lost on the way in, [0, 1). Default 0. */
  readonly scrapRatio?: number;
  /** In force for orders that start on [from, to]. */
  readonly effectiveFromDay?: number;
  readonly effectiveToDay?: number;
  /** Rows of a source with the same group stand for each other: the lowest priority number that is available is used. */
  readonly substituteGroup?: string;
  readonly substitutePriority?: number;
};

export type ResourceKind = 'machine' | 'labour' | 'storage' | 'supplier';

export type ResourceFacts = {
  readonly resource: string;
  readonly kind?: ResourceKind;
  readonly location?: string;
  readonly skill?: string;
  /**
   * First days of the resource's own capacity buckets and the day after the last; default the model's buckets. Hours
   * may not be carried from one to the next.
   */
  readonly bucketStartDays?: ArrayLike<number>;
  /** Rated hours per bucket (see `ratedCapacityHours`), planned stops taken off. Infinity or missing = no limit; NaN is an issue. */
  readonly capacityHours?: ArrayLike<number>;
  /** Hours already taken by open orders. Default 0. */
  readonly committedHours?: ArrayLike<number>;
  /** Hours that may be added per bucket at `overtimeCostPerHour`. Default 0. */
  readonly overtimeMaxHours?: number | ArrayLike<number>;
  readonly costPerHour?: number;
  readonly overtimeCostPerHour?: number;
  /** Where the optimal plan may hire and lay off. Every other plan keeps the people there are. */
  readonly workforce?: WorkforceFacts;
};

/**
 * The people behind the hours of a resource. `capacityHours` is what `people` give; each hired or laid off adds or
 * takes `hoursPerPerson` of the bucket (where `capacityHours` is missing it is people x hoursPerPerson).
 */
export type WorkforceFacts = {
  /** People before the first bucket. */
  readonly people: number;
  /** Hours that one gives in a bucket of the resource. */
  readonly hoursPerPerson: number | ArrayLike<number>;
  /** Overtime that one may add in a bucket, beyond `overtimeMaxHours`. Default 0. */
  readonly overtimeMaxHoursPerPerson?: number;
  /** Money a person and bucket, worked or not. Default 0. */
  readonly wagePerBucket?: number;
  /** Money to hire or lay off one. Default 0. */
  readonly hireCost?: number;
  readonly layOffCost?: number;
  /** Defaults 0 and no limit. */
  readonly peopleMinimum?: number;
  readonly peopleMaximum?: number;
};

/** A load falls in the resource bucket of the order's start day plus `offsetDays`. */
export type LoadFacts = {
  readonly source: string;
  readonly resource: string;
  readonly hoursPerUnit: number;
  readonly setupHoursPerOrder?: number;
  readonly offsetDays?: number;
  /** Rows of a source with the same group stand for each other, lowest priority number first. */
  readonly alternateGroup?: string;
  readonly alternatePriority?: number;
};

export type DemandStatus = 'open' | 'quote' | 'closed' | 'cancelled';
/** Deliver as it comes, all in one delivery, or not at all when late. */
export type ShipPolicy = 'partial' | 'complete' | 'onTimeOrNever';

/** An order of a customer. */
export type DemandFacts = {
  readonly demand: string;
  readonly item: string;
  readonly location: string;
  readonly dueDay: number;
  /** Still to ship. */
  readonly quantity: number;
  /** 1 is served first. Default 10. */
  readonly priority?: number;
  readonly policy?: ShipPolicy;
  /** Days after which the customer goes elsewhere. Default: waits for ever. */
  readonly latenessMaxDays?: number;
  /**
   * Only open ones are planned; quotes only where the rules say so. A closed one's quantity is what was delivered: it
   * still nets the forecast of its bucket. A cancelled one counts for nothing. Default open.
   */
  readonly status?: DemandStatus;
  readonly customer?: string;
  readonly pricePerUnit?: number;
};

/** Expected demand of a bucket that orders of the same stock point come out of. */
export type ForecastFacts = {
  readonly item: string;
  readonly location: string;
  /** Quantity per bucket. */
  readonly quantity: ArrayLike<number>;
  /** Orders of these customers net it; missing: of all. A forecast of a customer is netted before one of all. */
  readonly customer?: string;
  readonly priority?: number;
};

export type ReceiptKind = 'purchase' | 'work' | 'transfer';

/** Supply under way: an open order of any kind. */
export type ReceiptFacts = {
  readonly receipt: string;
  readonly kind: ReceiptKind;
  readonly item: string;
  readonly location: string;
  readonly dueDay: number;
  /** Good units still to come. */
  readonly quantity: number;
  /** A planned order may still be moved by the plan; a confirmed or released one comes when it comes. */
  readonly status?: 'planned' | 'released' | 'confirmed';
  readonly supplier?: string;
};

export type PlanningRules = {
  /** Orders net the forecast of so many earlier and later buckets. Defaults 0 and 0: their own. */
  readonly consumeBackwardBuckets?: number;
  readonly consumeForwardBuckets?: number;
  /** Plan quotes as orders. Default false. */
  readonly includeQuotes?: boolean;
  /** Priority of forecast where the row gives none. Default 20: after orders. */
  readonly forecastPriority?: number;
  /** Late and open orders are planned before launches, whatever their priority. Default true. */
  readonly backlogFirst?: boolean;
  /** Default 0.2 a year. */
  readonly holdingRatioPerYear?: number;
  /** Defaults as ratios of the price: backlog per 30 days 0.05, lost sale 0.5. */
  readonly backlogRatioPerMonth?: number;
  readonly lostSaleRatio?: number;
  /** A demand of a bucket is due at this share of it, 0-1. Default 0.5. */
  readonly forecastDueRatio?: number;
};
