import {
  allUnitsDiscountOrder,
  type DemandDistribution,
  economicOrder,
  economicOrderWithBackorders,
  economicProduction,
  empiricalDemand,
  fillRatioOf,
  incrementalDiscountOrder,
  lognormalDemand,
  newsvendorLevel,
  normalDemand,
  orderUpToPolicy,
  poissonDemand,
  type ReorderInput,
  reorderCost,
  reorderPointFor,
  reorderPointForCycleService,
  reorderPointForFill,
  reorderPolicy,
} from '@planwright/supply';
import { describe, expect, test } from 'vitest';
import golden from '../golden/inventory-formulas.json' with { type: 'json' };

type Golden<Input, Expected> = { name: string; source: string; input: Input; expected: Expected };

function holds<Input>(
  cases: readonly Golden<Input, Record<string, number>>[],
  solve: (input: Input) => object,
  digits: number,
): void {
  test.each(cases)('$name ($source)', ({ input, expected }) => {
    const solved = solve(input) as Record<string, number>;
    for (const [name, value] of Object.entries(expected)) {
      expect(Math.abs(solved[name]! - value)).toBeLessThanOrEqual(Math.abs(value) * 10 ** -digits);
    }
  });
}

describe('economicOrder', () => {
  holds(golden.economicOrder, economicOrder, 12);
});
describe('economicProduction', () => {
  holds(golden.economicProduction, economicProduction, 12);
});
describe('economicOrderWithBackorders', () => {
  holds(golden.economicOrderWithBackorders, economicOrderWithBackorders, 12);
});

type Discount = { orderCost: number; holdingRatio: number; demandRate: number; tiers: number[][] };
const tiered = (input: Discount) => ({
  ...input,
  tiers: input.tiers.map(([fromQuantity, unitPrice]) => ({
    fromQuantity: fromQuantity!,
    unitPrice: unitPrice!,
  })),
});
describe('allUnitsDiscountOrder', () => {
  holds(golden.allUnitsDiscountOrder, (input) => allUnitsDiscountOrder(tiered(input)), 10);
});
describe('incrementalDiscountOrder', () => {
  holds(golden.incrementalDiscountOrder, (input) => incrementalDiscountOrder(tiered(input)), 10);
});

type Law = {
  kind: string;
  mean?: number;
  standardDeviation?: number;
  logMean?: number;
  logSd?: number;
  totals?: number[];
};
function demandOf(law: Law): DemandDistribution {
  if (law.kind === 'poisson') return poissonDemand(law.mean!);
  if (law.kind === 'lognormal') return lognormalDemand(law.logMean!, law.logSd!);
  if (law.kind === 'empirical') return empiricalDemand(Float64Array.from(law.totals!));
  return normalDemand(law.mean!, law.standardDeviation!);
}
type Newsvendor = { demand: Law; overageCost: number; underageCost: number };
describe('newsvendorLevel', () => {
  holds(
    golden.newsvendorLevel as Golden<Newsvendor, Record<string, number>>[],
    ({ demand, ...costs }) => newsvendorLevel(demandOf(demand), costs),
    9,
  );
});

describe('orderUpToPolicy', () => {
  const solve = (input: {
    demandMean: number;
    orderCost: number;
    holdingCost: number;
    backorderCost: number;
  }) => {
    const demand = poissonDemand(input.demandMean);
    return orderUpToPolicy({ ...input, bucketDemand: demand, leadTimeDemand: demand });
  };
  holds(golden.orderUpToPolicy, solve, 11);

  test.each(golden.zhengFedergruen.rows)(
    `mean %d (${golden.zhengFedergruen.source})`,
    (mean, point, upTo, cost) => {
      const policy = solve({ demandMean: mean!, orderCost: 64, holdingCost: 1, backorderCost: 9 });
      expect([policy.reorderPoint, policy.orderUpTo]).toEqual([point, upTo]);
      expect(policy.cost).toBeCloseTo(cost!, 3);
    },
  );
});

describe('reorderPolicy', () => {
  holds(
    golden.reorderPolicyWhole,
    ({ leadTime, ...input }) =>
      reorderPolicy({ ...input, leadTimeDemand: poissonDemand(input.demandRate * leadTime) }),
    11,
  );
  const store: ReorderInput = {
    leadTimeDemand: normalDemand(1300 / 12, 150 / Math.sqrt(12)),
    demandRate: 1300,
    orderCost: 8,
    holdingCost: 0.225,
    backorderCost: 7.5,
  };
  test.each(golden.reorderCost)('cost: $name ($source)', ({ reorderPoint, orderQuantity, expected }) =>
    expect(reorderCost(store, reorderPoint, orderQuantity)).toBeCloseTo(expected, 9),
  );
  test.each(golden.reorderPointFor)('reorder point: $name ($source)', ({ orderQuantity, expected }) =>
    expect(reorderPointFor(store, orderQuantity)).toBeCloseTo(expected, 4),
  );
  // Snyder and Shen (2019), example 5.6, print r = 126.8 and Q = 328.5 by the loss-function method: within a unit of exact.
  test('the exact optimum lies where the book puts it, and costs no more', () => {
    const policy = reorderPolicy(store);
    expect(policy.reorderPoint).toBeCloseTo(126.8, 0);
    expect(policy.orderQuantity).toBeCloseTo(328.5, 0);
    expect(policy.cost).toBeLessThanOrEqual(reorderCost(store, 126.867064, 328.449141));
  });
});

// Nahmias (2009), Production and Operations Analysis, 6th ed., examples 5.4 to 5.6: Harvey's mustard, lead-time demand of
// mean 100 and standard deviation 25, orders of 100. Tables of two decimals of z there: R is exact to half a unit.
describe("Nahmias, Harvey's mustard", () => {
  const demand = normalDemand(100, 25);
  test('98 % of cycles without a stock-out: R = 151', () =>
    expect(reorderPointForCycleService(demand, 0.98)).toBeCloseTo(151, 0));
  test('98 % of demand from the shelf: R = 126', () => {
    const point = reorderPointForFill(demand, 0.98, 100);
    expect(Math.abs(point - 126)).toBeLessThan(0.6);
    expect(fillRatioOf(demand, point, 100)).toBeCloseTo(0.98, 11);
  });
});
