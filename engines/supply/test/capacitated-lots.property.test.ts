import {
  capacitatedLots,
  lotCost,
  lotSizingProgram,
  lotSizingStart,
  type LotSizingProblem,
} from '@planwright/supply';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const problem: fc.Arbitrary<LotSizingProblem> = fc
  .record({
    itemCount: fc.integer({ min: 1, max: 3 }),
    bucketCount: fc.integer({ min: 1, max: 6 }),
    slack: fc.double({ min: 1, max: 2.5, noNaN: true }),
    seed: fc.infiniteStream(fc.integer({ min: 0, max: 40 })),
  })
  .map(({ itemCount, bucketCount, slack, seed }) => {
    const draw = (size: number) => Float64Array.from({ length: size }, () => seed.next().value!);
    const demand = draw(itemCount * bucketCount);
    const setupHours = draw(itemCount).map((hours) => hours / 4);
    const total = demand.reduce((sum, units) => sum + units, 0);
    const setups = setupHours.reduce((sum, hours) => sum + hours, 0);
    return {
      itemCount,
      bucketCount,
      demand,
      setupHours,
      capacityHours: new Float64Array(bucketCount).fill((slack * total) / bucketCount + setups),
      hoursPerUnit: new Float64Array(itemCount).fill(1),
      holdingCost: draw(itemCount).map((cost) => 0.1 + cost / 10),
      setupCost: draw(itemCount),
    };
  });

/** All setup patterns of one item without a limit on hours: the cheapest by trying each. */
function cheapestOfOne({ bucketCount, demand, holdingCost, setupCost }: LotSizingProblem): number {
  let cheapest = Number.POSITIVE_INFINITY;
  for (let pattern = 0; pattern < 2 ** bucketCount; pattern++) {
    let cost = 0;
    let last = -1;
    for (let t = 0; t < bucketCount; t++) {
      if ((pattern >> t) & 1) {
        last = t;
        cost += setupCost[0];
      }
      if (demand[t] > 0)
        cost += last < 0 ? Number.POSITIVE_INFINITY : demand[t] * holdingCost[0] * (t - last);
    }
    cheapest = Math.min(cheapest, cost);
  }
  return cheapest;
}

test('a plan keeps the hours, costs what it says, and never less than the bound', () => {
  fc.assert(
    fc.property(problem, (given) => {
      const { plan, bound } = capacitatedLots(given);
      expect(bound).toBeGreaterThanOrEqual(0);
      fc.pre(plan !== undefined);
      expect(plan.cost).toBe(lotCost(given, plan.quantity));
      expect(Number.isFinite(plan.cost)).toBe(true);
      expect(plan.cost).toBeGreaterThanOrEqual(bound);
    }),
    { numRuns: 300 },
  );
});

test('one item with hours to spare gets the cheapest lots, and the bound is their cost', () => {
  fc.assert(
    fc.property(problem, (drawn) => {
      const { bucketCount } = drawn;
      const given: LotSizingProblem = {
        ...drawn,
        itemCount: 1,
        demand: drawn.demand.slice(0, bucketCount),
        capacityHours: new Float64Array(bucketCount).fill(1e6),
      };
      const { plan, bound } = capacitatedLots(given);
      const cheapest = cheapestOfOne(given);
      expect(plan?.cost).toBeCloseTo(cheapest, 6);
      expect(bound).toBeCloseTo(cheapest, 6);
    }),
    { numRuns: 200 },
  );
});

test('a plan is a feasible point of the program, at its cost', () => {
  fc.assert(
    fc.property(problem, (given) => {
      const { plan } = capacitatedLots(given, { stepCount: 20 });
      fc.pre(plan !== undefined);
      const drafted = lotSizingProgram(given);
      const { program } = drafted;
      const values = lotSizingStart(drafted, plan);
      let cost = program.offset;
      values.forEach((value, column) => (cost += value * program.columnCost[column]));
      expect(cost).toBeCloseTo(plan.cost, 4);
      for (let row = 0; row < program.rowCount; row++) {
        let activity = 0;
        for (let entry = program.rowStarts[row]; entry < program.rowStarts[row + 1]; entry++) {
          activity += program.values[entry] * values[program.columns[entry]];
        }
        expect(activity).toBeGreaterThanOrEqual(program.rowLower[row] - 1e-4);
        expect(activity).toBeLessThanOrEqual(program.rowUpper[row] + 1e-4);
      }
    }),
    { numRuns: 200 },
  );
});
