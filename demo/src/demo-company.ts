import { TARGET_NAMES, type TargetBatch, type TargetName } from '@planwright/contracts';
import { FISCAL_START_MONTH } from './books.ts';
import { buildCompany, type Company, revenueGoal } from './company.ts';
import * as knowledge from './demand-rows.ts';
import * as master from './master-rows.ts';
import * as orders from './order-rows.ts';
import * as plans from './plan-rows.ts';
import { rowBatches, type RowSource } from './row-batches.ts';
import type { DemoSize } from './size.ts';

export type DemoOptions = {
  readonly size: DemoSize;
  /** The same seed gives the same company, byte for byte. */
  readonly seed?: number;
  /** Day of the plan, 'YYYY-MM-DD'. Nothing in the company happened on it or after. */
  readonly asOf?: string;
};

export type DemoProfile = {
  readonly slug: string;
  readonly name: string;
  readonly currency: string;
  readonly calendarKind: 'month';
  readonly fiscalYearStartMonth: number;
  readonly asOf: string;
  /** What the executives want of the fiscal year that holds the as-of day. The amount is decimal text. */
  readonly northStar: { readonly measure: 'revenue'; readonly fiscalYear: number; readonly amount: string };
};

export type DemoCompany = {
  readonly profile: DemoProfile;
  /** All rows, in the order of TARGET_NAMES and at most 10,000 a batch. Every call starts anew. */
  batches(): Iterable<TargetBatch>;
};

const DEFAULT_SEED = 1962; // The year in which the company was founded.
const DEFAULT_AS_OF = '2026-11-01';

const SOURCES: Readonly<Record<TargetName, (company: Company) => RowSource>> = {
  item_group: master.groupRows,
  location: master.locationRows,
  item: master.itemRows,
  item_location: master.itemLocationRows,
  territory: master.territoryRows,
  employee: master.employeeRows,
  account: master.accountRows,
  supplier: master.supplierRows,
  item_supplier: master.itemSupplierRows,
  bom_row: master.billRows,
  resource: master.resourceRows,
  routing_step: master.routingRows,
  planned_stop: master.stopRows,
  machine_failure: master.failureRows,
  on_hand: orders.onHandRows,
  stock_balance: orders.balanceRows,
  sales_order: orders.orderRows,
  sales_order_line: orders.orderLineRows,
  purchase_order_line: orders.purchaseRows,
  work_order: orders.workOrderRows,
  seller_territory: plans.assignmentRows,
  quota: plans.quotaRows,
  ledger_line: plans.ledgerRows,
  fx_rate: plans.fxRows,
  demand_event: knowledge.eventRows,
  stock_out: knowledge.stockOutRows,
  launch: knowledge.launchRows,
  succession: knowledge.successionRows,
  lead: plans.leadRows,
  opportunity: plans.dealRows,
  opportunity_event: plans.dealEventRows,
};

/**
 * Fernhollow Outdoor, a maker of outdoor power equipment: four years of its life up to the as-of day.
 *
 * Founded in Cedar Rapids, Iowa, it builds gas mowers, riders, snow throwers and engines there and battery and
 * handheld tools in Greenville, South Carolina, and sells through dealers, retail chains and online from
 * warehouses in Reno, Kansas City, Harrisburg and Atlanta. Mowers peak in April, snow throwers in October;
 * battery tools grow, gas tools shrink. The powder coat line, walk-behind assembly and the battery pack line
 * are too small for the season. The fiscal year starts in October.
 *
 * Building it takes the time of four simulated years (seconds for M); reading the batches only writes it out.
 */
export function demoCompany(options: DemoOptions): DemoCompany {
  const { size, seed = DEFAULT_SEED, asOf = DEFAULT_AS_OF } = options;
  const company = buildCompany(size, seed, asOf);
  return {
    profile: {
      slug: 'fernhollow',
      name: 'Fernhollow Outdoor',
      currency: 'USD',
      calendarKind: 'month',
      fiscalYearStartMonth: FISCAL_START_MONTH,
      asOf,
      northStar: { measure: 'revenue', ...revenueGoal(company) },
    },
    *batches() {
      for (const target of TARGET_NAMES) yield* rowBatches(SOURCES[target](company));
    },
  };
}
