/**
 * The constrained plan's network: a planning model as columns of numbers, ready to be walked without a look-up by name.
 *
 * Days in here are counted from the as-of day (day 0 is the day the plan is made on, `dayCount` the end of the horizon);
 * quantities are in stocking units, hours are hours. A list of each row lies between two entries of a `…Start` column:
 * the sources of stock point p are `pointSources[pointSourceStart[p] .. pointSourceStart[p + 1])`.
 *
 * What a source consumes is a list of *needs*, each with one option or, where the rows of a substitute group stand for
 * each other, several in the order in which they are asked. Its loads on resources are built the same way.
 */
import type { FiniteDemands } from '../model/finite-plan.ts';

export type FiniteNetwork = NetworkRows & { readonly traits: NetworkTraits };

/** All that the model says. */
export type NetworkRows = {
  readonly asOfDay: number;
  readonly dayCount: number;
  readonly bucketCount: number;
  /** Model bucket of each day. */
  readonly bucketOfDay: Int32Array;
  readonly bucketFirstDay: Int32Array;
  readonly points: FinitePoints;
  readonly sources: FiniteSources;
  readonly needs: FiniteNeeds;
  readonly loads: FiniteLoads;
  readonly resources: FiniteResources;
  readonly receipts: FiniteReceipts;
  readonly demands: FiniteDemands;
  readonly terms: DemandTerms;
  readonly subnetworks: Subnetworks;
};

/** What follows from the rows alone and every plan goes by: see `network-traits.ts`. */
export type NetworkTraits = {
  /** How each point's orders may be drawn together after the promises (see `tightening.ts`). */
  readonly how: Uint8Array;
  /** 1 where a point can have anything from its open day on; its row in the ledger ends there. */
  readonly isFree: Uint8Array;
  /** By source: which of its orders may be joined (see `joining.ts`). */
  readonly joining: Uint8Array;
  /** First day on which each point can have anything, made from nothing. */
  readonly openDay: Int32Array;
  /** Units of each point that may be needed before its open day, when only what is there can give them. */
  readonly earlyNeed: Float64Array;
  /** Hours of all resources that a unit of each point takes, by the first source of each. */
  readonly hoursPerUnit: Float64Array;
};

export type FinitePoints = {
  readonly count: number;
  readonly onHand: Float64Array;
  readonly unitCost: Float64Array;
  readonly sourceStart: Int32Array;
  /** Rows of sources, the one asked first before the others. */
  readonly sources: Int32Array;
  /** 1 where shares say which source is asked first. */
  readonly hasShares: Uint8Array;
  /** Last day of use counted from receipt, for planned orders and for stock that is there; Infinity: any. */
  readonly orderUseDays: Float64Array;
  readonly stockUseDays: Float64Array;
  readonly shelfLifeDays: Float64Array;
  readonly storageMax: Float64Array;
  /** Row-major targets, bucketCount a row, of the points that have any; -1 where a point has none. */
  readonly safetyRow: Int32Array;
  readonly safetyStock: Float64Array;
  readonly safetyCoverDays: Float64Array;
  /** Longest way to a raw material: 0 is consumed by no source. Components lie deeper than what consumes them. */
  readonly depth: Int32Array;
};

export type FiniteSources = {
  readonly count: number;
  readonly point: Int32Array;
  readonly leadDays: Int32Array;
  readonly lotMinimum: Float64Array;
  /** 0: any quantity. */
  readonly lotMultiple: Float64Array;
  readonly lotMaximum: Float64Array;
  readonly yieldRatio: Float64Array;
  readonly shareRatio: Float64Array;
  /** First and last day on which an order may start, and the part of the first that the frozen zone is. */
  readonly firstStartDay: Int32Array;
  readonly lastStartDay: Int32Array;
  readonly frozenDays: Int32Array;
  /** First entry in `maximum` (bucketCount long); -1 no limit. */
  readonly maximumRow: Int32Array;
  readonly maximum: Float64Array;
  readonly needStart: Int32Array;
  readonly loadStart: Int32Array;
  /** 1 where the source has a load with an alternate. */
  readonly hasAlternates: Uint8Array;
};

/** Need n of a source has the options optionStart[n] .. optionStart[n + 1]. */
export type FiniteNeeds = {
  readonly optionStart: Int32Array;
  readonly point: Int32Array;
  /** Units per unit started and per order, scrap included. */
  readonly per: Float64Array;
  readonly perOrder: Float64Array;
  readonly fromDay: Int32Array;
  readonly toDay: Int32Array;
};

export type FiniteLoads = {
  readonly optionStart: Int32Array;
  readonly resource: Int32Array;
  readonly hoursPer: Float64Array;
  readonly setupHours: Float64Array;
  readonly offsetDays: Int32Array;
};

export type FiniteResources = {
  readonly count: number;
  /** Entries in the columns by resource bucket: resource r has bucketStart[r] .. bucketStart[r + 1]. */
  readonly bucketStart: Int32Array;
  /** First day of each bucket, and Infinity or hours in it. */
  readonly firstDay: Int32Array;
  readonly capacity: Float64Array;
  readonly overtime: Float64Array;
  readonly committed: Float64Array;
  /** Money that an hour above capacity costs beyond one within; 0 where nothing is said, so that it is free. */
  readonly overtimeCost: Float64Array;
  /** Row of `bucketOfDay` in `calendarDays`: days of the horizon to buckets of the resource, -1 outside of them. */
  readonly calendar: Int32Array;
  readonly calendarDays: Int32Array;
};

export type FiniteReceipts = {
  readonly count: number;
  readonly point: Int32Array;
  readonly day: Int32Array;
  readonly quantity: Float64Array;
};

/** Beside `demands`: what the rows of the model say of waiting. Days are of the horizon. */
export type DemandTerms = {
  /** Day asked for, never before day 0. */
  readonly day: Int32Array;
  readonly lastDay: Int32Array;
  readonly policy: Uint8Array;
  /** 0 backlog and orders, 1 launches and forecast. */
  readonly tier: Uint8Array;
  /** Money a unit and day of waiting; money a unit never delivered. */
  readonly waitCost: Float64Array;
  readonly lossCost: Float64Array;
};
export const SHIP = { partial: 0, complete: 1, onTimeOrNever: 2 } as const;

/** Stock points that share components, moves or resources, and nothing with the others. */
export type Subnetworks = {
  readonly count: number;
  /** By stock point: its sub-network, and its place among the points of it. */
  readonly ofPoint: Int32Array;
  readonly slot: Int32Array;
  readonly pointStart: Int32Array;
  readonly points: Int32Array;
  /** Demands of each sub-network in the order in which they are planned. */
  readonly demandStart: Int32Array;
  readonly demands: Int32Array;
};

/** A day that never comes. */
export const NEVER = 0x3fffffff;

/** Does stock of this point age, so that each use must be of a supply that is young enough? */
export function ages({ points }: Pick<NetworkRows, 'points'>, point: number): boolean {
  return points.orderUseDays[point] < NEVER || points.stockUseDays[point] < NEVER;
}
