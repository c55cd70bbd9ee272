import { describe, expect, test } from 'vitest';
import {
  compileFiniteNetwork,
  explainDemand,
  explainOrder,
  explainShortage,
  peggedPlan,
  planFinite,
  type PlanningModel,
  planUnconstrained,
  type PlanView,
  planView,
} from '@planwright/supply';
import { dayFromIso, isoFromDay } from '@planwright/time';

const day = dayFromIso;
const at = 'PLANT';
const WEEK = 7;
const FIRST = day('2026-04-06'); // A Monday.

/** A bicycle of two bought wheels, welded at 2 hours each in weeks of 40 hours, planned for eight weeks. */
function bicycle(change: Partial<PlanningModel> = {}): PlanningModel {
  return {
    asOfDay: FIRST,
    bucketStartDays: Array.from({ length: 9 }, (_, week) => FIRST + week * WEEK),
    stockPoints: [
      { item: 'BIKE-1', location: at, unitCost: 100, unitPrice: 150 },
      { item: 'WHEEL', location: at, onHand: 40, unitCost: 10 },
    ],
    sources: [
      { source: 'make BIKE-1', kind: 'make', item: 'BIKE-1', location: at, leadTimeDays: 2 },
      {
        source: 'buy WHEEL',
        kind: 'buy',
        item: 'WHEEL',
        location: at,
        supplier: 'ACME',
        leadTimeDays: 14,
        lotMinimum: 50,
        lotMultiple: 50,
      },
    ],
    components: [{ source: 'make BIKE-1', component: 'WHEEL', quantityPer: 2 }],
    resources: [{ resource: 'WELD', capacityHours: Array.from({ length: 8 }, () => 40) }],
    loads: [{ source: 'make BIKE-1', resource: 'WELD', hoursPerUnit: 2 }],
    demands: [{ demand: 'SO-17', item: 'BIKE-1', location: at, dueDay: day('2026-04-24'), quantity: 100 }],
    forecasts: [],
    receipts: [
      {
        receipt: 'PO-4',
        kind: 'purchase',
        item: 'WHEEL',
        location: at,
        dueDay: day('2026-04-08'),
        quantity: 300,
      },
    ],
    ...change,
  };
}

function constrained(model: PlanningModel): PlanView {
  const network = compileFiniteNetwork(model);
  return planView(model, network, planFinite(network));
}
function unconstrained(model: PlanningModel): PlanView {
  const network = compileFiniteNetwork(model);
  const plan = planUnconstrained(network);
  return planView(model, network, peggedPlan(network, plan), plan.orders.pastDueDays);
}

describe('a demand', () => {
  test('that a full work centre makes late: until when, and how many hours would do', () => {
    const view = constrained(bicycle());
    const why = explainDemand(view, 0);
    const { deliveries } = view.plan;
    const last = Math.max(...deliveries.day);
    const late = [...deliveries.day.keys()]
      .filter((row) => deliveries.day[row] > day('2026-04-24'))
      .reduce((sum, row) => sum + deliveries.quantity[row], 0);
    expect(late).toBeCloseTo(40, 6); // Three weeks of 20 are there by the 24th of April.
    expect(why.sentence).toMatch(
      /^40 of BIKE-1 at PLANT for order SO-17 come \d+ days late: work centre WELD is full until \d+ \w+ 2026; 80 more hours before 24 April 2026 would bring it on time\.$/,
    );
    expect(why.sentence).toContain(`${last - day('2026-04-24')} days late`);
    const constraint = why.nodes.find(({ type }) => type === 'constraint');
    expect(constraint).toMatchObject({ cause: 1, index: 0, stockPoint: -1 });
    // 5 % of the price a month: 150 x 0.05 / 30 = 0.25 a unit and day.
    const waited = [...deliveries.day.keys()].reduce(
      (sum, row) => sum + Math.max(0, deliveries.day[row] - day('2026-04-24')) * deliveries.quantity[row],
      0,
    );
    expect(why.cost.backlog).toBeCloseTo(0.25 * waited, 6);
    expect(why.cost.margin).toBe(0);
  });

  test('that comes on time: from what, through all levels', () => {
    const demands = [{ ...bicycle().demands[0], quantity: 30 }];
    const why = explainDemand(constrained(bicycle({ demands })), 0);
    expect(why.sentence).toBe(
      '30 of BIKE-1 at PLANT for order SO-17 come on time, on 24 April 2026: 30 from planned orders.',
    );
    const sum = (type: string, point: number): number =>
      why.nodes
        .filter((node) => node.type === type && node.stockPoint === point)
        .reduce((s, { quantity }) => s + quantity, 0);
    expect(sum('order', 0)).toBeCloseTo(30, 9);
    expect(sum('onHand', 1)).toBeCloseTo(40, 9);
    expect(sum('receipt', 1)).toBeCloseTo(20, 9);
    expect(why.cost).toEqual({ backlog: 0, margin: 0, lostSales: 0 });
  });

  test('that a lead time makes late', () => {
    const demands = [{ ...bicycle().demands[0], quantity: 30, dueDay: day('2026-04-15') }];
    const why = explainDemand(constrained(bicycle({ demands, receipts: [] })), 0);
    // 20 bicycles take the 40 wheels there are; 10 wait for wheels ordered today, on the 20th, and two days of making.
    expect(why.sentence).toBe(
      '10 of BIKE-1 at PLANT for order SO-17 come 7 days late: buying WHEEL from ACME takes 14 days, so it is there on 22 April 2026 at the earliest; bringing it 7 days faster would serve it on time.',
    );
  });

  test('that nothing refills: what it costs that it never comes', () => {
    const sources = bicycle().sources.slice(0, 1);
    const why = explainDemand(constrained(bicycle({ sources, receipts: [] })), 0);
    expect(why.sentence).toBe(
      '80 of BIKE-1 at PLANT for order SO-17 do not come within the horizon: nothing refills WHEEL at PLANT; a source would: make, buy or move.',
    );
    expect(why.cost).toEqual({ backlog: 0, margin: 80 * 50, lostSales: 80 * 75 });
  });
});

describe('an order', () => {
  test('says whom it serves, what its lots leave over and what its yield takes', () => {
    const sources = bicycle().sources.map((row) => (row.kind === 'buy' ? { ...row, yieldRatio: 0.8 } : row));
    const demands = [
      { ...bicycle().demands[0], quantity: 50 },
      { ...bicycle().demands[0], demand: 'SO-18', quantity: 5 },
    ];
    const view = unconstrained(bicycle({ sources, demands, receipts: [] }));
    const wheels = [...view.plan.orders.source].indexOf(1);
    const why = explainOrder(view, wheels);
    // 110 wheels - 40 there = 70; 70 / 0.8 = 87.5, so lots of 50 make 100, of which 80 are good.
    expect(why.sentence).toMatch(
      /^Buy 100 of WHEEL at PLANT from \d+ April 2026 to \d+ April 2026: 70 for order SO-17 and order SO-18 and 10 left over\. 80 % yield takes 20 of what is started\. Its lots are at least 50 and multiples of 50, which leaves more than is needed\.$/,
    );
    // One order makes the 55 bicycles, and 70 of its 110 wheels are these: that share of both demands rests on them.
    const served = why.nodes.filter(({ type }) => type === 'demand').map(({ quantity }) => quantity);
    expect(served[0]).toBeCloseTo((50 * 70) / 110, 9);
    expect(served[1]).toBeCloseTo((5 * 70) / 110, 9);
  });

  test('that fills the safety stock, and one that is past due', () => {
    const stockPoints = bicycle().stockPoints.map((row) =>
      row.item === 'WHEEL' ? { ...row, safetyStock: 60 } : row,
    );
    const demands = [{ ...bicycle().demands[0], quantity: 30, dueDay: day('2026-04-07') }];
    const view = unconstrained(bicycle({ stockPoints, demands, receipts: [] }));
    const wheels = [...view.plan.orders.source].indexOf(1);
    const { sentence } = explainOrder(view, wheels);
    expect(sentence).toContain('20 for order SO-17, 60 to fill the safety stock and 20 left over.');
    expect(sentence).toContain(
      'Its lead time of 14 days asked for a start 11 days before the first day it may',
    );
  });
});

describe('a shortage', () => {
  test('names the demand it owes at the end of a bucket, and why', () => {
    const view = constrained(bicycle());
    const why = explainShortage(view, 0, 2);
    expect(why.nodes[0].type).toBe('shortage');
    expect(why.nodes[0].quantity).toBeCloseTo(40, 6);
    expect(why.sentence).toMatch(
      /^BIKE-1 at PLANT owes 40 to order SO-17 at the end of 26 April 2026\. 40 of BIKE-1/,
    );
    expect(explainShortage(view, 0, 7).sentence).toBe(
      'BIKE-1 at PLANT owes nothing at the end of 31 May 2026.',
    );
  });

  test('of a component leads up to the orders that rest on it', () => {
    const sources = bicycle().sources.slice(0, 1);
    const view = unconstrained(bicycle({ sources, receipts: [] }));
    const why = explainShortage(view, 1, 2);
    expect(why.sentence).toBe('WHEEL at PLANT owes 160 to order SO-17 at the end of 26 April 2026.');
    expect(why.nodes.map(({ type }) => type)).toEqual(['shortage', 'order', 'demand']);
  });
});

test('days are told as a planner says them', () => {
  const view = constrained(
    bicycle({ demands: [{ ...bicycle().demands[0], quantity: 1, dueDay: day('2026-05-01') }] }),
  );
  expect(explainDemand(view, 0).sentence).toContain('on 1 May 2026');
  expect(isoFromDay(explainDemand(view, 0).nodes[0].day)).toBe('2026-05-01');
});
