import { describe, expect, test } from 'vitest';
import { rowOf } from '@planwright/series';
import {
  buildNetwork,
  consumeForecast,
  leadTimeOffset,
  pastDueBuckets,
  plannedOrders,
  planSupply,
  type StockPointRow,
  type SupplyModel,
} from '@planwright/supply';
import { dayFromIso, isoFromDay, makeCalendar } from '@planwright/time';

const weeks = [0, 7, 14, 21, 28];
const point = (rest: Partial<StockPointRow>): StockPointRow => ({
  item: 'X',
  location: 'L',
  onHand: 0,
  ...rest,
});
const late: SupplyModel = {
  bucketStartDays: weeks,
  components: [],
  stockPoints: [
    point({
      onHand: 10,
      independentDemand: [4, 9, 5, 1],
      source: { kind: 'buy', supplier: 'Acme', leadTimeDays: 14 },
      costPerUnit: 3,
    }),
  ],
};

describe('an order that should have been released before the plan starts', () => {
  const network = buildNetwork(late).network!;

  test('unconstrained: arrives when needed, released at once, flagged past due', () => {
    const plan = planSupply(network, { mode: 'unconstrained' });
    expect([...rowOf(plan.projectedOnHand, 0)]).toEqual([6, 0, 0, 0]);
    expect([...rowOf(plan.plannedReleases, 0)]).toEqual([8, 1, 0, 0]);
    const orders = plannedOrders(network, plan);
    expect(orders[0]).toMatchObject({
      kind: 'buy',
      supplier: 'Acme',
      releaseBucket: 0,
      dueBucket: 1,
      needBucket: 1,
      quantity: 3,
      value: 9,
      pastDueDays: 7,
      pastDueBuckets: 1,
      lateBuckets: 0,
    });
    expect(orders[0].reason).toContain('asked for release 1 bucket before the plan starts');
    expect(orders[1]).toMatchObject({ releaseBucket: 0, dueBucket: 2, quantity: 5, pastDueBuckets: 0 });
  });

  test('lead-time feasible: arrives late, and the gap shows as shortage', () => {
    const plan = planSupply(network, { mode: 'leadTimeFeasible' });
    expect([...rowOf(plan.projectedOnHand, 0)]).toEqual([6, -3, 0, 0]);
    expect([...rowOf(plan.shortage, 0)]).toEqual([0, 3, 0, 0]);
    const orders = plannedOrders(network, plan);
    expect(orders[0]).toMatchObject({
      releaseBucket: 0,
      dueBucket: 2,
      needBucket: 1,
      quantity: 8,
      lateBuckets: 1,
      pastDueBuckets: 1,
    });
    expect(orders[0].reason).toContain(
      'brings it in 1970-01-15 at the earliest, though it is needed in 1970-01-08',
    );
  });

  test('beyond the horizon nothing can come in time, and the shortage says so', () => {
    const far = buildNetwork({
      ...late,
      stockPoints: [{ ...late.stockPoints[0], source: { kind: 'buy', leadTimeDays: 365 } }],
    });
    const plan = planSupply(far.network!, { mode: 'leadTimeFeasible' });
    expect(plan.orders.count).toBe(0);
    expect([...rowOf(plan.shortage, 0)]).toEqual([0, 3, 8, 9]);
  });
});

test('a stock point without a source runs down and falls short in either mode', () => {
  const { network } = buildNetwork({ ...late, stockPoints: [{ ...late.stockPoints[0], source: undefined }] });
  for (const mode of ['unconstrained', 'leadTimeFeasible'] as const) {
    expect([...rowOf(planSupply(network!, { mode }).shortage, 0)]).toEqual([0, 3, 8, 9]);
  }
});

test('a need above the largest lot becomes several orders, none above it', () => {
  const source = { kind: 'buy', leadTimeDays: 0, lotMinimum: 20, lotMultiple: 10, lotMaximum: 65 } as const;
  const { network } = buildNetwork({
    ...late,
    stockPoints: [point({ independentDemand: [125, 0, 0, 0], source })],
  });
  const plan = planSupply(network!, { mode: 'unconstrained' });
  expect([...plan.orders.quantity]).toEqual([60, 60, 20]); // 65 rounds down to 60; the rest of 5 up to the minimum.
  expect([...rowOf(plan.projectedOnHand, 0)]).toEqual([15, 15, 15, 15]);
  expect(plannedOrders(network!, plan)[0].reason).toContain(
    '(at least 20, multiples of 10, at most 60 an order)',
  );
});

test('sums of decimals do not buy a lot too many', () => {
  const source = { kind: 'buy', leadTimeDays: 0, lotMultiple: 0.1 } as const;
  const { network } = buildNetwork({
    ...late,
    stockPoints: [point({ onHand: 0.7, independentDemand: [0.1, 0.2, 0.4, 0.3], source })],
  });
  const plan = planSupply(network!, { mode: 'unconstrained' });
  expect([...plan.orders.dueBucket]).toEqual([3]); // 0.7 - 0.1 - 0.2 - 0.4 is 1.1e-16, not a need.
  expect(plan.orders.quantity[0]).toBeCloseTo(0.3, 12);
  expect(Math.max(...plan.shortage.values)).toBe(0);
});

test('the reason names the demand, where it comes from and the safety stock', () => {
  const { network } = buildNetwork({
    bucketStartDays: weeks,
    stockPoints: [
      point({ item: 'P', independentDemand: [0, 6, 0, 0], source: { kind: 'make', leadTimeDays: 0 } }),
      point({
        item: 'C',
        onHand: 9,
        safetyStock: 5,
        independentDemand: [0, 4, 0, 0],
        source: { kind: 'make', leadTimeDays: 7, lotMultiple: 8, yieldRatio: 0.5 },
      }),
    ],
    components: [{ item: 'P', location: 'L', component: 'C', quantityPer: 2 }],
  });
  const plan = planSupply(network!, { mode: 'unconstrained' });
  const [, order] = plannedOrders(network!, plan, (bucket) => `W${bucket + 1}`);
  expect(order.reason).toBe(
    'With demand of 4 from orders and forecast and 12 from what it goes into in W2, C at L would end at -7, ' +
      '12 below its safety stock of 5. Its lot rules (multiples of 8, 50 % yield) make that 24 ordered.',
  );
  expect([order.quantity, order.receiptQuantity, order.releaseBucket]).toEqual([24, 12, 0]);
});

describe('lead-time offset', () => {
  const months = makeCalendar(
    { kind: 'month', fiscalYearStartMonth: 1 },
    dayFromIso('2026-01-01'),
    dayFromIso('2026-06-30'),
  );

  test('by the first day of the bucket', () => {
    expect([...leadTimeOffset(months.starts, 0, 0).releaseBucket]).toEqual([0, 1, 2, 3, 4, 5]);
    expect([...leadTimeOffset(months.starts, 1, 0).releaseBucket]).toEqual([0, 0, 1, 2, 3, 4]);
    // 1 May less 31 days is 31 March, 1 June less 31 days is 1 May.
    expect([...leadTimeOffset(months.starts, 31, 0).releaseBucket]).toEqual([0, 0, 0, 2, 2, 4]);
    // 1 March less 30 days is 30 January: the calendar decides, not "a month".
    expect(leadTimeOffset(months.starts, 30, 0).releaseBucket[2]).toBe(0);
  });

  test('by the middle of the bucket, short lead times stay in the month', () => {
    expect([...leadTimeOffset(months.starts, 10, 0.5).releaseBucket]).toEqual([0, 1, 2, 3, 4, 5]);
    expect([...leadTimeOffset(months.starts, 20, 0.5).releaseBucket]).toEqual([0, 0, 1, 2, 3, 4]);
  });

  test('past due is told in days and in buckets', () => {
    const offset = leadTimeOffset(months.starts, 45, 0);
    expect([...offset.pastDueDays]).toEqual([45, 14, 0, 0, 0, 0]);
    expect(offset.firstFeasibleBucket).toBe(2);
    expect(isoFromDay(months.starts[2] - 45)).toBe('2026-01-15');
    expect([0, 1, 14, 45, 62].map((days) => pastDueBuckets(months.starts, days))).toEqual([0, 1, 1, 1, 2]);
  });
});

describe('forecast consumption', () => {
  test('orders are forecast come true: the larger of the two, never the sum', () => {
    expect([...consumeForecast([100, 100, 0], [30, 130, 5])]).toEqual([100, 130, 5]);
  });

  test('the backlog comes first, in full, on top of what the first bucket foresees', () => {
    expect([...consumeForecast([100, 100], [30, 0], 40)]).toEqual([140, 100]);
  });

  test('a bucket without a forecast has its orders, and a negative forecast asks for nothing', () => {
    expect([...consumeForecast([Number.NaN, -20], [30, 10])]).toEqual([30, 10]);
  });

  test('a negative backlog is a broken caller', () => {
    expect(() => consumeForecast([1], [1], -1)).toThrow('not negative');
  });
});
