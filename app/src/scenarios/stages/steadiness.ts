/**
 * Holding numbers that differ from the published plan by no more than noise. How far is chosen by the back-test: the most that
 * did not make forecasts worse.
 */
import { stabilised } from '@planwright/forecast';
import type { SteadinessSums } from './stage-results.ts';

/** Changes of so many standard deviations of the forecast are held back whole, as candidates. */
const NOISE_RATIOS: readonly number[] = [0, 0.25, 0.5, 1];
/** So much more error is worth a plan that stays. */
const WORSE_MOST = 0.005;

const Z_OF_80 = 1.2815515655446004;

/** Standard deviation of the normal error whose 80 % band this is. */
export const deviationOf = (lower: number, upper: number): number => (upper - lower) / (2 * Z_OF_80);

type SteadinessInput = {
  /** origins x lags: what was said then, its band, and what came. */
  readonly forecast: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly actual: Float64Array;
  readonly lags: number;
};

/** Errors and changes of the plans that each candidate would have made, over the mean demand. Origins follow bucket on bucket. */
export function steadinessSums({ forecast, lower, upper, actual, lags }: SteadinessInput): SteadinessSums {
  const known = actual.filter(Number.isFinite);
  const scale = known.reduce((sum, value) => sum + Math.abs(value), 0) / known.length;
  const none = NOISE_RATIOS.map(() => 0);
  if (!(scale > 0)) return { errors: none, changes: none };
  const sums = NOISE_RATIOS.map((noiseRatio) => {
    let previous = new Float64Array(lags).fill(Number.NaN);
    let heldBack = new Float64Array(lags);
    let error = 0;
    let change = 0;
    for (let first = 0; first < forecast.length; first += lags) {
      const deviation = Float64Array.from({ length: lags }, (_, lag) =>
        deviationOf(lower[first + lag], upper[first + lag]),
      );
      const latest = forecast.subarray(first, first + lags);
      const held = stabilised(previous, latest, { deviation, noiseRatio, heldBack });
      for (let lag = 0; lag < lags; lag++) {
        const missed = Math.abs(held.plan[lag] - actual[first + lag]);
        if (Number.isFinite(missed)) error += missed / scale;
        const moved = Math.abs(held.plan[lag] - previous[lag]);
        if (Number.isFinite(moved)) change += moved / scale;
      }
      previous = movedOn(held.plan, Number.NaN);
      heldBack = movedOn(held.heldBack, 0);
    }
    return { error, change };
  });
  return { errors: sums.map(({ error }) => error), changes: sums.map(({ change }) => change) };
}

/** A bucket later the second is the first. */
function movedOn(values: Float64Array, last: number): Float64Array<ArrayBuffer> {
  const moved = new Float64Array(values.length).fill(last);
  moved.set(values.subarray(1));
  return moved;
}

/** The candidate that changes plans least among those that are no worse over all keys; 0 where nothing could be judged. */
export function chosenNoiseRatio(keys: readonly { readonly steadiness: SteadinessSums | null }[]): number {
  const sumOf = (candidate: number): number =>
    keys.reduce((sum, { steadiness }) => sum + (steadiness?.errors[candidate] ?? 0), 0);
  const free = sumOf(0);
  const allowed = NOISE_RATIOS.filter((_, candidate) => sumOf(candidate) <= (1 + WORSE_MOST) * free);
  return free > 0 ? Math.max(...allowed) : 0;
}
