import { describe, expect, test } from 'vitest';
import { preparedData } from '../../src/models/arima/arma-data.ts';
import { armaLogLikelihood, armaWorkspace } from '../../src/models/arima/arma-likelihood.ts';
import { givenArima, searchArima } from '../../src/models/arima/arima-search.ts';
import { runArima } from '../../src/models/arima/arima-run.ts';
import { differencesNeeded, seasonalDifferencesNeeded } from '../../src/models/arima/differences.ts';
import { hasData, m4Quarterly500, orSkipped } from '../reference-data.ts';
import { DATASETS, M4_MODELS, rDatasets, rModel, rQuarterlyModels } from './r-models.ts';

const NOTHING = { names: [], columns: [] };

describe.skipIf(!hasData(DATASETS))(`classic data sets against R forecast 8.20${orSkipped(DATASETS)}`, () => {
  const cases = hasData(DATASETS) ? rDatasets() : [];

  test.each(cases)('%s: ndiffs(), nsdiffs() and the differences of auto.arima()', (_, dataset) => {
    const series = Float64Array.from(dataset.x);
    // Only seasonal sets have their own figures; for the others those of auto.arima() below speak.
    const tested = [differencesNeeded(series), seasonalDifferencesNeeded(series, dataset.frequency)];
    expect(tested).toEqual([dataset.ndiffs ?? tested[0], dataset.nsdiffs ?? tested[1]]);
    const theirs = rModel(dataset.auto_arima.method, dataset.auto_arima.coef, 0).order;
    const ours = searchArima(series, dataset.frequency, NOTHING).order;
    expect([ours.d, ours.D]).toEqual([theirs.d, theirs.D]);
  });

  test.each(cases)('%s: R’s coefficients give R’s forecast and limits', (name, dataset) => {
    const series = Float64Array.from(dataset.x);
    const { mean, lower95, upper95, method, coef, loglik, sigma2 } = dataset.auto_arima;
    const { order, coefficients, level } = rModel(method, coef, loglik);
    const seasonal = order.D > 0 ? order.season : 1;
    const run = runArima(series, NOTHING, {
      order,
      free: new Float64Array(coefficients.length),
      coefficients,
      effects: new Float64Array(0),
      constant: level * seasonal,
      logLikelihood: loglik,
      criterion: 0,
      estimated: coefficients.length + (order.constant ? 1 : 0),
    });
    const path = run.path(mean.length);
    const deviations = run.deviations(mean.length);
    // R counts the first buckets' errors under the wide start, a thousandth of the level each, into sigma^2: for co2,
    // level 315 and sigma 0.28, that is 7 %.
    const theirSigma = Math.sqrt(sigma2);
    expect(run.sigma).toBeLessThan(theirSigma * (1 + 1e-4));
    expect(run.sigma).toBeGreaterThan(theirSigma * (name === 'co2' ? 0.96 : 0.9998));
    mean.forEach((expected, step) => {
      expect(Math.abs(path[step] / expected - 1)).toBeLessThan(2e-4);
      const theirs = (upper95[step] - lower95[step]) / (2 * 1.959964 * theirSigma);
      expect(Math.abs(deviations[step] / run.sigma / theirs - 1)).toBeLessThan(1e-4);
    });
  });
});

describe.skipIf(!hasData(M4_MODELS))(
  `500 quarterly series of M4 against auto.arima()${orSkipped(M4_MODELS)}`,
  () => {
    test('for the same orders our optimum is no worse than R’s coefficients by 1e-4', () => {
      const theirs = rQuarterlyModels();
      let worse = 0;
      let differently = 0;
      for (const { id, train, season } of m4Quarterly500()) {
        const { order, coefficients } = theirs.get(id)!;
        const data = preparedData(train, NOTHING, order);
        const likelihood = armaLogLikelihood(coefficients, order, data, armaWorkspace(order, data), 'exact');
        const atTheirs = likelihood - data.count * Math.log(data.scale);
        if (!(givenArima(train, NOTHING, order).logLikelihood > atTheirs - 1e-4)) worse += 1;
        const ours = searchArima(train, season, NOTHING).order;
        if (ours.d !== order.d || ours.D !== order.D) differently += 1;
      }
      process.stdout.write(`optimum worse in ${worse}, other differences in ${differently} of 500 series\n`);
      expect(worse).toBe(0);
      expect(differently).toBe(0);
    });
  },
);
