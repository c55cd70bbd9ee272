import { describe, expect, test } from 'vitest';
import { randomStream } from '@planwright/numerics';
import { cleanse, CLEANSING_REASONS, type CleansingReason } from '@planwright/forecast';
import { censoredNormal, meanAbove } from '../../src/cleansing/censored-demand.ts';

const noisy = (count: number, level: (t: number) => number, noise = 5): Float64Array => {
  const random = randomStream(4, 'noisy');
  return Float64Array.from({ length: count }, (_, t) => level(t) + noise * random.normal());
};
const reasonOf = (reasons: Uint8Array, bucket: number): CleansingReason => CLEANSING_REASONS[reasons[bucket]];

describe('levels', () => {
  test('a step is one new level at its bucket, and no outlier', () => {
    const series = noisy(60, (t) => (t < 31 ? 100 : 150));
    const { levelShifts, reasons, findings } = cleanse({ series, season: 12 });
    expect([...levelShifts]).toEqual([31]);
    expect(reasons.every((reason) => reason === 0)).toBe(true);
    expect(findings[0].sentence).toMatch(/^From here on demand is at a higher level by \d+ %/);
  });

  test('a step to several times the level is told in times', () => {
    const series = noisy(60, (t) => (t < 31 ? 100 : 1000));
    const { findings } = cleanse({ series, season: 12 });
    expect(findings[0].sentence).toBe(
      'From here on demand is at a higher level, 10 times what it was; kept as it is.',
    );
  });

  test('a trend is no staircase', () => {
    expect(cleanse({ series: noisy(60, (t) => 100 + 4 * t), season: 12 }).levelShifts).toHaveLength(0);
  });

  test('a spike next to a step is still an outlier', () => {
    const series = noisy(60, (t) => (t < 31 ? 100 : 150) + (t === 20 ? 90 : 0));
    const { levelShifts, reasons } = cleanse({ series, season: 12 });
    expect([...levelShifts]).toEqual([31]);
    expect(reasonOf(reasons, 20)).toBe('outlier');
  });
});

describe('news', () => {
  test('a spike in the last bucket is shown and stands', () => {
    const series = noisy(60, (t) => (t === 59 ? 220 : 100));
    const { cleansed, findings } = cleanse({ series, season: 12 });
    expect(cleansed).toEqual(series);
    expect(findings).toMatchObject([{ bucket: 59, reason: 'outlier', changed: false }]);
    expect(findings[0].sentence).toContain('may be news');
  });

  test('a protected bucket is not touched', () => {
    const series = noisy(60, (t) => (t === 30 ? 220 : 100));
    const protect = new Uint8Array(60);
    expect(cleanse({ series, season: 12, protect }).reasons[30]).not.toBe(0);
    protect[30] = 1;
    const { cleansed, findings } = cleanse({ series, season: 12, protect });
    expect(cleansed).toEqual(series);
    expect(findings).toEqual([]);
  });

  test('higher sensitivity finds more', () => {
    const series = noisy(60, (t) => (t === 30 ? 111 : 100));
    expect(cleanse({ series, season: 12 }).reasons[30]).toBe(0);
    expect(cleanse({ series, season: 12, sensitivity: 1.6 }).reasons[30]).not.toBe(0);
  });
});

describe('what could not be sold', () => {
  test('a bucket on sale for half its time gets the other half of what was to be expected', () => {
    const clean = noisy(60, () => 100);
    const series = clean.slice();
    const availability = new Float64Array(60).fill(1);
    for (const t of [12, 25, 40]) {
      series[t] *= 0.5;
      availability[t] = 0.5;
    }
    const { cleansed, reasons, findings } = cleanse({ series, season: 12, availability });
    for (const t of [12, 25, 40]) {
      expect(reasonOf(reasons, t)).toBe('stock-out');
      expect(Math.abs(cleansed[t] - 100)).toBeLessThan(6);
    }
    expect(findings[0].sentence).toMatch(/^It could be had for 50 % of the time, with \d+(\.\d)? sold/);
  });

  test('not on sale at all is not observed: the season fills it', () => {
    const season = (t: number): number => 100 + 40 * Math.sin((Math.PI * t) / 6);
    const series = noisy(72, season).map((value, t) => (t === 27 || t === 28 ? 0 : value));
    const availability = Float64Array.from(series, (_, t) => (t === 27 || t === 28 ? 0 : 1));
    const { cleansed } = cleanse({ series, season: 12, availability });
    for (const t of [27, 28]) expect(Math.abs(cleansed[t] - season(t))).toBeLessThan(12);
  });

  test('sold out at an unknown time: more than was sold', () => {
    const availability = new Float64Array(60).fill(1);
    availability[30] = Number.NaN;
    const series = noisy(60, (t) => (t === 30 ? 95 : 100), 10);
    const { cleansed } = cleanse({ series, season: 12, availability });
    expect(cleansed[30]).toBeGreaterThan(series[30] + 2);
    expect(cleansed[30]).toBeLessThan(series[30] + 25);
  });

  test('where customers ordered all the same, half a bucket on sale is not taken for half the demand', () => {
    const availability = new Float64Array(48).fill(1);
    for (let t = 24; t < 42; t++) availability[t] = 0.4;
    const series = noisy(48, () => 250, 25);
    series[30] = 300;
    const { cleansed } = cleanse({ series, season: 12, availability });
    expect(cleansed[30]).toBeGreaterThanOrEqual(300);
    expect(cleansed[30]).toBeLessThan(330);
    for (let t = 24; t < 42; t++) {
      expect(cleansed[t]).toBeGreaterThanOrEqual(series[t]);
      expect(cleansed[t]).toBeLessThan(Math.max(250, series[t]) + 40);
    }
  });

  test('an intermittent item: a bucket without stock and sale is left out, and its gaps stay gaps', () => {
    const random = randomStream(6, 'gaps');
    const series = Float64Array.from({ length: 60 }, () =>
      random.uniform() < 0.3 ? 1 + random.poisson(2) : 0,
    );
    series[20] = 0;
    const availability = Float64Array.from(series, (_, t) => (t === 20 ? 0 : 1));
    const { cleansed, reasons } = cleanse({ series, season: 12, availability });
    expect(cleansed[20]).toBeNaN();
    expect(reasonOf(reasons, 20)).toBe('stock-out');
    expect(cleansed.filter((value) => value === 0).length).toBe(
      series.filter((value) => value === 0).length - 1,
    );
  });

  test('zeros of a fast mover are suspected and left, unless told to treat them', () => {
    const series = noisy(60, () => 100).map((value, t) => (t === 30 || t === 31 ? 0 : value));
    const shown = cleanse({ series, season: 12 });
    expect(shown.cleansed).toEqual(series);
    expect(shown.findings).toMatchObject([{ bucket: 30, reason: 'stock-out', changed: false }]);
    const treated = cleanse({ series, season: 12, assumeStockOuts: true });
    for (const t of [30, 31]) expect(Math.abs(treated.cleansed[t] - 100)).toBeLessThan(6);
  });

  test('a pause that comes every season is no suspicion', () => {
    const series = noisy(60, () => 100).map((value, t) => (t % 12 === 7 ? 0 : value));
    expect(cleanse({ series, season: 12 }).findings).toEqual([]);
  });
});

describe('goods that came back', () => {
  test('go to the bucket of their sale where that is known', () => {
    const clean = noisy(48, () => 100).map(Math.round);
    const series = clean.slice();
    const returns = new Float64Array(48);
    const returnsBySale = new Float64Array(48);
    series[20] += 300;
    returns[24] = 300;
    returnsBySale[20] = 300;
    series[24] -= 300;
    const { cleansed, reasons } = cleanse({ series, season: 12, returns, returnsBySale });
    expect(cleansed).toEqual(clean);
    expect([20, 24].map((t) => reasonOf(reasons, t))).toEqual(['return', 'return']);
  });

  test('else a bucket in which more came back than was sold is 0', () => {
    const series = noisy(48, () => 100).map((value, t) => (t === 24 ? -20 : value));
    const { cleansed, reasons } = cleanse({ series, season: 12 });
    expect(cleansed[24]).toBe(0);
    expect(reasonOf(reasons, 24)).toBe('return');
  });

  test('a series that is negative by nature is left alone', () => {
    const series = noisy(48, () => -100);
    expect(cleanse({ series, season: 12 }).cleansed).toEqual(series);
  });
});

test('gaps are filled from the first sale on, by season', () => {
  const season = (t: number): number => 100 + 40 * Math.sin((Math.PI * t) / 6);
  const series = noisy(72, season).map((value, t) => (t < 3 || t === 40 || t === 71 ? Number.NaN : value));
  const { cleansed, reasons } = cleanse({ series, season: 12 });
  expect([...cleansed.subarray(0, 3)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  for (const t of [40, 71]) {
    expect(reasonOf(reasons, t)).toBe('missing');
    expect(Math.abs(cleansed[t] - season(t))).toBeLessThan(12);
  }
});

// Direct maximisation of the censored likelihood gives the same: sum of log densities and log tail probabilities.
test('the censored normal: every small move away from the estimate is less likely', () => {
  const random = randomStream(8, 'censored');
  const demand = Float64Array.from({ length: 200 }, () => 50 + 10 * random.normal());
  const values = demand.map((value) => Math.min(value, 55));
  const censored = Uint8Array.from(demand, (value) => (value > 55 ? 1 : 0));
  const { mean, deviation } = censoredNormal(values, censored);
  const logLikelihood = (mu: number, sigma: number): number => {
    let sum = 0;
    values.forEach((value, i) => {
      const z = (value - mu) / sigma;
      // Slope of the mean above z gives the tail: phi(z) / (1 - Phi(z)) = meanAbove(z, 0, 1).
      const logDensity = -0.5 * z * z - 0.5 * Math.log(2 * Math.PI);
      sum += censored[i] === 1 ? logDensity - Math.log(meanAbove(z, 0, 1)) : logDensity - Math.log(sigma);
    });
    return sum;
  };
  const best = logLikelihood(mean, deviation);
  for (const [byMean, byDeviation] of [
    [0.05, 0],
    [-0.05, 0],
    [0, 0.05],
    [0, -0.05],
  ]) {
    expect(logLikelihood(mean + byMean, deviation + byDeviation)).toBeLessThan(best);
  }
  expect(Math.abs(mean - 50)).toBeLessThan(2);
  expect(Math.abs(deviation - 10)).toBeLessThan(2);
});

test('with a steady level, demand behind partial sales tends to total sales over total availability', () => {
  const availability = Float64Array.from({ length: 60 }, (_, t) => (t % 4 === 1 ? 0.25 : 1));
  const series = availability.map((share) => 80 * share);
  const { cleansed } = cleanse({ series, season: 1, availability });
  for (const value of cleansed) expect(value).toBeCloseTo(80, 6);
});
