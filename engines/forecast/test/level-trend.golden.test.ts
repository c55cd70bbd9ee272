import { describe, expect, test } from 'vitest';
import { dampedTrend, holt, ses } from '@planwright/forecast';
import { minimise } from '@planwright/numerics';
import { bestStart, fitLevelTrend, type LevelTrendFit } from '../src/models/ets/ets-optimal-start.ts';
import type { EtsParameters, EtsTrend } from '../src/models/ets/ets-spec.ts';
import { hasData, orSkipped, readData } from './reference-data.ts';

const DATASETS = 'forecast_golden/r-datasets-golden.json';

type RDataset = {
  readonly x: readonly number[];
  readonly ets: { readonly method: string; readonly loglik: number };
  readonly ses: { readonly alpha: number; readonly mean1: number };
  readonly holt: { readonly mean: readonly number[] };
  readonly holt_damped: { readonly mean: readonly number[] };
};

const fitted = (history: Float64Array, trend: EtsTrend): LevelTrendFit =>
  fitLevelTrend(history, { error: 'A', trend, season: 'N' });

/** The textbook recursion, written out once more: forecast of `horizon` steps and the squares on the way. */
function run(history: Float64Array, fit: LevelTrendFit, horizon: number) {
  const { alpha, beta, phi } = fit.parameters;
  let { level, trend } = fit;
  let squares = 0;
  for (const value of history) {
    const base = level + phi * trend;
    const error = value - base;
    squares += error * error;
    level = base + alpha * error;
    trend = phi * trend + beta * error;
  }
  const mean: number[] = [];
  for (let step = 0; step < horizon; step++) {
    trend *= phi;
    level += trend;
    mean.push(level);
  }
  return { mean, squares };
}

const parametersOf = (alpha: number, ratio: number, phi: number): EtsParameters => ({
  alpha,
  beta: alpha * ratio,
  gamma: 0,
  phi,
});

/**
 * The parameters at which our recursion gives R's forecast: R does not print them with its means. A forecast of a level and
 * a slope determines alpha and beta; phi shows in how its steps shrink.
 */
function parametersBehind(history: Float64Array, mean: readonly number[], damped: boolean) {
  const phi = damped ? (mean[3] - mean[2]) / (mean[2] - mean[1]) : 1;
  const last = mean.length - 1;
  const at = (point: Float64Array): LevelTrendFit =>
    bestStart(history, parametersOf(point[0], point[1], phi), true);
  const distance = (point: Float64Array): number => {
    const ours = run(history, at(point), mean.length).mean;
    return Math.log(Math.max(Math.abs(ours[0] / mean[0] - 1), Math.abs(ours[last] / mean[last] - 1)) + 1e-16);
  };
  let best: { readonly value: number; readonly point: Float64Array } = {
    value: Infinity,
    point: Float64Array.of(0.5, 0.5),
  };
  for (const alpha of [0.001, 0.05, 0.2, 0.5, 0.8, 0.95, 0.9998]) {
    for (const ratio of [0.001, 0.05, 0.3, 0.7, 0.9998]) {
      const found = minimise(distance, Float64Array.of(alpha, ratio), {
        lower: Float64Array.of(5e-5, 5e-5),
        upper: Float64Array.of(0.99999, 0.99999),
        step: Float64Array.of(0.05, 0.05),
        maxEvaluations: 300,
        tolerance: 1e-6,
      });
      if (found.value < best.value) best = found;
    }
  }
  return { fit: at(best.point), distance: Math.exp(best.value) };
}

describe.skipIf(!hasData(DATASETS))(`ses() and holt() of R forecast 8.20${orSkipped(DATASETS)}`, () => {
  const golden = hasData(DATASETS) ? (JSON.parse(readData(DATASETS)) as Record<string, RDataset>) : {};
  const cases = Object.entries(golden).filter(([, dataset]) => dataset.ses !== undefined);

  test('there are ten series', () => expect(cases.length).toBe(10));

  test.each(cases)(
    '%s: ses() at the alpha of R agrees to 1e-6, and our optimum is no worse',
    (_, dataset) => {
      const history = Float64Array.from(dataset.x);
      const theirs = bestStart(history, parametersOf(dataset.ses.alpha, 0, 1), false);
      const [mean] = run(history, theirs, 1).mean;
      expect(Math.abs(mean / dataset.ses.mean1 - 1)).toBeLessThan(1e-6);
      expect(fitted(history, 'N').squares).toBeLessThanOrEqual(theirs.squares * (1 + 1e-6));
      expect(Math.abs(ses.fit(history, { season: 1 }).mean(1)[0] / dataset.ses.mean1 - 1)).toBeLessThan(1e-4);
    },
  );

  test.each(cases)(
    '%s: holt() is reproduced, and our optimum is no worse by 1e-4',
    (_, { x, ...dataset }) => {
      const history = Float64Array.from(x);
      for (const [trend, { mean }] of [
        ['A', dataset.holt],
        ['Ad', dataset.holt_damped],
      ] as const) {
        const { fit, distance } = parametersBehind(history, mean, trend === 'Ad');
        // Where R's optimum lies on the edge of its region the parameters are recovered less sharply.
        expect(distance).toBeLessThan(2e-5);
        expect(fitted(history, trend).squares).toBeLessThanOrEqual(fit.squares * (1 + 1e-4));
      }
    },
  );

  test('WWWusage, where ets() chooses the damped trend: our likelihood is no worse', () => {
    const { x, ets } = golden['WWWusage'];
    expect(ets.method).toBe('ETS(A,Ad,N)');
    const history = Float64Array.from(x);
    const ours = (-history.length / 2) * Math.log(fitted(history, 'Ad').squares);
    expect(ours).toBeGreaterThan(ets.loglik * (1 + 1e-4));
    const model = dampedTrend.fit(history, { season: 1 });
    expect(model.parameters['logLikelihood']).toBeCloseTo(ours, 6);
  });

  test('no point of a grid beats the search', () => {
    for (const [, { x }] of cases) {
      const history = Float64Array.from(x);
      const holtSquares = fitted(history, 'A').squares;
      const dampedSquares = fitted(history, 'Ad').squares;
      for (let alpha = 0.02; alpha < 1; alpha += 0.07) {
        for (let ratio = 0.02; ratio < 1; ratio += 0.07) {
          const of = (phi: number) => bestStart(history, parametersOf(alpha, ratio, phi), true).squares;
          expect(holtSquares).toBeLessThanOrEqual(of(1) * (1 + 1e-6));
          for (const phi of [0.81, 0.9, 0.97])
            expect(dampedSquares).toBeLessThanOrEqual(of(phi) * (1 + 1e-6));
        }
      }
    }
  });

  test('the models forecast what the recursion says', () => {
    for (const [, { x }] of cases) {
      const history = Float64Array.from(x);
      for (const [model, trend] of [
        [ses, 'N'],
        [holt, 'A'],
        [dampedTrend, 'Ad'],
      ] as const) {
        const expected = run(history, fitted(history, trend), 12).mean;
        const mean = model.fit(history, { season: 1 }).mean(12);
        expected.forEach((value, step) =>
          expect(Math.abs(mean[step] - value)).toBeLessThan(1e-9 * Math.abs(value)),
        );
      }
    }
  });
});
