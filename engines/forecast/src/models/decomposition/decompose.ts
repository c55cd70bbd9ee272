/**
 * The classical decomposition by moving averages: trend, a season that never changes, and what is left.
 *
 * Input     a complete series of at least two whole seasons; bucket t has phase t mod period.
 * Output    additive: trend + season + remainder = series; multiplicative: their product. Trend and remainder are NaN for
 *           the half season at either end, where the moving average has no values.
 * Source    Kendall and Stuart (1983), The Advanced Theory of Statistics 3, 410-414, as R's decompose().
 */
import { assert } from '@planwright/units';
import { centredAverage, seasonalFigure, type SeasonKind } from '../../seasonality.ts';

export type Decomposition = {
  readonly trend: Float64Array;
  readonly season: Float64Array;
  readonly remainder: Float64Array;
  /** One index per phase. */
  readonly figure: Float64Array;
};

/** Decomposes a series; throws (an assert) for a period below 2 or less than two seasons. */
export function decompose(series: Float64Array, period: number, kind: SeasonKind): Decomposition {
  assert(Number.isInteger(period) && period >= 2, 'period is a whole number of at least 2 buckets');
  assert(series.length >= 2 * period, 'the series has two whole seasons');
  const trend = centredAverage(series, period);
  const figure = seasonalFigure(series, period, kind);
  const season = series.map((_, t) => figure[t % period]);
  const remainder = series.map((value, t) =>
    kind === 'additive' ? value - trend[t] - season[t] : value / (trend[t] * season[t]),
  );
  return { trend, season, remainder, figure };
}
