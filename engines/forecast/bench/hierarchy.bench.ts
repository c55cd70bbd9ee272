/** Reconciliation and simulation on one core, on generated hierarchies; CPU time. */
import {
  dynamicThetaEts,
  groupedStructure,
  leadTimeDemand,
  leadTimePaths,
  reconcile,
  simulateFamily,
  type Structure,
} from '@planwright/forecast';
import { randomStream } from '@planwright/numerics';

type Figure = { readonly figure: number; readonly unit: string };

type HierarchyBenchmark = {
  readonly name: string;
  readonly sketch: string;
  readonly budget: { readonly most: number };
  run(): Figure;
};

const HORIZON = 18;

function milliseconds(work: () => void): Figure {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return { figure: (user + system) / 1000, unit: 'ms' };
}

/** Keys in groups of 50, those in groups of 20, all in one. */
const threeLevels = (keyCount: number): Structure =>
  groupedStructure(keyCount, [
    Int32Array.from({ length: keyCount }, (_, key) => Math.floor(key / 50)),
    Int32Array.from({ length: keyCount }, (_, key) => Math.floor(key / 1000)),
    new Int32Array(keyCount),
  ]);

/** Item groups crossed with locations and both alone. */
const crossing = (keyCount: number): Structure =>
  groupedStructure(keyCount, [
    Int32Array.from({ length: keyCount }, (_, key) => key % 40),
    Int32Array.from({ length: keyCount }, (_, key) => Math.floor(key / 40) % 25),
    new Int32Array(keyCount),
  ]);

function numbers(count: number, key: string, shift: number): Float64Array {
  const stream = randomStream(1, key);
  return Float64Array.from({ length: count }, () => shift + stream.normal());
}

const baseOf = (structure: Structure, shift = 10): Float64Array =>
  numbers(structure.nodeCount * HORIZON, 'base', shift);

const variancesOf = ({ nodeCount }: Structure): Float64Array =>
  numbers(nodeCount * HORIZON, 'variance', 0).map((value) => 0.1 + value * value);

const MONTHS = 60;
const monthly = (name: string): Float64Array => {
  const stream = randomStream(1, name);
  return Float64Array.from(
    { length: MONTHS },
    (_, t) => 100 + t + 20 * Math.sin((2 * Math.PI * t) / 12) + 8 * stream.normal(),
  );
};

export const benchmarks: readonly HierarchyBenchmark[] = [
  {
    name: 'reconcile 50,000 keys in a tree of three levels, 18 buckets, variances per bucket',
    sketch: '51,051 nodes x 18 x (two passes of 20 ns + copies of 60 ns) = 90 ms',
    budget: { most: 600 },
    run: () => {
      const structure = threeLevels(50_000);
      const base = baseOf(structure);
      const method = { kind: 'variance', variances: variancesOf(structure) } as const;
      return milliseconds(() => reconcile({ structure, base, method }));
    },
  },
  {
    name: 'the same with no value below 0, where one in three would be',
    sketch: 'about eight exchanges a bucket: eight times as long, 0.7 s',
    budget: { most: 4000 },
    run: () => {
      const structure = threeLevels(50_000);
      const base = baseOf(structure, 0.5);
      const method = { kind: 'variance', variances: variancesOf(structure) } as const;
      return milliseconds(() => reconcile({ structure, base, method, nonNegative: true }));
    },
  },
  {
    name: 'reconcile 2,000 keys with shrunken covariance of 60 months, 18 buckets',
    sketch: '60 solutions + 60^2 / 2 products of 2,043 nodes, and 18 x 2 x 60 products: 20 ms',
    budget: { most: 150 },
    run: () => {
      const structure = threeLevels(2_000);
      const base = baseOf(structure);
      const method = {
        kind: 'shrink',
        residuals: numbers(structure.nodeCount * MONTHS, 'errors', 0),
      } as const;
      return milliseconds(() => reconcile({ structure, base, method }));
    },
  },
  {
    name: 'reconcile 10,000 keys under crossing groups, 18 buckets, variances per bucket',
    sketch: '66 unknowns, 30 iterations x 30,000 entries x 2 ns x 18 = 35 ms',
    budget: { most: 500 },
    run: () => {
      const structure = crossing(10_000);
      const base = baseOf(structure);
      const method = { kind: 'variance', variances: variancesOf(structure) } as const;
      return milliseconds(() => reconcile({ structure, base, method }));
    },
  },
  {
    name: 'demand over a lead time from 2,000 paths of 18 buckets, calibrated model',
    sketch: '36,000 shocks x 60 ns + 2,000 x 171 products + 36,000 look-ups x 20 ns + 80 quantiles = 5 ms',
    budget: { most: 60 },
    run: () => {
      const fitted = dynamicThetaEts.fit(monthly('one'), { season: 12 });
      return milliseconds(() => {
        leadTimeDemand(leadTimePaths(fitted, HORIZON, { seed: 1 }), { length: 3.5, review: 1 }).quantile(
          0.95,
        );
      });
    },
  },
  {
    name: '500 paths of 200 keys with shared errors, 18 buckets',
    sketch: '1.8 million shocks x (60 products + one normal) = 200 ms, look-ups 50 ms, 200 tables 400 ms',
    budget: { most: 3000 },
    run: () => {
      const fitteds = Array.from({ length: 200 }, (_, key) =>
        dynamicThetaEts.fit(monthly(`${key}`), { season: 12 }),
      );
      return milliseconds(() => {
        simulateFamily({ fitteds, horizon: HORIZON, count: 500, seed: 1 });
      });
    },
  },
];
