import {
  guaranteedService,
  guaranteedServicePlan,
  normalDemand,
  poissonDemand,
  serialBaseStock,
  serialBaseStockBounds,
  type StageNetwork,
} from '@planwright/supply';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

type Shape = {
  readonly count: number;
  readonly seeds: readonly number[];
  readonly times: readonly number[];
  readonly costs: readonly number[];
  readonly promise: number;
  readonly extraArcs: readonly (readonly [number, number])[];
};
const shapes = (extra: number): fc.Arbitrary<Shape> =>
  fc.integer({ min: 1, max: 6 }).chain((count) =>
    fc.record({
      count: fc.constant(count),
      seeds: fc.array(fc.nat(1000), { minLength: count, maxLength: count }),
      times: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: count, maxLength: count }),
      costs: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: count, maxLength: count }),
      promise: fc.integer({ min: 0, max: 5 }),
      extraArcs: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: extra }),
    }),
  );

/** A random tree, with the direction of each arc by chance but suppliers first, and further arcs that may close cycles. */
function networkOf({ count, seeds, times, costs, promise, extraArcs }: Shape): StageNetwork {
  const pairs = new Set<string>();
  for (let k = 1; k < count; k++) pairs.add(`${seeds[k]! % k}>${k}`);
  for (const [a, b] of extraArcs) if (a !== b) pairs.add(`${Math.min(a, b)}>${Math.max(a, b)}`);
  const arcs = [...pairs].map((pair) => ({ from: pair.split('>')[0]!, to: pair.split('>')[1]! }));
  const stages = Array.from({ length: count }, (_, k) => {
    const isLast = !arcs.some((arc) => arc.from === String(k));
    return {
      name: String(k),
      processingTime: times[k]!,
      holdingCost: costs[k]!,
      ...(isLast ? { outboundTimeMost: promise, demandSd: 1 + (seeds[k]! % 7), demandMean: 10 } : {}),
    };
  });
  return { stages, arcs, safetyFactor: 2 };
}

/** All promises up to 12 of up to four stages, by trial. */
function cheapestByTrial(network: StageNetwork): number {
  const { stages } = network;
  const most = stages.map((stage) => Math.min(stage.outboundTimeMost ?? 16, 16));
  const times = stages.map(() => 0);
  let best = Infinity;
  for (let digit = 0; digit < times.length; ) {
    if (digit === 0) best = Math.min(best, guaranteedServicePlan(network, times).cost);
    times[digit]! += 1;
    if (times[digit]! > most[digit]!) {
      times[digit] = 0;
      digit += 1;
    } else digit = 0;
  }
  return best;
}

describe('guaranteedService', () => {
  test('costs what trying every promise finds, on trees and on networks with undirected cycles', () => {
    fc.assert(
      fc.property(
        shapes(3).filter((shape) => shape.count <= 4),
        (shape) => {
          const network = networkOf(shape);
          const plan = guaranteedService(network);
          expect(plan.isOptimal).toBe(true);
          expect(plan.cost).toBeCloseTo(cheapestByTrial(network), 8);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('is never dearer than stock at every stage, keeps every promise, and is cheaper the longer customers wait', () => {
    fc.assert(
      fc.property(shapes(0), (shape) => {
        const network = networkOf(shape);
        const plan = guaranteedService(network);
        const everywhere = guaranteedServicePlan(network, new Int32Array(shape.count));
        expect(plan.cost).toBeLessThanOrEqual(everywhere.cost + 1e-9);
        const outboundOf = new Map(plan.stages.map((stage) => [stage.name, stage.outboundTime]));
        for (const arc of network.arcs) {
          const customer = plan.stages.find((stage) => stage.name === arc.to)!;
          expect(customer.inboundTime).toBeGreaterThanOrEqual(outboundOf.get(arc.from)!);
        }
        for (const stage of plan.stages) {
          expect(stage.netTime).toBeGreaterThanOrEqual(0);
          expect(stage.safetyStock).toBeCloseTo(2 * stage.demandSd * Math.sqrt(stage.netTime), 9);
        }
        const longer = guaranteedService(networkOf({ ...shape, promise: shape.promise + 2 }));
        expect(longer.cost).toBeLessThanOrEqual(plan.cost + 1e-9);
      }),
    );
  });

  test('beyond the combinations allowed, stays between its bound and the best of all', () => {
    fc.assert(
      fc.property(shapes(5), (shape) => {
        const network = networkOf(shape);
        const best = guaranteedService(network);
        const found = guaranteedService(network, { workMost: 1 });
        expect(found.lowerBound).toBeLessThanOrEqual(best.cost + 1e-9);
        expect(found.cost).toBeGreaterThanOrEqual(best.cost - 1e-9);
        expect(found.isOptimal ? found.cost : best.cost).toBeCloseTo(best.cost, 9);
      }),
    );
  });

  test('takes any demand bound: one that is capped needs no more stock than the cap', () => {
    const capped = {
      stages: [
        {
          name: 'a',
          processingTime: 9,
          holdingCost: 1,
          outboundTimeMost: 0,
          demandMean: 2,
          demandBound: (time: number) => 2 * time + Math.min(5, 3 * time),
        },
      ],
      arcs: [],
      safetyFactor: 0,
    };
    expect(guaranteedService(capped).stages[0]).toMatchObject({ netTime: 9, safetyStock: 5, baseStock: 23 });
  });
});

test('serial levels lie within the bounds of Shang and Song, and one stage is a newsvendor', () => {
  const rows = fc.array(
    fc.record({ time: fc.integer({ min: 1, max: 4 }), cost: fc.double({ min: 0.2, max: 5, noNaN: true }) }),
    { minLength: 1, maxLength: 4 },
  );
  fc.assert(
    fc.property(
      rows,
      fc.double({ min: 1, max: 80, noNaN: true }),
      fc.boolean(),
      (stages, backorderCost, isWhole) => {
        let through = 0;
        const demandOver = (time: number) =>
          isWhole ? poissonDemand(3 * time) : normalDemand(12 * time, 3 * Math.sqrt(time));
        const input = {
          backorderCost,
          stages: stages.map(({ time, cost }) => {
            through += time;
            return {
              echelonHoldingCost: cost,
              leadTimeDemand: demandOver(time),
              leadTimeDemandThrough: demandOver(through),
            };
          }),
        };
        const { echelonBaseStock, localBaseStock } = serialBaseStock(input);
        const slack = isWhole ? 0 : 0.15;
        serialBaseStockBounds(input).forEach(({ lower, upper }, j) => {
          expect(echelonBaseStock[j]).toBeGreaterThanOrEqual(lower - slack);
          expect(echelonBaseStock[j]).toBeLessThanOrEqual(upper + slack);
          expect(localBaseStock[j]).toBeGreaterThanOrEqual(j === 0 ? -Infinity : 0);
        });
      },
    ),
    { numRuns: 40 },
  );
});
