import { describe, expect, test } from 'vitest';
import { autoForecast, ets, type ForecastTier } from '@planwright/forecast';
import { combForecast, print, score, thetaForecast, type Scores } from './competition.ts';
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

const WEEKLY = 'm4/M4_Weekly.csv.gz';
const HOURLY = 'm4/M4_Hourly.csv.gz';

function tierScores(
  name: string,
  set: readonly CompetitionSeries[],
  tier: ForecastTier,
  scoreSeason?: number,
): Scores {
  const forecast = ({ train, test: future, season }: CompetitionSeries): Float64Array =>
    autoForecast(train, { season, horizon: future.length, tier, levels: [] }).mean;
  const scores = score(set, forecast, scoreSeason);
  print(`${name}, ${tier}`, scores);
  return scores;
}

const etsForecast = ({ train, test: future, season }: CompetitionSeries): Float64Array =>
  ets.fit(train, { season }).mean(future.length);

/** The lowest OWA of the classic methods: Theta, the one best model of the ETS family, and Comb. */
function classicOwa(name: string, set: readonly CompetitionSeries[], scoreSeason?: number): number {
  const classics = { Theta: thetaForecast, ETS: etsForecast, Comb: combForecast };
  const owas = Object.entries(classics).map(([method, forecast]) => {
    const scores = score(set, forecast, scoreSeason);
    print(`${name}, ${method}`, scores);
    return scores.owa;
  });
  return Math.min(...owas);
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
  test('standard: OWA at most 0.85 (the four-model ensemble of statsforecast 0.869)', () => {
    expect(tierScores('M4 quarterly 500', m4Quarterly500(), 'standard').owa).toBeLessThanOrEqual(0.85);
  });
});

describe.skipIf(!hasData(M1))(`M1 monthly, 617 series${orSkipped(M1)}`, () => {
  test('the standard tier is ahead of Theta, ETS and Comb, the fast one of Theta', () => {
    const set = m1Monthly();
    const classic = classicOwa('M1 monthly', set);
    const standard = tierScores('M1 monthly', set, 'standard');
    expect(standard.owa).toBeLessThan(classic);
    expect(standard.owa).toBeLessThanOrEqual(0.856);
    const fast = tierScores('M1 monthly', set, 'fast');
    expect(fast.owa).toBeLessThan(score(set, thetaForecast).owa);
  });
});

describe.skipIf(!hasData(YEARLY))(`M4 yearly, 2,000 of 23,000 series${orSkipped(YEARLY)}`, () => {
  test('both tiers are ahead of Theta, ETS and Comb', () => {
    const set = m4Series(YEARLY, 1, 2000);
    const classic = classicOwa('M4 yearly', set);
    expect(tierScores('M4 yearly', set, 'fast').owa).toBeLessThan(classic);
    expect(tierScores('M4 yearly', set, 'standard').owa).toBeLessThan(classic);
  });
});

describe.skipIf(!hasData(WEEKLY))(`M4 weekly, 120 of 359 series${orSkipped(WEEKLY)}`, () => {
  test('both tiers are ahead of Theta, ETS and Comb', () => {
    const set = m4Series(WEEKLY, 52, 120);
    const classic = classicOwa('M4 weekly', set, 1);
    expect(tierScores('M4 weekly', set, 'fast', 1).owa).toBeLessThan(classic);
    expect(tierScores('M4 weekly', set, 'standard', 1).owa).toBeLessThan(classic);
  });
});

describe.skipIf(!hasData(HOURLY))(`M4 hourly, 138 of 414 series${orSkipped(HOURLY)}`, () => {
  test('both tiers are ahead of Theta, ETS and Comb', () => {
    const set = m4Series(HOURLY, 24, 138);
    const classic = classicOwa('M4 hourly', set);
    expect(tierScores('M4 hourly', set, 'fast').owa).toBeLessThan(classic);
    expect(tierScores('M4 hourly', set, 'standard').owa).toBeLessThan(classic);
  });
});
