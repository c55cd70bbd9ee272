import { describe, expect, test } from 'vitest';
import { rowOf } from '@planwright/series';
import {
  buildNetwork,
  planSupply,
  ratedCapacityHours,
  type ResourceRow,
  resourceLoad,
  type RoutingRow,
} from '@planwright/supply';
import { dayFromIso } from '@planwright/time';

const { network } = buildNetwork({
  bucketStartDays: [0, 7, 14, 21],
  stockPoints: [
    {
      item: 'P',
      location: 'L',
      onHand: 0,
      independentDemand: [0, 30, 50],
      source: { kind: 'make', leadTimeDays: 7, lotMaximum: 40, yieldRatio: 0.5 },
    },
    { item: 'C', location: 'L', onHand: 0, source: { kind: 'buy', leadTimeDays: 0 } },
  ],
  components: [{ item: 'P', location: 'L', component: 'C', quantityPer: 1 }],
});
const plan = planSupply(network!, { mode: 'unconstrained' });
const lathe: ResourceRow = { resource: 'lathe', capacityHours: [20, 40, 0] };
const step: RoutingRow = {
  item: 'P',
  location: 'L',
  resource: 'lathe',
  setupHoursPerOrder: 1,
  runHoursPerUnit: 0.3,
};

test('load is setup per order and run per unit released, in the bucket of release', () => {
  // 30 good = 60 released in bucket 0 as 40 + 20; 50 good = 100 released in bucket 1 as 40 + 40 + 20.
  const load = resourceLoad(network!, plan, [lathe], [step]);
  expect([...rowOf(load.loadHours, 0)]).toEqual([2 + 18, 3 + 30, 0]);
  expect([...rowOf(load.utilisationRatio, 0)]).toEqual([1, 33 / 40, Number.NaN]);
  expect(load.overloads).toEqual([]); // Exactly full is not overloaded.
  expect(load.issues).toEqual([]);
});

test('several steps add up, and committed hours come first', () => {
  const load = resourceLoad(
    network!,
    plan,
    [{ ...lathe, committedHours: [5, 0, 2] }],
    [step, { ...step, setupHoursPerOrder: 0, runHoursPerUnit: 0.1 }],
  );
  expect([...rowOf(load.loadHours, 0)]).toEqual([5 + 20 + 6, 33 + 10, 2]);
  expect(load.overloads).toEqual([
    { resource: 0, bucket: 0, loadHours: 31, capacityHours: 20, excessHours: 11 },
    { resource: 0, bucket: 1, loadHours: 43, capacityHours: 40, excessHours: 3 },
    { resource: 0, bucket: 2, loadHours: 2, capacityHours: 0, excessHours: 2 },
  ]);
});

test('what is bought loads nothing of ours', () => {
  const load = resourceLoad(network!, plan, [lathe], [{ ...step, item: 'C' }]);
  expect([...load.loadHours.values]).toEqual([0, 0, 0]);
});

describe('rows that cannot be used are named, and the rest is loaded', () => {
  test.each<[string, ResourceRow[], RoutingRow[], string]>([
    ['an unknown item', [], [{ ...step, item: 'Z' }], 'UNKNOWN_ITEM'],
    ['an unknown resource', [], [{ ...step, resource: 'mill' }], 'UNKNOWN_RESOURCE'],
    ['hours that are not a number', [], [{ ...step, runHoursPerUnit: Number.NaN }], 'BAD_ROUTING_HOURS'],
    ['a resource twice', [lathe], [], 'DUPLICATE_RESOURCE'],
    ['capacity NaN', [{ resource: 'mill', capacityHours: [1, Number.NaN, 1] }], [], 'BAD_CAPACITY'],
    ['capacity of two buckets', [{ resource: 'mill', capacityHours: [1, 1] }], [], 'BAD_CAPACITY'],
  ])('%s', (_, resources, routings, code) => {
    const load = resourceLoad(network!, plan, [lathe, ...resources], [step, ...routings]);
    expect(load.issues.map((issue) => [issue.code, issue.row])).toEqual([[code, 2]]);
    expect([...rowOf(load.loadHours, 0)]).toEqual([20, 33, 0]);
  });
});

describe('rated capacity', () => {
  const monday = dayFromIso('2026-11-02');
  const workdays = [true, true, true, true, true, false, false];

  test('the APICS week: 40 h x 0.90 x 0.95 = 34.2 h', () => {
    const time = { hoursPerDay: 8, workdays, utilisationRatio: 0.9, efficiencyRatio: 0.95 };
    expect(ratedCapacityHours([monday, monday + 7], time)[0]).toBeCloseTo(34.2, 12);
  });

  test('holidays, several machines and buckets that start mid-week', () => {
    const time = { hoursPerDay: 8, workdays, unitCount: 2, closedDays: new Set([monday + 3, monday + 5]) };
    expect([...ratedCapacityHours([monday, monday + 2, monday + 7], time)]).toEqual([32, 32]);
  });
});
