/**
 * Trigg's smoothed tracking signal: the smoothed error over the smoothed absolute error, from -1 (always too high) through 0
 * to 1 (always too low).
 *
 * E <- alpha e + (1 - alpha) E,  M <- alpha |e| + (1 - alpha) M,  signal = E / M, with e = actual - forecast.
 *
 * Source   Trigg (1964), Operational Research Quarterly 15(3), 271-274. M starts at the mean absolute error of the first
 *          errors rather than at 0, where the first error alone would make the signal 1.
 */
import { assert } from '@planwright/units';

const FIRST = 6;

/** One entry per error; an error that is NaN leaves the signal as it was. 0 before any error. */
export function triggSignal(errors: Float64Array, alpha: number): Float64Array {
  assert(alpha > 0 && alpha < 1, 'alpha lies between 0 and 1');
  const first = errors.filter(Number.isFinite).subarray(0, FIRST);
  let size = first.reduce((sum, error) => sum + Math.abs(error), 0) / Math.max(1, first.length);
  let error = 0;
  const signal = new Float64Array(errors.length);
  for (let t = 0; t < errors.length; t++) {
    if (Number.isFinite(errors[t])) {
      error = alpha * errors[t] + (1 - alpha) * error;
      size = alpha * Math.abs(errors[t]) + (1 - alpha) * size;
    }
    signal[t] = size > 0 ? Math.min(1, Math.max(-1, error / size)) : 0;
  }
  return signal;
}

/**
 * How far the signal strays by chance: `deviations` times its standard deviation for independent normal errors, whose mean
 * absolute value is sqrt(2 / pi) of their standard deviation.
 */
export const triggLimit = (alpha: number, deviations: number): number =>
  Math.min(1, deviations * Math.sqrt(Math.PI / 2) * Math.sqrt(alpha / (2 - alpha)));
