import { describe, expect, test } from 'vitest';
import { croston, theta } from '@planwright/forecast';
import { autocorrelation } from '@planwright/numerics';
import { bestSmoothing, concentratedSmoothing } from '../src/models/theta/simple-smoothing.ts';
import { seasonalFigure } from '../src/seasonality.ts';
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
  readonly ses: { readonly alpha: number; readonly mean1: number };
  readonly acf: readonly number[];
  readonly decompose_mult_figure?: readonly number[];
};

const relative = (ours: number, expected: number): number =>
  Math.abs(ours - expected) / Math.max(1e-9, Math.abs(expected));

describe.skipIf(!hasData(DATASETS))(`classic data sets against R forecast 8.20${orSkipped(DATASETS)}`, () => {
  const golden = hasData(DATASETS) ? (JSON.parse(readData(DATASETS)) as Record<string, RDataset>) : {};
  const cases = Object.entries(golden).filter(([, dataset]) => dataset.thetaf !== undefined);

  test.each(cases)('%s: ses() finds no smaller error', (_, { x, ses }) => {
    const history = Float64Array.from(x);
    const ours = bestSmoothing(history);
    const theirs = concentratedSmoothing(history, ses.alpha);
    expect(ours.squares).toBeLessThanOrEqual(theirs.squares * (1 + 1e-4));
  });

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

  test.each(cases)('%s: thetaf() to 1e-4', (_, { x, frequency, thetaf }) => {
    const fitted = theta.fit(Float64Array.from(x), { season: frequency });
    const mean = fitted.mean(thetaf.mean.length);
    const { lower, upper } = fitted.interval(thetaf.mean.length, 95);
    thetaf.mean.forEach((expected, step) => {
      // Both search for alpha; the optimum is flat, so forecasts agree to the root of the search's tolerance.
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
