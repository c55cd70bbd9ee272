import {
  backordersOf,
  coverDemand,
  coverMoments,
  type DemandDistribution,
  economicOrder,
  economicOrderCost,
  economicOrderWithBackorders,
  economicProduction,
  empiricalDemand,
  fillRatioOf,
  gammaDemand,
  lognormalDemand,
  negativeBinomialDemand,
  newsvendorCost,
  newsvendorLevel,
  normalDemand,
  orderUpToCost,
  orderUpToPolicy,
  poissonDemand,
  reorderCost,
  reorderPointFor,
  reorderPointForCycleService,
  reorderPointForFill,
  reorderPolicy,
} from '@planwright/supply';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const positive = (max: number) => fc.double({ min: 0.05, max, noNaN: true });
const ratio = fc.double({ min: 0.02, max: 0.98, noNaN: true });

const wholeDemand: fc.Arbitrary<DemandDistribution> = fc.oneof(
  positive(80).map(poissonDemand),
  fc.tuple(positive(80), positive(6)).map(([mean, more]) => negativeBinomialDemand(mean, mean * (1 + more))),
);
const continuousDemand: fc.Arbitrary<DemandDistribution> = fc.oneof(
  fc.tuple(positive(1000), positive(300)).map(([mean, sd]) => normalDemand(mean, sd)),
  fc.tuple(positive(1000), positive(1.2)).map(([mean, variation]) => gammaDemand(mean, mean * variation)),
  fc.tuple(positive(6), positive(1)).map(([mean, sd]) => lognormalDemand(mean, sd)),
);
const sampledDemand = fc
  .array(fc.double({ min: 0, max: 500, noNaN: true }), { minLength: 1, maxLength: 40 })
  .map((totals) => empiricalDemand(Float64Array.from(totals).sort()));
const anyDemand = fc.oneof(wholeDemand, continuousDemand, sampledDemand);

describe('a demand distribution', () => {
  test('has quantiles that its cdf agrees with, and that rise', () => {
    fc.assert(
      fc.property(anyDemand, ratio, ratio, (demand, p, q) => {
        const level = demand.quantile(p);
        expect(demand.cdf(level + 1e-9 * (1 + Math.abs(level)))).toBeGreaterThanOrEqual(p - 1e-9);
        expect(!demand.isWhole || (Number.isInteger(level) && demand.cdf(level - 1) < p)).toBe(true);
        expect(demand.quantile(Math.max(p, q))).toBeGreaterThanOrEqual(demand.quantile(Math.min(p, q)));
      }),
    );
  });

  test('has a loss that falls, is convex, and is mean less level far below', () => {
    fc.assert(
      fc.property(anyDemand, positive(900), positive(50), (demand, x, step) => {
        const [low, middle, high] = [demand.loss(x), demand.loss(x + step), demand.loss(x + 2 * step)];
        const slack = 1e-9 * (1 + demand.mean);
        expect(middle).toBeLessThanOrEqual(low + slack);
        expect(low + high).toBeGreaterThanOrEqual(2 * middle - slack);
        const far = demand.mean - 60 * Math.sqrt(demand.variance) - 1;
        expect(Math.abs(demand.loss(far) - (demand.mean - far))).toBeLessThan(slack);
      }),
    );
  });

  test('has a loss that is the integral of its upper tail, and a second loss that is that of its loss', () => {
    fc.assert(
      fc.property(continuousDemand, fc.double({ min: 0.2, max: 0.98, noNaN: true }), (demand, p) => {
        const x = demand.quantile(p);
        const width = 0.02 * Math.sqrt(demand.variance);
        let tail = 0;
        let loss = 0;
        for (let i = 0; i < 100; i++) {
          const at = x + (i + 0.5) * (width / 100);
          tail += ((1 - demand.cdf(at)) * width) / 100;
          loss += (demand.loss(at) * width) / 100;
        }
        const scale = Math.sqrt(demand.variance);
        expect(Math.abs(demand.loss(x) - demand.loss(x + width) - tail) / scale).toBeLessThan(1e-7);
        const secondDifference = demand.secondLoss(x) - demand.secondLoss(x + width);
        expect(Math.abs(secondDifference - loss) / demand.variance).toBeLessThan(1e-7);
      }),
    );
  });

  test('of whole units has the loss and second loss of its own probabilities', () => {
    fc.assert(
      fc.property(wholeDemand, fc.integer({ min: 0, max: 120 }), (demand, x) => {
        const last = demand.quantile(1 - 1e-13);
        let loss = 0;
        let second = 0;
        for (let d = x + 1; d <= last + 5; d++) {
          const chance = demand.cdf(d) - demand.cdf(d - 1);
          loss += (d - x) * chance;
          second += ((d - x) ** 2 * chance) / 2;
        }
        expect(Math.abs(demand.loss(x) - loss)).toBeLessThan(1e-7 * (1 + demand.mean));
        expect(Math.abs(demand.secondLoss(x) - second)).toBeLessThan(
          1e-6 * (1 + demand.variance + demand.mean ** 2),
        );
      }),
    );
  });
});

test('the economic order costs no more than any other quantity, and owing or slow delivery makes it cheaper', () => {
  fc.assert(
    fc.property(
      positive(1000),
      positive(50),
      positive(1e5),
      positive(20),
      (orderCost, holdingCost, demandRate, f) => {
        const steady = { orderCost, holdingCost, demandRate };
        const best = economicOrder(steady);
        expect(best.cost).toBeLessThanOrEqual(economicOrderCost(steady, best.quantity * f) * (1 + 1e-12));
        expect(economicOrderWithBackorders({ ...steady, backorderCost: f }).cost).toBeLessThan(best.cost);
        expect(economicProduction({ ...steady, productionRate: demandRate * (1 + f) }).cost).toBeLessThan(
          best.cost,
        );
      },
    ),
  );
});

test('the newsvendor level costs no more than any other, and rises with the cost of a missing unit', () => {
  fc.assert(
    fc.property(
      anyDemand,
      positive(20),
      positive(20),
      positive(900),
      (demand, overageCost, underageCost, other) => {
        const costs = { overageCost, underageCost };
        const best = newsvendorLevel(demand, costs);
        const level = demand.isWhole ? Math.floor(other) : other;
        expect(best.cost).toBeLessThanOrEqual(
          newsvendorCost(demand, costs, level) + 1e-7 * (1 + demand.mean),
        );
        const dearer = newsvendorLevel(demand, { overageCost, underageCost: 2 * underageCost });
        expect(dearer.level).toBeGreaterThanOrEqual(best.level);
        expect(dearer.fillRatio).toBeGreaterThanOrEqual(best.fillRatio - 1e-12);
      },
    ),
  );
});

test('reorder points rise with the service promised, keep it, and no lower one does', () => {
  const orders = fc.integer({ min: 1, max: 400 });
  fc.assert(
    fc.property(anyDemand, ratio, ratio, orders, (demand, p, q, quantity) => {
      const [less, more] = [Math.min(p, q), Math.max(p, q)];
      expect(reorderPointForCycleService(demand, more)).toBeGreaterThanOrEqual(
        reorderPointForCycleService(demand, less),
      );
      const point = reorderPointForFill(demand, more, quantity);
      const slack = 1e-9 * (1 + Math.abs(point));
      expect(point).toBeGreaterThanOrEqual(reorderPointForFill(demand, less, quantity) - slack);
      expect(fillRatioOf(demand, point, quantity)).toBeGreaterThanOrEqual(more - 1e-9);
      const lower = demand.isWhole ? point - 1 : point - 1e-6 * (1 + point);
      expect(lower <= 0 || fillRatioOf(demand, lower, quantity) < more).toBe(true);
    }),
  );
});

test('cover has more spread the more lead time varies, and none of it is lost in the distribution chosen', () => {
  fc.assert(
    fc.property(
      positive(50),
      positive(30),
      positive(40),
      positive(20),
      (demandMean, sd, leadTimeMean, leadTimeSd) => {
        const certain = coverMoments({ demandMean, demandVariance: sd * sd, leadTimeMean });
        const varying = coverMoments({
          demandMean,
          demandVariance: sd * sd,
          leadTimeMean,
          leadTimeVariance: leadTimeSd ** 2,
        });
        expect(varying.mean).toBe(certain.mean);
        expect(varying.variance).toBeGreaterThan(certain.variance);
        const demand = coverDemand(varying);
        expect(demand.mean).toBeCloseTo(varying.mean, 8);
        expect(Math.abs(demand.variance / varying.variance - 1)).toBeLessThan(1e-9);
      },
    ),
  );
});

const reorderInputs = (demand: fc.Arbitrary<DemandDistribution>) =>
  fc.record({
    leadTimeDemand: demand,
    demandRate: positive(500),
    orderCost: positive(500),
    holdingCost: positive(20),
    backorderCost: positive(200),
  });

describe('(R, Q)', () => {
  test('at its optimum costs no more than any other point and quantity', () => {
    const inputs = reorderInputs(fc.oneof(wholeDemand, continuousDemand));
    fc.assert(
      fc.property(
        inputs,
        fc.integer({ min: -50, max: 900 }),
        fc.integer({ min: 1, max: 600 }),
        (input, point, quantity) => {
          const best = reorderPolicy(input);
          expect(best.cost).toBeLessThanOrEqual(reorderCost(input, point, quantity) * (1 + 1e-7));
          expect(
            Math.abs(reorderCost(input, best.reorderPoint, best.orderQuantity) / best.cost - 1),
          ).toBeLessThan(1e-9);
          const forThis = reorderCost(input, reorderPointFor(input, quantity), quantity);
          expect(forThis).toBeLessThanOrEqual(reorderCost(input, point, quantity) * (1 + 1e-7));
          expect(best.cost).toBeLessThanOrEqual(forThis * (1 + 1e-7));
        },
      ),
    );
  });

  // Zheng (1992), theorem 4: the economic order quantity with backorders, with its best reorder point, costs at most an eighth more.
  test('costs at most an eighth more with the economic order quantity', () => {
    fc.assert(
      fc.property(reorderInputs(continuousDemand), (input) => {
        const { quantity } = economicOrderWithBackorders(input);
        const cost = reorderCost(input, reorderPointFor(input, quantity), quantity);
        expect(cost).toBeLessThanOrEqual(reorderPolicy(input).cost * 1.125 * (1 + 1e-7));
      }),
    );
  });

  test('owes less the higher the reorder point', () => {
    fc.assert(
      fc.property(
        anyDemand,
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 1, max: 100 }),
        (demand, point, q) => {
          expect(backordersOf(demand, point + 5, q)).toBeLessThanOrEqual(
            backordersOf(demand, point, q) + 1e-9 * (1 + demand.mean),
          );
        },
      ),
    );
  });
});

test('(s, S) at its optimum costs no more than any other, and no more than ordering every bucket', () => {
  const inputs = fc.record({
    mean: positive(15),
    more: positive(3),
    leadTime: fc.integer({ min: 0, max: 3 }),
    orderCost: fc.double({ min: 0, max: 100, noNaN: true }),
    holdingCost: positive(5),
    backorderCost: positive(50),
  });
  const others = fc.tuple(fc.integer({ min: -5, max: 60 }), fc.integer({ min: 1, max: 40 }));
  fc.assert(
    fc.property(inputs, others, ({ mean, more, leadTime, ...costs }, [point, width]) => {
      const bucketDemand = negativeBinomialDemand(mean, mean * (1 + more));
      const span = mean * (leadTime + 1);
      const input = {
        ...costs,
        bucketDemand,
        leadTimeDemand: negativeBinomialDemand(span, span * (1 + more)),
      };
      const best = orderUpToPolicy(input);
      expect(best.reorderPoint).toBeLessThan(best.orderUpTo);
      expect(best.cost).toBeLessThanOrEqual(orderUpToCost(input, point, point + width) * (1 + 1e-9));
      expect(best.cost).toBeLessThanOrEqual(
        orderUpToCost(input, best.orderUpTo - 1, best.orderUpTo) * (1 + 1e-9),
      );
    }),
  );
});

test('without a cost of orders (s, S) is a base stock, and with certain demand (R, Q) is the economic order with backorders', () => {
  fc.assert(
    fc.property(
      positive(30),
      positive(10),
      positive(60),
      positive(300),
      (mean, holdingCost, backorderCost, orderCost) => {
        const demand = poissonDemand(mean);
        const policy = orderUpToPolicy({
          bucketDemand: demand,
          leadTimeDemand: demand,
          orderCost: 0,
          holdingCost,
          backorderCost,
        });
        const newsvendor = newsvendorLevel(demand, { overageCost: holdingCost, underageCost: backorderCost });
        expect(Math.abs(policy.cost / newsvendor.cost - 1)).toBeLessThan(1e-9);

        const steady = { orderCost, holdingCost, backorderCost, demandRate: mean };
        const exact = economicOrderWithBackorders(steady);
        const certain = reorderPolicy({ ...steady, leadTimeDemand: normalDemand(2 * mean, 0) });
        expect(Math.abs(certain.orderQuantity / exact.quantity - 1)).toBeLessThan(1e-5);
        expect(Math.abs(certain.cost / exact.cost - 1)).toBeLessThan(1e-9);
        expect(certain.reorderPoint).toBeCloseTo(2 * mean - exact.backorderMost, 3);
      },
    ),
  );
});
