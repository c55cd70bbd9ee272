import { randomStream } from '@planwright/numerics';
import { makeHierarchy } from '@planwright/series';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crossed, groupedStructure, spreadByShares, treeStructure } from '@planwright/forecast';
import { sparseSolver } from '../../src/hierarchy/sparse-solver.ts';

const seeds = fc.integer({ min: 0, max: 1e6 });

describe('solvers', () => {
  test('conjugate gradients find what the factored system finds, with locks and groups without forecasts', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const stream = randomStream(seed, 'solvers');
        const leafCount = 10 + stream.integer(30);
        const [item, place] = [5, 3].map((size) =>
          Array.from({ length: leafCount }, () => stream.integer(size)),
        );
        const structure = groupedStructure(leafCount, [
          crossed(item, place),
          item,
          place,
          new Int32Array(leafCount),
        ]);
        const { nodeCount } = structure;
        const variance = Float64Array.from({ length: nodeCount }, () => 0.01 + stream.uniform() ** 4);
        variance[leafCount + stream.integer(nodeCount - leafCount)] = Infinity;
        const locked = new Uint8Array(nodeCount);
        locked[stream.integer(leafCount)] = 1;
        locked[nodeCount - 1] = 1;
        const base = Float64Array.from({ length: nodeCount }, () => 100 * stream.uniform());
        const solved = [0, 1000].map((few) => {
          const values = new Float64Array(nodeCount);
          const price = new Float64Array(leafCount);
          sparseSolver(structure, few).solve(base, variance, locked, values, price);
          return { values, price };
        });
        solved[0].values.forEach((value, i) =>
          expect(Math.abs(value - solved[1].values[i])).toBeLessThan(1e-6),
        );
        expect(Math.abs(solved[0].values[nodeCount - 1] - base[nodeCount - 1])).toBeLessThan(1e-7);
      }),
      { seed: 31, numRuns: 60 },
    );
  });

  test('values spread by shares add up exactly and keep what they start from', () => {
    const share = fc.double({ min: -5, max: 50, noNaN: true });
    fc.assert(
      fc.property(fc.array(share, { minLength: 18, maxLength: 18 }), fc.boolean(), (values, fromTop) => {
        const structure = treeStructure(makeHierarchy([6, 6, 6, 7, 7, 7, 8, 8, -1])!, 6);
        const base = Float64Array.from(values);
        const from = fromTop ? [8] : [6, 7];
        const result = spreadByShares({ structure, base, from, shares: { kind: 'forecast' } });
        for (const node of from) {
          for (const t of [0, 1]) expect(result[2 * node + t]).toBeCloseTo(base[2 * node + t], 12);
        }
        for (const t of [0, 1]) {
          expect(result[16 + t]).toBeCloseTo(result[12 + t] + result[14 + t], 12);
          expect(result[12 + t]).toBeCloseTo(result[t] + result[2 + t] + result[4 + t], 12);
        }
      }),
      { seed: 32, numRuns: 100 },
    );
  });
});
