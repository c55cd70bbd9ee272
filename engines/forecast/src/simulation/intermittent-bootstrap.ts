/**
 * Possible futures of intermittent demand drawn from its own past, without a model of sizes.
 *
 * Occurrence  whether a bucket has demand follows a two-state Markov chain, its four chances counted in the history (one
 *             count added to each, so that nothing is impossible), starting from the last bucket.
 * Sizes       are drawn from the sizes seen and jittered, so that sizes never seen can come: with size s and standard
 *             normal z,  1 + the whole part of s + z sqrt(s)  where that is above 0, else s. Demands that are not whole numbers are
 *             counted in units of the smallest one. (As published, jitter raises the mean size by half a unit.)
 * Differs     from the hurdle models' paths, whose buckets are independent, in that silence and demand come in runs.
 * Source      Willemain, Smart and Schwarz (2004), Int. J. of Forecasting 20(3), 375-387.
 * Cost        a few random numbers for each bucket of each path.
 */
import type { RandomStream } from '@planwright/numerics';
import { assert } from '@planwright/units';
import type { PathBlock } from './lead-time-demand.ts';

/** Paths of `horizon` buckets. `history` has no value below 0; NaN is left out; without demand the paths are 0. */
export function intermittentBootstrap(
  history: Float64Array,
  horizon: number,
  count: number,
  stream: RandomStream,
): PathBlock {
  const paths = new Float64Array(count * horizon);
  const observed = history.filter(Number.isFinite);
  assert(
    observed.every((value) => value >= 0),
    'demand is not negative',
  );
  const sizes = observed.filter((value) => value > 0);
  if (sizes.length === 0) return { paths, count, horizon };
  const unit = sizes.every(Number.isInteger)
    ? 1
    : sizes.reduce((least, size) => Math.min(least, size), Infinity);
  const chances = demandChances(observed);
  const lastBusy = observed[observed.length - 1] > 0 ? 1 : 0;
  for (let path = 0; path < count; path++) {
    let busy = lastBusy;
    for (let step = 0; step < horizon; step++) {
      busy = stream.uniform() < chances[busy] ? 1 : 0;
      if (busy === 1)
        paths[path * horizon + step] = jittered(sizes[stream.integer(sizes.length)], unit, stream);
    }
  }
  return { paths, count, horizon };
}

/** Chance of demand after a bucket without (0) and with demand (1). */
function demandChances(observed: Float64Array): readonly [number, number] {
  const seen = [2, 2];
  const followed = [1, 1];
  for (let t = 1; t < observed.length; t++) {
    const before = observed[t - 1] > 0 ? 1 : 0;
    seen[before] += 1;
    if (observed[t] > 0) followed[before] += 1;
  }
  return [followed[0] / seen[0], followed[1] / seen[1]];
}

function jittered(size: number, unit: number, stream: RandomStream): number {
  const whole = size / unit;
  const moved = 1 + Math.floor(whole + stream.normal() * Math.sqrt(whole));
  return moved > 0 ? moved * unit : size;
}
