/** What a unit costs: as the company states it, else what it is bought for, else rolled up from what goes into it. */
import { rollUpCost } from '@planwright/finance';
import type { Issue } from '@planwright/units';
import type { CompanyData } from './company-data.ts';

export type ItemCosts = {
  /** One entry per item of the company data; NaN where no cost is known. */
  readonly unitCost: Float64Array;
  /** How the costs were found, for the finance screen. */
  readonly notes: readonly string[];
};

export function itemCosts(data: CompanyData): { readonly costs: ItemCosts; readonly issues: Issue[] } {
  const price = new Map<string, number>();
  for (const row of data.itemSuppliers) {
    if (row.price !== null && !price.has(row.item)) price.set(row.item, row.price);
  }
  const rate = new Map(data.resources.map((row) => [row.code, row.costPerHour ?? 0]));
  const statedCount = data.items.filter((item) => item.standardCost !== null).length;
  const rolled = rollUpCost({
    items: data.items.map((item) => ({
      item: item.code,
      // A stated cost is final; the roll-up takes it as it takes the cost of a bought item.
      source: item.standardCost === null ? item.source : 'buy',
      statedCost: item.standardCost ?? price.get(item.code),
      yieldRatio: item.yieldRatio,
      lotQuantity: Math.max(item.lotMinimum ?? 0, 1),
    })),
    components: data.bom
      .filter((row) => row.quantityPer > 0)
      .map((row) => ({
        item: row.parent,
        component: row.component,
        quantityPer: row.quantityPer / (1 - row.scrapRatio),
      })),
    steps: data.routing.map((row) => ({
      item: row.item,
      setupHours: row.setupHours,
      runHoursPerUnit: row.hoursPerUnit,
      ratePerHour: rate.get(row.resource) ?? 0,
    })),
  });
  const rolledCount = rolled.isRolledUp.reduce((sum, isRolledUp) => sum + isRolledUp, 0);
  const missingCount = rolled.unitCost.filter(Number.isNaN).length;
  const boughtCount = data.items.length - statedCount - rolledCount - missingCount;
  const notes = [
    note(statedCount, 'the standard cost that the company states'),
    note(boughtCount, 'the price of the first supplier'),
    note(rolledCount, 'a cost rolled up from components and hours'),
    missingCount === 0 ? '' : `${missingCount} items have no cost, so their margin is not known.`,
  ].filter((text) => text !== '');
  // Nothing about costs stops a plan of quantities.
  const issues = rolled.issues.map((issue) => ({ ...issue, severity: 'warning' as const, row: undefined }));
  return { costs: { unitCost: rolled.unitCost, notes }, issues };
}

function note(count: number, basis: string): string {
  return count === 0 ? '' : `${count} ${count === 1 ? 'item takes' : 'items take'} ${basis}.`;
}
