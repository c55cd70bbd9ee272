/** Simple exponential smoothing by least squares, in one dimension. */

export type Smoothing = { readonly alpha: number; readonly initialLevel: number; readonly squares: number };

const ALPHA_LOW = 1e-4;
const ALPHA_HIGH = 0.9999;
const GOLDEN = (Math.sqrt(5) - 1) / 2;
const GRID_STEPS = 6;
const SEARCH_STEPS = 13;

/**
 * Sum of squared one-step errors for one alpha, with the initial level that makes it least. With the level started
 * at 0 the errors are u_t; a start at l takes l (1 - alpha)^t off them. So l is a regression of u on that decay.
 */
export function concentratedSmoothing(history: Float64Array, alpha: number): Smoothing {
  const keep = 1 - alpha;
  let level = 0;
  let decay = 1;
  let uu = 0;
  let ud = 0;
  let dd = 0;
  for (let t = 0; t < history.length; t++) {
    const error = history[t] - level;
    uu += error * error;
    ud += error * decay;
    dd += decay * decay;
    // Two dependent operations a bucket where level += alpha * error has three.
    level = keep * level + alpha * history[t];
    decay *= keep;
  }
  const initialLevel = ud / dd;
  return { alpha, initialLevel, squares: Math.max(0, uu - ud * initialLevel) };
}

/** The best of all alphas, its initial level concentrated out. */
export function bestSmoothing(history: Float64Array): Smoothing {
  const alpha = bestAlpha(
    (candidate) => concentratedSmoothing(history, candidate).squares,
    ALPHA_LOW,
    ALPHA_HIGH,
  );
  return concentratedSmoothing(history, alpha);
}

/** The alpha between two limits with the least squares: a coarse grid, then golden section around its best point. */
export function bestAlpha(squaresAt: (alpha: number) => number, lowest: number, highest: number): number {
  const gridAlpha = (point: number): number => lowest + (point / GRID_STEPS) * (highest - lowest);
  let bestPoint = 0;
  let best = Infinity;
  for (let point = 0; point <= GRID_STEPS; point++) {
    const squares = squaresAt(gridAlpha(point));
    if (squares < best) {
      best = squares;
      bestPoint = point;
    }
  }
  let low = gridAlpha(Math.max(0, bestPoint - 1));
  let high = gridAlpha(Math.min(GRID_STEPS, bestPoint + 1));
  let left = high - GOLDEN * (high - low);
  let right = low + GOLDEN * (high - low);
  let atLeft = squaresAt(left);
  let atRight = squaresAt(right);
  for (let step = 0; step < SEARCH_STEPS; step++) {
    if (atLeft < atRight) {
      high = right;
      right = left;
      atRight = atLeft;
      left = high - GOLDEN * (high - low);
      atLeft = squaresAt(left);
    } else {
      low = left;
      left = right;
      atLeft = atRight;
      right = low + GOLDEN * (high - low);
      atRight = squaresAt(right);
    }
  }
  if (Math.min(atLeft, atRight) >= best) return gridAlpha(bestPoint);
  return atLeft < atRight ? left : right;
}
