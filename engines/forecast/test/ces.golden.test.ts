import { describe, expect, test } from 'vitest';
import { ces, type ForecastModel } from '@planwright/forecast';
import { print, score } from './competition.ts';
import {
  type CompetitionSeries,
  hasData,
  M4_QUARTERLY_500,
  m4Quarterly500,
  orSkipped,
} from './reference-data.ts';

const forecastOf = (model: ForecastModel, { train, test: future, season }: CompetitionSeries): Float64Array =>
  model.fit(train, { season }).mean(future.length);

describe.skipIf(!hasData(M4_QUARTERLY_500))(`M4 quarterly, 500 series${orSkipped(M4_QUARTERLY_500)}`, () => {
  test('CES: OWA at most 0.92 (TABLE-m4q500: AutoCES of statsforecast 0.934)', () => {
    const alone = score(m4Quarterly500(), (series) => forecastOf(ces, series));
    print('M4 quarterly 500, CES', alone);
    expect(alone.owa).toBeLessThanOrEqual(0.92);
  });
});
