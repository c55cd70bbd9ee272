import { describe, expect, test } from 'vitest';
import { rowOf } from '@planwright/series';
import {
  checkPlanningModel,
  compileFiniteNetwork,
  type PlanningModel,
  planUnconstrained,
  type SourceFacts,
  type StockPointFacts,
} from '@planwright/supply';

const at = 'L';
const WEEKS = 6;
const buy = (source: string, rest: Partial<SourceFacts> = {}): SourceFacts => ({
  source,
  kind: 'buy',
  item: 'X',
  location: at,
  leadTimeDays: 7,
  ...rest,
});

/** Item X with a forecast per week, planned on the first day of the first week. */
function modelOf(demand: number[], sources: SourceFacts[], rest: Partial<PlanningModel> = {}): PlanningModel {
  return {
    asOfDay: 0,
    bucketStartDays: Array.from({ length: WEEKS + 1 }, (_, week) => week * 7),
    stockPoints: [{ item: 'X', location: at }],
    sources,
    components: [],
    resources: [],
    loads: [],
    demands: [],
    forecasts: [{ item: 'X', location: at, quantity: demand }],
    receipts: [],
    ...rest,
  };
}

/** Orders as [source, start week, quantity], by source and week. */
function ordersOf(model: PlanningModel): [string, number, number][] {
  expect(checkPlanningModel(model).filter(({ severity }) => severity === 'error')).toEqual([]);
  const { orders } = planUnconstrained(compileFiniteNetwork(model));
  return Array.from({ length: orders.count }, (_, order) => [
    model.sources[orders.source[order]].source,
    Math.floor(orders.startDay[order] / 7),
    orders.quantity[order],
  ]);
}

const planOf = (model: PlanningModel) => planUnconstrained(compileFiniteNetwork(model));
const pointWith = (rest: Partial<StockPointFacts>): Pick<PlanningModel, 'stockPoints'> => ({
  stockPoints: [{ item: 'X', location: at, ...rest }],
});

describe('several sources', () => {
  test('the first by priority serves, until it is no longer in force', () => {
    const sources = [buy('second', { priority: 2 }), buy('first', { priority: 1, effectiveToDay: 13 })];
    expect(ordersOf(modelOf([0, 10, 10, 10, 0, 0], sources))).toEqual([
      ['first', 0, 10],
      ['first', 1, 10],
      ['second', 2, 10],
    ]);
  });

  test('the switch goes by the day the order starts, not by the day it arrives', () => {
    const sources = [
      buy('old', { effectiveToDay: 6 }),
      buy('new', { effectiveFromDay: 7, leadTimeDays: 14 }),
    ];
    // In week 2 the old one would start in week 1, too late for it, and the new one in week 0, too early for it.
    expect(ordersOf(modelOf([0, 10, 0, 10, 0, 0], sources))).toEqual([
      ['old', 0, 10],
      ['new', 1, 10],
    ]);
    const plan = planOf(modelOf([0, 0, 10, 0, 0, 0], sources));
    expect([...rowOf(plan.projectedOnHand, 0)]).toEqual([0, 0, -10, 0, 0, 0]);
    expect([...rowOf(plan.shortage, 0)]).toEqual([0, 0, 10, 0, 0, 0]);
  });

  test('shares split every need', () => {
    const sources = [buy('A', { shareRatio: 0.7 }), buy('B', { shareRatio: 0.3 })];
    expect(ordersOf(modelOf([0, 10, 0, 20, 0, 0], sources))).toEqual([
      ['A', 0, 7],
      ['A', 2, 14],
      ['B', 0, 3],
      ['B', 2, 6],
    ]);
  });

  test('shares hold over time where lots are large, and nothing is bought for the sake of a share', () => {
    const lots = { lotMultiple: 50 };
    const sources = [buy('A', { shareRatio: 0.5, ...lots }), buy('B', { shareRatio: 0.5, ...lots })];
    const orders = ordersOf(modelOf([0, 50, 50, 50, 50, 0], sources));
    expect(orders).toEqual([
      ['A', 0, 50],
      ['A', 2, 50],
      ['B', 1, 50],
      ['B', 3, 50],
    ]);
  });

  test('a source without a share is asked where none with a share is in force', () => {
    const sources = [buy('A', { shareRatio: 1, effectiveToDay: 6 }), buy('spare')];
    expect(ordersOf(modelOf([0, 10, 10, 0, 0, 0], sources))).toEqual([
      ['A', 0, 10],
      ['spare', 1, 10],
    ]);
  });
});

describe('what an order consumes', () => {
  const make = (rest: Partial<SourceFacts> = {}): SourceFacts =>
    buy('make X', { kind: 'make', leadTimeDays: 0, ...rest });
  const withComponents = (components: PlanningModel['components'], source = make()): PlanningModel =>
    modelOf([0, 10, 10, 0, 0, 0], [source], {
      stockPoints: ['X', 'C', 'D'].map((item) => ({ item, location: at })),
      components,
    });
  const dependent = (model: PlanningModel, point: number): number[] => [
    ...rowOf(planOf(model).dependentDemand, point),
  ];

  test('scrap asks for more: 2 a unit at 20 % loss are 2.5', () => {
    const model = withComponents([{ source: 'make X', component: 'C', quantityPer: 2, scrapRatio: 0.2 }]);
    expect(dependent(model, 1)).toEqual([0, 25, 25, 0, 0, 0]);
  });

  test('use per order counts once an order: lots of at most 4 make three orders of 10', () => {
    const row = { source: 'make X', component: 'C', quantityPer: 1, quantityPerOrder: 5 };
    expect(dependent(withComponents([row]), 1)).toEqual([0, 15, 15, 0, 0, 0]);
    expect(dependent(withComponents([row], make({ lotMaximum: 4 })), 1)).toEqual([0, 25, 25, 0, 0, 0]);
  });

  test('a component that another follows hands over on its day', () => {
    const model = withComponents([
      { source: 'make X', component: 'C', quantityPer: 1, effectiveToDay: 13 },
      { source: 'make X', component: 'D', quantityPer: 3, effectiveFromDay: 14 },
    ]);
    expect(dependent(model, 1)).toEqual([0, 10, 0, 0, 0, 0]);
    expect(dependent(model, 2)).toEqual([0, 0, 30, 0, 0, 0]);
  });

  test('of substitutes the first in force is taken, with its own ratio', () => {
    const group = { source: 'make X', substituteGroup: 'g' };
    const model = withComponents([
      { ...group, component: 'C', quantityPer: 1, substitutePriority: 2 },
      { ...group, component: 'D', quantityPer: 4, substitutePriority: 1, effectiveToDay: 13 },
    ]);
    expect(dependent(model, 2)).toEqual([0, 40, 0, 0, 0, 0]);
    expect(dependent(model, 1)).toEqual([0, 0, 10, 0, 0, 0]);
  });
});

describe('safety stock', () => {
  test('follows the level of each bucket', () => {
    const model = modelOf([0, 10, 10, 10, 0, 0], [buy('A')], pointWith({ safetyStock: [0, 0, 5, 5, 0, 0] }));
    expect([...rowOf(planOf(model).projectedOnHand, 0)]).toEqual([0, 0, 5, 5, 5, 5]);
  });

  test('days of cover keep the demand of the days ahead, beyond the horizon at its last rate', () => {
    const model = modelOf([7, 14, 21, 7, 7, 7], [buy('A')], pointWith({ safetyStockCoverDays: 10 }));
    // Bucket 0: all of the 14 ahead and 3/7 of the 21 after it.
    expect([...rowOf(planOf(model).safetyStock, 0)]).toEqual([23, 24, 10, 10, 10, 10]);
  });
});

describe('the first days', () => {
  test('an order that should have started before today starts today and says so', () => {
    const plan = planOf(modelOf([0, 10, 0, 0, 0, 0], [buy('A', { leadTimeDays: 30 })]));
    expect([...plan.orders.startDay]).toEqual([0]);
    expect([...plan.orders.pastDueDays]).toEqual([20]); // Needed mid-week, on day 10.
  });

  test('nothing starts in the frozen zone', () => {
    const plan = planOf(modelOf([0, 10, 0, 0, 0, 0], [buy('A', { frozenDays: 9 })]));
    expect([...plan.orders.startDay]).toEqual([9]);
    expect([...plan.orders.pastDueDays]).toEqual([6]);
  });

  test('overdue orders and receipts count from the first bucket on', () => {
    const plan = planOf({
      ...modelOf([0, 0, 0, 0, 0, 0], [buy('A', { leadTimeDays: 0 })]),
      demands: [{ demand: 'SO-1', item: 'X', location: at, dueDay: -20, quantity: 30 }],
      receipts: [{ receipt: 'PO-1', kind: 'purchase', item: 'X', location: at, dueDay: -3, quantity: 12 }],
    });
    expect([...rowOf(plan.plannedReceipts, 0)]).toEqual([18, 0, 0, 0, 0, 0]);
  });

  test('without a source, projected on hand goes below 0 and says what is short', () => {
    const plan = planOf(modelOf([4, 4, 4, 0, 0, 0], [], pointWith({ onHand: 6 })));
    expect([...rowOf(plan.projectedOnHand, 0)]).toEqual([2, -2, -6, -6, -6, -6]);
    expect([...rowOf(plan.shortage, 0)]).toEqual([0, 2, 6, 6, 6, 6]);
  });
});
