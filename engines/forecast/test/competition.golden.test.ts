import { describe, expect, test } from 'vitest';
import { autoForecast, type ForecastTier } from '@planwright/forecast';
import { print, score, thetaForecast, type Scores } from './competition.ts';
import {
  type CompetitionSeries,
  hasData,
  M1,
  M4_QUARTERLY_500,
  m1Monthly,
  m4Quarterly500,
  m4Series,
  orSkipped,
} from './reference-data.ts';

const YEARLY = 'm4/M4_Yearly.csv.gz';

function tierScores(name: string, set: readonly CompetitionSeries[], tier: ForecastTier): Scores {
  const scores = score(set, ({ train, test: future, season }) => {
    return autoForecast(train, { season, horizon: future.length, tier, levels: [] }).mean;
  });
  print(`${name}, ${tier}`, scores);
  return scores;
}

describe.skipIf(!hasData(M4_QUARTERLY_500))(`M4 quarterly, 500 series${orSkipped(M4_QUARTERLY_500)}`, () => {
  test('the yardstick is right: Naive2 and Theta score what the reference table says', () => {
    const set = m4Quarterly500();
    const classic = score(set, thetaForecast);
    print('M4 quarterly 500, Theta', classic);
    // TABLE-m4q500.txt: theta 10.637 / 1.180 / 0.905 (R code of the M4 organisers).
    expect(classic.owa).toBeCloseTo(0.905, 2);
  });
  test('fast: OWA at most 0.865 (R ets 0.898)', () => {
    expect(tierScores('M4 quarterly 500', m4Quarterly500(), 'fast').owa).toBeLessThanOrEqual(0.865);
  });
  test('standard: OWA at most 0.858 (the four-model ensemble of statsforecast 0.869)', () => {
    expect(tierScores('M4 quarterly 500', m4Quarterly500(), 'standard').owa).toBeLessThanOrEqual(0.858);
  });
});

describe.skipIf(!hasData(M1))(`M1 monthly, 617 series${orSkipped(M1)}`, () => {
  test('both tiers are ahead of Theta', () => {
    const set = m1Monthly();
    const classic = score(set, thetaForecast);
    print('M1 monthly, Theta', classic);
    const fast = tierScores('M1 monthly', set, 'fast');
    const standard = tierScores('M1 monthly', set, 'standard');
    expect(fast.owa).toBeLessThan(classic.owa);
    expect(standard.owa).toBeLessThan(0.88);
  });
});

describe.skipIf(!hasData(YEARLY))(`M4 yearly, 2,000 of 23,000 series${orSkipped(YEARLY)}`, () => {
  test('both tiers are ahead of Theta', () => {
    const set = m4Series(YEARLY, 1, 2000);
    const classic = score(set, thetaForecast);
    print('M4 yearly, Theta', classic);
    expect(tierScores('M4 yearly', set, 'fast').owa).toBeLessThan(classic.owa);
    expect(tierScores('M4 yearly', set, 'standard').owa).toBeLessThan(classic.owa);
  });
});
