import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  buildNetwork,
  demandHitByShortage,
  impactIndex,
  planSupply,
  type StockPointRow,
  type SupplyModel,
} from '@planwright/supply';
import { arbitraryModel, SEED } from './arbitrary-model.ts';

const make = { kind: 'make', leadTimeDays: 0 } as const;
const point = (item: string, rest: Partial<StockPointRow>): StockPointRow => ({
  item,
  location: 'L',
  onHand: 0,
  ...rest,
});
const uses = (item: string, component: string, quantityPer: number) => ({
  item,
  location: 'L',
  component,
  quantityPer,
});

function hitsOf(model: SupplyModel, stockPoint: number, bucket: number) {
  const network = buildNetwork(model).network!;
  return demandHitByShortage(
    impactIndex(network, planSupply(network, { mode: 'leadTimeFeasible' })),
    stockPoint,
    bucket,
  );
}

test('a shortage two levels down is told in finished items, shared by what each asked for', () => {
  const model: SupplyModel = {
    bucketStartDays: [0, 7, 14],
    stockPoints: [
      point('P', { independentDemand: [30, 0], source: make }),
      point('Q', { independentDemand: [10, 0], source: make }),
      point('S', { source: make }),
      point('R', { onHand: 20, independentDemand: [20, 0], source: { kind: 'buy', leadTimeDays: 7 } }),
    ],
    components: [uses('P', 'S', 1), uses('Q', 'S', 3), uses('S', 'R', 1)],
  };
  // R: 20 asked directly and 60 through S (30 for P, 30 for Q), 20 there: 60 owed, three quarters of everything.
  expect(hitsOf(model, 3, 0)).toEqual([
    { stockPoint: 0, bucket: 0, quantity: 22.5 },
    { stockPoint: 3, bucket: 0, quantity: 15 },
    { stockPoint: 1, bucket: 0, quantity: 7.5 },
  ]);
  expect(hitsOf(model, 3, 1)).toEqual([]); // By then it has arrived.
});

test('units lost on the way up are not demand: 20 missing parts are 10 missing products at half yield', () => {
  const model: SupplyModel = {
    bucketStartDays: [0, 7],
    stockPoints: [
      point('P', { independentDemand: [10], source: { ...make, yieldRatio: 0.5 } }),
      point('C', { source: { kind: 'buy', leadTimeDays: 7 } }),
    ],
    components: [uses('P', 'C', 1)],
  };
  expect(hitsOf(model, 1, 0)).toEqual([{ stockPoint: 0, bucket: 0, quantity: 10 }]);
});

test('the youngest demand waits: older demand was served first', () => {
  const model: SupplyModel = {
    bucketStartDays: [0, 7, 14, 21],
    stockPoints: [
      point('X', { onHand: 12, independentDemand: [10, 10, 10], source: { kind: 'buy', leadTimeDays: 99 } }),
    ],
    components: [],
  };
  expect(hitsOf(model, 0, 2)).toEqual([
    { stockPoint: 0, bucket: 2, quantity: 10 },
    { stockPoint: 0, bucket: 1, quantity: 8 },
  ]);
});

test('hits are independent demand, never more of it than there is, and none where nothing is owed', () => {
  fc.assert(
    fc.property(arbitraryModel(), (model) => {
      const network = buildNetwork(model).network!;
      const plan = planSupply(network, { mode: 'leadTimeFeasible' });
      const index = impactIndex(network, plan);
      plan.shortage.values.forEach((owed, at) => {
        const hits = demandHitByShortage(
          index,
          Math.floor(at / network.bucketCount),
          at % network.bucketCount,
        );
        expect(owed > 0 || hits.length === 0).toBe(true);
        for (const { stockPoint, bucket, quantity } of hits) {
          const demand = plan.independentDemand.values[stockPoint * network.bucketCount + bucket];
          expect(quantity).toBeGreaterThan(0);
          expect(quantity).toBeLessThanOrEqual(demand * (1 + 1e-9));
        }
      });
    }),
    { seed: SEED, numRuns: 200 },
  );
});
