import { accuracyOf, accuracyScale, theta } from '@planwright/forecast';
import { deseasonalise, isSeasonal, seasonalFigure, withoutSeason, withSeason } from '../src/seasonality.ts';
import type { CompetitionSeries } from './reference-data.ts';

export type Scores = {
  readonly count: number;
  readonly smape: number;
  readonly mase: number;
  readonly owa: number;
};

/** Naive2, the yardstick of the M4 competition: the last value, deseasonalised where the 90 % test finds a season. */
export function naive2(train: Float64Array, season: number, horizon: number): Float64Array {
  const found = isSeasonal(train, season)
    ? deseasonalise(train, season, seasonalFigure)
    : withoutSeason(train);
  const last = found.plain[train.length - 1];
  return withSeason(new Float64Array(horizon).fill(last), train.length, found);
}

/** sMAPE (percent), MASE and OWA against Naive2, as the organisers of M4 compute them. */
export function score(
  set: readonly CompetitionSeries[],
  forecast: (series: CompetitionSeries) => Float64Array,
): Scores {
  const sums = { smape: 0, mase: 0, smape2: 0, mase2: 0 };
  let count = 0;
  for (const series of set) {
    const scale = accuracyScale(series.train, series.season);
    if (Number.isNaN(scale.meanAbsolute)) continue;
    const ours = accuracyOf(series.test, forecast(series), scale);
    const theirs = accuracyOf(series.test, naive2(series.train, series.season, series.test.length), scale);
    sums.smape += 100 * ours.smape;
    sums.mase += ours.mase;
    sums.smape2 += 100 * theirs.smape;
    sums.mase2 += theirs.mase;
    count += 1;
  }
  const owa = (sums.smape / sums.smape2 + sums.mase / sums.mase2) / 2;
  return { count, smape: sums.smape / count, mase: sums.mase / count, owa };
}

export const thetaForecast = (series: CompetitionSeries): Float64Array =>
  theta.fit(series.train, { season: series.season }).mean(series.test.length);

/** Prints a measured line; these tests are read for their figures as much as for their verdict. */
export function print(what: string, { count, smape, mase, owa }: Scores): void {
  process.stdout.write(
    `${what.padEnd(34)} ${count} series  sMAPE ${smape.toFixed(3)}  MASE ${mase.toFixed(4)}  OWA ${owa.toFixed(4)}\n`,
  );
}
