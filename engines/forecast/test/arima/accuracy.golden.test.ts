import { expect, test } from 'vitest';
import { arima } from '@planwright/forecast';
import { print, score, type Scores } from '../competition.ts';
import {
  type CompetitionSeries,
  hasData,
  M1,
  M4_QUARTERLY_500,
  m1Monthly,
  m4Quarterly500,
  orSkipped,
} from '../reference-data.ts';

function arimaScores(name: string, set: readonly CompetitionSeries[]): Scores {
  const scores = score(set, ({ train, test: future, season }) =>
    arima.fit(train, { season }).mean(future.length),
  );
  print(`${name}, ARIMA`, scores);
  return scores;
}

// TABLE-m4q500.txt: auto.arima() of R forecast 8.20 0.914, AutoARIMA of statsforecast 2.1.1 0.931.
test.skipIf(!hasData(M4_QUARTERLY_500))(
  `M4 quarterly, 500 series: OWA at most 0.90${orSkipped(M4_QUARTERLY_500)}`,
  () => {
    expect(arimaScores('M4 quarterly 500', m4Quarterly500()).owa).toBeLessThanOrEqual(0.9);
  },
);

test.skipIf(!hasData(M1))(`M1 monthly, 617 series: OWA at most 0.94${orSkipped(M1)}`, () => {
  expect(arimaScores('M1 monthly', m1Monthly()).owa).toBeLessThanOrEqual(0.94);
});
