import { describe, expect, test } from 'vitest';
import { ces, dampedTrend, type ForecastModel, mstl, trigonometric } from '@planwright/forecast';
import { print, score } from './competition.ts';
import { type CompetitionSeries, hasData, m4Series, orSkipped } from './reference-data.ts';

const WEEKLY = 'm4/M4_Weekly.csv.gz';
const HOURLY = 'm4/M4_Hourly.csv.gz';

const forecaster =
  (model: ForecastModel, season: number, seasons: readonly number[]) =>
  ({ train, test: future }: CompetitionSeries): Float64Array =>
    model.fit(train, { season, seasons }).mean(future.length);

/** The middle of three forecasts. */
const middle = ([a, b, c]: readonly Float64Array[]): Float64Array =>
  a.map((value, step) => Math.max(Math.min(value, b[step]), Math.min(Math.max(value, b[step]), c[step])));

// By the rule of M4 weekly errors are scaled by those of the last value (m = 1), which is Naive2 there too: 9.161 / 2.777.
// Published OWA: Theta 0.971, ETS 0.931, ForecastPro 0.739.
describe.skipIf(!hasData(WEEKLY))(`M4 weekly${orSkipped(WEEKLY)}`, () => {
  test('359 series: STL as far as it is strong, and its median with CES and the damped trend, beat ForecastPro', () => {
    const set = m4Series(WEEKLY, 1, 359);
    expect(set.length).toBe(359);
    const alone = score(set, forecaster(mstl, 52, [52]));
    print('M4 weekly, MSTL', alone);
    expect(alone.owa).toBeLessThanOrEqual(0.77);
    const members = [mstl, ces, dampedTrend].map((model) => forecaster(model, 52, [52]));
    const median = score(set, (series) => middle(members.map((forecast) => forecast(series))));
    print('M4 weekly, median of three', median);
    expect(median.owa).toBeLessThanOrEqual(0.739);
  });

  test('120 series: waves of 52.18 weeks', () => {
    const scores = score(m4Series(WEEKLY, 1, 120), forecaster(trigonometric, 52, [52.18]));
    print('M4 weekly, trigonometric', scores);
    expect(scores.owa).toBeLessThanOrEqual(0.76);
  });
});

// Published MASE and sMAPE of the hourly series: Naive2 18.383 / 2.395, so sNaive with 13.912 / 1.193 has OWA 0.627.
describe.skipIf(!hasData(HOURLY))(`M4 hourly, 60 of 414 series${orSkipped(HOURLY)}`, () => {
  test('a day and a week by STL and by waves', () => {
    const set = m4Series(HOURLY, 24, 60);
    for (const [model, bar] of [
      [mstl, 0.56],
      [trigonometric, 0.65],
    ] as const) {
      const scores = score(set, forecaster(model, 24, [24, 168]));
      print(`M4 hourly, ${model.id}`, scores);
      expect(scores.owa).toBeLessThanOrEqual(bar);
    }
  });
});
