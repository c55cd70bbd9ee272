import { describe, expect, test } from 'vitest';
import { ces, dampedTrend, dynamicTheta, etsAverage, type ForecastModel } from '@planwright/forecast';
import { print, score } from './competition.ts';
import {
  type CompetitionSeries,
  hasData,
  M4_QUARTERLY_500,
  m4Quarterly500,
  m4Series,
  orSkipped,
} from './reference-data.ts';

const WEEKLY = 'm4/M4_Weekly.csv.gz';

const forecastOf = (model: ForecastModel, { train, test: future, season }: CompetitionSeries): Float64Array =>
  model.fit(train, { season }).mean(future.length);

function medianOf(models: readonly ForecastModel[], series: CompetitionSeries): Float64Array {
  const all = models.map((model) => forecastOf(model, series));
  return all[0].map((_, step) => {
    const sorted = all.map((mean) => mean[step]).sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  });
}

describe.skipIf(!hasData(M4_QUARTERLY_500))(`M4 quarterly, 500 series${orSkipped(M4_QUARTERLY_500)}`, () => {
  test('CES: OWA at most 0.92 (TABLE-m4q500: AutoCES of statsforecast 0.934)', () => {
    const alone = score(m4Quarterly500(), (series) => forecastOf(ces, series));
    print('M4 quarterly 500, CES', alone);
    expect(alone.owa).toBeLessThanOrEqual(0.92);
  });
});

describe.skipIf(!hasData(WEEKLY))(`M4 weekly, 120 of 359 series${orSkipped(WEEKLY)}`, () => {
  test('the median with dynamic theta, ETS and the damped trend is at least 3 % ahead of dynamic theta alone', () => {
    const set = m4Series(WEEKLY, 52, 120);
    const single = score(set, (series) => forecastOf(dynamicTheta, series));
    print('M4 weekly, dynamic theta', single);
    const models = [dynamicTheta, etsAverage, ces, dampedTrend];
    const combined = score(set, (series) => medianOf(models, series));
    print('M4 weekly, median of four', combined);
    expect(combined.smape).toBeLessThan(0.97 * single.smape);
    expect(combined.mase).toBeLessThan(0.97 * single.mase);
  });
});
