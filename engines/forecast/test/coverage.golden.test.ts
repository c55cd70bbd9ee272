import { describe, expect, test } from 'vitest';
import { accuracyScale, autoModel } from '@planwright/forecast';
import {
  type CompetitionSeries,
  hasData,
  M1,
  M4_QUARTERLY_500,
  m1Monthly,
  m4Quarterly500,
  orSkipped,
} from './reference-data.ts';

type Coverage = { readonly overall: number; readonly buckets: readonly number[]; readonly msis: number };

/** Share of actuals inside the interval, over all steps and in thirds of the horizon, and the mean scaled interval score. */
function coverage(set: readonly CompetitionSeries[], level: number): Coverage {
  const model = autoModel();
  const inside = [0, 0, 0];
  const seen = [0, 0, 0];
  let msis = 0;
  for (const { train, test: future, season } of set) {
    const { lower, upper } = model.fit(train, { season }).interval(future.length, level);
    const penalty = 2 / (1 - level / 100);
    let score = 0;
    future.forEach((actual, step) => {
      const bucket = Math.floor((3 * step) / future.length);
      seen[bucket] += 1;
      if (actual >= lower[step] && actual <= upper[step]) inside[bucket] += 1;
      score +=
        upper[step] -
        lower[step] +
        penalty * (Math.max(0, lower[step] - actual) + Math.max(0, actual - upper[step]));
    });
    msis += score / future.length / accuracyScale(train, season).meanAbsolute / set.length;
  }
  const buckets = inside.map((count, bucket) => count / seen[bucket]);
  const overall = inside.reduce((sum, count) => sum + count, 0) / seen.reduce((sum, count) => sum + count, 0);
  return { overall, buckets, msis };
}

function print(name: string, level: number, { overall, buckets, msis }: Coverage): void {
  const thirds = buckets.map((share) => (100 * share).toFixed(1)).join(' / ');
  process.stdout.write(
    `${name}: ${level} % interval covers ${(100 * overall).toFixed(1)} % (${thirds} by thirds of the horizon), MSIS ${msis.toFixed(2)}\n`,
  );
}

const CASES: readonly [string, string, () => CompetitionSeries[]][] = [
  ['M4 quarterly 500', M4_QUARTERLY_500, m4Quarterly500],
  ['M1 monthly', M1, m1Monthly],
];

describe.each(CASES)('%s', (name, path, load) => {
  test.skipIf(!hasData(path))(`intervals cover what they promise${orSkipped(path)}`, () => {
    const set = load().filter(({ train, season }) => accuracyScale(train, season).meanAbsolute > 0);
    const at95 = coverage(set, 95);
    const at80 = coverage(set, 80);
    print(name, 95, at95);
    print(name, 80, at80);
    expect(Math.abs(at95.overall - 0.95)).toBeLessThan(0.01);
    for (const share of at95.buckets) expect(Math.abs(share - 0.95)).toBeLessThan(0.025);
    expect(Math.abs(at80.overall - 0.8)).toBeLessThan(0.04);
  });
});
