import {
  cheapestLots,
  guaranteedService,
  orderUpToPolicy,
  policyTable,
  poissonDemand,
  type Stage,
  type StageArc,
  type StageNetwork,
  stockClasses,
} from '@planwright/supply';

/** A tree of 500 stages: every stage supplies up to three others, seven deep, with times of 1 to 12. */
function stageTree(count: number): StageNetwork {
  const arcs: StageArc[] = [];
  for (let k = 1; k < count; k++) arcs.push({ from: `s${Math.floor((k - 1) / 3)}`, to: `s${k}` });
  const stages = Array.from({ length: count }, (_, k): Stage => {
    const isLast = 3 * k + 1 >= count;
    return {
      name: `s${k}`,
      processingTime: 1 + ((k * 7) % 12),
      holdingCost: 1 + (k % 5) + 2 * Math.floor(Math.log(k + 1)),
      ...(isLast ? { outboundTimeMost: k % 4, demandMean: 20, demandSd: 4 + (k % 9) } : {}),
    };
  });
  return { stages, arcs, safetyFactor: 1.645 };
}

/** The same number in one row: times add up to 3,200, the worst that a tree of this size can be. */
function stageRow(count: number): StageNetwork {
  const arcs = Array.from({ length: count - 1 }, (_, k) => ({ from: `s${k + 1}`, to: `s${k}` }));
  const stages = Array.from(
    { length: count },
    (_, k): Stage => ({
      name: `s${k}`,
      processingTime: 1 + ((k * 7) % 3),
      holdingCost: count - k,
      ...(k === 0 ? { outboundTimeMost: 0, demandMean: 20, demandSd: 6 } : {}),
    }),
  );
  return { stages, arcs, safetyFactor: 1.645 };
}

const POINTS = 100_000;
const wave = (count: number, value: (s: number) => number): Float64Array =>
  Float64Array.from({ length: count }, (_, s) => value(s));
const demandPerDay = wave(POINTS, (s) => 0.02 + ((s * 37) % 1000) / 20);
const facts = {
  demandPerDay,
  demandSdPerDay: wave(POINTS, (s) => demandPerDay[s]! * (0.2 + (s % 17) / 5)),
  leadTimeDays: wave(POINTS, (s) => 3 + (s % 60)),
  leadTimeSdDays: wave(POINTS, (s) => (s % 5) * 0.7),
  reviewDays: 7,
  unitCost: wave(POINTS, (s) => 1 + (s % 333)),
  orderCost: 35,
  lotMultiple: wave(POINTS, (s) => s % 12),
};
const classes = stockClasses({
  yearlyValue: wave(POINTS, (s) => demandPerDay[s]! * facts.unitCost[s]!),
  variationRatio: wave(POINTS, (s) => (s % 100) / 100),
});

const lots = {
  demand: Float64Array.from({ length: 104 }, (_, t) => Math.round(100 + 40 * Math.sin(t / 8.3))),
  orderCost: 500,
  holdingCost: 1.3,
};
const tree = stageTree(500);
const row = stageRow(250);

function secondsOf(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

export const benchmarks = [
  {
    name: 'guaranteedService: a tree of 500 stages',
    // Measured: 20 ms of one core.
    sketch: '500 stages x up to 70 x 70 pairs of times: 2.5 M additions and comparisons, 10 ms',
    budget: { most: 200 },
    run: () => ({ figure: secondsOf(() => guaranteedService(tree)) * 1000, unit: 'ms' }),
  },
  {
    name: 'guaranteedService: 250 stages in a row, 500 units of time deep',
    // Measured: 23 ms of one core.
    sketch: '250 stages x up to 500 x 500 / 2 pairs, 10 M on average a third: 20 M additions, 50 ms',
    budget: { most: 500 },
    run: () => ({ figure: secondsOf(() => guaranteedService(row)) * 1000, unit: 'ms' }),
  },
  {
    name: 'policyTable: 100,000 stock points, fill rate with varying lead times',
    // Measured: 1.0 s of one core.
    sketch:
      'most of them skewed: about 30 incomplete gamma functions of 0.3 us each, 10 us; the others a tenth: 1 s',
    budget: { most: 5 },
    run: () => ({ figure: secondsOf(() => policyTable({ ...facts, classes })), unit: 's' }),
  },
  {
    name: 'cheapestLots: 104 weeks, lots a second',
    // Measured: 129,000 on a quiet core.
    sketch: '104 buckets x a few halvings of a short chain: 5 us',
    budget: { least: 20_000 },
    run: () => {
      const seconds = secondsOf(() => {
        for (let n = 0; n < 5_000; n++) cheapestLots(lots);
      });
      return { figure: 5_000 / seconds, unit: 'schedules/s' };
    },
  },
  {
    name: 'orderUpToPolicy: exact (s, S), Poisson demand of 50 a bucket, lead time 2',
    sketch:
      'about 100 positions, each cost of a cycle a sum over them, some 200 cycles: 20,000 steps and 300 losses, 1 ms',
    budget: { most: 10 },
    run: () => {
      const input = {
        bucketDemand: poissonDemand(50),
        leadTimeDemand: poissonDemand(150),
        orderCost: 64,
        holdingCost: 1,
        backorderCost: 9,
      };
      const seconds = secondsOf(() => {
        for (let n = 0; n < 20; n++) orderUpToPolicy(input);
      });
      return { figure: (seconds / 20) * 1000, unit: 'ms' };
    },
  },
];
