import { describe, expect, test } from 'vitest';
import { croston, theta } from '@planwright/forecast';
import { autocorrelation } from '@planwright/numerics';
import { bestSmoothing, concentratedSmoothing } from '../src/models/theta/simple-smoothing.ts';
import { thetaCore } from '../src/models/theta/theta.ts';
import { deseasonalise, isSeasonal, seasonalFigure, withoutSeason } from '../src/seasonality.ts';
import { hasData, orSkipped, readData } from './reference-data.ts';

const DATASETS = 'forecast_golden/r-datasets-golden.json';

type RDataset = {
  readonly frequency: number;
  readonly x: readonly number[];
  readonly thetaf: {
    readonly mean: readonly number[];
    readonly lower95: readonly number[];
    readonly upper95: readonly number[];
  };
  readonly acf: readonly number[];
  readonly decompose_mult_figure?: readonly number[];
};

const relative = (ours: number, expected: number): number =>
  Math.abs(ours - expected) / Math.max(1e-9, Math.abs(expected));

describe.skipIf(!hasData(DATASETS))(`classic data sets against R forecast 8.20${orSkipped(DATASETS)}`, () => {
  const golden = hasData(DATASETS) ? (JSON.parse(readData(DATASETS)) as Record<string, RDataset>) : {};
  const cases = Object.entries(golden).filter(([, dataset]) => dataset.thetaf !== undefined);

  test.each(cases)('%s: acf() agrees to 1e-6', (_, { x, acf }) => {
    const ours = autocorrelation(Float64Array.from(x), acf.length - 1);
    acf.forEach((expected, lag) => expect(Math.abs(ours[lag] - expected)).toBeLessThan(1e-6));
  });

  test.each(cases.filter(([, dataset]) => dataset.decompose_mult_figure !== undefined))(
    '%s: decompose() agrees to 1e-6',
    (_, { x, frequency, decompose_mult_figure: expected }) => {
      const ours = seasonalFigure(Float64Array.from(x), frequency, 'multiplicative');
      expected!.forEach((index, phase) => expect(relative(ours[phase], index)).toBeLessThan(1e-6));
    },
  );

  /** R's alpha, which its intervals give away: their width grows with sqrt(1 + h alpha^2). */
  function alphaOf({ lower95, upper95 }: RDataset['thetaf']): number {
    const last = lower95.length - 1;
    const ratio = (upper95[last] - lower95[last]) / (upper95[0] - lower95[0]);
    return Math.sqrt((ratio * ratio - 1) / last);
  }

  test.each(cases)('%s: thetaf() at the alpha of R agrees to 1e-6', (_, { x, frequency, thetaf }) => {
    const history = Float64Array.from(x);
    const season = isSeasonal(history, frequency)
      ? deseasonalise(history, frequency, seasonalFigure)
      : withoutSeason(history);
    const alpha = alphaOf(thetaf);
    const smoothing = concentratedSmoothing(season.plain, alpha);
    const core = thetaCore(history, frequency, alpha);
    const mean = core.mean(thetaf.mean.length);
    thetaf.mean.forEach((expected, step) => expect(relative(mean[step], expected)).toBeLessThan(1e-6));
    // R's sigma^2 is its squares over n - 2: our best start for its alpha leaves no more than its own start does,
    // and no less than the same to 1e-4.
    const theirs = (thetaf.upper95[0] - thetaf.lower95[0]) / 2 / 1.959963984540054;
    const squares = theirs * theirs * (x.length - 2);
    expect(smoothing.squares).toBeLessThanOrEqual(squares * (1 + 1e-6));
    expect(smoothing.squares).toBeGreaterThan(squares * (1 - 1e-4));
    // And the optimum of our own search is no worse.
    expect(bestSmoothing(season.plain).squares).toBeLessThanOrEqual(squares * (1 + 1e-6));
  });

  test.each(cases)('%s: thetaf() at our own optimum to 1e-4', (_, { x, frequency, thetaf }) => {
    const fitted = theta.fit(Float64Array.from(x), { season: frequency });
    const mean = fitted.mean(thetaf.mean.length);
    const { lower, upper } = fitted.interval(thetaf.mean.length, 95);
    thetaf.mean.forEach((expected, step) => {
      // R stops its search for alpha and the start a little short of the optimum; that is all the difference there is.
      expect(relative(mean[step], expected)).toBeLessThan(1e-4);
      // R leaves the width alone where we let it breathe with a multiplicative season.
      if (fitted.label !== 'Theta') return;
      const theirs = thetaf.upper95[step] - thetaf.lower95[step];
      expect(relative(upper[step] - lower[step], theirs)).toBeLessThan(2e-4);
    });
  });
});

test.skipIf(!hasData(DATASETS))(`croston() of R forecast 8.20 agrees to 1e-9${orSkipped(DATASETS)}`, () => {
  const { croston_r: golden } = JSON.parse(readData(DATASETS)) as {
    croston_r: { y: number[]; mean: number[] };
  };
  const ours = croston.fit(Float64Array.from(golden.y), { season: 1 }).mean(golden.mean.length);
  golden.mean.forEach((expected, step) => expect(relative(ours[step], expected)).toBeLessThan(1e-9));
});
