import fc from 'fast-check';
import { expect, test } from 'vitest';
import { constantStretches } from '../../src/cleansing/pelt.ts';

function scatterOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

/** Optimal partitioning (Jackson et al. 2005) by its definition: every last stretch is tried. */
function bestCost(values: readonly number[], penalty: number, fewest: number): number {
  const best = [-penalty, ...values.map(() => Infinity)];
  for (let end = 1; end <= values.length; end++) {
    for (let start = 0; start + fewest <= end; start++) {
      best[end] = Math.min(best[end], best[start] + scatterOf(values.slice(start, end)) + penalty);
    }
  }
  return best[values.length];
}

function costOf(values: readonly number[], cuts: readonly number[], penalty: number): number {
  const edges = [0, ...cuts, values.length];
  const stretches = edges.slice(1).map((end, i) => values.slice(edges[i], end));
  return stretches.reduce((sum, stretch) => sum + scatterOf(stretch), penalty * cuts.length);
}

test('no partition is cheaper than the one found', () => {
  const stretch = fc.tuple(
    fc.integer({ min: -20, max: 20 }),
    fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 12 }),
  );
  fc.assert(
    fc.property(
      fc.array(stretch, { minLength: 1, maxLength: 6 }),
      fc.double({ min: 0, max: 200, noNaN: true }),
      fc.integer({ min: 1, max: 7 }),
      (stretches, penalty, fewest) => {
        const values = stretches.flatMap(([level, noise]) => noise.map((value) => level + value));
        const cuts = [...constantStretches(Float64Array.from(values), penalty, fewest)];
        const edges = [0, ...cuts, values.length];
        const lengths = edges.slice(1).map((end, i) => end - edges[i]);
        expect(cuts.length === 0 || Math.min(...lengths) >= fewest).toBe(true);
        const found = costOf(values, cuts, penalty);
        const best = values.length >= fewest ? bestCost(values, penalty, fewest) : found;
        expect(found).toBeCloseTo(best, 6);
      },
    ),
    { seed: 1, numRuns: 300 },
  );
});
