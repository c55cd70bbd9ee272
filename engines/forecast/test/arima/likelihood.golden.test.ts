import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomStream } from '@planwright/numerics';
import { armaCount, type ArimaOrder } from '../../src/models/arima/arima-order.ts';
import { writeCoefficients } from '../../src/models/arima/arima-fit.ts';
import {
  armaLogLikelihood,
  type ArmaWorkspace,
  armaWorkspace,
} from '../../src/models/arima/arma-likelihood.ts';
import { differenced, differencing } from '../../src/models/arima/lag-polynomial.ts';
import { hasData, orSkipped } from '../reference-data.ts';
import { denseKalman } from './dense-kalman.ts';
import { DATASETS, rDatasets, rModel } from './r-models.ts';

type Evaluated = { readonly logLikelihood: number; readonly workspace: ArmaWorkspace };

function evaluated(values: Float64Array, coefficients: Float64Array, order: ArimaOrder): Evaluated {
  const data = { values, count: values.length, regressors: 0 };
  const workspace = armaWorkspace(order, data);
  return { logLikelihood: armaLogLikelihood(coefficients, order, data, workspace, 'exact'), workspace };
}

describe.skipIf(!hasData(DATASETS))(`auto.arima() of R forecast 8.20${orSkipped(DATASETS)}`, () => {
  const cases = hasData(DATASETS) ? rDatasets() : [];

  test.each(cases)('%s: the likelihood of its coefficients is R’s', (_, { x, auto_arima: theirs }) => {
    const { order, coefficients, level, logLikelihood } = rModel(theirs.method, theirs.coef, theirs.loglik);
    const drifts = order.d + order.D > 0;
    const series = Float64Array.from(x, (value, t) => value - (drifts ? level * (t + 1) : level));
    const own = differenced(series, differencing(order));
    const fast = evaluated(own, coefficients, order);
    const { ar, ma } = fast.workspace;
    // The same numbers by the textbook filter.
    expect(Math.abs(fast.logLikelihood - denseKalman(own, ar, ma, order, false).logLikelihood)).toBeLessThan(
      1e-8,
    );
    // R does not difference: it starts wide. So done, the figure is R's to all the digits it gives.
    const wide = denseKalman(series, ar, ma, order, true).logLikelihood;
    expect(Math.abs(wide - logLikelihood)).toBeLessThan(1e-6);
    expect(Math.abs(fast.logLikelihood - logLikelihood)).toBeLessThan(drifts ? 5e-3 : 1e-6);
  });
});

test('the fast filter gives the likelihood of the textbook filter for random models', () => {
  const orders = fc.record({
    p: fc.nat(3),
    q: fc.nat(3),
    P: fc.nat(2),
    Q: fc.nat(2),
    season: fc.constantFrom(2, 3, 4, 7),
  });
  fc.assert(
    fc.property(orders, fc.integer({ min: 1, max: 70 }), fc.nat(999), (random, count, seed) => {
      const order = { ...random, d: 0, D: 0, constant: false };
      const stream = randomStream(seed, 'likelihood');
      const free = Float64Array.from({ length: armaCount(order) }, () => 0.7 * stream.normal());
      const coefficients = new Float64Array(free.length);
      writeCoefficients(free, order, coefficients);
      const values = Float64Array.from({ length: count }, () => stream.normal());
      const { logLikelihood, workspace } = evaluated(values, coefficients, order);
      const slow = denseKalman(values, workspace.ar, workspace.ma, order, false);
      expect(Math.abs(logLikelihood - slow.logLikelihood)).toBeLessThan(1e-6 * count);
      workspace.errors.forEach((error, t) => {
        const raw = error * workspace.filter.deviations[t];
        expect(Math.abs(raw - slow.errors[t])).toBeLessThan(1e-5);
      });
    }),
    { seed: 11, numRuns: 60 },
  );
});

test('where the moving average is far from its edge the filter settles, and stays exact', () => {
  const order = { p: 1, d: 0, q: 1, P: 0, D: 0, Q: 0, season: 1, constant: false };
  const stream = randomStream(4, 'settled');
  const values = Float64Array.from({ length: 300 }, () => stream.normal());
  const { logLikelihood, workspace } = evaluated(values, Float64Array.of(0.6, 0.4), order);
  expect(workspace.filter.deviations[299]).toBe(1);
  const slow = denseKalman(values, workspace.ar, workspace.ma, order, false);
  expect(Math.abs(logLikelihood - slow.logLikelihood)).toBeLessThan(1e-5);
});
