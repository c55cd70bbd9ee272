/** Baseline, bands and back-test of a chunk of demand keys. */
import { autoForecast, backtest } from '@planwright/forecast';
import { bucketsPerYear } from '@planwright/time';
import type { Issue } from '@planwright/units';
import { summarisedIssues } from '../issue-summary.ts';
import type { Snapshot } from '../snapshot.ts';
import { rowIn, type RunBlocks } from './run-blocks.ts';
import { keyRange } from './stage-plan.ts';
import type { ForecastKey, ForecastResult } from './stage-results.ts';

/** Buckets of history that the back-test forecasts again, one bucket ahead. */
export const BACKTEST_BUCKETS = 12;

export function forecastStage(snapshot: Snapshot, blocks: RunBlocks, chunk: number): ForecastResult {
  const { meta, actualQuantity } = snapshot;
  const season = bucketsPerYear(meta.calendar);
  const keys: ForecastKey[] = [];
  const issues: Issue[] = [];
  const { from, to } = keyRange(meta, 'forecast', chunk);
  for (let key = from; key < to; key++) {
    const series = actualQuantity.subarray(key * meta.historyBuckets, (key + 1) * meta.historyBuckets);
    const forecast = autoForecast(series, { season, horizon: meta.horizonBuckets, levels: [80, 95] });
    const [at80, at95] = forecast.intervals;
    rowIn(blocks, meta, 'baseline', key).set(forecast.mean);
    rowIn(blocks, meta, 'lower80', key).set(at80.lower);
    rowIn(blocks, meta, 'upper80', key).set(at80.upper);
    rowIn(blocks, meta, 'lower95', key).set(at95.lower);
    rowIn(blocks, meta, 'upper95', key).set(at95.upper);
    const { demandClass, method, explanation } = forecast;
    keys.push({ demandClass, method, explanation, ...judged(series, season) });
    issues.push(...forecast.issues.map((issue) => named(issue, snapshot, key)));
  }
  return { keys, issues: summarisedIssues(issues) };
}

/** How good this choice of method would have been, one bucket ahead, over the last year of buckets. */
function judged(
  series: Float64Array,
  season: number,
): Omit<ForecastKey, 'demandClass' | 'method' | 'explanation'> {
  const { origins, forecast, levels, accuracy } = backtest(series, {
    season,
    horizon: 1,
    origins: BACKTEST_BUCKETS,
    levels: [80, 95],
  });
  const judgedBuckets = new Array<number | null>(BACKTEST_BUCKETS).fill(null);
  const firstBucket = series.length - BACKTEST_BUCKETS;
  origins.forEach((bucket, row) => {
    if (!Number.isNaN(series[bucket])) judgedBuckets[bucket - firstBucket] = forecast[row];
  });
  return {
    wapeRatio: numberOrNull(accuracy.wape),
    mapeRatio: numberOrNull(accuracy.mape),
    mapeDropped: accuracy.mapeDropped,
    smapeRatio: numberOrNull(accuracy.smape),
    maseRatio: numberOrNull(accuracy.mase),
    biasRatio: numberOrNull(accuracy.bias),
    trackingSignal: numberOrNull(accuracy.trackingSignal),
    coverage80Ratio: numberOrNull(levels[0].coverage),
    coverage95Ratio: numberOrNull(levels[1].coverage),
    backtest: judgedBuckets,
  };
}

/** A finding about one series is a note about the plan: it never stops the others. */
function named(issue: Issue, { keys }: Snapshot, key: number): Issue {
  const name = [keys.item[key], keys.location[key], keys.channel[key]].join(' · ');
  return { ...issue, severity: 'warning', message: `${name}: ${issue.message}`, value: keys.item[key] };
}

function numberOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
