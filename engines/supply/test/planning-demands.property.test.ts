import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  consumeForecast,
  type DemandFacts,
  DEMAND_KIND,
  type FiniteDemands,
  type ForecastFacts,
  planningDemands,
  type PlanningModel,
} from '@planwright/supply';

const BUCKETS = 5;
const FIRST_DAY = 700;
const bucketStartDays = Array.from({ length: BUCKETS + 1 }, (_, week) => FIRST_DAY + week * 7);

type Drawn = {
  readonly demands: DemandFacts[];
  readonly forecasts: ForecastFacts[];
  readonly windows: [number, number];
  readonly includeQuotes: boolean;
};

// Whole quantities, so that every sum is exact and the laws hold with ===.
const quantity = fc.integer({ min: 0, max: 60 });
const customer = fc.constantFrom(undefined, 'ACME', 'BOLT', 'CORK');
const item = fc.constantFrom('X', 'Y');
const arbitraryOrders = fc.array(
  fc.record({
    item,
    quantity,
    customer,
    dueDay: fc.integer({ min: FIRST_DAY - 10, max: FIRST_DAY + BUCKETS * 7 + 10 }),
    status: fc.constantFrom(
      undefined,
      'open' as const,
      'quote' as const,
      'closed' as const,
      'cancelled' as const,
    ),
  }),
  { maxLength: 12 },
);
const arbitraryForecasts = fc.uniqueArray(
  fc.record({ item, customer, quantity: fc.array(quantity, { minLength: BUCKETS, maxLength: BUCKETS }) }),
  { maxLength: 6, selector: (row) => `${row.item} ${row.customer}` },
);
const arbitraryDemand: fc.Arbitrary<Drawn> = fc.record({
  demands: arbitraryOrders.map((rows) =>
    rows.map((row, index) => ({ ...row, demand: `SO-${index}`, location: 'L' })),
  ),
  forecasts: arbitraryForecasts.map((rows) => rows.map((row) => ({ ...row, location: 'L' }))),
  windows: fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 })),
  includeQuotes: fc.boolean(),
});

function modelOf({ demands, forecasts, windows, includeQuotes }: Drawn): PlanningModel {
  const [consumeBackwardBuckets, consumeForwardBuckets] = windows;
  return {
    asOfDay: FIRST_DAY,
    bucketStartDays,
    stockPoints: ['X', 'Y'].map((name) => ({ item: name, location: 'L' })),
    sources: [],
    components: [],
    resources: [],
    loads: [],
    demands,
    forecasts,
    receipts: [],
    rules: { consumeBackwardBuckets, consumeForwardBuckets, includeQuotes },
  };
}

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);
const isAsked = (row: DemandFacts, quotes: boolean): boolean =>
  (row.status ?? 'open') === 'open' || (quotes && row.status === 'quote');
const isWithin = (row: DemandFacts): boolean =>
  row.dueDay >= FIRST_DAY && row.dueDay < bucketStartDays[BUCKETS];

function totals(demands: FiniteDemands, kind: number, point: number): number {
  let total = 0;
  for (let i = 0; i < demands.count; i++) {
    if (demands.kind[i] === kind && demands.stockPoint[i] === point) total += demands.quantity[i];
  }
  return total;
}

test('orders are planned once each, whatever the forecast', () => {
  fc.assert(
    fc.property(arbitraryDemand, (drawn) => {
      const demands = planningDemands(modelOf(drawn));
      const expected = drawn.demands.flatMap((row, index) =>
        isAsked(row, drawn.includeQuotes) && row.quantity > 0 && row.dueDay < bucketStartDays[BUCKETS]
          ? [index]
          : [],
      );
      const orders = [...demands.kind.keys()].filter((i) => demands.kind[i] === DEMAND_KIND.order);
      expect(orders.map((i) => demands.row[i])).toEqual(expected);
      for (const i of orders) expect(demands.quantity[i]).toBe(drawn.demands[demands.row[i]].quantity);
    }),
  );
});

test('between the larger of orders and forecast and their sum is asked, at every stock point', () => {
  fc.assert(
    fc.property(arbitraryDemand, (drawn) => {
      const demands = planningDemands(modelOf(drawn));
      ['X', 'Y'].forEach((name, point) => {
        const ofItem = drawn.demands.filter((row) => row.item === name);
        const netting = ofItem.filter(
          (row) => isWithin(row) && (isAsked(row, drawn.includeQuotes) || row.status === 'closed'),
        );
        const ordered = sum(netting.map((row) => row.quantity));
        const forecast = sum(
          drawn.forecasts.filter((row) => row.item === name).flatMap((row) => Array.from(row.quantity)),
        );
        const left = totals(demands, DEMAND_KIND.forecast, point);
        expect(left).toBeGreaterThanOrEqual(Math.max(0, forecast - ordered)); // No order takes more than it is.
        expect(left).toBeLessThanOrEqual(forecast);
      });
    }),
  );
});

test('what is left of a forecast is within its bucket and never more than it was', () => {
  fc.assert(
    fc.property(arbitraryDemand, (drawn) => {
      const demands = planningDemands(modelOf(drawn));
      for (let i = 0; i < demands.count; i++) {
        if (demands.kind[i] !== DEMAND_KIND.forecast) continue;
        const t = demands.bucket[i];
        expect(demands.quantity[i]).toBeGreaterThan(0);
        expect(demands.quantity[i]).toBeLessThanOrEqual(drawn.forecasts[demands.row[i]].quantity[t]);
        expect(demands.dueDay[i]).toBeGreaterThanOrEqual(bucketStartDays[t]);
        expect(demands.dueDay[i]).toBeLessThan(bucketStartDays[t + 1]);
      }
    }),
  );
});

test('a wider window never leaves more forecast, and customers never take from one another', () => {
  fc.assert(
    fc.property(arbitraryDemand, (drawn) => {
      const left = (windows: [number, number]): number => {
        const demands = planningDemands(modelOf({ ...drawn, windows }));
        return totals(demands, DEMAND_KIND.forecast, 0) + totals(demands, DEMAND_KIND.forecast, 1);
      };
      expect(left([BUCKETS, BUCKETS])).toBeLessThanOrEqual(left([0, 0]));
      const ofOthers = drawn.demands.map((row) => ({ ...row, customer: 'DOLE' }));
      const ofCustomers = drawn.forecasts.filter((row) => row.customer !== undefined);
      const untouched = planningDemands(modelOf({ ...drawn, demands: ofOthers, forecasts: ofCustomers }));
      const forecast = sum(ofCustomers.flatMap((row) => Array.from(row.quantity)));
      expect(totals(untouched, DEMAND_KIND.forecast, 0) + totals(untouched, DEMAND_KIND.forecast, 1)).toBe(
        forecast,
      );
    }),
  );
});

test('without window and customers it is the simple rule: the larger of forecast and orders', () => {
  fc.assert(
    fc.property(arbitraryDemand, (drawn) => {
      const forecasts = drawn.forecasts.filter((row) => row.customer === undefined && row.item === 'X');
      const orders = drawn.demands.filter((row) => row.item === 'X' && isAsked(row, false));
      const demands = planningDemands(
        modelOf({ demands: orders, forecasts, windows: [0, 0], includeQuotes: false }),
      );
      const asked = new Float64Array(BUCKETS);
      const open = new Float64Array(BUCKETS);
      let pastDue = 0;
      for (let i = 0; i < demands.count; i++) {
        const bucket = Math.floor((demands.dueDay[i] - FIRST_DAY) / 7);
        asked[Math.max(0, bucket)] += demands.quantity[i];
        if (demands.kind[i] === DEMAND_KIND.forecast) continue;
        if (bucket < 0) pastDue += demands.quantity[i];
        else open[bucket] += demands.quantity[i];
      }
      const forecast = forecasts.length === 0 ? new Float64Array(BUCKETS) : forecasts[0].quantity;
      expect(asked).toEqual(consumeForecast(forecast, open, pastDue));
    }),
  );
});

describe('worked by hand', () => {
  const order = (demand: string, day: number, amount: number, rest: object = {}): DemandFacts => ({
    demand,
    item: 'X',
    location: 'L',
    dueDay: FIRST_DAY + day,
    quantity: amount,
    ...rest,
  });
  const forecast = (amounts: number[], rest: object = {}): ForecastFacts => ({
    item: 'X',
    location: 'L',
    quantity: amounts,
    ...rest,
  });
  const leftOf = (demands: DemandFacts[], forecasts: ForecastFacts[], windows: [number, number] = [0, 0]) => {
    const result = planningDemands(modelOf({ demands, forecasts, windows, includeQuotes: false }));
    return forecasts.map((_, row) => {
      const left: number[] = Array.from({ length: BUCKETS }, () => 0);
      for (let i = 0; i < result.count; i++) {
        if (result.kind[i] === DEMAND_KIND.forecast && result.row[i] === row) {
          left[result.bucket[i]] += result.quantity[i];
        }
      }
      return left;
    });
  };

  test('an excess nets earlier buckets, the nearest first, then later ones', () => {
    const forecasts = [forecast([10, 10, 10, 10, 10])];
    expect(leftOf([order('A', 14, 25)], forecasts)).toEqual([[10, 10, 0, 10, 10]]);
    expect(leftOf([order('A', 14, 25)], forecasts, [1, 0])).toEqual([[10, 0, 0, 10, 10]]);
    expect(leftOf([order('A', 14, 25)], forecasts, [1, 1])).toEqual([[10, 0, 0, 5, 10]]);
    expect(leftOf([order('A', 14, 25)], forecasts, [2, 1])).toEqual([[5, 0, 0, 10, 10]]);
  });

  test('an excess never takes what the next order is the fulfilment of', () => {
    const orders = [order('A', 7, 20), order('B', 14, 10)];
    expect(leftOf(orders, [forecast([0, 10, 10, 10, 0])], [0, 2])).toEqual([[0, 0, 0, 0, 0]]);
  });

  test("a customer's order nets the customer's forecast, then that of all", () => {
    const forecasts = [forecast([0, 30, 0, 0, 0]), forecast([0, 8, 0, 0, 0], { customer: 'ACME' })];
    expect(leftOf([order('A', 7, 20, { customer: 'ACME' })], forecasts)).toEqual([
      [0, 18, 0, 0, 0],
      [0, 0, 0, 0, 0],
    ]);
    expect(leftOf([order('A', 7, 20, { customer: 'BOLT' })], forecasts)).toEqual([
      [0, 10, 0, 0, 0],
      [0, 8, 0, 0, 0],
    ]);
  });

  test('what was delivered in the bucket nets its forecast; what was cancelled does not', () => {
    const orders = [order('A', 1, 4, { status: 'closed' }), order('B', 1, 3, { status: 'cancelled' })];
    expect(leftOf(orders, [forecast([10, 0, 0, 0, 0])])).toEqual([[6, 0, 0, 0, 0]]);
  });

  test('decimals leave no crumb of a forecast behind', () => {
    const tenths = Array.from({ length: 3 }, (_, index) => order(`A${index}`, 1, 0.1));
    expect(leftOf(tenths, [forecast([0.3, 0, 0, 0, 0])])).toEqual([[0, 0, 0, 0, 0]]);
  });
});
