/** Revenue, cost, margin and inventory of every item group: actual, plan, budget and last year. */
import { lastYearOf } from '@planwright/finance';
import { bucketsPerYear } from '@planwright/time';
import { pathsUp } from '../item-groups.ts';
import type { BudgetSeries, Snapshot } from '../snapshot.ts';
import { groupsOfKeys, knownValues, sumUp } from './group-sums.ts';
import { rowIn, type RunBlocks } from './run-blocks.ts';
import type { FinanceSeries } from './stage-results.ts';

type FinanceMeasure = FinanceSeries['measure'];

/** All rows span history and horizon; NaN where a kind says nothing. */
export function financeSeries(snapshot: Snapshot, blocks: RunBlocks): FinanceSeries[] {
  const { meta, groups } = snapshot;
  const wide = meta.historyBuckets + meta.horizonBuckets;
  const above = groupsOfKeys(snapshot);
  const ofKeys = (measure: 'revenue' | 'cost'): Float64Array[] =>
    sumUp(
      groups.groups.length,
      wide,
      meta.keyCount,
      (key) => above[key],
      (key) => rowIn(blocks, meta, measure, key),
    );
  const revenue = ofKeys('revenue');
  const cost = ofKeys('cost');
  const margin = revenue.map((row, group) => difference(row, cost[group]));
  const wholes: Record<FinanceMeasure, Float64Array[]> = {
    revenue,
    cost,
    margin,
    inventory: inventoryByGroup(snapshot, blocks),
  };
  const budgets = budgetByGroup(snapshot);
  return groups.groups.flatMap(({ code }, group) =>
    (['revenue', 'cost', 'margin', 'inventory'] as const).flatMap((measure) => {
      const whole = wholes[measure][group];
      const kinds = {
        actual: whole.map((value, t) => (t < meta.historyBuckets ? value : Number.NaN)),
        plan: whole.map((value, t) => (t < meta.historyBuckets ? Number.NaN : value)),
        budget: budgets(measure, group) ?? new Float64Array(wide).fill(Number.NaN),
        lastYear: lastYearOf([], whole, bucketsPerYear(meta.calendar)),
      };
      return Object.entries(kinds).map(([kind, values]) => ({
        group: code,
        measure,
        kind: kind as keyof typeof kinds,
        values: knownValues(values),
      }));
    }),
  );
}

/** Stock at bucket ends: as counted in the past, as projected ahead. */
function inventoryByGroup(snapshot: Snapshot, blocks: RunBlocks): Float64Array[] {
  const { meta, groups, items, supply, finance } = snapshot;
  const wide = meta.historyBuckets + meta.horizonBuckets;
  const paths = pathsUp(groups.groups);
  const indexOf = new Map(items.code.map((code, item) => [code, item]));
  const groupsOfItem = (code: string): readonly number[] =>
    paths[groups.groupOfItem[indexOf.get(code) ?? -1] ?? 0];

  const past = sumUp(
    groups.groups.length,
    wide,
    finance.stockHistory.length,
    (row) => groupsOfItem(finance.stockHistory[row].item),
    (row) => {
      const { item, bucket, quantity, value } = finance.stockHistory[row];
      const unitCost = items.unitCost[indexOf.get(item) ?? -1] ?? Number.NaN;
      const cells = new Float64Array(wide).fill(Number.NaN);
      cells[bucket] = value ?? quantity * unitCost;
      return cells;
    },
  );
  const ahead = sumUp(
    groups.groups.length,
    meta.horizonBuckets,
    meta.pointCount,
    (point) => groupsOfItem(supply.points[point].item),
    (point) => rowIn(blocks, meta, 'inventoryValue', point),
  );
  past.forEach((row, group) => row.set(ahead[group], meta.historyBuckets));
  return past;
}

/**
 * The budget of a group: its own, else what the groups directly below it have together. A budget of the company as a
 * whole is not spread over groups: nobody said how.
 */
function budgetByGroup(
  snapshot: Snapshot,
): (measure: FinanceMeasure, group: number) => Float64Array | undefined {
  const { groups } = snapshot.groups;
  const stated = new Map(
    snapshot.finance.budget.map((series) => [budgetName(series.measure, series.group), series.values]),
  );
  const childrenOf = Map.groupBy(groups.keys(), (group) => groups[group].parentCode);
  const ownOrBelow = (measure: BudgetSeries['measure'], group: number): Float64Array | undefined => {
    const own = stated.get(budgetName(measure, groups[group].code));
    if (own !== undefined) return Float64Array.from(own, (value) => value ?? Number.NaN);
    const below = (childrenOf.get(groups[group].code) ?? []).flatMap(
      (child) => ownOrBelow(measure, child) ?? [],
    );
    if (below.length === 0) return undefined;
    const [sum] = sumUp(
      1,
      below[0].length,
      below.length,
      () => [0],
      (row) => below[row],
    );
    return sum;
  };
  return (measure, group) => {
    if (measure === 'inventory') return undefined;
    if (measure !== 'margin') return ownOrBelow(measure, group);
    const [revenue, cost] = [ownOrBelow('revenue', group), ownOrBelow('cost', group)];
    return revenue === undefined || cost === undefined ? undefined : difference(revenue, cost);
  };
}

function budgetName(measure: string, group: string): string {
  return `${measure}:${group}`;
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, t) => value - b[t]);
}
