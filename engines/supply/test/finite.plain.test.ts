import { expect, test } from 'vitest';
import {
  compileFiniteNetwork,
  DELAY_CAUSE,
  type FinitePlan,
  planFinite,
  type PlanningModel,
  SUPPLY_KIND,
  USE_KIND,
} from '../src/index.ts';
import { expectLaws } from './finite-laws.ts';

const location = 'L';

/** One item that takes an hour a unit on M; ten hours in each of six weeks. Day 0 is a Monday. */
function oneItem(changes: Partial<PlanningModel> = {}): PlanningModel {
  return {
    asOfDay: 0,
    bucketStartDays: [0, 7, 14, 21, 28, 35, 42],
    stockPoints: [{ item: 'F', location, unitCost: 10 }],
    sources: [{ source: 'make F', kind: 'make', item: 'F', location, leadTimeDays: 2, lotMultiple: 1 }],
    components: [],
    resources: [{ resource: 'M', capacityHours: [10, 10, 10, 10, 10, 10] }],
    loads: [{ source: 'make F', resource: 'M', hoursPerUnit: 1 }],
    demands: [],
    forecasts: [],
    receipts: [],
    ...changes,
  };
}

const order = (demand: string, dueDay: number, quantity: number, more: object = {}) => ({
  demand,
  item: 'F',
  location,
  dueDay,
  quantity,
  ...more,
});

function planned(model: PlanningModel): FinitePlan {
  const plan = planFinite(compileFiniteNetwork(model));
  expectLaws(model, plan);
  return plan;
}

const ordersOf = ({ orders }: FinitePlan) =>
  Array.from({ length: orders.count }, (_, row) => [
    orders.source[row],
    orders.startDay[row],
    orders.quantity[row],
  ]).sort((a, b) => a[1] - b[1] || a[0] - b[0]);

const deliveriesOf = ({ deliveries }: FinitePlan) =>
  Array.from({ length: deliveries.count }, (_, row) => [
    deliveries.demand[row],
    deliveries.day[row],
    deliveries.quantity[row],
  ]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);

test('what a week cannot make is made in the week before, and no earlier', () => {
  const plan = planned(oneItem({ demands: [order('A', 34, 25)] }));
  // Day 34 - 2 days = day 32, in the week that starts on day 28; then the last days of the weeks before it.
  expect(ordersOf(plan)).toEqual([
    [0, 20, 5],
    [0, 27, 10],
    [0, 32, 10],
  ]);
  expect(plan.delays.count).toBe(0);
});

test('an order that is late anyway takes no hours of one that can be on time', () => {
  const demands = [order('big', 6, 16), order('small', 13, 8)];
  const plan = planned(oneItem({ demands }));
  expect(deliveriesOf(plan)).toEqual([
    [0, 6, 10],
    [0, 9, 2],
    [0, 16, 4],
    [1, 13, 8],
  ]);
  const strict = planFinite(compileFiniteNetwork(oneItem({ demands })), { sequence: 'strict' });
  expect(deliveriesOf(strict)).toEqual([
    [0, 6, 10],
    [0, 9, 6],
    [1, 13, 4],
    [1, 16, 4],
  ]);
  expect([...plan.delays.cause]).toEqual([DELAY_CAUSE.capacity, DELAY_CAUSE.capacity]);
  expect([...plan.delays.day]).toEqual([9, 16]);
});

test('orders come before launches and forecast, whatever their priority', () => {
  const model = oneItem({
    stockPoints: [
      { item: 'F', location, unitCost: 10 },
      { item: 'N', location, unitCost: 10, isLaunch: true },
    ],
    sources: [
      { source: 'make F', kind: 'make', item: 'F', location, leadTimeDays: 2 },
      { source: 'make N', kind: 'make', item: 'N', location, leadTimeDays: 2 },
    ],
    loads: [
      { source: 'make F', resource: 'M', hoursPerUnit: 1 },
      { source: 'make N', resource: 'M', hoursPerUnit: 1 },
    ],
    demands: [{ ...order('launch', 6, 10), item: 'N', priority: 1 }, order('open', 6, 10, { priority: 5 })],
  });
  expect(deliveriesOf(planned(model))[1]).toEqual([1, 6, 10]);
  const byPriority = { ...model, rules: { backlogFirst: false } };
  expect(deliveriesOf(planned(byPriority))[0]).toEqual([0, 6, 10]);
});

test('overtime is booked where it costs less than waiting, and not where it costs more', () => {
  // 8 units wait a week: 8 x 10 money x 5 % a month x 7 / 30 = 0.93.
  const withOvertime = (overtimeCostPerHour: number) =>
    planned(
      oneItem({
        resources: [
          {
            resource: 'M',
            capacityHours: [10, 10, 10, 10, 10, 10],
            overtimeMaxHours: 8,
            overtimeCostPerHour,
          },
        ],
        demands: [order('A', 6, 18)],
      }),
    );
  expect(deliveriesOf(withOvertime(0.05))).toEqual([
    [0, 6, 10],
    [0, 6, 8],
  ]);
  expect(withOvertime(0.05).loadHours[0]).toBe(18);
  expect(withOvertime(1).loadHours[0]).toBe(10);
});

test('another source and a substitute serve only what the first cannot have in time', () => {
  const model = oneItem({
    stockPoints: ['F', 'P', 'Q'].map((item) => ({ item, location, onHand: item === 'F' ? 0 : 6 })),
    sources: [
      { source: 'make F', kind: 'make', item: 'F', location, leadTimeDays: 2 },
      { source: 'buy F', kind: 'buy', item: 'F', location, leadTimeDays: 3, priority: 2 },
    ],
    components: [
      { source: 'make F', component: 'P', quantityPer: 1, substituteGroup: 'g', substitutePriority: 1 },
      { source: 'make F', component: 'Q', quantityPer: 1, substituteGroup: 'g', substitutePriority: 2 },
    ],
    demands: [order('A', 6, 11)],
  });
  const plan = planned(model);
  // Ten by the hours of M (6 of P, then 4 of Q), the eleventh bought.
  expect(ordersOf(plan)).toEqual([
    [1, 3, 1],
    [0, 4, 10],
  ]);
});

test('the surplus of a lot is there for the next demand', () => {
  const sources = [
    { source: 'buy F', kind: 'buy' as const, item: 'F', location, leadTimeDays: 2, lotMinimum: 100 },
  ];
  const demands = [order('A', 10, 30, { priority: 2 }), order('B', 20, 60, { priority: 1 })];
  const plan = planned(oneItem({ sources, loads: [], demands }));
  expect(ordersOf(plan)).toEqual([[0, 8, 100]]);
});

test('safety stock is filled from what no order takes', () => {
  const stockPoints = [{ item: 'F', location, onHand: 10, safetyStock: 8 }];
  const plan = planned(oneItem({ stockPoints, demands: [order('A', 1, 10)] }));
  expect(deliveriesOf(plan)).toEqual([[0, 1, 10]]);
  // The stock serves the order; the earliest eight units refill it.
  expect(ordersOf(plan)).toEqual([[0, 0, 8]]);
  const kinds = [...plan.pegs.useKind];
  expect(kinds.filter((kind) => kind === USE_KIND.safetyStock)).toHaveLength(1);
});

test('a late or a whole delivery is as the customer has it', () => {
  const late = planned(oneItem({ demands: [order('A', 6, 16, { latenessMaxDays: 5 })] }));
  expect(deliveriesOf(late)).toEqual([
    [0, 6, 10],
    [0, 9, 6],
  ]);
  const soon = planned(oneItem({ demands: [order('A', 6, 16, { latenessMaxDays: 2 })] }));
  expect(deliveriesOf(soon)).toEqual([[0, 6, 10]]);
  expect([...soon.delays.day]).toEqual([-1]);
  const whole = planned(oneItem({ demands: [order('A', 6, 16, { policy: 'complete' })] }));
  expect(deliveriesOf(whole)).toEqual([[0, 9, 16]]);
  const never = planned(oneItem({ demands: [order('A', 6, 16, { policy: 'onTimeOrNever' })] }));
  expect(never.deliveries.count).toBe(0);
  expect(never.orders.count).toBe(0);
});

test('of what has to be made ahead, it is the cheaper hour', () => {
  const items = ['cheap', 'dear'];
  const plan = planned(
    oneItem({
      stockPoints: items.map((item) => ({ item, location, unitCost: item === 'dear' ? 100 : 1 })),
      sources: items.map((item) => ({
        source: item,
        kind: 'make',
        item,
        location,
        leadTimeDays: 2,
        lotMultiple: 1,
      })),
      loads: items.map((item) => ({ source: item, resource: 'M', hoursPerUnit: 1 })),
      // The cheap one is the more urgent and is promised first.
      demands: items.map((item, row) => ({
        demand: item,
        item,
        location,
        dueDay: 34,
        quantity: 10,
        priority: row + 1,
      })),
    }),
  );
  expect(ordersOf(plan)).toEqual([
    [0, 27, 10],
    [1, 32, 10],
  ]);
});

test('orders of a source in one week become one, up to the largest lot, and no customer notices', () => {
  // Starts on days 4, 5 and 8: day 4 is the first Monday after 1970-01-01, a Thursday, and M has its weeks from day 0 on.
  const demands = [order('A', 6, 2), order('B', 7, 3), order('C', 7, 1), order('D', 10, 4)];
  const byWeek = (lotMaximum: number, changes: Partial<PlanningModel> = {}) => {
    const [source] = oneItem().sources;
    const model = oneItem({ demands, sources: [{ ...source, lotMaximum }], ...changes });
    const plan = planFinite(compileFiniteNetwork(model), { joinsWeeks: true });
    expectLaws(model, plan);
    expect(plan.delays.count).toBe(0);
    return ordersOf(plan);
  };
  expect(byWeek(20)).toEqual([
    [0, 4, 6],
    [0, 8, 4],
  ]);
  expect(byWeek(20, { loads: [] })).toEqual([[0, 4, 10]]);
  expect(byWeek(6, { loads: [] })).toEqual([
    [0, 4, 6],
    [0, 8, 4],
  ]);
  expect(ordersOf(planned(oneItem({ demands })))).toEqual([
    [0, 4, 2],
    [0, 5, 4],
    [0, 8, 4],
  ]);
});

test('one order for several takes its set-up and its fixed use once', () => {
  const model = oneItem({
    stockPoints: ['F', 'P'].map((item) => ({ item, location, onHand: item === 'P' ? 16 : 0 })),
    components: [{ source: 'make F', component: 'P', quantityPer: 1, quantityPerOrder: 3 }],
    loads: [{ source: 'make F', resource: 'M', hoursPerUnit: 1, setupHoursPerOrder: 1 }],
    demands: [order('A', 6, 4), order('B', 6, 4)],
  });
  const plan = planned(model);
  expect(ordersOf(plan)).toEqual([[0, 4, 8]]);
  expect(plan.loadHours[0]).toBe(9);
  const used = plan.pegs.quantity.filter((_, row) => plan.pegs.useKind[row] === USE_KIND.order);
  expect(used.reduce((sum, quantity) => sum + quantity, 0)).toBe(11);
});

test('what is owed at the start is paid by overtime, too, for what overtime makes for a demand would pay it first', () => {
  const plan = planned(
    oneItem({
      stockPoints: [{ item: 'F', location, unitCost: 10, onHand: -3 }],
      resources: [
        {
          resource: 'M',
          capacityHours: [0, 0, 0, 0, 0, 0],
          overtimeMaxHours: 10,
          overtimeCostPerHour: 0,
        },
      ],
      demands: [order('A', 2, 10)],
    }),
  );
  expect(deliveriesOf(plan)).toEqual([
    [0, 2, 7],
    [0, 9, 3],
  ]);
});

test('a demand comes as soon as one of its sources lets it, whatever share that source has', () => {
  const buy = { kind: 'buy' as const, item: 'F', location };
  const plan = planned(
    oneItem({
      sources: [
        { ...buy, source: 'far', leadTimeDays: 20, priority: 1 },
        { ...buy, source: 'near', leadTimeDays: 4, priority: 1, shareRatio: 0.3 },
      ],
      loads: [],
      demands: [order('A', 1, 5)],
    }),
  );
  expect(deliveriesOf(plan)).toEqual([[0, 4, 5]]);
});

test('what is owed at the start is paid before any demand is served', () => {
  const stockPoints = [{ item: 'F', location, onHand: -6, unitCost: 10 }];
  const receipts = [
    { receipt: 'PO', kind: 'purchase' as const, item: 'F', location, dueDay: 1, quantity: 4 },
  ];
  const plan = planned(oneItem({ stockPoints, receipts, demands: [order('A', 1, 9)] }));
  // The receipt pays 4 of 6; ten hours a week pay the other 2, and make 8 by day 2, and 1 in the week after.
  expect(deliveriesOf(plan)).toEqual([
    [0, 2, 8],
    [0, 9, 1],
  ]);
  expect(ordersOf(plan).reduce((sum, [, , quantity]) => sum + quantity, 0)).toBe(11);
  const { supplyKind, quantity } = plan.pegs;
  expect(quantity.reduce((sum, units) => sum + units, 0)).toBe(9);
  expect([...supplyKind].every((kind) => kind === SUPPLY_KIND.order)).toBe(true);
});

/** G and F take an hour of M a unit at once; ten F lie there. */
function madeAtOnce(demands: PlanningModel['demands']): PlanningModel {
  const make = (item: string) => ({
    source: `make ${item}`,
    kind: 'make' as const,
    item,
    location,
    leadTimeDays: 0,
  });
  return oneItem({
    stockPoints: [
      { item: 'G', location, unitCost: 10 },
      { item: 'F', location, unitCost: 10, onHand: 10 },
    ],
    sources: [make('G'), make('F')],
    loads: ['G', 'F'].map((item) => ({ source: `make ${item}`, resource: 'M', hoursPerUnit: 1 })),
    demands,
  });
}

test('what lies there is taken first where nobody needs it before more could be made, and leaves the hours to others', () => {
  const later = { ...order('B', 2, 10, { priority: 2 }), item: 'G' };
  const plan = planned(madeAtOnce([order('A', 2, 10, { priority: 1 }), later]));
  expect(plan.delays.count).toBe(0);
});

test('it is left to who needs it today, of any priority, as far as more can be made in time', () => {
  const today = order('B', 0, 4, { priority: 2 });
  const plan = planned(madeAtOnce([order('A', 2, 10, { priority: 1 }), today]));
  expect(plan.delays.count).toBe(0);
});

test('overtime goes first to who can be on time by it', () => {
  // Both miss their day by regular hours. A, the smaller, is due in week 0, which has no overtime; B in week 1, which has.
  const model = oneItem({
    resources: [
      {
        resource: 'M',
        capacityHours: [0, 0, 20, 20, 20, 20],
        overtimeMaxHours: [0, 8, 0, 0, 0, 0],
        overtimeCostPerHour: 0.01,
      },
    ],
    demands: [order('A', 6, 6), order('B', 13, 8)],
  });
  expect(deliveriesOf(planned(model))).toEqual([
    [0, 16, 6],
    [1, 13, 8],
  ]);
});

test('a component that is short by less than the slack of a lot does not keep the lot from being made', () => {
  // Five millionths are missing: more than a crumb, less than a thousand-millionth of the lot. Cutting gives the same lot again.
  const model = oneItem({
    stockPoints: ['F', 'P'].map((item) => ({ item, location, onHand: item === 'P' ? 9999.999995 : 0 })),
    sources: [{ source: 'make F', kind: 'make', item: 'F', location, leadTimeDays: 2, lotMultiple: 10_000 }],
    components: [{ source: 'make F', component: 'P', quantityPer: 1 }],
    loads: [],
    demands: [order('A', 20, 10_000)],
  });
  const plan = planned(model);
  expect(ordersOf(plan).map(([, , quantity]) => quantity)).toEqual([10_000]);
  expect(deliveriesOf(plan)).toEqual([[0, 20, 10_000]]);
  // Where two are missing it is no matter of slack: no lot can be made.
  const stockPoints = [
    { item: 'F', location },
    { item: 'P', location, onHand: 9998 },
  ];
  expect(planned({ ...model, stockPoints }).orders.count).toBe(0);
});

test('more stock may serve less in all, where it lets a customer of a higher priority take the hours of others', () => {
  // No plan that serves by priority can promise otherwise: with the part in stock, one unit for the first takes all ten hours.
  const withParts = (onHand: number) =>
    oneItem({
      stockPoints: [
        { item: 'F', location, unitCost: 10 },
        { item: 'G', location, unitCost: 10 },
        { item: 'P', location, onHand },
      ],
      sources: ['F', 'G'].map((item) => ({
        source: `make ${item}`,
        kind: 'make' as const,
        item,
        location,
        leadTimeDays: 2,
        lotMultiple: 1,
      })),
      components: [{ source: 'make F', component: 'P', quantityPer: 1 }],
      resources: [{ resource: 'M', capacityHours: [10, 0, 0, 0, 0, 0] }],
      loads: [
        { source: 'make F', resource: 'M', hoursPerUnit: 10 },
        { source: 'make G', resource: 'M', hoursPerUnit: 1 },
      ],
      demands: [
        order('first', 6, 1, { priority: 1 }),
        { ...order('second', 6, 10, { priority: 2 }), item: 'G' },
      ],
    });
  expect(deliveriesOf(planned(withParts(0)))).toEqual([[1, 6, 10]]);
  expect(deliveriesOf(planned(withParts(1)))).toEqual([[0, 6, 1]]);
});
