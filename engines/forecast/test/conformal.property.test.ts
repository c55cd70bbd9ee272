import { randomStream } from '@planwright/numerics';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adaptiveConformal, coverageReport, splitConformal } from '@planwright/forecast';

describe('split conformal', () => {
  test('is the order statistic that exchangeability asks for, per horizon', () => {
    const origins = 19;
    const errors = new Float64Array(origins * 2);
    for (let i = 0; i < origins; i++) {
      errors[2 * i] = (i % 2 === 0 ? 1 : -1) * (i + 1);
      errors[2 * i + 1] = i < 10 ? 100 + i : Number.NaN;
    }
    expect(splitConformal(errors, 2, 95)).toEqual(Float64Array.of(19, Infinity));
    expect(splitConformal(errors, 2, 50)).toEqual(Float64Array.of(10, 105));
    expect(splitConformal(new Float64Array(0), 3, 80)).toEqual(new Float64Array(3).fill(Infinity));
  });

  test('covers new errors of any shape at least as often as promised, on average', () => {
    const stream = randomStream(5, 'conformal');
    let inside = 0;
    const rounds = 4000;
    for (let round = 0; round < rounds; round++) {
      const errors = Float64Array.from({ length: 40 }, () => stream.normal() ** 3);
      const [width] = splitConformal(errors, 1, 80);
      if (Math.abs(stream.normal() ** 3) <= width) inside += 1;
    }
    expect(inside / rounds).toBeGreaterThan(0.79);
    expect(inside / rounds).toBeLessThan(0.83);
  });

  test('widens with the level', () => {
    const errors = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(errors, (values) => {
        const widths = [50, 80, 95].map((level) => splitConformal(Float64Array.from(values), 1, level)[0]);
        expect(widths[0]).toBeLessThanOrEqual(widths[1]);
        expect(widths[1]).toBeLessThanOrEqual(widths[2]);
      }),
      { seed: 3, numRuns: 100 },
    );
  });
});

describe('adaptive conformal', () => {
  test('covers what it promises though errors grow fivefold, where the split interval does not', () => {
    const stream = randomStream(6, 'drift');
    const errors = Float64Array.from({ length: 3000 }, (_, t) => (1 + (4 * t) / 3000) * stream.normal());
    const adaptive = adaptiveConformal(errors, { level: 90 });
    // Gibbs and Candes (2021), proposition 4.1: the gap is at most (max(a, 1 - a) + rate) / (rate T).
    expect(Math.abs(adaptive.coverage - 0.9)).toBeLessThan((0.9 + 0.05) / (0.05 * 2990));
    const [split] = splitConformal(errors.subarray(0, 500), 1, 90);
    const fixed = errors.subarray(500).filter((error) => Math.abs(error) <= split).length / 2500;
    expect(fixed).toBeLessThan(0.7);
  });

  test('waits for its warm-up and leaves out what is unknown', () => {
    const errors = Float64Array.of(1, Number.NaN, 2, 3, Number.NaN, 1);
    const { widths, next, coverage } = adaptiveConformal(errors, { level: 50, warmUp: 3 });
    expect([...widths.subarray(0, 4)].every(Number.isNaN)).toBe(true);
    expect(widths[4]).toBe(2);
    expect(coverage).toBe(1);
    expect(next).toBeGreaterThan(0);
    expect(adaptiveConformal(new Float64Array(0), { level: 80 }).coverage).toBeNaN();
  });
});

test('a coverage report counts misses by side and horizon', () => {
  const actual = Float64Array.of(1, 5, 9, Number.NaN, 3, 3);
  const report = coverageReport(actual, new Float64Array(6).fill(2), new Float64Array(6).fill(4), 2);
  expect(report.count).toEqual(Int32Array.of(3, 2));
  expect(report.overall).toBeCloseTo(2 / 5, 12);
  expect(report.byHorizon[0]).toBeCloseTo(1 / 3, 12);
  expect(report.byHorizon[1]).toBeCloseTo(0.5, 12);
  expect(report.below[0]).toBeCloseTo(1 / 3, 12);
  expect(report.above[1]).toBeCloseTo(0.5, 12);
});
