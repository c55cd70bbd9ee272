import { describe, expect, test } from 'vitest';
import { decompose, stl } from '@planwright/forecast';
import { hasData, orSkipped, readData } from './reference-data.ts';

const DATASETS = 'forecast_golden/r-datasets-golden.json';

type Parts = { readonly seasonal: readonly number[]; readonly trend: readonly number[] };

type RDataset = {
  readonly frequency: number;
  readonly x: readonly number[];
  readonly stl_periodic?: Parts;
  readonly stl_s7_robust: Parts;
  readonly decompose_mult_figure: readonly number[];
};

describe.skipIf(!hasData(DATASETS))(`decompositions of R 4.2.2${orSkipped(DATASETS)}`, () => {
  const golden = hasData(DATASETS) ? (JSON.parse(readData(DATASETS)) as Record<string, RDataset>) : {};
  const cases = Object.entries(golden).filter(([, dataset]) => dataset.stl_periodic !== undefined);

  /** Relative to the size of the series: a trend or season near 0 has no relative accuracy of its own. */
  function expectClose(ours: Float64Array, theirs: readonly number[], x: readonly number[]): void {
    const size = Math.max(...x.map(Math.abs));
    expect(ours.length).toBe(theirs.length);
    theirs.forEach((value, t) => expect(Math.abs(ours[t] - value) / size).toBeLessThan(1e-9));
  }

  test('there are seven seasonal series', () => expect(cases.length).toBe(7));

  test.each(cases)('%s: stl(s.window = "periodic") agrees to 1e-9', (_, { x, frequency, stl_periodic }) => {
    const ours = stl(Float64Array.from(x), { period: frequency });
    expectClose(ours.season, stl_periodic!.seasonal, x);
    expectClose(ours.trend, stl_periodic!.trend, x);
  });

  test.each(cases)(
    '%s: stl(s.window = 7, robust = TRUE) agrees to 1e-9',
    (_, { x, frequency, stl_s7_robust }) => {
      const ours = stl(Float64Array.from(x), { period: frequency, seasonWindow: 7, robust: true });
      expectClose(ours.season, stl_s7_robust.seasonal, x);
      expectClose(ours.trend, stl_s7_robust.trend, x);
    },
  );

  test.each(cases)(
    '%s: decompose() agrees to 1e-9, and its parts multiply to the series',
    (_, { x, frequency, decompose_mult_figure: expected }) => {
      const ours = decompose(Float64Array.from(x), frequency, 'multiplicative');
      expected.forEach((index, phase) => expect(Math.abs(ours.figure[phase] / index - 1)).toBeLessThan(1e-9));
      const whole = x.map((_value, t) => ours.trend[t] * ours.season[t] * ours.remainder[t]);
      const known = [...whole.keys()].filter((t) => !Number.isNaN(whole[t]));
      expect(known.length).toBe(x.length - frequency + (frequency % 2));
      for (const t of known) expect(whole[t]).toBeCloseTo(x[t], 6);
    },
  );
});
