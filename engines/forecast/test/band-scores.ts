import { accuracyScale, coverageReport, type Interval } from '@planwright/forecast';
import type { CompetitionSeries } from './reference-data.ts';

export type BandScores = {
  /** Share of actuals inside. */
  readonly overall: number;
  readonly byHorizon: Float64Array;
  /** The same over each third of the horizon. */
  readonly thirds: readonly number[];
  /** Mean scaled interval score, as M4 has it. */
  readonly msis: number;
};

export type Intervals = (series: CompetitionSeries) => Interval;

/** Series whose errors have a scale. */
export const judgeable = (set: readonly CompetitionSeries[], season?: number): CompetitionSeries[] =>
  set.filter((series) => accuracyScale(series.train, season ?? series.season).meanAbsolute > 0);

/** What bands of `level` percent hold. `season` is the one to scale by where that is not the series' own. */
export function bandScores(
  set: readonly CompetitionSeries[],
  level: number,
  intervals: Intervals,
  season?: number,
): BandScores {
  const horizon = set[0].test.length;
  const actual = new Float64Array(set.length * horizon);
  const lower = new Float64Array(actual.length);
  const upper = new Float64Array(actual.length);
  const penalty = 2 / (1 - level / 100);
  let msis = 0;
  set.forEach((series, row) => {
    const interval = intervals(series);
    actual.set(series.test, row * horizon);
    lower.set(interval.lower, row * horizon);
    upper.set(interval.upper, row * horizon);
    let score = 0;
    series.test.forEach((value, step) => {
      const miss = Math.max(0, interval.lower[step] - value) + Math.max(0, value - interval.upper[step]);
      score += interval.upper[step] - interval.lower[step] + penalty * miss;
    });
    const scale = accuracyScale(series.train, season ?? series.season).meanAbsolute;
    msis += score / horizon / scale / set.length;
  });
  const { overall, byHorizon } = coverageReport(actual, lower, upper, horizon);
  const third = (part: number): number => {
    const steps = byHorizon.filter((_, step) => Math.floor((3 * step) / horizon) === part);
    return steps.reduce((sum, share) => sum + share / steps.length, 0);
  };
  return { overall, byHorizon, thirds: [third(0), third(1), third(2)], msis };
}
