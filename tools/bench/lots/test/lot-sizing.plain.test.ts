import { createSolver, improveLots } from '@planwright/solver';
import {
  capacitatedLots,
  lotCost,
  lotPlanOf,
  lotSizingProgram,
  lotSizingStart,
  type LotSizingProblem,
} from '@planwright/supply';
import { sharedData, skipReason } from '@planwright/testkit';
import { afterAll, describe, expect, test } from 'vitest';
import { readLotSizingInstances } from '../instances.ts';

const solver = createSolver();
afterAll(() => solver.destroy());

const folder = sharedData('lot_sizing');

/** One of each kind of demand and tightness. */
const NAMES = ['X11117A', 'X11128C', 'X11219B', 'X11427D', 'X12117E', 'X12229A', 'X12429E'];

describe.skipIf(folder === undefined)(`published instances ${folder ? '' : skipReason('lot_sizing')}`, () => {
  const instances = folder === undefined ? [] : readLotSizingInstances(folder);

  test('are all there', () => expect(instances).toHaveLength(180));

  test.each(NAMES)(
    '%s has a plan within a tenth of its bound, and the bound is below the relaxation',
    async (name) => {
      const { problem } = instances.find((one) => one.name === name)!;
      const { plan, bound } = capacitatedLots(problem);
      expect(lotCost(problem, plan!.quantity)).toBe(plan!.cost);
      expect((plan!.cost - bound) / plan!.cost).toBeLessThan(0.1);
      const { program } = lotSizingProgram(problem);
      const relaxed = await solver.solve({ ...program, isInteger: new Uint8Array(program.columnCount) });
      expect(relaxed.status).toBe('optimal');
      expect(bound).toBeLessThanOrEqual(relaxed.objective * (1 + 1e-6));
      expect(bound).toBeGreaterThan(relaxed.objective * 0.97);
    },
  );
});

/** Three items, five buckets: small enough to be proven. */
const small: LotSizingProblem = {
  itemCount: 3,
  bucketCount: 5,
  capacityHours: new Float64Array(5).fill(75),
  hoursPerUnit: Float64Array.of(1, 1, 1),
  setupHours: Float64Array.of(5, 10, 4),
  holdingCost: Float64Array.of(1, 2, 0.5),
  setupCost: Float64Array.of(40, 25, 60),
  demand: Float64Array.of(10, 20, 0, 30, 20, 15, 10, 25, 5, 20, 0, 30, 10, 10, 20),
};

test('the optimum lies between the bound and the heuristic, and a start is improved on', async () => {
  const { plan, bound } = capacitatedLots(small);
  const drafted = lotSizingProgram(small);
  const solution = await solver.solve(drafted.program, {
    gapRatio: 0,
    start: lotSizingStart(drafted, plan!),
  });
  expect(solution.status).toBe('optimal');
  const best = lotPlanOf(drafted, solution.columnValues);
  expect(best.cost).toBeCloseTo(solution.objective, 6);
  expect(best.cost).toBeLessThanOrEqual(plan!.cost + 1e-6);
  expect(bound).toBeLessThanOrEqual(best.cost + 1e-6);
  expect((await solver.solve(drafted.program, { gapRatio: 0 })).objective).toBeCloseTo(best.cost, 6);
});

test('fixing and optimising only ever makes a plan cheaper, here as cheap as can be', async () => {
  const drafted = lotSizingProgram(small);
  const plan = capacitatedLots(small, { stepCount: 1 }).plan!;
  const improved = await improveLots(solver, drafted, plan, { timeLimitSeconds: 60 });
  expect(lotCost(small, improved.quantity)).toBe(improved.cost);
  expect(improved.cost).toBeLessThanOrEqual(plan.cost);
  // Five buckets are one window: its neighbourhood is the whole problem.
  const { objective } = await solver.solve(drafted.program, { gapRatio: 0 });
  expect(improved.cost).toBeLessThanOrEqual(objective * 1.001);
  expect(improved.cost).toBeGreaterThanOrEqual(objective - 1e-6);
  const calledOff = { timeLimitSeconds: 60, signal: AbortSignal.abort() };
  expect(await improveLots(solver, drafted, plan, calledOff)).toBe(plan);
});
