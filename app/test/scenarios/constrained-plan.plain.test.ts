import { planFromBytes } from '@planwright/app';
import type { CompanyData } from '@planwright/app';
import { dayFromIso } from '@planwright/time';
import { describe, expect, test } from 'vitest';
import { ALWAYS, EMPTY, item, location, NO_OVERTIME, NO_TERMS } from './company-data.ts';
import { HORIZON, runInMemory, steadyHistory } from './run-in-memory.ts';

const PLANT = [location('PLANT')];
const months = (value: number) => Array.from({ length: HORIZON }, () => value);
const AS_OF = dayFromIso('2026-05-01');
const line = (
  order: string,
  dueOn: string,
  quantity: number,
  more: Partial<CompanyData['supply']['demandLines'][number]> = {},
): CompanyData['supply']['demandLines'][number] => ({
  order,
  line: '1',
  item: 'A',
  location: 'PLANT',
  channel: 'all',
  account: null,
  dueDay: dayFromIso(dueOn),
  quantity,
  priority: null,
  shipPolicy: null,
  latenessMaxDays: null,
  ...more,
});

/** 100 of A a month, one hour each, on a saw of `hoursPerWeek`. */
const sawn = (hoursPerWeek: number, more: Partial<CompanyData> = {}): Partial<CompanyData> => ({
  items: [item('A', { source: 'make', leadTimeDays: 0, standardCost: 8, listPrice: 10 })],
  locations: PLANT,
  history: steadyHistory({ item: 'A', location: 'PLANT', quantity: 100 }),
  resources: [
    {
      code: 'SAW',
      name: 'Saw',
      location: null,
      hoursPerWeek,
      efficiencyRatio: 1,
      costPerHour: 20,
      ...NO_OVERTIME,
    },
  ],
  routing: [{ item: 'A', resource: 'SAW', setupHours: 0, hoursPerUnit: 1, alternateResource: null }],
  ...more,
});
const DAYS = [31, 30, 31, 31, 30, 31];
const sums = (data: Partial<CompanyData>) => runInMemory(data).constrained[0].sums;

describe('the constrained plan of a run', () => {
  test('serves all where hours are enough, and its stock adds up', () => {
    const run = runInMemory(sawn(70));
    const { demandQuantity, onTimeQuantity, lateQuantity } = run.constrained[0].sums;
    expect([demandQuantity, onTimeQuantity, lateQuantity].map(Math.round)).toEqual([600, 600, 0]);
    expect(run.ofPoint('constrainedReceipts', 'A', 'PLANT').map(Math.round)).toEqual(months(100));
    expect(run.ofPoint('constrainedOnHand', 'A', 'PLANT')).toEqual(months(0));
    expect(run.ofPoint('constrainedShortage', 'A', 'PLANT')).toEqual(months(0));
    expect(run.ofResource('constrainedHours').map(Math.round)).toEqual(months(100));
  });

  test('never asks for more hours than there are, where the unconstrained plan does', () => {
    const run = runInMemory(sawn(14));
    const capacity = DAYS.map((days) => days * 2);
    expect(run.ofResource('loadHours').some((hours, t) => hours > capacity[t])).toBe(true);
    expect(run.ofResource('constrainedHours').every((hours, t) => hours <= capacity[t] + 1e-9)).toBe(true);
    const { onTimeQuantity, lateQuantity, shortQuantity, demandQuantity } = run.constrained[0].sums;
    expect(onTimeQuantity + lateQuantity + shortQuantity).toBeCloseTo(demandQuantity, 6);
    expect(lateQuantity + shortQuantity).toBeGreaterThan(200);
    expect(run.constrained[0].sums.shortValue).toBeCloseTo(8 * shortQuantity, 6);
  });

  test('what went out of a bucket came in or was there', () => {
    const run = runInMemory(
      sawn(20, { onHand: [{ item: 'A', location: 'PLANT', quantity: 40 }], edits: [] }),
    );
    const plan = planFromBytes(Buffer.from(run.constrained[0].plan, 'base64'));
    const delivered = plan.deliveries.quantity.reduce((sum, quantity) => sum + quantity, 0);
    const received = run.ofPoint('constrainedReceipts', 'A', 'PLANT').reduce((sum, value) => sum + value, 0);
    const [left] = run.ofPoint('constrainedOnHand', 'A', 'PLANT').slice(-1);
    expect(40 + received - delivered).toBeCloseTo(left, 6);
    expect(plan.orders.count).toBe(plan.orders.quantity.length);
  });

  test('orders net the forecast of their channel, and late ones are backlog', () => {
    const supply = {
      ...EMPTY.supply,
      demandLines: [line('OLD', '2026-04-10', 30), line('MAY', '2026-05-20', 60)],
    };
    const found = sums(sawn(70, { supply }));
    // 30 are owed on top; 60 of May's 100 are an order now.
    expect(found.demandQuantity).toBeCloseTo(630, 6);
    expect(found.backlogQuantity).toBe(30);
    expect(found.backlogValue).toBe(240);
    expect(found.lateQuantity).toBe(30);
  });

  test('of two orders that do not both fit, the one that is served first is on time', () => {
    const supply = {
      ...EMPTY.supply,
      demandLines: [
        line('FIRST', '2026-05-20', 60, { priority: 1 }),
        line('SECOND', '2026-05-20', 60, { priority: 5 }),
      ],
    };
    const data = sawn(14, { supply, history: steadyHistory({ item: 'A', location: 'PLANT', quantity: 0 }) });
    const run = runInMemory(data);
    const plan = planFromBytes(Buffer.from(run.constrained[0].plan, 'base64'));
    const onTime = [0, 0];
    for (let row = 0; row < plan.deliveries.count; row++) {
      if (plan.deliveries.day[row] <= dayFromIso('2026-05-20'))
        onTime[plan.demands.row[plan.deliveries.demand[row]]] += plan.deliveries.quantity[row];
    }
    // 62 hours in May.
    expect(onTime).toEqual([60, 2]);
  });

  test('a second supplier helps where the first is too slow', () => {
    const supplier = (code: string, leadTimeDays: number, price: number) => ({
      item: 'A',
      supplier: code,
      leadTimeDays,
      price,
      minimumQuantity: null,
      multipleQuantity: null,
      ...NO_TERMS,
    });
    const bought = {
      items: [item('A', { leadTimeDays: null, standardCost: 5 })],
      locations: PLANT,
      history: steadyHistory({ item: 'A', location: 'PLANT', quantity: 100 }),
    };
    const slow = sums({ ...bought, itemSuppliers: [supplier('SLOW', 60, 5)] });
    const both = sums({ ...bought, itemSuppliers: [supplier('SLOW', 60, 5), supplier('FAST', 3, 9)] });
    // May's comes on the last of June: June's in its bucket, May's late.
    expect(slow.lateQuantity).toBeCloseTo(100, 6);
    expect(both.lateQuantity).toBeCloseTo(0, 6);
  });

  test('components that come into force later are used from then on', () => {
    const switchDay = dayFromIso('2026-08-01');
    const bom = [
      {
        parent: 'A',
        component: 'OLD',
        quantityPer: 1,
        unit: null,
        scrapRatio: 0,
        ...ALWAYS,
        effectiveTo: switchDay - 1,
      },
      {
        parent: 'A',
        component: 'NEW',
        quantityPer: 2,
        unit: null,
        scrapRatio: 0,
        ...ALWAYS,
        effectiveFrom: switchDay,
      },
    ];
    const run = runInMemory({
      items: [
        item('A', { source: 'make', leadTimeDays: 0 }),
        item('OLD', { leadTimeDays: 0 }),
        item('NEW', { leadTimeDays: 0 }),
      ],
      locations: PLANT,
      history: steadyHistory({ item: 'A', location: 'PLANT', quantity: 100 }),
      bom,
    });
    expect(run.ofPoint('constrainedDependent', 'OLD', 'PLANT')).toEqual([100, 100, 100, 0, 0, 0]);
    expect(run.ofPoint('constrainedDependent', 'NEW', 'PLANT')).toEqual([0, 0, 0, 200, 200, 200]);
    // The unconstrained plan knows the bill of the as-of day alone.
    expect(run.ofPoint('dependentDemand', 'OLD', 'PLANT')).toEqual(months(100));
  });
});

describe('decisions', () => {
  const july = { startsOn: '2026-07-01', endsOn: '2026-07-31' };

  test('hours, overtime and stops change the hours of their days alone', () => {
    const run = runInMemory(
      sawn(70, {
        edits: [
          {
            kind: 'capacity',
            resource: 'SAW',
            startsOn: '2026-06-01',
            endsOn: '2026-06-30',
            hoursPerWeek: 35,
          },
          { kind: 'overtime', resource: 'SAW', ...july, hoursPerWeek: 14 },
          { kind: 'stop', resource: 'SAW', startsOn: '2026-05-30', endsOn: '2026-06-02' },
        ],
      }),
    );
    expect(run.ofResource('capacityHours')).toEqual([290, 140, 310, 310, 300, 310]);
    expect(run.ofResource('overtimeHours')).toEqual([0, 0, 62, 0, 0, 0]);
  });

  test('overtime serves what hours alone do not', () => {
    const edits = [
      {
        kind: 'overtime' as const,
        resource: 'SAW',
        startsOn: '2026-05-01',
        endsOn: '2026-10-31',
        hoursPerWeek: 12,
      },
    ];
    const [before, after] = [sums(sawn(14)), sums(sawn(14, { edits }))];
    expect(after.onTimeQuantity).toBeGreaterThan(before.onTimeQuantity + 200);
  });

  test('lots, lead times and safety stock are those of both plans', () => {
    const run = runInMemory(
      sawn(700, {
        edits: [
          { kind: 'lot', item: 'A', location: 'PLANT', lotMinimum: 150, lotMultiple: 50, lotMaximum: null },
          { kind: 'leadTime', item: 'A', location: 'PLANT', leadTimeDays: 5 },
          { kind: 'safetyStock', item: 'A', location: 'PLANT', quantity: 20 },
        ],
      }),
    );
    const plan = planFromBytes(Buffer.from(run.constrained[0].plan, 'base64'));
    expect(plan.orders.count).toBeGreaterThan(0);
    for (let o = 0; o < plan.orders.count; o++) {
      expect(plan.orders.quantity[o]).toBeGreaterThanOrEqual(150);
      expect(plan.orders.quantity[o] % 50).toBe(0);
      expect(plan.orders.endDay[o] - plan.orders.startDay[o]).toBe(5);
    }
    expect(run.orders.every((order) => order.quantity >= 150 && order.quantity % 50 === 0)).toBe(true);
    expect(run.ofPoint('safetyStock', 'A', 'PLANT')).toEqual(months(20));
  });

  test('one about nothing that is planned is named and left out', () => {
    const { issues } = runInMemory(sawn(70, { edits: [{ kind: 'stop', resource: 'LATHE', ...july }] }));
    expect(issues.map((issue) => issue.code)).toContain('DECISION_WITHOUT_SUBJECT');
  });
});

describe('a firm proposal', () => {
  const firm = {
    number: 'PW-1',
    kind: 'make' as const,
    item: 'A',
    location: 'PLANT',
    from: null,
    startDay: AS_OF,
    dueDay: AS_OF + 3,
    quantity: 100,
    goodQuantity: 100,
  };
  const withParts = (firmProposals: CompanyData['supply']['firmProposals']): Partial<CompanyData> => ({
    items: [item('A', { source: 'make', leadTimeDays: 3 }), item('B', { leadTimeDays: 0 })],
    locations: PLANT,
    history: steadyHistory({ item: 'A', location: 'PLANT', quantity: 100 }),
    bom: [{ parent: 'A', component: 'B', quantityPer: 2, unit: null, scrapRatio: 0, ...ALWAYS }],
    supply: { ...EMPTY.supply, firmProposals },
  });

  test('is supply under way in both plans, and not proposed twice', () => {
    const [without, run] = [runInMemory(withParts([])), runInMemory(withParts([firm]))];
    expect(run.ofPoint('scheduledReceipts', 'A', 'PLANT')).toEqual([100, 0, 0, 0, 0, 0]);
    const made = (result: typeof run) =>
      result.ofPoint('constrainedReceipts', 'A', 'PLANT').reduce((sum, value) => sum + value, 0);
    expect(made(without) - made(run)).toBeCloseTo(100, 6);
  });

  test('takes its components in both plans, and is nobody’s service', () => {
    const run = runInMemory(withParts([firm]));
    const bought = run.ofPoint('constrainedReceipts', 'B', 'PLANT').reduce((sum, value) => sum + value, 0);
    expect(bought).toBeCloseTo(1200, 6);
    const gross = run.ofPoint('plannedReceipts', 'B', 'PLANT').reduce((sum, value) => sum + value, 0);
    expect(gross).toBeCloseTo(1200, 6);
    expect(run.constrained[0].sums.demandQuantity).toBeCloseTo(600, 6);
  });
});

test('the same data gives the same bytes', () => {
  const [first, second] = [runInMemory(sawn(20)), runInMemory(sawn(20))];
  expect(second.constrained[0].plan).toBe(first.constrained[0].plan);
  expect(second.hashes).toEqual(first.hashes);
});
