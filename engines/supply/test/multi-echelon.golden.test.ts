import {
  type DemandDistribution,
  guaranteedService,
  normalDemand,
  poissonDemand,
  type SerialInput,
  serialBaseStock,
  serialBaseStockBounds,
  type Stage,
} from '@planwright/supply';
import { describe, expect, test } from 'vitest';
import golden from '../golden/multi-echelon.json' with { type: 'json' };

type Network = {
  name: string;
  source: string;
  safetyFactor: number;
  stages: Stage[];
  arcs: string[][];
  cost: number;
  digits?: number;
  outbound: Record<string, number>;
};
const networks = golden.guaranteedService as unknown as readonly Network[];
const networkOf = ({ stages, arcs, safetyFactor }: Network) => ({
  stages,
  arcs: arcs.map(([from, to]) => ({ from: from!, to: to! })),
  safetyFactor,
});

describe.each(networks)('guaranteedService: $name ($source)', (network) => {
  const plan = guaranteedService(networkOf(network));
  test('cost', () => {
    expect(plan.isOptimal).toBe(true);
    expect(plan.cost).toBeCloseTo(network.cost, network.digits ?? 9);
  });
  test('promises', () => {
    const promised = Object.fromEntries(plan.stages.map((stage) => [stage.name, stage.outboundTime]));
    expect(promised).toMatchObject(network.outbound);
  });
});

test.each(golden.cameraPromises.rows)(
  `a camera promised in %d costs %d (${golden.cameraPromises.source})`,
  (promise, cost) => {
    const camera = networkOf(networks[2]!);
    const stages = camera.stages.map((stage) =>
      stage.outboundTimeMost === undefined ? stage : { ...stage, outboundTimeMost: promise! },
    );
    expect(guaranteedService({ ...camera, stages }).cost).toBeCloseTo(cost!, 9);
  },
);

/** Stages with constant lead times, stage 1 first. */
function serial(
  demandOver: (time: number) => DemandDistribution,
  leadTimes: readonly number[],
  echelonHoldingCost: readonly number[],
  backorderCost: number,
): SerialInput {
  let through = 0;
  const stages = leadTimes.map((time, j) => {
    through += time;
    return {
      echelonHoldingCost: echelonHoldingCost[j]!,
      leadTimeDemand: demandOver(time),
      leadTimeDemandThrough: demandOver(through),
    };
  });
  return { stages, backorderCost };
}

test.each(golden.serialWhole)('serialBaseStock: $name ($source)', (row) => {
  const input = serial(
    (time) => poissonDemand(16 * time),
    [0.25, 0.25, 0.25, 0.25],
    row.echelonHoldingCost,
    row.backorderCost,
  );
  const stock = serialBaseStock(input);
  expect(stock.echelonBaseStock).toEqual(row.expected.levels);
  expect(stock.cost).toBeCloseTo(row.expected.cost, 3);
});

const normalOver = (mean: number, sd: number) => (time: number) =>
  normalDemand(mean * time, sd * Math.sqrt(time));

// Snyder and Shen (2019), example 6.1, print levels of 6.49, 12.02 and 22.71 and a cost of 47.65, from a coarse grid.
test('serialBaseStock: Snyder and Shen (2019), example 6.1', () => {
  const stock = serialBaseStock(serial(normalOver(5, 1), [1, 1, 2], [3, 2, 2], 37.12));
  [6.49, 12.02, 22.71].forEach((level, j) =>
    expect(Math.abs(stock.echelonBaseStock[j]! - level)).toBeLessThan(0.02),
  );
  expect(Math.abs(stock.cost - 47.65)).toBeLessThan(0.02);
});

// Snyder and Shen (2019), problem 6.2(a); stockpyl holds the local levels of the heuristic of Shang and Song.
test('serialBaseStockBounds: Snyder and Shen (2019), problem 6.2(a)', () => {
  const input = serial(normalOver(64, 8), [0.5, 0.5, 0.5, 0.5, 0.5], [2, 2, 1, 1, 1], 24);
  const middles = serialBaseStockBounds(input).map((bound) => bound.middle);
  const local = middles.map((level, j) => level - (j === 0 ? 0 : middles[j - 1]!));
  [40.59, 33.87, 35.14, 33.3, 32.93].forEach((level, j) => expect(local[j]).toBeCloseTo(level, 2));
});
