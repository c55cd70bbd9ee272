import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { regression, type Regressors } from '@planwright/forecast';
import { leastSquares, randomStream } from '@planwright/numerics';
import { designOf, designRows } from '../../src/models/regression/regression-design.ts';
import { quadraticForm, ridge, smoothedMoments } from '../../src/models/regression/ridge.ts';

const HORIZON = 28;

type Column = (t: number) => number;

function regressorsOf(columns: Readonly<Record<string, Column>>, rows: number): Regressors {
  const names = Object.keys(columns);
  const values = Float64Array.from({ length: rows * names.length }, (_, index) =>
    columns[names[index % names.length]](Math.floor(index / names.length)),
  );
  return { names, values };
}

const isHoliday: Column = (t) => (t % 50 === 17 ? 1 : 0);
const weekday = [0, 4, 6, 5, 9, 20, 12];

/** Two years of days: weekly season, a promotion effect of 25, a holiday effect of -15, and a level that may wander. */
function dailyDemand(seed: number, wander: number) {
  const stream = randomStream(seed, 'daily');
  const promoted = Float64Array.from({ length: 800 }, () => (stream.uniform() < 0.1 ? 1 : 0));
  const isPromoted: Column = (t) => promoted[t];
  let level = 100;
  const series = Float64Array.from({ length: 730 }, (_, t) => {
    level += wander * stream.normal();
    return level + weekday[t % 7] + 25 * promoted[t] - 15 * isHoliday(t) + 4 * stream.normal();
  });
  const regressors = regressorsOf({ promotion: isPromoted, holiday: isHoliday }, 730 + HORIZON);
  return { series, regressors, isPromoted };
}

test('finds simulated effects within three standard errors, with a fixed and with a wandering level', () => {
  for (let seed = 0; seed < 10; seed++) {
    for (const wander of [0, 1]) {
      const { series, regressors } = dailyDemand(seed, wander);
      const { parameters } = regression.fit(series, { season: 7, regressors });
      // One-step errors of a wandering level are wider than 4, but no wider than the fit says.
      const error = (share: number): number => parameters.sigma / Math.sqrt(730 * share * (1 - share));
      expect(Math.abs(parameters['effect of promotion'] - 25)).toBeLessThan(3 * error(0.1));
      expect(Math.abs(parameters['effect of holiday'] + 15)).toBeLessThan(3 * error(0.02));
    }
  }
});

test('forecasts the season and what is known of the future, and covers it', () => {
  let inside = 0;
  for (let seed = 0; seed < 20; seed++) {
    const { series, regressors, isPromoted } = dailyDemand(seed, 0);
    const stream = randomStream(seed, 'daily future');
    const fitted = regression.fit(series, { season: 7, regressors });
    const mean = fitted.mean(HORIZON);
    const { lower, upper } = fitted.interval(HORIZON, 80);
    mean.forEach((value, step) => {
      const t = 730 + step;
      const truth = 100 + weekday[t % 7] + 25 * isPromoted(t) - 15 * isHoliday(t);
      expect(Math.abs(value - truth)).toBeLessThan(5);
      const actual = truth + 4 * stream.normal();
      if (actual >= lower[step] && actual <= upper[step]) inside += 1;
    });
  }
  // 560 values at 80 %: 448, give or take 3 standard errors of 9.5.
  expect(inside).toBeGreaterThan(419);
  expect(inside).toBeLessThan(477);
});

test('parts carry names: season, each regressor beside its usual value, the level the rest', () => {
  const { series, regressors } = dailyDemand(1, 0);
  const fitted = regression.fit(series, { season: 7, regressors });
  const parts = new Map(fitted.components(HORIZON).map((part) => [part.name, part]));
  expect([...parts.keys()]).toEqual(expect.arrayContaining(['level', 'season', 'promotion', 'holiday']));
  expect(parts.get('holiday')!.history[17]).toBeCloseTo(fitted.parameters['effect of holiday'], 9);
  expect(parts.get('holiday')!.history[18]).toBe(0);
  const season = parts.get('season')!.history;
  for (let t = 7; t < 14; t++) expect(season[t]).toBeCloseTo(season[t + 70], 9);
});

test('two seasons of days are told apart, one of them not a whole number', () => {
  const stream = randomStream(2, 'two seasons');
  const yearly: Column = (t) => 30 * Math.sin((2 * Math.PI * t) / 365.25);
  const series = Float64Array.from(
    { length: 1100 },
    (_, t) => 200 + weekday[t % 7] + yearly(t) + 3 * stream.normal(),
  );
  const fitted = regression.fit(series, { season: 7, seasons: [7, 365.25] });
  const parts = new Map(fitted.components(60).map((part) => [part.name, part]));
  parts.get('season 365.25')!.future.forEach((value, step) => {
    expect(Math.abs(value - yearly(1100 + step))).toBeLessThan(5);
  });
});

test('a constant regressor changes nothing, copies and more columns than buckets do no harm', () => {
  fc.assert(
    fc.property(fc.nat(20), fc.double({ min: -50, max: 50, noNaN: true }), (seed, level) => {
      const stream = randomStream(seed, 'small');
      const series = Float64Array.from({ length: 40 }, () => 50 + 5 * stream.normal());
      const price = Float64Array.from({ length: 70 }, () => 10 + stream.normal());
      const one = { price: (t: number) => price[t] };
      const mean = regression.fit(series, { season: 1, regressors: regressorsOf(one, 70) }).mean(9);
      const constant = regressorsOf({ ...one, constant: () => level }, 70);
      const fitted = regression.fit(series, { season: 1, regressors: constant });
      expect(fitted.mean(9)).toEqual(mean);
      expect(fitted.parameters['effect of constant']).toBe(0);
      const copies = regressorsOf({ ...one, copy: one.price, again: one.price }, 70);
      const many = regressorsOf(
        Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`x${i}`, () => stream.normal()])),
        70,
      );
      for (const regressors of [copies, many]) {
        const other = regression.fit(series, { season: 1, regressors });
        expect(other.issues).toEqual([]);
        other.mean(9).forEach((value) => expect(Math.abs(value - 50)).toBeLessThan(40));
      }
    }),
    { seed: 4, numRuns: 15 },
  );
});

test('numbers that explain nothing are shrunk away', () => {
  const stream = randomStream(6, 'noise');
  const series = Float64Array.from({ length: 80 }, () => 100 + 10 * stream.normal());
  const noise = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`x${i}`, () => stream.normal()]));
  const { parameters } = regression.fit(series, { season: 1, regressors: regressorsOf(noise, 90) });
  const sum = Object.keys(noise).reduce((total, name) => total + parameters[`effect of ${name}`] ** 2, 0);
  // Unshrunk, twelve columns of unit variance would take up 12 sigma^2 / 80 = 15 of squares.
  expect(sum).toBeLessThan(5);
});

describe('ridge', () => {
  const sample = (seed: number, count: number, width: number) => {
    const stream = randomStream(seed, 'ridge');
    const rows = Float64Array.from({ length: count * width }, () => stream.normal());
    const target = Float64Array.from({ length: count }, () => stream.normal());
    return { rows, target };
  };

  test('without a penalty it is least squares, and worth its columns', () => {
    const { rows, target } = sample(1, 30, 4);
    const fit = ridge(smoothedMoments(rows, target, 4, 0, new Float64Array(4)), new Float64Array(4));
    const columns = Float64Array.from(
      { length: 120 },
      (_, index) => rows[(index % 30) * 4 + Math.floor(index / 30)],
    );
    const exact = leastSquares(columns, target);
    fit.coefficients.forEach((value, i) => expect(value).toBeCloseTo(exact.coefficients[i], 10));
    expect(fit.squares).toBeCloseTo(
      exact.residuals.reduce((sum, value) => sum + value * value, 0),
      9,
    );
    expect(fit.freedom).toBe(4);
  });

  test('a penalty solves (X’X + D) b = X’y, and its trace is what the fit is worth', () => {
    const { rows, target } = sample(2, 25, 3);
    const moments = smoothedMoments(rows, target, 3, 0, new Float64Array(3));
    const penalties = Float64Array.of(0, 5, 40);
    const { coefficients, freedom, lower } = ridge(moments, penalties);
    for (let i = 0; i < 3; i++) {
      let sum = penalties[i] * coefficients[i];
      for (let j = 0; j < 3; j++) sum += moments.gram[i * 3 + j] * coefficients[j];
      expect(sum).toBeCloseTo(moments.cross[i], 9);
    }
    // The trace row by row: x' (X'X + D)^-1 x.
    let trace = 0;
    for (let t = 0; t < 25; t++) trace += quadraticForm(lower, 3, rows.slice(3 * t, 3 * t + 3));
    expect(freedom).toBeCloseTo(trace, 9);
  });

  test('an endless penalty leaves the column out', () => {
    const { rows, target } = sample(3, 25, 2);
    const moments = smoothedMoments(rows, target, 2, 0.3, new Float64Array(2));
    const { coefficients, freedom } = ridge(moments, Float64Array.of(0, Infinity));
    expect(coefficients[0]).toBeCloseTo(moments.cross[0] / moments.gram[0], 12);
    expect(coefficients[1]).toBe(0);
    expect(freedom).toBe(1);
  });
});

test('all waves of a short season are the same as an index for each of its buckets', () => {
  const design = designOf(48, [12], { names: [], columns: [] });
  expect(design.columns.filter((column) => column.kind === 'season').length).toBe(11);
  const rows = designRows(design, 0, 12);
  const width = design.columns.length + 1;
  const columns = Float64Array.from({ length: 12 * (width - 1) }, (_, index) => {
    const column = Math.floor(index / 12);
    return rows[(index % 12) * width + (column === 0 ? 0 : column + 1)];
  });
  // With the level, but without the trend, they span everything that a season of twelve can be.
  const { residuals } = leastSquares(columns, Float64Array.of(3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8));
  residuals.forEach((residual) => expect(Math.abs(residual)).toBeLessThan(1e-9));
});
