import {
  accuracyOf,
  accuracyScale,
  dampedTrend,
  forecastPanelModel,
  holt,
  type Panel,
  ses,
  theta,
  trainPanelModel,
} from '@planwright/forecast';
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

/**
 * sMAPE (percent), MASE and OWA against Naive2, as the organisers of M4 compute them. `season` is the one that they score by
 * where that is not the series' own: 1 for weeks.
 */
export function score(
  set: readonly CompetitionSeries[],
  forecast: (series: CompetitionSeries) => Float64Array,
  season?: number,
): Scores {
  const sums = { smape: 0, mase: 0, smape2: 0, mase2: 0 };
  let count = 0;
  for (const series of set) {
    const { train, test } = series;
    const period = season ?? series.season;
    const scale = accuracyScale(train, period);
    if (Number.isNaN(scale.meanAbsolute)) continue;
    const ours = accuracyOf(test, forecast(series), scale);
    const theirs = accuracyOf(test, naive2(train, period, test.length), scale);
    sums.smape += 100 * ours.smape;
    sums.mase += ours.mase;
    sums.smape2 += 100 * theirs.smape;
    sums.mase2 += theirs.mase;
    count += 1;
  }
  const owa = (sums.smape / sums.smape2 + sums.mase / sums.mase2) / 2;
  return { count, smape: sums.smape / count, mase: sums.mase / count, owa };
}

/** Mean RMSSE, scaled from the first demand on as in M5, and how far the total of all forecasts is above that of all demand. */
export function sparseScores(
  set: readonly CompetitionSeries[],
  forecast: (series: CompetitionSeries) => Float64Array,
): { readonly rmsse: number; readonly bias: number } {
  let rmsse = 0;
  let over = 0;
  let demand = 0;
  for (const series of set) {
    const { train, test } = series;
    const mean = forecast(series);
    const first = train.findIndex((value) => value > 0);
    let steps = 0;
    for (let t = first + 1; t < train.length; t++)
      steps += (train[t] - train[t - 1]) ** 2 / (train.length - first - 1);
    let squares = 0;
    test.forEach((value, step) => {
      squares += (value - mean[step]) ** 2 / test.length;
      over += mean[step] - value;
      demand += value;
    });
    rmsse += Math.sqrt(squares / steps) / set.length;
  }
  return { rmsse, bias: over / demand };
}

export const thetaForecast = (series: CompetitionSeries): Float64Array =>
  theta.fit(series.train, { season: series.season }).mean(series.test.length);

/** Comb of the M4 organisers: the mean of simple, Holt and damped smoothing of the deseasonalised history. */
export function combForecast({ train, test, season }: CompetitionSeries): Float64Array {
  const found = isSeasonal(train, season)
    ? deseasonalise(train, season, seasonalFigure)
    : withoutSeason(train);
  const means = [ses, holt, dampedTrend].map((model) =>
    model.fit(found.plain, { season: 1 }).mean(test.length),
  );
  const mean = test.map((_, step) => means.reduce((sum, each) => sum + each[step] / means.length, 0));
  return withSeason(mean, train.length, found);
}

/** The histories of a competition side by side, all ending in the same bucket. */
export function panelOf(set: readonly CompetitionSeries[]): Panel {
  const bucketCount = set.reduce((longest, { train }) => Math.max(longest, train.length), 0);
  const values = new Float64Array(set.length * bucketCount).fill(Number.NaN);
  set.forEach(({ train }, key) => values.set(train, (key + 1) * bucketCount - train.length));
  return { keyCount: set.length, bucketCount, values, season: set[0].season };
}

/** Forecasts of the best tier for a set, with a model that has learnt from the histories of `learnFrom`, and 95 % bands. */
export function bestForecasts(
  set: readonly CompetitionSeries[],
  learnFrom: readonly CompetitionSeries[],
  rowLimit?: number,
): (series: CompetitionSeries) => { mean: Float64Array; lower: Float64Array; upper: Float64Array } {
  const horizon = set[0].test.length;
  const model = trainPanelModel(panelOf(learnFrom), { horizon, rowLimit });
  process.stderr.write(`${model.reason}\n`);
  const { mean, bands } = forecastPanelModel(model, panelOf(set), horizon, [95]);
  const rowOfSeries = new Map(set.map(({ id }, row) => [id, row]));
  return ({ id }) => {
    const from = rowOfSeries.get(id)! * horizon;
    const part = (block: Float64Array): Float64Array => block.subarray(from, from + horizon);
    return { mean: part(mean), lower: part(bands[0].lower), upper: part(bands[0].upper) };
  };
}

/** Prints a measured line; these tests are read for their figures as much as for their verdict. */
export function print(what: string, { count, smape, mase, owa }: Scores): void {
  process.stdout.write(
    `${what.padEnd(34)} ${count} series  sMAPE ${smape.toFixed(3)}  MASE ${mase.toFixed(4)}  OWA ${owa.toFixed(4)}\n`,
  );
}
