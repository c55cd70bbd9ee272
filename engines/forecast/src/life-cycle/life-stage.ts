/**
 * Where an item stands in its life, from its history alone.
 *
 * Launch   the first demand after at least SHORTEST_SILENCE empty buckets, or the first ever observed.
 * Ended    silent at the end for longer than chance allows: with demand in a share p of the buckets since launch, n empty ones
 *          in a row have probability (1 - p)^n; below 1 % the item has ended.
 * Growth, decline  the latest span against the same span one season before (against the span before it where nothing
 *          repeats): a change by more than a fifth that is beyond twice its standard error.
 * Cost     O(buckets).
 */
import { assert } from '@planwright/units';
import { counted } from '../explanation/spoken-number.ts';

export type LifeStage = {
  readonly stage: 'not launched' | 'launch' | 'growth' | 'mature' | 'decline' | 'ended';
  /** Bucket of the first demand; -1 without. */
  readonly launchBucket: number;
  /** Bucket of the last demand; -1 without. */
  readonly lastBucket: number;
  /** Latest span over the one it is compared with; NaN where there is none. */
  readonly changeRatio: number;
  readonly sentence: string;
};

const SHORTEST_SILENCE = 3;
const UNLIKELY = 0.01;
const NOTICEABLE = 1.2;
const STANDARD_ERRORS = 2;

/** `season` is the number of buckets in a year, 1 where nothing repeats. A launch lasts half a year, at least six buckets. */
export function lifeStage(series: Float64Array, season: number): LifeStage {
  assert(Number.isInteger(season) && season >= 1, 'season is a whole number of buckets');
  const launchBucket = series.findIndex((value) => Number.isFinite(value) && value > 0);
  if (launchBucket < 0) {
    const sentence = 'No demand has been seen yet.';
    return { stage: 'not launched', launchBucket, lastBucket: -1, changeRatio: Number.NaN, sentence };
  }
  let lastBucket = series.length - 1;
  while (!(series[lastBucket] > 0)) lastBucket -= 1;
  const silence = countObserved(series, lastBucket + 1, series.length);
  const age = series.length - launchBucket;
  const changeRatio = changeOf(series, launchBucket, season);
  const whole = { launchBucket, lastBucket, changeRatio: changeRatio.ratio };

  let demands = 0;
  for (let t = launchBucket; t <= lastBucket; t++) if (series[t] > 0) demands += 1;
  const active = countObserved(series, launchBucket, lastBucket + 1);
  const frequency = demands / (active + 1);
  if (silence >= SHORTEST_SILENCE && (1 - frequency) ** silence < UNLIKELY)
    return { ...whole, stage: 'ended', sentence: `Demand ended ${silence} buckets ago.` };
  const sawBefore = countObserved(series, 0, launchBucket) >= SHORTEST_SILENCE;
  if (sawBefore && age < Math.max(6, Math.ceil(season / 2)))
    return { ...whole, stage: 'launch', sentence: `Demand began ${counted(age, 'bucket')} ago.` };
  if (!changeRatio.certain)
    return { ...whole, stage: 'mature', sentence: 'Demand has neither clearly grown nor fallen.' };
  const grows = changeRatio.ratio > 1;
  const percent = Math.round(100 * Math.abs(changeRatio.ratio - 1));
  return {
    ...whole,
    stage: grows ? 'growth' : 'decline',
    sentence: Number.isFinite(changeRatio.ratio)
      ? `Demand is ${percent} % ${grows ? 'above' : 'below'} that of ${season > 1 ? 'a year ago' : 'the buckets before'}.`
      : 'Demand has begun where there was none a year ago.',
  };
}

function countObserved(series: Float64Array, from: number, to: number): number {
  let count = 0;
  for (let t = from; t < to; t++) if (Number.isFinite(series[t])) count += 1;
  return count;
}

/** Compares the latest span with the same one a season before, bucket by bucket. */
function changeOf(
  series: Float64Array,
  launch: number,
  season: number,
): { readonly ratio: number; readonly certain: boolean } {
  const since = series.length - launch;
  const lag = season > 1 ? season : Math.max(1, Math.floor(since / 2));
  const span = Math.min(season > 1 ? Math.max(4, Math.ceil(season / 2)) : lag, since - lag);
  let now = 0;
  let then = 0;
  let squares = 0;
  let pairs = 0;
  for (let t = series.length - Math.max(0, span); t < series.length; t++) {
    const difference = series[t] - series[t - lag];
    if (!Number.isFinite(difference)) continue;
    now += series[t];
    then += series[t - lag];
    squares += difference * difference;
    pairs += 1;
  }
  if (pairs < 3 || now + then <= 0) return { ratio: Number.NaN, certain: false };
  const ratio = then > 0 ? now / then : Infinity;
  const mean = (now - then) / pairs;
  const error = Math.sqrt(Math.max(0, squares / pairs - mean * mean) / (pairs - 1));
  const noticeable = ratio > NOTICEABLE || ratio < 1 / NOTICEABLE;
  return { ratio, certain: noticeable && Math.abs(mean) > STANDARD_ERRORS * error };
}
