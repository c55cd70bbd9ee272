import { randomStream } from '@planwright/numerics';
import { describe, expect, test } from 'vitest';
import {
  accuracyOf,
  accuracyScale,
  dynamicThetaEts,
  overlapStructure,
  reconcile,
  temporalForecast,
  temporalStructure,
} from '@planwright/forecast';
import { hasData, M1, m1Monthly, orSkipped } from '../reference-data.ts';

const stream = randomStream(8, 'temporal');
const monthly = Float64Array.from(
  { length: 108 },
  (_, t) => 200 + t + 40 * Math.sin((2 * Math.PI * t) / 12) + 15 * stream.normal(),
);

describe('temporal hierarchies', () => {
  test('months, quarters and years are a tree; halves and thirds of a year cross', () => {
    expect(temporalStructure(24, [3, 12]).tree).toBeDefined();
    expect(temporalStructure(24, [2, 3]).tree).toBeUndefined();
    expect(temporalStructure(7, [3]).nodeCount).toBe(9);
  });

  test('forecasts of all lengths add up, and near the plain forecast', () => {
    const options = { season: 12, horizon: 18, model: dynamicThetaEts };
    const { mean, longer } = temporalForecast(monthly, options);
    expect(mean.length).toBe(18);
    expect(longer.map(({ length }) => length)).toEqual([2, 3, 4, 6, 12]);
    for (const { length, mean: sums } of longer) {
      expect(sums.length).toBe(Math.floor(18 / length));
      sums.forEach((sum, g) => {
        const parts = mean.subarray(g * length, (g + 1) * length).reduce((a, b) => a + b, 0);
        expect(Math.abs(sum - parts)).toBeLessThan(1e-9 * Math.abs(sum));
      });
    }
    const plain = dynamicThetaEts.fit(monthly, { season: 12 }).mean(18);
    mean.forEach((value, step) => expect(Math.abs(value / plain[step] - 1)).toBeLessThan(0.15));
  });

  test('short histories, gaps and no season are no trouble', () => {
    for (const series of [
      monthly.slice(0, 3),
      new Float64Array(0),
      monthly.map((v, t) => (t === 100 ? Number.NaN : v)),
    ]) {
      const { mean } = temporalForecast(series, { season: 12, horizon: 5, model: dynamicThetaEts });
      expect(mean.length).toBe(5);
      expect(mean.every(Number.isFinite)).toBe(true);
    }
    expect(temporalForecast(monthly, { season: 1, horizon: 4, model: dynamicThetaEts }).longer).toEqual([]);
  });

  test('weeks are cut by months in proportion to their days', () => {
    // Weeks from day 0; months of 10, 11 and 9 days from day 4; the last ends beyond the weeks.
    const { structure, whole } = overlapStructure([0, 7, 14, 21, 28], [4, 14, 25, 34]);
    expect([...whole]).toEqual([0, 1]);
    const method = { kind: 'bottom-up' } as const;
    const { values } = reconcile({ structure, base: Float64Array.of(70, 7, 14, 21, 0, 0), method });
    expect(values[4]).toBeCloseTo((70 * 3) / 7 + 7, 12);
    expect(values[5]).toBeCloseTo(14 + (21 * 4) / 7, 12);
    const base = Float64Array.of(70, 7, 14, 21, 100, 40);
    const moved = reconcile({ structure, base, method: { kind: 'structural' } }).values;
    expect(moved[4]).toBeGreaterThan(37);
    expect(moved[4]).toBeLessThan(100);
    expect(moved[4]).toBeCloseTo((moved[0] * 3) / 7 + moved[1], 9);
  });

  test.skipIf(!hasData(M1))(`err no more than the plain forecast on M1 monthly${orSkipped(M1)}`, () => {
    let plain = 0;
    let temporal = 0;
    let count = 0;
    for (const { train, test: future, season } of m1Monthly()) {
      const scale = accuracyScale(train, season);
      if (Number.isNaN(scale.meanAbsolute)) continue;
      const horizon = future.length;
      plain += accuracyOf(future, dynamicThetaEts.fit(train, { season }).mean(horizon), scale).mase;
      const { mean } = temporalForecast(train, { season, horizon, model: dynamicThetaEts });
      temporal += accuracyOf(future, mean, scale).mase;
      count += 1;
    }
    process.stdout.write(
      `M1 monthly: MASE ${(plain / count).toFixed(4)} plain, ${(temporal / count).toFixed(4)} with temporal hierarchy\n`,
    );
    expect(temporal).toBeLessThan(plain);
  });
});
