import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cholesky, choleskyForward, choleskySolve, leastSquares, randomStream } from '@planwright/numerics';

const random = (label: string, length: number): Float64Array => {
  const stream = randomStream(3, label);
  return Float64Array.from({ length }, () => stream.normal());
};

describe('leastSquares', () => {
  test('residuals are orthogonal to every column, and the coefficients give them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 0, max: 6 }),
        fc.nat(99),
        (rows, count, seed) => {
          const columns = random(`columns ${seed}`, rows * count);
          const target = random(`target ${seed}`, rows);
          const { coefficients, residuals, used } = leastSquares(columns, target);
          expect(used.filter(Boolean).length).toBe(Math.min(rows, count));
          for (let column = 0; column < count; column++) {
            if (!used[column]) continue;
            let product = 0;
            for (let i = 0; i < rows; i++) product += columns[column * rows + i] * residuals[i];
            expect(Math.abs(product)).toBeLessThan(1e-9);
          }
          residuals.forEach((residual, i) => {
            const fit = coefficients.reduce(
              (sum, value, column) => sum + value * columns[column * rows + i],
              0,
            );
            expect(Math.abs(target[i] - fit - residual)).toBeLessThan(1e-9);
          });
        },
      ),
      { seed: 5, numRuns: 60 },
    );
  });

  test('Longley (1967): coefficients certified by the National Institute of Standards and Technology', () => {
    // https://www.itl.nist.gov/div898/strd/lls/data/Longley.shtml, a nearly collinear design.
    const employed = [
      60323, 61122, 60171, 61187, 63221, 63639, 64989, 63761, 66019, 67857, 68169, 66513, 68655, 69564, 69331,
      70551,
    ];
    const predictors = [
      [83, 88.5, 88.2, 89.5, 96.2, 98.1, 99, 100, 101.2, 104.6, 108.4, 110.8, 112.6, 114.2, 115.7, 116.9],
      [
        234289, 259426, 258054, 284599, 328975, 346999, 365385, 363112, 397469, 419180, 442769, 444546,
        482704, 502601, 518173, 554894,
      ],
      [2356, 2325, 3682, 3351, 2099, 1932, 1870, 3578, 2904, 2822, 2936, 4681, 3813, 3931, 4806, 4007],
      [1590, 1456, 1616, 1650, 3099, 3594, 3547, 3350, 3048, 2857, 2798, 2637, 2552, 2514, 2572, 2827],
      [
        107608, 108632, 109773, 110929, 112075, 113270, 115094, 116219, 117388, 118734, 120445, 121950,
        123366, 125368, 127852, 130081,
      ],
      Array.from({ length: 16 }, (_, i) => 1947 + i),
    ];
    const columns = Float64Array.from([...employed.map(() => 1), ...predictors.flat()]);
    const { coefficients } = leastSquares(columns, Float64Array.from(employed));
    const certified = [
      -3482258.63459582, 15.0618722713733, -0.35819179292591e-1, -2.02022980381683, -1.03322686717359,
      -0.511041056535807e-1, 1829.15146461355,
    ];
    certified.forEach((expected, i) => expect(Math.abs(coefficients[i] / expected - 1)).toBeLessThan(1e-7));
  });

  test('a combination of earlier columns is set aside', () => {
    const one = random('one', 20);
    const two = random('two', 20);
    const mixed = one.map((value, i) => 2 * value - 3 * two[i]);
    const target = random('aim', 20);
    const { used, residuals } = leastSquares(Float64Array.from([...one, ...two, ...mixed]), target);
    expect(used).toEqual([true, true, false]);
    const without = leastSquares(Float64Array.from([...one, ...two]), target);
    residuals.forEach((residual, i) => expect(residual).toBeCloseTo(without.residuals[i], 12));
  });
});

describe('cholesky', () => {
  const gram = (size: number, rows: number, seed: number): Float64Array => {
    const factor = random(`factor ${seed}`, size * rows);
    return Float64Array.from({ length: size * size }, (_, index) => {
      let sum = 0;
      for (let k = 0; k < rows; k++)
        sum += factor[Math.floor(index / size) * rows + k] * factor[(index % size) * rows + k];
      return sum;
    });
  };

  test('solves the system, and the squares of the forward solution are the quadratic form', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.nat(99), (size, seed) => {
        const matrix = gram(size, size + 3, seed);
        const right = random(`right ${seed}`, size);
        const lower = matrix.slice();
        expect(cholesky(lower, size)).toBe(size);
        const solution = right.slice();
        choleskySolve(lower, size, solution);
        for (let i = 0; i < size; i++) {
          let sum = 0;
          for (let j = 0; j < size; j++) sum += matrix[i * size + j] * solution[j];
          expect(Math.abs(sum - right[i])).toBeLessThan(1e-6);
        }
        const forward = right.slice();
        choleskyForward(lower, size, forward);
        const squares = forward.reduce((sum, value) => sum + value * value, 0);
        const form = right.reduce((sum, value, i) => sum + value * solution[i], 0);
        expect(Math.abs(squares - form)).toBeLessThan(1e-6 * (1 + form));
      }),
      { seed: 6, numRuns: 60 },
    );
  });

  test('takes a dependent row out of the system', () => {
    const lower = Float64Array.of(4, 2, 2, 1);
    expect(cholesky(lower, 2)).toBe(1);
    const right = Float64Array.of(8, 4);
    choleskySolve(lower, 2, right);
    expect(right).toEqual(Float64Array.of(2, 0));
  });
});
