import {
  cheapestLots,
  type DiscountInput,
  allUnitsDiscountOrder,
  economicOrderCost,
  incrementalDiscountOrder,
  type LotScheduleInput,
  lotScheduleCost,
  lotsByRule,
} from '@planwright/supply';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const schedules: fc.Arbitrary<LotScheduleInput> = fc.integer({ min: 1, max: 10 }).chain((count) => {
  const perBucket = (max: number) =>
    fc.array(fc.integer({ min: 0, max }), { minLength: count, maxLength: count });
  return fc.record({
    demand: perBucket(60),
    orderCost: perBucket(150),
    holdingCost: perBucket(4),
    unitCost: perBucket(9),
  });
});

/** Every set of buckets to order in, each order up to the next: one of these is the cheapest (Wagner and Whitin's theorem 2). */
function cheapestByTrial(input: LotScheduleInput): number {
  const { demand } = input;
  let best = Infinity;
  for (let set = 0; set < 1 << demand.length; set++) {
    const orders = new Float64Array(demand.length);
    let from = -1;
    let isServed = true;
    for (let t = 0; t < demand.length; t++) {
      if ((set & (1 << t)) !== 0) from = t;
      if (from >= 0) orders[from] += demand[t]!;
      else if (demand[t]! > 0) isServed = false;
    }
    if (isServed) best = Math.min(best, lotScheduleCost(input, orders));
  }
  return best;
}

test('cheapestLots costs what trying every schedule finds, whatever the costs do', () => {
  fc.assert(
    fc.property(schedules, (input) => {
      expect(cheapestLots(input).cost).toBeCloseTo(cheapestByTrial(input), 8);
    }),
    { numRuns: 60 },
  );
});

test('no rule of thumb is cheaper, and every rule serves all demand in whole-horizon orders', () => {
  const demand = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(
      demand,
      fc.integer({ min: 0, max: 2000 }),
      fc.integer({ min: 0, max: 20 }),
      (rows, orderCost, holdingCost) => {
        const input = { demand: rows, orderCost, holdingCost };
        const cheapest = cheapestLots(input);
        const total = rows.reduce((sum, quantity) => sum + quantity, 0);
        for (const rule of ['silverMeal', 'leastUnitCost', 'partPeriod'] as const) {
          const schedule = lotsByRule(input, rule);
          expect(schedule.cost).toBeGreaterThanOrEqual(cheapest.cost - 1e-7);
          expect(schedule.orders.reduce((sum, quantity) => sum + quantity, 0)).toBe(total);
        }
      },
    ),
  );
});

const discounts: fc.Arbitrary<DiscountInput> = fc.record({
  orderCost: fc.double({ min: 1, max: 500, noNaN: true }),
  holdingRatio: fc.double({ min: 0.05, max: 0.5, noNaN: true }),
  demandRate: fc.double({ min: 10, max: 5000, noNaN: true }),
  tiers: fc
    .array(
      fc.record({
        step: fc.integer({ min: 1, max: 500 }),
        cut: fc.double({ min: 0, max: 0.3, noNaN: true }),
      }),
      {
        maxLength: 4,
      },
    )
    .map((cuts) => {
      const tiers = [{ fromQuantity: 0, unitPrice: 20 }];
      for (const { step, cut } of cuts) {
        const last = tiers[tiers.length - 1]!;
        tiers.push({ fromQuantity: last.fromQuantity + step, unitPrice: last.unitPrice * (1 - cut) });
      }
      return tiers;
    }),
});

test('no other quantity is cheaper under either kind of discount', () => {
  fc.assert(
    fc.property(discounts, fc.double({ min: 1, max: 4000, noNaN: true }), (input, quantity) => {
      const { orderCost, demandRate, holdingRatio, tiers } = input;
      const tier = tiers.findLastIndex((row) => row.fromQuantity <= quantity);
      const { unitPrice } = tiers[tier]!;
      const allUnits =
        demandRate * unitPrice +
        economicOrderCost({ orderCost, demandRate, holdingCost: holdingRatio * unitPrice }, quantity);
      expect(allUnitsDiscountOrder(input).cost).toBeLessThanOrEqual(allUnits * (1 + 1e-9));

      let paid = 0;
      for (let j = 0; j <= tier; j++) {
        const until = j < tier ? tiers[j + 1]!.fromQuantity : quantity;
        paid += (until - tiers[j]!.fromQuantity) * tiers[j]!.unitPrice;
      }
      const incremental = ((orderCost + paid) * demandRate) / quantity + (holdingRatio * paid) / 2;
      expect(incrementalDiscountOrder(input).cost).toBeLessThanOrEqual(incremental * (1 + 1e-9));
    }),
  );
});
