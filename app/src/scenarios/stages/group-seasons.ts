/** The season of every item group: what a key too young to show its own takes over. */
import type { DemandView } from './demand-view.ts';
import { sumUp } from './group-sums.ts';

/** Below two seasons nobody can tell a season from a trend. */
const SEASONS_FEWEST = 2;

/**
 * Factors per place in the season, counted from the first bucket of the history and averaging 1; null for groups too young.
 *
 * Ratios to the centred mean of a season, averaged by place (classical decomposition; Makridakis, Wheelwright and Hyndman 1998,
 * section 3/4): sums of many keys are smooth enough for it.
 */
export function groupSeasons(view: DemandView): (number[] | null)[] {
  const { meta, groups } = view.snapshot;
  const sums = sumUp(
    groups.groups.length,
    meta.historyBuckets,
    meta.keyCount,
    (key) => view.groupsOf[key],
    (key) => view.actualOf(key),
  );
  return sums.map((sum) => seasonOf(sum, view.season));
}

function seasonOf(series: Float64Array, season: number): number[] | null {
  if (season < 2 || series.filter(Number.isFinite).length < SEASONS_FEWEST * season) return null;
  const total = new Float64Array(season);
  const count = new Float64Array(season);
  const half = season / 2;
  for (let t = Math.floor(half); t + half < series.length; t++) {
    const centre = centredMean(series, t, season);
    if (!(centre > 0) || Number.isNaN(series[t])) continue;
    total[t % season] += Math.max(0, series[t] / centre);
    count[t % season] += 1;
  }
  if (count.includes(0)) return null;
  const ratios = Array.from(total, (sum, place) => sum / count[place]);
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / season;
  return mean > 0 ? ratios.map((ratio) => ratio / mean) : null;
}

/** Mean of the season around a bucket; of an even season, the two ends count half each. NaN where it is not whole. */
function centredMean(series: Float64Array, t: number, season: number): number {
  const half = Math.floor(season / 2);
  const even = season % 2 === 0;
  let sum = 0;
  for (let offset = -half; offset <= half; offset++) {
    const weight = even && Math.abs(offset) === half ? 0.5 : 1;
    sum += weight * (series[t + offset] ?? Number.NaN);
  }
  return sum / season;
}
