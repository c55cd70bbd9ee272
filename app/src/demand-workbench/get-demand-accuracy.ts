import type { AccuracyRow } from '@planwright/contracts';
import { bucketLabel } from '@planwright/time';
import { selectionOf } from '../demand/selection.ts';
import type { PlanReader } from '../plan-view/plan-reader.ts';
import { runInView } from '../plan-view/run-in-view.ts';
import type { Service } from '../services.ts';
import { accuracyRow, percent, ratioOf } from './accuracy-ratios.ts';

/** Buckets of the trend: as many as the back-test judges. */
const TREND_BUCKETS = 12;

/** How good the forecasts of a selection were, from one side, and how that moved. */
export function getDemandAccuracy(deps: { plan: PlanReader }): Service<'getDemandAccuracy'> {
  return async (member, { query }) => {
    const run = await runInView(deps.plan, member, query);
    const selection = selectionOf(query);
    const [byLag, rows, trend] = await Promise.all([
      deps.plan.accuracyBy(run.runId, selection, 'lag', query.lag),
      deps.plan.accuracyBy(run.runId, selection, query.by, query.lag),
      deps.plan.accuracyTrend(run, selection, TREND_BUCKETS),
    ]);
    const atLag = byLag.find((row) => row.code === String(query.lag));
    const total = accuracyRow({ ...(atLag ?? NOTHING), code: '', label: 'All' });
    return {
      currency: run.currency,
      lags: byLag.map((row) => Number(row.code)),
      total,
      rows: rows.map(accuracyRow),
      trend: trend.map(({ bucket, actual, forecast, absoluteError }) => ({
        label: bucketLabel(run.calendar, bucket),
        actual,
        forecast,
        wapeRatio: ratioOf(absoluteError, actual),
        biasRatio: ratioOf(forecast - actual, actual),
      })),
      sentence: sentenceOf(total, query.lag),
    };
  };
}

const NOTHING = {
  code: '',
  label: '',
  keyCount: 0,
  bucketCount: 0,
  actual: 0,
  absoluteError: 0,
  error: 0,
  naiveAbsoluteError: 0,
  inside80: 0,
  inside95: 0,
  moneyError: 0,
};

function sentenceOf({ wapeRatio, biasRatio, valueAddedRatio }: AccuracyRow, lag: number): string {
  if (wapeRatio === null || biasRatio === null || valueAddedRatio === null)
    return 'The history is too short to judge forecasts of this selection.';
  const ahead = lag === 1 ? 'One period ahead' : `${lag} periods ahead`;
  const side =
    Math.abs(biasRatio) < 0.005
      ? 'neither high nor low on the whole'
      : `${percent(Math.abs(biasRatio))} too ${biasRatio > 0 ? 'high' : 'low'} on the whole`;
  const better = valueAddedRatio >= 0 ? 'better' : 'worse';
  return `${ahead}, forecasts were off by ${percent(wapeRatio)} of demand, ${side}; that is ${percent(Math.abs(valueAddedRatio))} of demand ${better} than repeating the last value of a year ago.`;
}
