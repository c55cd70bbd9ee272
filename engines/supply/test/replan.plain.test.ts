import { describe, expect, test } from 'vitest';
import {
  compileFiniteNetwork,
  DELAY_CAUSE,
  type FinitePlan,
  planFinite,
  type PlanningModel,
  planToReplan,
  recompiledNetwork,
  replanFinite,
} from '../src/index.ts';

const location = 'L';
const HOURS = [10, 10, 10, 10, 10, 10];

/** One item that takes an hour a unit on M1 and on M2, for an order of 30 in the first week. */
function onTwoResources(hours: readonly [number, number], maximumPerBucket: number): PlanningModel {
  const [m1, m2] = hours;
  return {
    asOfDay: 0,
    bucketStartDays: [0, 7, 14, 21, 28, 35, 42],
    stockPoints: [{ item: 'F', location, unitCost: 10 }],
    sources: [
      {
        source: 'make F',
        kind: 'make',
        item: 'F',
        location,
        leadTimeDays: 2,
        lotMultiple: 1,
        maximumPerBucket,
      },
    ],
    components: [],
    resources: [
      { resource: 'M1', capacityHours: HOURS.map(() => m1) },
      { resource: 'M2', capacityHours: HOURS.map(() => m2) },
    ],
    loads: [
      { source: 'make F', resource: 'M1', hoursPerUnit: 1 },
      { source: 'make F', resource: 'M2', hoursPerUnit: 1 },
    ],
    demands: [{ demand: 'A', item: 'F', location, dueDay: 6, quantity: 30 }],
    forecasts: [],
    receipts: [],
  };
}

/** The plan after a change by the journal of the plan before it, which has to be that of a full run. */
function replanned(before: PlanningModel, after: PlanningModel, changed: readonly number[]): FinitePlan {
  const network = compileFiniteNetwork(before);
  const next = recompiledNetwork(after, network);
  const plan = replanFinite(next, planToReplan(network), changed);
  expect(plan).toEqual(planFinite(next));
  return plan;
}

describe('what held a demand up is told anew where the same quantity is held up by something else', () => {
  test('by another resource', () => {
    const [before, after] = [onTwoResources([10, 20], 90), onTwoResources([20, 10], 90)];
    expect([...planFinite(compileFiniteNetwork(before)).delays.subject]).toEqual([0, 0]);
    expect([...replanned(before, after, [0]).delays.subject]).toEqual([1, 1]);
  });

  test("by the source's maximum in place of hours", () => {
    const plan = replanned(onTwoResources([10, 20], 90), onTwoResources([20, 20], 10), [0]);
    expect(new Set(plan.delays.cause)).toEqual(new Set([DELAY_CAUSE.sourceMaximum]));
  });
});

const sum = (quantities: Float64Array): number => quantities.reduce((total, quantity) => total + quantity, 0);

test('stock that is taken last, after what can be made, is asked for anew where others take of it', () => {
  const make = { kind: 'make' as const, location, lotMultiple: 1 };
  const before: PlanningModel = {
    ...onTwoResources([5, 100], 90),
    stockPoints: [
      { item: 'F', location, unitCost: 10, onHand: 10 },
      { item: 'G', location, unitCost: 30, onHand: 9 },
    ],
    sources: [
      { ...make, source: 'make F', item: 'F', leadTimeDays: 7 },
      { ...make, source: 'make G', item: 'G', leadTimeDays: 1 },
    ],
    components: [{ source: 'make G', component: 'F', quantityPer: 1 }],
    loads: [{ source: 'make F', resource: 'M1', hoursPerUnit: 1 }],
    demands: [
      { demand: 'G', item: 'G', location, dueDay: 3, quantity: 9, priority: 1 },
      { demand: 'F', item: 'F', location, dueDay: 8, quantity: 8, priority: 5 },
    ],
  };
  const stockPoints = before.stockPoints.map((row) => (row.item === 'G' ? { ...row, onHand: 0 } : row));
  const { deliveries } = replanned(before, { ...before, stockPoints }, [1]);
  const onTime = deliveries.quantity.filter(
    (_, row) => deliveries.demand[row] === 1 && deliveries.day[row] <= 8,
  );
  expect(sum(onTime)).toBe(6);
});

test('lots of one demand do not count on the same units of a component that others take more of than before', () => {
  const make = (item: string) => ({
    source: `make ${item}`,
    kind: 'make' as const,
    item,
    location,
    leadTimeDays: 2,
  });
  const before: PlanningModel = {
    ...onTwoResources([100, 100], 90),
    stockPoints: [
      { item: 'F', location, unitCost: 10 },
      { item: 'G', location, unitCost: 10, onHand: 3 },
      { item: 'C', location, unitCost: 1, onHand: 15 },
    ],
    sources: [
      { ...make('F'), lotMultiple: 1, lotMaximum: 5 },
      { ...make('G'), lotMultiple: 1 },
    ],
    components: [
      { source: 'make F', component: 'C', quantityPer: 1 },
      { source: 'make G', component: 'C', quantityPer: 1 },
    ],
    loads: [],
    demands: [
      { demand: 'G', item: 'G', location, dueDay: 5, quantity: 3, priority: 1 },
      { demand: 'F', item: 'F', location, dueDay: 6, quantity: 15, priority: 5 },
    ],
  };
  const stockPoints = before.stockPoints.map((row) => (row.item === 'G' ? { ...row, onHand: 0 } : row));
  const { deliveries } = replanned(before, { ...before, stockPoints }, [1]);
  expect(sum(deliveries.quantity.filter((_, row) => deliveries.demand[row] === 1))).toBe(12);
});

/** Both F, of which 10 are there, and what it is bought for: G, of which 3 are asked for and some are there. */
function bought(stockOfG: number, safetyStock: number, lotMinimum: number): PlanningModel {
  return {
    ...onTwoResources([100, 100], 90),
    stockPoints: [
      { item: 'F', location, unitCost: 10, onHand: 10, safetyStock },
      { item: 'G', location, unitCost: 10, onHand: stockOfG },
    ],
    sources: [
      { source: 'buy F', kind: 'buy', item: 'F', location, leadTimeDays: 2, lotMinimum },
      { source: 'make G', kind: 'make', item: 'G', location, leadTimeDays: 2 },
    ],
    components: [{ source: 'make G', component: 'F', quantityPer: 1 }],
    loads: [],
    demands: [
      { demand: 'G', item: 'G', location, dueDay: 3, quantity: 3 },
      { demand: 'F', item: 'F', location, dueDay: 9, quantity: 2 },
    ],
  };
}

describe('safety stock is filled anew', () => {
  const filled = (plan: FinitePlan): number =>
    sum(plan.orders.quantity.filter((_, row) => plan.orders.source[row] === 0));

  test('where there was enough and is not any more', () => {
    expect(filled(replanned(bought(3, 9, 1), bought(0, 9, 1), [1]))).toBe(4);
  });

  test('where more is short than was', () => {
    expect(filled(replanned(bought(3, 15, 1), bought(0, 15, 1), [1]))).toBe(10);
  });

  test('but not where there is enough as before', () => {
    expect(filled(replanned(bought(3, 4, 1), bought(0, 4, 1), [1]))).toBe(0);
  });

  test('where another target is set', () => {
    expect(filled(replanned(bought(3, 7, 1), bought(3, 12, 1), [0]))).toBe(4);
  });

  test('by other lots', () => {
    expect(filled(replanned(bought(3, 15, 1), bought(3, 15, 20), [0]))).toBe(20);
  });
});

test('a component is asked for anew where it could be made in time, so that its stock is left to earlier uses', () => {
  const model = (leadTimeDays: number): PlanningModel => ({
    ...bought(0, 0, 1),
    sources: [
      { source: 'buy F', kind: 'buy', item: 'F', location, leadTimeDays },
      { source: 'make G', kind: 'make', item: 'G', location, leadTimeDays: 1, priority: 1 },
      { source: 'buy G', kind: 'buy', item: 'G', location, leadTimeDays: 1, priority: 2 },
    ],
    demands: [
      { demand: 'G', item: 'G', location, dueDay: 9, quantity: 8, priority: 1 },
      { demand: 'F', item: 'F', location, dueDay: 3, quantity: 8, priority: 5 },
    ],
  });
  const { deliveries } = replanned(model(21), model(7), [0]);
  expect(sum(deliveries.quantity.filter((_, row) => deliveries.day[row] === 3))).toBe(8);
});

test('a component that comes in other lots is ordered anew', () => {
  const model = (lotMinimum: number): PlanningModel => ({
    ...bought(0, 0, lotMinimum),
    demands: [{ demand: 'G', item: 'G', location, dueDay: 5, quantity: 20 }],
  });
  const { orders } = replanned(model(12), model(30), [0]);
  expect(sum(orders.quantity.filter((_, row) => orders.source[row] === 0))).toBe(30);
});
