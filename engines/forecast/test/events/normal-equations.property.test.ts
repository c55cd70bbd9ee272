import fc from 'fast-check';
import { expect, test } from 'vitest';
import { solveNormal } from '../../src/events/normal-equations.ts';

test('residuals are at right angles to every column, and a column that repeats another is left out', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.integer({ min: -9, max: 9 }),
          fc.integer({ min: -9, max: 9 }),
          fc.integer({ min: -9, max: 9 }),
        ),
        {
          minLength: 8,
          maxLength: 20,
        },
      ),
      (rows) => {
        const width = 4;
        // The last column is twice the second.
        const matrix = Float64Array.from(
          rows.flatMap(([a, b], i) => [1, a + 0.1 * i, b - 0.3 * i * i, 2 * (a + 0.1 * i)]),
        );
        const response = Float64Array.from(rows, ([, , y]) => y);
        const weights = Float64Array.from(rows, (_, i) => 1 + (i % 3));
        const { solution, inverseDiagonal } = solveNormal(
          matrix,
          width,
          weights,
          response,
          new Float64Array(width),
        );
        expect(inverseDiagonal[3]).toBe(Infinity);
        for (let c = 0; c < width; c++) {
          let product = 0;
          let size = 1;
          rows.forEach((_, i) => {
            let fit = 0;
            for (let k = 0; k < width; k++) fit += matrix[i * width + k] * solution[k];
            product += weights[i] * matrix[i * width + c] * (response[i] - fit);
            size += weights[i] * matrix[i * width + c] ** 2;
          });
          expect(Math.abs(product) / size).toBeLessThan(1e-6);
        }
      },
    ),
    { seed: 3, numRuns: 200 },
  );
});
