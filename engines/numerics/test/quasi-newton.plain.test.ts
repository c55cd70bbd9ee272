import { describe, expect, test } from 'vitest';
import { minimiseSmooth } from '@planwright/numerics';

const options = { tolerance: 1e-13, maxSteps: 200, longestMove: 1 };

describe('minimiseSmooth', () => {
  test('finds the bottom of a bowl whose axes differ ten thousandfold', () => {
    const bowl = (x: Float64Array) => 1e4 * (x[0] - 0.7) ** 2 + (x[1] + 2) ** 2 + 0.1 * x[0] * x[1];
    const { point, value } = minimiseSmooth(bowl, Float64Array.of(0, 0), options);
    expect(value).toBeLessThan(bowl(Float64Array.of(0.7, -2)));
    expect(point[0]).toBeCloseTo(0.7, 3);
    expect(point[1]).toBeCloseTo(-2 - 0.05 * 0.7, 3);
  });

  test("walks Rosenbrock's curved valley", () => {
    const valley = (x: Float64Array) => 100 * (x[1] - x[0] ** 2) ** 2 + (1 - x[0]) ** 2;
    const { point, value, steps } = minimiseSmooth(valley, Float64Array.of(-1.2, 1), options);
    // Forward differences leave the point a little beside the bottom, the value next to none above it.
    expect(value).toBeLessThan(1e-6);
    expect(point[0]).toBeCloseTo(1, 2);
    expect(point[1]).toBeCloseTo(1, 2);
    expect(steps).toBeLessThan(80);
  });

  test('never accepts a worse point, turns back from rejected ones, and takes no parameters too', () => {
    const fenced = (x: Float64Array) => (x[0] > 1 ? Number.NaN : (x[0] - 1.5) ** 2 + x[1] ** 2);
    const { point, value } = minimiseSmooth(fenced, Float64Array.of(0, 1), options);
    expect(point[0]).toBeLessThanOrEqual(1);
    expect(value).toBeLessThan(0.3);
    expect(minimiseSmooth(() => 7, new Float64Array(0), options)).toEqual({
      point: new Float64Array(0),
      value: 7,
      steps: 0,
    });
    expect(minimiseSmooth(() => Number.NaN, Float64Array.of(1), options).value).toBe(Infinity);
  });
});
