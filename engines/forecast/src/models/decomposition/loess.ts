/**
 * Local regression (loess) of an evenly spaced series on its own position: the smoother inside STL.
 *
 * Input     values at positions 1 .. n, optionally a robustness weight for each.
 * Window    the `window` nearest positions, weighted by the tricube of their distance; a window longer than the series
 *           flattens the weights as if the series went on.
 * Cost      O(n / jump x window) time, one buffer of weights owned by the caller; between the fitted positions the curve is
 *           a straight line.
 * Source    Cleveland (1979), J. of the American Statistical Association 74, 829-836; the details (jump, what counts as
 *           a weight of 1 or 0, the guard against a singular line) are those of the STL code of 1990 in R's stats package.
 */

export type Loess = {
  /** Positions in the window. */
  readonly window: number;
  /** 0 fits a local mean, 1 a local line. */
  readonly degree: 0 | 1;
  /** Fits every jump-th position and draws lines between. */
  readonly jump: number;
};

/** The values to smooth: entries `from` to `from + count - 1`; likewise their robustness weights, if there are any. */
export type LoessInput = {
  readonly values: Float64Array;
  readonly count: number;
  readonly robustness: Float64Array | undefined;
};

// Distances below a thousandth of the half-width weigh 1, above 999 thousandths 0.
const NEAR = 0.001;
const FAR = 0.999;

/**
 * The fit at position `x` (1-based, may lie outside) from positions left .. right; NaN where every weight is 0.
 * `weights` is a buffer of at least `count` entries.
 */
export function loessAt(
  { values, count, robustness }: LoessInput,
  { window, degree }: Loess,
  x: number,
  left: number,
  right: number,
  weights: Float64Array,
): number {
  let halfWidth = Math.max(x - left, right - x);
  if (window > count) halfWidth += Math.floor((window - count) / 2);
  const far = FAR * halfWidth;
  const near = NEAR * halfWidth;
  let total = 0;
  for (let j = left; j <= right; j++) {
    const distance = Math.abs(j - x);
    let weight = 0;
    if (distance <= far) {
      weight = 1;
      if (distance > near) {
        const ratio = distance / halfWidth;
        const left = 1 - ratio * ratio * ratio;
        weight = left * left * left;
      }
      if (robustness !== undefined) weight *= robustness[j - 1];
    }
    weights[j - 1] = weight;
    total += weight;
  }
  if (!(total > 0)) return Number.NaN;
  let centre = 0;
  let fit = 0;
  for (let j = left; j <= right; j++) {
    centre += weights[j - 1] * j;
    fit += weights[j - 1] * values[j - 1];
  }
  fit /= total;
  if (degree === 0 || halfWidth <= 0) return fit;
  centre /= total;
  let spread = 0;
  let slope = 0;
  for (let j = left; j <= right; j++) {
    const away = j - centre;
    spread += weights[j - 1] * away * away;
    slope += weights[j - 1] * away * values[j - 1];
  }
  // Where all weight sits on one spot there is no line to fit.
  if (Math.sqrt(spread / total) <= NEAR * (count - 1)) return fit;
  return fit + (slope / spread) * (x - centre);
}

/** Smooths the whole input into `smooth`; where no weight is left the value itself stands. */
export function loess(input: LoessInput, how: Loess, smooth: Float64Array, weights: Float64Array): void {
  const { values, count } = input;
  if (count < 2) {
    smooth[0] = values[0];
    return;
  }
  const { window } = how;
  const jump = Math.min(how.jump, count - 1);
  const half = Math.floor((window + 1) / 2);
  let left = 1;
  let right = Math.min(window, count);
  const fitAt = (x: number): void => {
    const fit = loessAt(input, how, x, left, right, weights);
    smooth[x - 1] = Number.isNaN(fit) ? values[x - 1] : fit;
  };
  for (let x = 1; x <= count; x += jump) {
    if (window < count) {
      left = Math.min(Math.max(1, x - half + 1), count - window + 1);
      right = left + window - 1;
    }
    fitAt(x);
  }
  if (jump === 1) return;
  const last = Math.floor((count - 1) / jump) * jump + 1;
  for (let x = 1; x < last; x += jump) drawLine(smooth, x, x + jump);
  if (last === count) return;
  fitAt(count); // With the window of the last fitted position, as the original does.
  drawLine(smooth, last, count);
}

/** Fills the positions strictly between two fitted ones. */
function drawLine(smooth: Float64Array, from: number, to: number): void {
  const step = (smooth[to - 1] - smooth[from - 1]) / (to - from);
  for (let x = from + 1; x < to; x++) smooth[x - 1] = smooth[from - 1] + step * (x - from);
}
