import { describe, expect, test } from 'vitest';
import { minimise } from '@planwright/numerics';

const box = (lower: number, upper: number, dimensions: number, step: number) => ({
  lower: new Float64Array(dimensions).fill(lower),
  upper: new Float64Array(dimensions).fill(upper),
  step: new Float64Array(dimensions).fill(step),
  maxEvaluations: 4000,
  tolerance: 1e-14,
});

describe('minimise', () => {
  test('finds the bottom of a bowl in one to four dimensions', () => {
    for (let dimensions = 1; dimensions <= 4; dimensions++) {
      const bowl = (x: Float64Array) =>
        x.reduce((sum, value, i) => sum + (i + 1) * (value - 0.3 * (i + 1)) ** 2, 0);
      const { point, value } = minimise(bowl, new Float64Array(dimensions), box(-5, 5, dimensions, 0.5));
      expect(value).toBeLessThan(1e-12);
      point.forEach((x, i) => expect(Math.abs(x - 0.3 * (i + 1))).toBeLessThan(1e-5));
    }
  });

  test("walks Rosenbrock's curved valley", () => {
    const valley = (x: Float64Array) => 100 * (x[1] - x[0] ** 2) ** 2 + (1 - x[0]) ** 2;
    const { point } = minimise(valley, Float64Array.of(-1.2, 1), box(-5, 5, 2, 0.3));
    expect(point[0]).toBeCloseTo(1, 5);
    expect(point[1]).toBeCloseTo(1, 5);
  });

  test('stops on a bound when the bottom lies outside', () => {
    const { point } = minimise(
      (x) => (x[0] - 9) ** 2 + (x[1] + 9) ** 2,
      Float64Array.of(0, 0),
      box(-1, 1, 2, 0.3),
    );
    expect(point[0]).toBeCloseTo(1, 6);
    expect(point[1]).toBeCloseTo(-1, 6);
  });

  test('never leaves the box, never exceeds its evaluations by more than one shrink, survives NaN', () => {
    let calls = 0;
    const awkward = (x: Float64Array) => {
      calls += 1;
      expect(x.every((value) => value >= 0 && value <= 1)).toBe(true);
      return x[0] > 0.5 ? Number.NaN : Math.abs(x[0] - 0.4) + Math.abs(x[1]);
    };
    const options = { ...box(0, 1, 2, 0.4), maxEvaluations: 100, tolerance: 0 };
    const { point, evaluations } = minimise(awkward, Float64Array.of(0.9, 0.9), options);
    expect(evaluations).toBe(calls);
    expect(calls).toBeLessThanOrEqual(104);
    expect(point.every(Number.isFinite)).toBe(true);
  });
});
