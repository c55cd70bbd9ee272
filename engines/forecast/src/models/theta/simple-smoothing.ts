/**
 * Simple exponential smoothing by least squares, in one dimension.
 *
 * With the level started at 0 the one-step errors are u_t; a start at l takes l (1 - alpha)^t off them. So the best start
 * for an alpha is a regression of u on that decay, and only alpha is searched for: first on a grid whose points run through
 * the history four at a time (a pass is one long chain of dependent steps; four chains cost little more than one), then
 * by parabolas through the best three points.
 */

export type Smoothing = {
  readonly alpha: number;
  readonly initialLevel: number;
  readonly squares: number;
  /** After the last bucket. */
  readonly lastLevel: number;
};

const ALPHA_LOW = 1e-4;
const ALPHA_HIGH = 0.9999;
const GRID_STEPS = 7; // Eight points: two passes of four.
const TOLERANCE = 1e-5; // Of alpha; the squares are then within 1e-9 of their least.
const FLAT = 1e-7; // Share of the squares below which two points lie on the floor of the valley.
const EDGE_STEPS = [1e-3, 0.15];
const MAX_TRIALS = 14;
const GOLDEN = (3 - Math.sqrt(5)) / 2;

/** Sum of squared one-step errors for one alpha, with the initial level that makes it least. */
export function concentratedSmoothing(history: Float64Array, alpha: number): Smoothing {
  const keep = 1 - alpha;
  let level = 0;
  let decay = 1;
  let uu = 0;
  let ud = 0;
  for (let t = 0; t < history.length; t++) {
    const value = history[t];
    const error = value - level;
    uu += error * error;
    ud += error * decay;
    // Two dependent operations a bucket where level += alpha * error has three.
    level = keep * level + alpha * value;
    decay *= keep;
  }
  const initialLevel = ud / squaredDecays(alpha, history.length);
  return {
    alpha,
    initialLevel,
    squares: Math.max(0, uu - ud * initialLevel),
    lastLevel: level + decay * initialLevel,
  };
}

/** Sum of (1 - alpha)^(2 t) over t = 0 .. count - 1. */
const squaredDecays = (alpha: number, count: number): number =>
  (1 - (1 - alpha) ** (2 * count)) / (alpha * (2 - alpha));

/** Squares of four alphas at `alphas[at ..]`, into `squares`. */
function squaresOfFour(history: Float64Array, alphas: Float64Array, at: number, squares: Float64Array): void {
  const a = alphas[at];
  const b = alphas[at + 1];
  const c = alphas[at + 2];
  const d = alphas[at + 3];
  const keepA = 1 - a;
  const keepB = 1 - b;
  const keepC = 1 - c;
  const keepD = 1 - d;
  let [levelA, levelB, levelC, levelD] = [0, 0, 0, 0];
  let [decayA, decayB, decayC, decayD] = [1, 1, 1, 1];
  let [uuA, uuB, uuC, uuD] = [0, 0, 0, 0];
  let [udA, udB, udC, udD] = [0, 0, 0, 0];
  const count = history.length;
  for (let t = 0; t < count; t++) {
    const value = history[t];
    const errorA = value - levelA;
    const errorB = value - levelB;
    const errorC = value - levelC;
    const errorD = value - levelD;
    uuA += errorA * errorA;
    uuB += errorB * errorB;
    uuC += errorC * errorC;
    uuD += errorD * errorD;
    udA += errorA * decayA;
    udB += errorB * decayB;
    udC += errorC * decayC;
    udD += errorD * decayD;
    levelA = keepA * levelA + a * value;
    levelB = keepB * levelB + b * value;
    levelC = keepC * levelC + c * value;
    levelD = keepD * levelD + d * value;
    decayA *= keepA;
    decayB *= keepB;
    decayC *= keepC;
    decayD *= keepD;
  }
  squares[at] = uuA - (udA * udA) / squaredDecays(a, count);
  squares[at + 1] = uuB - (udB * udB) / squaredDecays(b, count);
  squares[at + 2] = uuC - (udC * udC) / squaredDecays(c, count);
  squares[at + 3] = uuD - (udD * udD) / squaredDecays(d, count);
}

const GRID = Float64Array.from(
  { length: GRID_STEPS + 1 },
  (_, point) => ALPHA_LOW + (point / GRID_STEPS) * (ALPHA_HIGH - ALPHA_LOW),
);

/** The best of all alphas, its initial level regressed out. */
export function bestSmoothing(history: Float64Array): Smoothing {
  const squares = new Float64Array(GRID.length);
  squaresOfFour(history, GRID, 0, squares);
  squaresOfFour(history, GRID, 4, squares);
  const alpha = refined((trial) => concentratedSmoothing(history, trial).squares, GRID, squares);
  return concentratedSmoothing(history, alpha);
}

/** The alpha between two limits with the least squares. */
export function bestAlpha(squaresAt: (alpha: number) => number, lowest: number, highest: number): number {
  const grid = GRID.map((_, point) => lowest + (point / GRID_STEPS) * (highest - lowest));
  return refined(squaresAt, grid, grid.map(squaresAt));
}

/** Searches on around the best point of a grid: Brent (1973), Algorithms for Minimization without Derivatives, ch. 5. */
function refined(squaresAt: (alpha: number) => number, grid: Float64Array, squares: Float64Array): number {
  let best = 0;
  for (let point = 1; point < grid.length; point++) if (squares[point] < squares[best]) best = point;
  const below = Math.max(0, best - 1);
  const above = Math.min(grid.length - 1, best + 1);
  if (below === best || above === best) {
    // The optimum of every fifth series is the edge itself: a short and a longer step inwards tell.
    const edge = grid[best];
    const inwards = (below === best ? 1 : -1) * (grid[above] - grid[below]);
    const near = squaresAt(edge + EDGE_STEPS[0] * inwards);
    const further = squaresAt(edge + EDGE_STEPS[1] * inwards);
    if (near >= squares[best] && further >= squares[best]) return edge;
  }
  let low = grid[below];
  let high = grid[above];
  let x = grid[best];
  let atX = squares[best];
  // The second and third best point so far; at an edge of the grid both are its one neighbour.
  let w = best === above ? low : high;
  let atW = best === above ? squares[below] : squares[above];
  let v = best === below ? high : low;
  let atV = best === below ? squares[above] : squares[below];
  let step = high - low;
  let stepBefore = step;
  for (let trial = 0; trial < MAX_TRIALS; trial++) {
    const middle = (low + high) / 2;
    if (Math.abs(x - middle) <= 2 * TOLERANCE - (high - low) / 2) break;
    const r = (x - w) * (atX - atV);
    const q = (x - v) * (atX - atW);
    const top = (x - v) * q - (x - w) * r;
    const bottom = 2 * (q - r);
    const parabolic = bottom === 0 ? Number.NaN : -top / bottom;
    const inside = x + parabolic > low && x + parabolic < high && Math.abs(parabolic) < stepBefore / 2;
    const golden = (x >= middle ? low - x : high - x) * GOLDEN;
    stepBefore = inside ? Math.abs(step) : Math.abs(golden / GOLDEN);
    step = inside ? parabolic : golden;
    if (Math.abs(step) < TOLERANCE) step = x >= middle ? -TOLERANCE : TOLERANCE;
    const next = Math.min(high, Math.max(low, x + step));
    const atNext = squaresAt(next);
    const flat = Math.abs(atNext - atX) <= FLAT * atX;
    if (atNext <= atX) {
      if (next >= x) low = x;
      else high = x;
      [v, atV, w, atW, x, atX] = [w, atW, x, atX, next, atNext];
    } else {
      if (next < x) low = next;
      else high = next;
      if (atNext <= atW || w === x) [v, atV, w, atW] = [w, atW, next, atNext];
      else if (atNext <= atV || v === x || v === w) [v, atV] = [next, atNext];
    }
    if (flat) break;
  }
  return x;
}
