import { describe, expect, test } from 'vitest';
import { accuracyScale } from '@planwright/forecast';
import { bestForecasts, print, score } from './competition.ts';
import {
  type CompetitionSeries,
  hasData,
  M1,
  M4_QUARTERLY_500,
  m1Monthly,
  m4Quarterly500,
  orSkipped,
} from './reference-data.ts';

/** Real models on part of the rows; `bench/accuracy.ts` trains on all of them. */
const ROWS = 60_000;
const PATIENT = 600_000;

type Banded = { readonly mean: Float64Array; readonly lower: Float64Array; readonly upper: Float64Array };

/** Share of the actuals within the 95 % bands, and the mean scaled interval score. */
function bandScores(set: readonly CompetitionSeries[], bandsOf: (series: CompetitionSeries) => Banded) {
  let inside = 0;
  let total = 0;
  let msis = 0;
  for (const series of set) {
    const { lower, upper } = bandsOf(series);
    let interval = 0;
    series.test.forEach((actual, step) => {
      if (actual >= lower[step] && actual <= upper[step]) inside += 1;
      total += 1;
      const outside = Math.max(0, lower[step] - actual, actual - upper[step]);
      interval += upper[step] - lower[step] + 40 * outside;
    });
    const scale = accuracyScale(series.train, series.season).meanAbsolute;
    if (scale > 0) msis += interval / series.test.length / scale / set.length;
  }
  process.stdout.write(
    `  95 % bands hold ${((100 * inside) / total).toFixed(1)} %, MSIS ${msis.toFixed(2)}\n`,
  );
  return { coverage: inside / total, msis };
}

describe.skipIf(!hasData(M4_QUARTERLY_500))(`M4 quarterly, 500 series${orSkipped(M4_QUARTERLY_500)}`, () => {
  test(
    'best: OWA at most 0.835, learnt from these 500 histories alone, and bands better than R ets',
    () => {
      const set = m4Quarterly500();
      const best = bestForecasts(set, set, ROWS);
      const scores = score(set, (series) => best(series).mean);
      print('M4 quarterly 500, best', scores);
      expect(scores.owa).toBeLessThanOrEqual(0.835);
      const { coverage, msis } = bandScores(set, best);
      expect(Math.abs(coverage - 0.95)).toBeLessThanOrEqual(0.01);
      // m4q500-ets-pi95.csv, scored in coverage.golden.test.ts: 9.20.
      expect(msis).toBeLessThan(9.2);
    },
    PATIENT,
  );
});

describe.skipIf(!hasData(M1))(`M1 monthly, 617 series${orSkipped(M1)}`, () => {
  test(
    'best: OWA at most 0.84, more than 1 % below the standard tier',
    () => {
      const set = m1Monthly();
      const best = bestForecasts(set, set, ROWS);
      const scores = score(set, (series) => best(series).mean);
      print('M1 monthly, best', scores);
      expect(scores.owa).toBeLessThanOrEqual(0.84);
      const { coverage } = bandScores(set, best);
      expect(Math.abs(coverage - 0.95)).toBeLessThanOrEqual(0.01);
    },
    PATIENT,
  );
});
