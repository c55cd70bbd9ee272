/** Turns a company's data into the frozen inputs of a run, and says what is wrong with them. Pure. */
import type { ForecastTier } from '@planwright/forecast';
import type { Issue } from '@planwright/units';
import type { BudgetRow, CompanyData, CompanySettings, ItemRow } from './company-data.ts';
import { driverInputs, placeInputs, withPlannedStreams } from './demand-drivers.ts';
import { demandInputs } from './demand-inputs.ts';
import { type RunIssue, summarisedIssues } from './issue-summary.ts';
import { itemCosts } from './item-costs.ts';
import { groupInputs } from './item-groups.ts';
import type { PlanCalendar } from './plan-calendar.ts';
import { previousFits } from './previous-fits.ts';
import { previousInputs } from './previous-inputs.ts';
import {
  type BudgetSeries,
  encodeSnapshot,
  type ItemColumns,
  SNAPSHOT_FORMAT,
  type SnapshotBlocks,
  snapshotHash,
  type SnapshotMeta,
} from './snapshot.ts';
import { planningInputs } from './planning-inputs.ts';

export type FrozenInputs = {
  readonly hash: string;
  readonly blocks: SnapshotBlocks;
  readonly meta: SnapshotMeta;
  /** Whoever is planned, for the ids that stay from run to run. */
  readonly points: readonly { readonly item: string; readonly location: string }[];
  readonly issues: readonly RunIssue[];
};

export function freezeSnapshot(
  settings: CompanySettings,
  data: CompanyData,
  plan: PlanCalendar,
  calendarIssues: readonly Issue[],
  tier: ForecastTier = 'standard',
): FrozenInputs {
  const streams = withPlannedStreams(data.history, data.drivers, data.items, plan);
  const demand = demandInputs(streams.history, data.openOrders, plan.historyBuckets);
  const groups = groupInputs(data.groups, data.items);
  const cost = itemCosts({ ...data, bom: bomInForce(data.bom, plan.asOf) });
  const costOf = new Map(data.items.map((item, index) => [item.code, cost.costs.unitCost[index]]));
  const planned = planningInputs(data, demand.inputs.keys, plan, (item) => {
    const unitCost = costOf.get(item);
    return unitCost === undefined || Number.isNaN(unitCost) ? null : unitCost;
  });
  const { supply, capacity, planning } = planned.inputs;
  const meta: SnapshotMeta = {
    format: SNAPSHOT_FORMAT,
    currency: settings.currency,
    calendar: plan.calendar.spec,
    starts: [...plan.calendar.starts],
    asOf: plan.asOf,
    historyBuckets: plan.historyBuckets,
    horizonBuckets: plan.horizonBuckets,
    keyCount: demand.inputs.keys.item.length,
    pointCount: supply.points.length,
    resourceCount: capacity.resources.length,
    supplyChunkCount: supply.chunks.length,
    planningChunkCount: planning.chunks.length,
    tier,
  };
  const blocks = encodeSnapshot({
    meta,
    keys: demand.inputs.keys,
    openOrders: demand.inputs.openOrders,
    drivers: driverInputs(
      data.drivers,
      demand.inputs.keys,
      placeInputs(demand.inputs.keys, data.locations, settings.country ?? null),
      plan,
    ),
    fits: previousFits(data.fits, demand.inputs.keys),
    items: itemColumns(data.items, cost.costs.unitCost),
    groups: groups.inputs,
    supply,
    capacity,
    planning,
    finance: {
      budget: budgetSeries(data.budget, plan),
      stockHistory: data.stockHistory,
      notes: cost.costs.notes,
    },
    service: data.service,
    actualQuantity: demand.inputs.actualQuantity,
    actualAmount: demand.inputs.actualAmount,
    returnedQuantity: demand.inputs.returnedQuantity,
    ...previousInputs(data.previous, demand.inputs.keys, plan),
  });
  const issues = summarisedIssues([
    ...calendarIssues,
    ...streams.issues,
    ...demand.issues,
    ...planned.issues,
    ...groups.issues,
    ...cost.issues,
    ...data.unconverted.map(rateIssue),
  ]);
  return { hash: snapshotHash(blocks), blocks, meta, points: supply.points, issues };
}

function bomInForce(rows: CompanyData['bom'], asOf: number): CompanyData['bom'] {
  return rows.filter((row) => (row.effectiveFrom ?? asOf) <= asOf && (row.effectiveTo ?? asOf) >= asOf);
}

function itemColumns(items: readonly ItemRow[], unitCost: Float64Array): ItemColumns {
  return {
    code: items.map((item) => item.code),
    name: items.map((item) => item.name),
    kind: items.map((item) => item.kind),
    unit: items.map((item) => item.unit),
    listPrice: items.map((item) => item.listPrice),
    unitCost: Array.from(unitCost, (cost) => (Number.isNaN(cost) ? null : cost)),
    activeFrom: items.map((item) => item.activeFrom),
    activeTo: items.map((item) => item.activeTo),
    planner: items.map((item) => item.planner),
  };
}

/** One series per group and measure that has a budget anywhere in the calendar. */
function budgetSeries(rows: readonly BudgetRow[], plan: PlanCalendar): BudgetSeries[] {
  const series = new Map<
    string,
    { group: string; measure: BudgetSeries['measure']; values: (number | null)[] }
  >();
  for (const row of rows) {
    const measure = row.accountType === 'revenue' ? 'revenue' : 'cost';
    const name = `${measure}:${row.itemGroup}`;
    const entry = series.get(name) ?? {
      group: row.itemGroup,
      measure,
      values: new Array<number | null>(plan.calendar.bucketCount).fill(null),
    };
    series.set(name, entry);
    if (row.bucket < 0 || row.bucket >= plan.calendar.bucketCount) continue;
    entry.values[row.bucket] = (entry.values[row.bucket] ?? 0) + row.amount;
  }
  return [...series.values()];
}

function rateIssue(unconverted: CompanyData['unconverted'][number]): Issue {
  return {
    severity: 'warning',
    code: 'NO_EXCHANGE_RATE',
    message: `${unconverted.lineCount} order lines in ${unconverted.currency} have no exchange rate; their amounts are left out, their quantities are not.`,
    advice: 'Import exchange rates from this currency into the company currency.',
    value: unconverted.currency,
  };
}
