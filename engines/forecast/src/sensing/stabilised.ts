/**
 * Keeps the old number while the new one differs by no more than noise, so that plans do not churn.
 *
 * Input    the previous plan and the latest forecast of the same buckets, and the forecast's standard deviation per bucket.
 * Keeps    a change up to `noiseRatio` deviations is held back, one of twice that passes whole, between them a part of it.
 * Passes   a change held back in the cycle before that is still there on the same side (more than half the limit both
 *          times) is no noise: it passes whole. So what lasts is in the plan after two cycles.
 * Volume   the sum over the horizon stays within `volumeRatio` of the latest forecast's: what more was held back passes, in
 *          proportion. A small change of the whole level is seen in the sum before it is seen in any bucket.
 * Law      every bucket lies between the previous plan and the latest forecast.
 * Cost     O(buckets).
 * Source   after Godahewa, Bergmeir, Baz, Zhu, Song, Garcia and Benavides (2023), "On forecast stability", whose weight
 *          between old and new is one constant.
 */
import { assert } from '@planwright/units';
import { counted, spokenNumber } from '../explanation/spoken-number.ts';

export type StabilityOptions = {
  /** Standard deviation of the latest forecast per bucket; 0 lets every change pass. */
  readonly deviation: Float64Array;
  /** 0.5 unless told. */
  readonly noiseRatio?: number;
  /** 0.02 unless told. */
  readonly volumeRatio?: number;
  /** `heldBack` of the cycle before, moved on to the same buckets; 0 where there is none. */
  readonly heldBack?: Float64Array;
};

export type Stabilised = {
  readonly plan: Float64Array;
  /** Latest forecast minus plan: to be handed to the next cycle. */
  readonly heldBack: Float64Array;
  /** Buckets whose number stays exactly as it was. */
  readonly keptCount: number;
  readonly sentence: string;
};

/** A bucket that is new in the horizon has NaN in `previous` and takes the latest forecast. */
export function stabilised(
  previous: Float64Array,
  latest: Float64Array,
  options: StabilityOptions,
): Stabilised {
  const { deviation, noiseRatio = 0.5, volumeRatio = 0.02, heldBack } = options;
  const count = latest.length;
  assert(
    previous.length === count && deviation.length === count,
    'old, new and deviation share their buckets',
  );
  assert(noiseRatio >= 0 && volumeRatio >= 0, 'tolerances are not negative');
  const plan = new Float64Array(count);
  for (let t = 0; t < count; t++) {
    const limit = noiseRatio * Math.max(0, deviation[t]);
    const change = latest[t] - previous[t];
    const back = held(change, limit, heldBack?.[t] ?? 0);
    // Not latest - change, which rounding would make a new number.
    plan[t] = back === change ? previous[t] : latest[t] - back;
  }
  keepVolume(plan, latest, volumeRatio);
  const gap = latest.map((value, t) => value - plan[t]);
  let keptCount = 0;
  for (let t = 0; t < count; t++) if (plan[t] === previous[t]) keptCount += 1;
  return { plan, heldBack: gap, keptCount, sentence: told(plan, previous, keptCount) };
}

/** The part of a change that is not passed on. */
function held(change: number, limit: number, before: number): number {
  const size = Math.abs(change);
  if (!(size < 2 * limit)) return 0;
  const lasts = Math.sign(before) === Math.sign(change) && size > limit / 2 && Math.abs(before) > limit / 2;
  if (lasts) return 0;
  return size <= limit ? change : change * (2 - size / limit);
}

/** Moves the buckets that lag behind towards the latest forecast until the sums are within the tolerance. */
function keepVolume(plan: Float64Array, latest: Float64Array, ratio: number): void {
  let missing = 0;
  let volume = 0;
  for (let t = 0; t < plan.length; t++) {
    missing += latest[t] - plan[t];
    volume += Math.abs(latest[t]);
  }
  const excess = Math.abs(missing) - ratio * volume;
  if (!(excess > 0)) return;
  let lagging = 0;
  for (let t = 0; t < plan.length; t++) {
    const gap = latest[t] - plan[t];
    if (gap * missing > 0) lagging += Math.abs(gap);
  }
  const part = Math.min(1, excess / lagging);
  for (let t = 0; t < plan.length; t++) {
    const gap = latest[t] - plan[t];
    if (gap * missing > 0) plan[t] += part * gap;
  }
}

function told(plan: Float64Array, previous: Float64Array, keptCount: number): string {
  const count = plan.length;
  if (keptCount === count) return 'The new forecast differs by no more than noise, so the plan stays.';
  let change = 0;
  for (let t = 0; t < count; t++) if (Number.isFinite(previous[t])) change += plan[t] - previous[t];
  const sign = change < 0 ? 'falls' : 'rises';
  return `${count - keptCount} of ${counted(count, 'bucket')} take the new forecast, and the sum ${sign} by ${spokenNumber(Math.abs(change))}.`;
}
