import { createSolver } from '@planwright/solver';
import {
  checkPlanningModel,
  compileFiniteNetwork,
  gapRatioOf,
  type OptimalOptions,
  optimalPlan,
  type OptimalPlan,
  optimalProgram,
  planCost,
  planFinite,
  type PlanningModel,
} from '@planwright/supply';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { arbitraryPlanningModel } from './arbitrary-planning-model.ts';

const solver = createSolver();
afterAll(() => solver.destroy());

const soundModel = arbitraryPlanningModel.filter((model) =>
  checkPlanningModel(model).every(({ severity }) => severity !== 'error'),
);

async function optimum(
  model: PlanningModel,
  options: OptimalOptions = {},
  gapRatio = 0,
): Promise<OptimalPlan> {
  const drafted = optimalProgram(model, options);
  const solution = await solver.solve(drafted.program, { gapRatio });
  expect(solution.status).toBe('optimal');
  return optimalPlan(drafted, solution)!;
}

/** Solvers keep their rows to 1e-7, so sums of money may differ in the last places. */
const slack = (money: number) => 1e-6 * Math.max(1, Math.abs(money));

test('no plan by days costs less than the optimum that any day would allow', async () => {
  await fc.assert(
    fc.asyncProperty(soundModel, fc.constantFrom('margin', 'cost'), async (model, objective) => {
      const heuristic = planFinite(compileFiniteNetwork(model));
      const options = { timing: 'anyDay', demands: heuristic.demands, objective } as const;
      const plan = await optimum(model, options);
      const priced = planCost(model, heuristic, options);
      expect(plan.cost.total).toBeLessThanOrEqual(priced.total + slack(priced.total));
      expect(plan.cost.revenueAsked).toBeCloseTo(priced.revenueAsked, 6);
    }),
    { numRuns: 100 },
  );
});

test('a plan costs what the solver minimised, keeps its rows, and balances', async () => {
  await fc.assert(
    fc.asyncProperty(soundModel, fc.constantFrom('planned', 'anyDay'), async (model, timing) => {
      const drafted = optimalProgram(model, { timing });
      const solution = await solver.solve(drafted.program);
      const { cost, flows, scarce, gapRatio } = optimalPlan(drafted, solution)!;
      expect(Math.abs(cost.total - solution.objective)).toBeLessThanOrEqual(slack(solution.objective));
      expect(gapRatio).toBe(gapRatioOf(solution));
      const { resources, terms } = drafted;
      flows.hours.forEach((hours, cell) => {
        const most = resources.freeHours[cell] + resources.overtimeMaxHours[cell];
        expect(hours).toBeLessThanOrEqual(most + 1e-6);
      });
      terms.classes.list.forEach(({ quantity }, index) => {
        const row = <Values extends Float64Array>(values: Values) =>
          values
            .subarray(index * terms.bucketCount, (index + 1) * terms.bucketCount)
            .reduce((sum, x) => sum + x, 0);
        const asked = quantity.reduce((sum, units) => sum + units, 0);
        expect(row(flows.delivered) + row(flows.lost)).toBeCloseTo(asked, 5);
      });
      for (const { savingPerUnit } of scarce) expect(savingPerUnit).toBeGreaterThan(0);
    }),
    { numRuns: 60 },
  );
});

test('a plan to follow costs no less than the bound, whole orders no less than shares of orders', async () => {
  await fc.assert(
    fc.asyncProperty(soundModel, async (model) => {
      const bound = await optimum(model, { timing: 'anyDay' });
      const planned = await optimum(model);
      const whole = await optimum(model, { setups: 'binary', integerLots: true }, 0.001);
      expect(planned.cost.total).toBeGreaterThanOrEqual(bound.cost.total - slack(bound.cost.total));
      expect(whole.cost.total).toBeGreaterThanOrEqual(planned.cost.total - slack(planned.cost.total));
      expect(whole.bestBound).toBeLessThanOrEqual(whole.cost.total + slack(whole.cost.total));
      for (const { source, quantity, orderCount } of whole.orders) {
        const { lotMinimum = 0, lotMultiple } = model.sources[source];
        expect(Math.abs(orderCount - Math.round(orderCount))).toBeLessThan(1e-5);
        expect(quantity).toBeGreaterThanOrEqual(lotMinimum * orderCount - 1e-4);
        if (lotMultiple === undefined) continue;
        expect(Math.abs(quantity / lotMultiple - Math.round(quantity / lotMultiple))).toBeLessThan(1e-4);
      }
    }),
    { numRuns: 10 },
  );
});

test('more hours never cost more', async () => {
  await fc.assert(
    fc.asyncProperty(soundModel, fc.integer({ min: 1, max: 50 }), async (model, more) => {
      const before = await optimum(model);
      const roomier: PlanningModel = {
        ...model,
        resources: model.resources.map((row) => ({
          ...row,
          capacityHours: Array.from(row.capacityHours!, (hours) => hours + more),
        })),
      };
      const after = await optimum(roomier);
      expect(after.cost.total).toBeLessThanOrEqual(before.cost.total + slack(before.cost.total));
    }),
    { numRuns: 40 },
  );
});

test('what an hour is said to save is what it saves', async () => {
  await fc.assert(
    fc.asyncProperty(soundModel, async (model) => {
      const before = await optimum(model);
      const hour = before.scarce.find(({ kind }) => kind === 'capacity');
      fc.pre(hour !== undefined);
      const step = 1e-3;
      const roomier: PlanningModel = {
        ...model,
        resources: model.resources.map((row, resource) => ({
          ...row,
          capacityHours: Array.from(row.capacityHours!, (hours, bucket) =>
            resource === hour.subject && bucket === hour.bucket ? hours + step : hours,
          ),
        })),
      };
      const saved = before.cost.total - (await optimum(roomier)).cost.total;
      // The saving falls, if it changes at all, as hours become less scarce.
      expect(saved / step).toBeLessThanOrEqual(hour.savingPerUnit + 1e-2);
      expect(saved).toBeGreaterThanOrEqual(-slack(before.cost.total));
    }),
    { numRuns: 40 },
  );
});
