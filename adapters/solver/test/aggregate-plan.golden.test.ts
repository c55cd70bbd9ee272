import { createSolver } from '@planwright/solver';
import {
  type OptimalPlan,
  optimalPlan,
  optimalProgram,
  type PlanningModel,
  programBuilder,
} from '@planwright/supply';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import cases from '../golden/aggregate-plan.json' with { type: 'json' };

const solver = createSolver();
afterAll(() => solver.destroy());

type Input = {
  readonly demand: readonly number[];
  readonly onHand: number;
  readonly endStock: number;
  readonly holdingCost: number;
  /** Missing: nobody waits. */
  readonly backlogCost?: number;
  readonly sources: readonly {
    readonly source: string;
    readonly kind: string;
    readonly costPerUnit: number;
    readonly maximumPerBucket?: number | readonly number[];
    readonly hoursPerUnit?: number;
    /** Where it is open in one bucket only. */
    readonly bucket?: number;
  }[];
  readonly workforce?: NonNullable<PlanningModel['resources'][number]['workforce']>;
  readonly overtimeCostPerHour?: number;
};

const BUCKET_DAYS = 30;

/** The textbook's plant as a planning model: buckets of 30 days, a unit's cost such that holding costs what it says. */
function modelOf(input: Input): PlanningModel {
  const { demand, onHand, endStock, holdingCost, backlogCost, sources, workforce, overtimeCostPerHour } =
    input;
  const bucketStartDays = [...demand, 0].map((_, t) => t * BUCKET_DAYS);
  const place = { item: 'X', location: 'PLANT' };
  return {
    asOfDay: 0,
    bucketStartDays,
    stockPoints: [
      {
        ...place,
        onHand,
        unitCost: holdingCost,
        backlogCost,
        safetyStock: demand.map((_, t) => (t === demand.length - 1 ? endStock : 0)),
      },
    ],
    sources: sources.map(({ source, kind, costPerUnit, maximumPerBucket, bucket }) => ({
      ...place,
      source,
      kind: kind as 'make' | 'buy',
      leadTimeDays: 0,
      costPerUnit,
      maximumPerBucket,
      ...(bucket !== undefined && {
        effectiveFromDay: bucketStartDays[bucket],
        effectiveToDay: bucketStartDays[bucket + 1] - 1,
      }),
    })),
    components: [],
    resources: workforce === undefined ? [] : [{ resource: 'CREW', workforce, overtimeCostPerHour }],
    loads: sources.flatMap(({ source, hoursPerUnit }) =>
      hoursPerUnit === undefined ? [] : [{ source, resource: 'CREW', hoursPerUnit }],
    ),
    demands: demand.map((quantity, t) => ({
      ...place,
      demand: `bucket ${t}`,
      dueDay: bucketStartDays[t],
      quantity,
      ...(backlogCost === undefined && { latenessMaxDays: 0 }),
    })),
    forecasts: [],
    receipts: [],
    rules: { holdingRatioPerYear: 365 / BUCKET_DAYS },
  };
}

// Golden values come from print, never from our own output: each case names its source.
describe.each(cases)('aggregate plan: $name ($source)', ({ input, expected }) => {
  let plan: OptimalPlan;
  beforeAll(async () => {
    const model = modelOf(input as Input);
    const drafted = optimalProgram(model, {
      objective: 'cost',
      lostSales: false,
      endStockRatio: 0,
      safetyStockPenaltyRatioPerYear: 1e6, // The end stock is asked for, not wished for.
    });
    plan = optimalPlan(drafted, await solver.solve(drafted.program))!;
  });

  const figures = (): Record<string, unknown> => {
    const perBucket = (values: Float64Array) => Array.from(values, (value) => Number(value.toFixed(4)));
    const bucketCount = input.demand.length;
    return {
      total: Number(plan.cost.total.toFixed(Number.isInteger(expected.total) ? 0 : 1)), // As printed.
      people: perBucket(plan.flows.people),
      stock: perBucket(plan.flows.stock),
      started: input.sources.map((_, source) =>
        perBucket(plan.flows.started.slice(source * bucketCount, (source + 1) * bucketCount)),
      ),
    };
  };

  test.each(Object.entries(expected))('%s', (figure, printed) => {
    expect(plan.status).toBe('optimal');
    expect(figures()[figure]).toEqual(printed);
  });
});

/**
 * Nahmias, Production and Operations Analysis, chapter on aggregate planning, "Solving aggregate planning problems by
 * linear programming: Densepack". Its people are never idle (production = units a worker x workers), which a planning
 * model does not ask of anybody, so it is written as a program. The book's units a worker have three decimals.
 */
test('aggregate plan: Densepack (Nahmias: 379,320.90, 272.9 workers in January)', async () => {
  const unitsPerWorker = [2.931, 3.517, 2.638, 3.81, 3.224, 2.198];
  const builder = programBuilder();
  const none = Number.POSITIVE_INFINITY;
  const workers: number[] = [];
  let stockBefore: number | undefined;
  [1280, 640, 900, 1200, 2000, 1400].forEach((demand, t) => {
    const people = builder.column(0, 0, none);
    const hired = builder.column(500, 0, none);
    const fired = builder.column(1000, 0, none);
    const made = builder.column(0, 0, none);
    const stock = builder.column(80, t === 5 ? 600 : 0, t === 5 ? 600 : none);
    const peopleRow = builder.row(t === 0 ? 300 : 0, t === 0 ? 300 : 0);
    builder.entry(peopleRow, people, 1);
    builder.entry(peopleRow, hired, -1);
    builder.entry(peopleRow, fired, 1);
    if (t > 0) builder.entry(peopleRow, workers[t - 1], -1);
    const busy = builder.row(0, 0);
    builder.entry(busy, made, 1);
    builder.entry(busy, people, -unitsPerWorker[t]);
    const net = demand - (t === 0 ? 500 : 0);
    const balance = builder.row(net, net);
    builder.entry(balance, made, 1);
    builder.entry(balance, stock, -1);
    if (stockBefore !== undefined) builder.entry(balance, stockBefore, 1);
    stockBefore = stock;
    workers.push(people);
  });
  const solution = await solver.solve(builder.seal());
  expect(solution.objective).toBeCloseTo(379_320.9, 1);
  expect(solution.columnValues[workers[0]]).toBeCloseTo(272.9, 0);
});
