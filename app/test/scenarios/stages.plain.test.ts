import type { CompanyData } from '@planwright/app';
import { dayFromIso } from '@planwright/time';
import { describe, expect, test } from 'vitest';
import { ALWAYS, NO_OVERTIME, item, location } from './company-data.ts';
import { HORIZON, runInMemory, steadyHistory } from './run-in-memory.ts';

const PLANT = [location('PLANT')];
const steady = (quantity: number) => steadyHistory({ item: 'A', location: 'PLANT', quantity });
const months = (value: number) => Array.from({ length: HORIZON }, () => value);
const orders = (
  ...rows: { bucket: number; quantity: number; amount?: number; shippedQuantity?: number }[]
): CompanyData['openOrders'] => ({
  item: rows.map(() => 'A'),
  location: rows.map(() => 'PLANT'),
  channel: rows.map(() => 'all'),
  bucket: rows.map((row) => row.bucket),
  quantity: rows.map((row) => row.quantity),
  amount: rows.map((row) => row.amount ?? row.quantity * 10),
  shippedQuantity: rows.map((row) => row.shippedQuantity ?? 0),
});

describe('demand', () => {
  test('a steady stream is forecast as it is, and the back-test finds no error', () => {
    const run = runInMemory({ items: [item('A')], locations: PLANT, history: steady(100) });
    expect(run.ofKey('baseline')).toEqual(months(100));
    expect(run.ofKey('consensus')).toEqual(months(100));
    // The back-test learns from half of the twenty-four months at least.
    expect(run.forecast[0].backtest).toEqual([...months(100), ...months(100)]);
    expect(run.kpi('forecast-accuracy')?.value).toBe(1);
    expect(run.kpi('forecast-accuracy')?.trend).toHaveLength(12);
    expect(run.kpi('demand-plan-bias')?.value).toBe(0);
  });

  test('an item is planned for to its last day, and no further', () => {
    const run = runInMemory({
      items: [item('A', { activeTo: dayFromIso('2026-06-15') })],
      locations: PLANT,
      history: steady(100),
    });
    expect(run.ofKey('consensus')).toEqual([100, 50, 0, 0, 0, 0]);
    expect(run.ofKey('baseline')).toEqual(months(100));
  });

  test('orders consume the forecast; what has shipped is not asked for again; past-due orders come on top', () => {
    const run = runInMemory({
      items: [item('A')],
      locations: PLANT,
      history: steady(100),
      openOrders: orders(
        { bucket: -1, quantity: 7 },
        { bucket: 0, quantity: 30, shippedQuantity: 20 },
        { bucket: 1, quantity: 130 },
        { bucket: 2, quantity: 0, shippedQuantity: 150 },
      ),
    });
    expect(run.ofPoint('independentDemand', 'A', 'PLANT')).toEqual([87, 130, 0, 100, 100, 100]);
  });
});

describe('supply', () => {
  const made = {
    items: [
      item('A', { source: 'make', leadTimeDays: 3 }),
      item('B', { leadTimeDays: 40, unit: 'KG', standardCost: 2 }),
    ],
    locations: PLANT,
    history: steady(100),
    bom: [{ parent: 'A', component: 'B', quantityPer: 0.5, unit: null, scrapRatio: 0, ...ALWAYS }],
  };

  test('a component that cannot come in time leaves customers without, and the fill says how many', () => {
    const run = runInMemory(made);
    expect(run.ofPoint('dependentDemand', 'B', 'PLANT')).toEqual(months(50));
    // Needed by mid-month and 40 days away: the first that can come in is June's, for what May owes as well.
    expect(run.ofPoint('projectedOnHand', 'B', 'PLANT')).toEqual([-50, 0, 0, 0, 0, 0]);
    expect(run.ofPoint('shortage', 'B', 'PLANT')).toEqual([50, 0, 0, 0, 0, 0]);
    const short = run.points[run.pointOf('B', 'PLANT')];
    expect([short.firstShortage, short.shortageQuantity, short.shortageValue]).toEqual([0, 50, 100]);
    expect(run.points[run.pointOf('A', 'PLANT')].shortageQuantity).toBe(0);
    expect(run.kpis.fillRatio).toBeCloseTo(500 / 600, 12);
    const [alert] = run.alerts('shortage');
    expect([alert.item, alert.bucket, alert.quantity, alert.amount]).toEqual(['B', '2026-05', 50, 100]);
  });

  test('the late order says when it should have been released, and why', () => {
    const [late] = runInMemory(made).orders.filter((order) => order.pastDue);
    expect(late.kind).toBe('buy');
    // Mid-May less 40 days is 6 April.
    expect(late.releaseDay).toBe(dayFromIso('2026-04-06'));
    expect(late.dueDay).toBe(dayFromIso('2026-06-16'));
    expect(late.reason).toContain('lead time of 40 days');
  });

  test('stock, receipts and safety stock are in the balance; excess is what a year will not use', () => {
    const run = runInMemory({
      ...made,
      onHand: [
        { item: 'B', location: 'PLANT', quantity: 10_000 },
        { item: 'A', location: 'PLANT', quantity: 150 },
      ],
      receipts: [
        {
          kind: 'purchase',
          item: 'B',
          location: null,
          bucket: -1,
          quantity: 20,
          orderCount: 1,
          oldestDueDay: dayFromIso('2026-02-01'),
        },
      ],
    });
    const points = { A: run.points[run.pointOf('A', 'PLANT')], B: run.points[run.pointOf('B', 'PLANT')] };
    expect(points.A.coverBuckets).toBe(1.5);
    // 550 units of A are still to be made after the 150 in stock: 450 within the six months, and half as much of B.
    expect(points.B.excessQuantity).toBe(10_000 + 20 - 225);
    expect(points.B.excessValue).toBe(2 * (10_000 + 20 - 225));
    expect(run.alerts('excess').map((alert) => alert.item)).toEqual(['B']);
    const [overdue] = run.alerts('past-due-order');
    expect(overdue.detail).toBe(
      '1 purchase order is late, the oldest since 2026-02-01. The plan expects 20 KG in its first period.',
    );
    expect(run.kpis.fillRatio).toBe(1);
  });

  test('what is counted in pieces is ordered in whole ones', () => {
    const run = runInMemory({
      items: [item('A', { leadTimeDays: 0 })],
      locations: PLANT,
      history: steady(10.4),
    });
    expect(run.orders.every((order) => Number.isInteger(order.quantity))).toBe(true);
    expect(run.orders.reduce((sum, order) => sum + order.quantity, 0)).toBe(63); // 62.4 and no more than needed.
  });
});

describe('capacity', () => {
  const resource = {
    code: 'R',
    name: 'Saw',
    location: null,
    hoursPerWeek: 70,
    efficiencyRatio: 0.5,
    costPerHour: null,
    ...NO_OVERTIME,
  };
  const made = {
    items: [item('A', { source: 'make', leadTimeDays: 0 })],
    locations: PLANT,
    history: steady(100),
  };

  test('load is set-up and run hours of released orders and of open ones; overload is said', () => {
    const run = runInMemory({
      ...made,
      resources: [resource],
      routing: [{ item: 'A', resource: 'R', setupHours: 5, hoursPerUnit: 2, alternateResource: null }],
      receipts: [
        {
          kind: 'work',
          item: 'A',
          location: 'PLANT',
          bucket: 0,
          quantity: 40,
          orderCount: 2,
          oldestDueDay: null,
        },
      ],
    });
    expect(run.ofResource('capacityHours')).toEqual([31, 30, 31, 31, 30, 31].map((days) => days * 5));
    // May: 60 are still to be made, and 40 in two open orders.
    expect(run.ofResource('loadHours')).toEqual([
      5 + 120 + 2 * 5 + 80,
      ...Array.from({ length: 5 }, () => 205),
    ]);
    expect(run.capacity.resources[0].overloadedBuckets).toBe(6);
    expect(run.alerts('overload')[0].severity).toBe('high');
    expect(run.kpi('capacity-utilisation')?.value).toBeCloseTo((215 + 5 * 205) / (5 * 184), 12);
  });

  test('hours that are decided are the rated ones that the plan shows, whatever the efficiency', () => {
    const days = { resource: 'R', startsOn: '2026-05-01', endsOn: '2026-05-31' };
    const run = runInMemory({
      ...made,
      resources: [{ ...resource, overtimeHoursPerWeek: 14 }],
      routing: [{ item: 'A', resource: 'R', setupHours: 0, hoursPerUnit: 2, alternateResource: null }],
      edits: [
        { kind: 'capacity', ...days, hoursPerWeek: 28 },
        { kind: 'overtime', ...days, hoursPerWeek: 7 },
      ],
    });
    expect(run.ofResource('capacityHours').slice(0, 2)).toEqual([31 * 4, 30 * 5]);
    expect(run.ofResource('overtimeHours').slice(0, 2)).toEqual([31, 30]);
  });

  test('a resource without hours shows its load and is never overloaded', () => {
    const run = runInMemory({
      ...made,
      resources: [{ ...resource, hoursPerWeek: null }],
      routing: [{ item: 'A', resource: 'R', setupHours: 0, hoursPerUnit: 1, alternateResource: null }],
    });
    expect(run.ofResource('loadHours')).toEqual(months(100));
    expect(run.ofResource('capacityHours').every(Number.isNaN)).toBe(true);
    expect(run.capacity.resources[0]).toEqual({
      resource: 0,
      peakRatio: null,
      meanRatio: null,
      overloadedBuckets: 0,
    });
    expect(run.kpi('capacity-utilisation')?.note).toBe('No resource has hours to be held against.');
  });
});

describe('finance', () => {
  const groups = [
    { code: 'G', name: 'Group', parentCode: null },
    { code: 'G1', name: 'One', parentCode: 'G' },
    { code: 'G2', name: 'Two', parentCode: 'G' },
  ];
  const data = {
    items: [item('A', { groupCode: 'G1', standardCost: 4 }), item('B', { groupCode: 'G2', standardCost: 6 })],
    groups,
    locations: PLANT,
    history: steadyHistory(
      { item: 'A', location: 'PLANT', quantity: 100 },
      { item: 'B', location: 'PLANT', quantity: 50 },
    ),
  };
  const sumAhead = (values: readonly (number | null)[] | undefined) =>
    (values ?? []).slice(24).reduce<number>((sum, value) => sum + (value ?? 0), 0);

  test('revenue, cost and margin of each group add up to the company', () => {
    const run = runInMemory(data);
    expect(sumAhead(run.series('G1', 'revenue', 'plan'))).toBeCloseTo(6 * 1000, 6);
    expect(sumAhead(run.series('', 'revenue', 'plan'))).toBeCloseTo(6 * 1500, 6);
    expect(sumAhead(run.series('G', 'cost', 'plan'))).toBeCloseTo(6 * (400 + 300), 6);
    expect(sumAhead(run.series('', 'margin', 'plan'))).toBeCloseTo(6 * 800, 6);
    expect(run.series('', 'revenue', 'actual')?.slice(22, 26)).toEqual([1500, 1500, null, null]);
    expect(run.series('', 'revenue', 'lastYear')?.slice(11, 13)).toEqual([null, 1500]);
    expect(run.finance.groups.map((group) => [group.code, group.keyCount, group.childCount])).toEqual([
      ['', 2, 1],
      ['G', 2, 2],
      ['G1', 1, 0],
      ['G2', 1, 0],
    ]);
  });

  test('a budget of the company stays with the company; budgets of groups add up to those above', () => {
    const row = (itemGroup: string, amount: number) => ({
      itemGroup,
      accountType: 'revenue' as const,
      bucket: 24,
      amount,
    });
    const company = runInMemory({ ...data, budget: [row('', 2000)] });
    expect(sumAhead(company.series('', 'revenue', 'budget'))).toBe(2000);
    expect(company.series('G1', 'revenue', 'budget')?.every((value) => value === null)).toBe(true);
    const [gap] = company.alerts('budget-gap');
    expect([gap.title, gap.amount]).toEqual([
      'All items: planned revenue is 25 % below budget',
      expect.closeTo(500, 6),
    ]);

    const byGroup = runInMemory({ ...data, budget: [row('G1', 900), row('G2', 500)] });
    expect(
      ['', 'G', 'G1', 'G2'].map((group) => sumAhead(byGroup.series(group, 'revenue', 'budget'))),
    ).toEqual([1400, 1400, 900, 500]);
  });

  test('what was never sold takes its list price; without any, revenue is unknown and said to be', () => {
    const unsold = {
      ...data.history,
      quantity: data.history.quantity.map((row) => row.map(() => 0)),
      amount: data.history.amount.map((row) => row.map(() => 0)),
    };
    const run = runInMemory({ ...data, history: unsold, items: [item('A', { listPrice: 9 }), item('B')] });
    expect(run.finance.notes).toContain(
      '1 demand stream is priced at list price, because nothing was sold lately.',
    );
    expect(run.finance.notes).toContain(
      "1 demand stream is without any price, so the plan's revenue leaves them out.",
    );
  });

  test('inventory turns weigh the cost of sales against the stock held', () => {
    const stockHistory = Array.from({ length: 13 }, (_, n) => ({
      item: 'A',
      bucket: 11 + n,
      quantity: 100,
      value: 2100,
    }));
    const run = runInMemory({ ...data, stockHistory });
    expect(run.kpi('inventory-turns')?.value).toBeCloseTo((12 * 700) / 2100, 9);
    const without = runInMemory({ ...data, onHand: [{ item: 'A', location: 'PLANT', quantity: 700 }] });
    expect(without.kpi('inventory-turns')?.value).toBeCloseTo((12 * 700) / 2800, 9);
    expect(without.kpi('inventory-turns')?.note).toContain('no stock history');
  });
});

describe('alerts', () => {
  test('what customers are owed weighs what it is worth', () => {
    const run = runInMemory({
      items: [item('A', { standardCost: 4 })],
      locations: PLANT,
      history: steady(100),
      openOrders: orders(
        { bucket: -1, quantity: 50, amount: 500 },
        { bucket: -1, quantity: 10, amount: 100 },
      ),
    });
    // 600 of 6,000 planned: ten times what makes an alert high.
    const [backlog] = run.alerts('backlog');
    expect([backlog.severity, backlog.quantity, backlog.amount]).toEqual(['high', 60, 600]);
    expect(backlog.detail).toBe(
      '60 EA worth EUR 600 were wanted before the plan starts and have not been shipped.',
    );
  });

  test('counts hold all that was found, the list only the worst', () => {
    const items = Array.from({ length: 700 }, (_, n) =>
      item(`A${String(n).padStart(3, '0')}`, { standardCost: 1 + n }),
    );
    const run = runInMemory({
      items,
      locations: PLANT,
      onHand: items.map(({ code }) => ({ item: code, location: 'PLANT', quantity: 5 })),
    });
    const { high, medium, low } = run.kpis.alertCounts;
    expect(high + medium + low).toBe(700);
    expect(run.kpis.alerts).toHaveLength(500);
    expect(run.kpis.alerts[0].amount).toBe(5 * 700);
  });
});

test('the same inputs give the same hashes, chunk by chunk', () => {
  const data = { items: [item('A')], locations: PLANT, history: steady(100) };
  expect(runInMemory(data).hashes).toEqual(runInMemory(structuredClone(data)).hashes);
  expect(runInMemory({ ...data, history: steady(101) }).hashes).not.toEqual(runInMemory(data).hashes);
});
