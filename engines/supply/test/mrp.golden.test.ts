import { describe, expect, test } from 'vitest';
import { rowOf } from '@planwright/series';
import { buildNetwork, type StockPointRow, type SupplyModel, planSupply } from '@planwright/supply';
import explosions from '../golden/mrp-explosion.json' with { type: 'json' };
import records from '../golden/mrp-record.json' with { type: 'json' };

const weeks = (count: number): number[] => Array.from({ length: count + 1 }, (_, week) => week * 7);

function planOf(model: SupplyModel) {
  const { network, issues } = buildNetwork(model);
  expect(issues).toEqual([]);
  return planSupply(network!, { mode: 'unconstrained' });
}

// Golden values come from print, never from our own output: each case names its source.
describe.each(records)('MRP record: $name ($source)', ({ input, expected }) => {
  const { leadTimeWeeks, onHand, safetyStock, grossDemand, scheduledReceipts, ...lot } = input;
  const source = { kind: 'buy', leadTimeDays: leadTimeWeeks * 7, ...lot } as const;
  const point: StockPointRow = {
    item: 'X',
    location: 'L',
    onHand,
    safetyStock,
    independentDemand: grossDemand,
    scheduledReceipts,
    source,
  };
  const plan = planOf({ bucketStartDays: weeks(grossDemand.length), stockPoints: [point], components: [] });

  test('projected on hand', () =>
    expect([...rowOf(plan.projectedOnHand, 0)]).toEqual(expected.projectedOnHand));
  test('planned receipts', () =>
    expect([...rowOf(plan.plannedReceipts, 0)]).toEqual(expected.plannedReceipts));
  test('planned releases', () =>
    expect([...rowOf(plan.plannedReleases, 0)]).toEqual(expected.plannedReleases));
});

describe.each(explosions)('MRP explosion: $name ($source)', ({ input, expected }) => {
  const byWeek = (amounts: Record<string, number>): number[] =>
    Array.from({ length: input.weeks }, (_, week) => amounts[String(week + 1)] ?? 0);
  const plan = planOf({
    bucketStartDays: weeks(input.weeks),
    stockPoints: input.items.map(({ item, leadTimeWeeks, onHand, demand }) => ({
      item,
      location: 'L',
      onHand,
      independentDemand: demand === undefined ? undefined : byWeek(demand),
      source: { kind: 'make', leadTimeDays: leadTimeWeeks * 7 },
    })),
    components: input.components.map(([item, component, quantityPer]) => ({
      item: String(item),
      location: 'L',
      component: String(component),
      quantityPer: Number(quantityPer),
    })),
  });

  test.each(Object.entries(expected.releases))('releases of %s', (item, releases) => {
    const s = input.items.findIndex((row) => row.item === item);
    expect([...rowOf(plan.plannedReleases, s)]).toEqual(byWeek(releases as Record<string, number>));
  });
});
