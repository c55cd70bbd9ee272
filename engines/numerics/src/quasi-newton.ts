/**
 * Minimises a smooth function of a few free parameters by the BFGS method with differences in place of derivatives.
 *
 * Cost      about 2 d values for the start (gradient and curvature of each axis at once), then d + 1 to d + 3 a step.
 * Start     the diagonal of second differences, so that parameters of different curvature need no scaling.
 * Search    along the direction by halving or by the parabola through the values known, until the decrease is sufficient.
 * Rejection a value that is not finite counts as Infinity: the search turns back from it.
 * Source    Nocedal and Wright (2006), Numerical Optimization, 2nd ed., algorithm 6.1 and section 8.1.
 */
import type { Objective } from './nelder-mead.ts';

export type SmoothOptions = {
  /** Stops when a step promises or brings less than this. */
  readonly tolerance: number;
  readonly maxSteps: number;
  /** Longest move of any one parameter in one step. */
  readonly longestMove: number;
};

export type SmoothMinimum = { readonly point: Float64Array; readonly value: number; readonly steps: number };

const AXIS_STEP = 1e-3;
const GRADIENT_STEP = 1e-6;
const SUFFICIENT = 1e-4;
const LONGEST_SEARCH = 12;
const LEAST_CURVATURE = 1e-8;

/** The objective sees the same buffer on every call and must not keep it. With no parameters it is evaluated once. */
export function minimiseSmooth(
  objective: Objective,
  start: Float64Array,
  options: SmoothOptions,
): SmoothMinimum {
  const search = newSearch(objective, start);
  if (start.length === 0 || search.value === Infinity)
    return { point: start.slice(), value: search.value, steps: 0 };
  startAxes(search);
  let steps = 0;
  while (steps < options.maxSteps) {
    if (!setDirection(search, options.longestMove)) break;
    if (-0.5 * search.slope < options.tolerance) break;
    const before = search.value;
    if (!advance(search)) break;
    steps += 1;
    if (before - search.value < options.tolerance) break;
    updateInverse(search);
  }
  return { point: search.point, value: search.value, steps };
}

type Search = {
  readonly objective: Objective;
  readonly size: number;
  readonly point: Float64Array;
  readonly trial: Float64Array;
  readonly gradient: Float64Array;
  readonly previousGradient: Float64Array;
  readonly direction: Float64Array;
  readonly moved: Float64Array;
  /** Approximate inverse of the second derivatives, row-major. */
  readonly inverse: Float64Array;
  value: number;
  slope: number;
};

function newSearch(objective: Objective, start: Float64Array): Search {
  const size = start.length;
  const trial = start.slice();
  return {
    objective,
    size,
    point: start.slice(),
    trial,
    gradient: new Float64Array(size),
    previousGradient: new Float64Array(size),
    direction: new Float64Array(size),
    moved: new Float64Array(size),
    inverse: new Float64Array(size * size),
    value: finite(objective(trial)),
    slope: 0,
  };
}

const finite = (value: number): number => (Number.isFinite(value) ? value : Infinity);

/** Gradient and curvature along each axis by central differences. */
function startAxes(search: Search): void {
  const { size, point, trial, gradient, inverse, objective, value } = search;
  for (let i = 0; i < size; i++) {
    trial.set(point);
    trial[i] = point[i] + AXIS_STEP;
    const above = finite(objective(trial));
    trial[i] = point[i] - AXIS_STEP;
    const below = finite(objective(trial));
    const known = above < Infinity && below < Infinity;
    gradient[i] = known ? (above - below) / (2 * AXIS_STEP) : 0;
    const curvature = known ? (above - 2 * value + below) / (AXIS_STEP * AXIS_STEP) : 1;
    inverse[i * size + i] = 1 / Math.max(Math.abs(curvature), Math.abs(gradient[i]), LEAST_CURVATURE);
  }
}

/** Sets direction and slope; false where there is no way down. */
function setDirection(search: Search, longestMove: number): boolean {
  const { size, inverse, gradient, direction } = search;
  let longest = 0;
  let slope = 0;
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let j = 0; j < size; j++) sum -= inverse[i * size + j] * gradient[j];
    direction[i] = sum;
    longest = Math.max(longest, Math.abs(sum));
    slope += sum * gradient[i];
  }
  if (!(slope < 0) || !(longest < Infinity)) return false;
  const shrink = longest > longestMove ? longestMove / longest : 1;
  for (let i = 0; i < size; i++) direction[i] *= shrink;
  search.slope = slope * shrink;
  return true;
}

/** Moves the point along the direction as far as the value falls enough; false where it falls nowhere. */
function advance(search: Search): boolean {
  const { size, point, trial, direction, objective, value, slope, moved } = search;
  let reach = 1;
  for (let attempt = 0; attempt < LONGEST_SEARCH; attempt++) {
    for (let i = 0; i < size; i++) trial[i] = point[i] + reach * direction[i];
    const there = finite(objective(trial));
    if (there <= value + SUFFICIENT * reach * slope) {
      for (let i = 0; i < size; i++) {
        moved[i] = reach * direction[i];
        point[i] = trial[i];
      }
      search.value = there;
      return true;
    }
    const lowest = (-0.5 * slope * reach * reach) / (there - value - slope * reach);
    reach = there < Infinity ? Math.min(0.5 * reach, Math.max(0.1 * reach, lowest)) : 0.3 * reach;
  }
  return false;
}

/** The gradient at the new point by forward differences, and the BFGS update of the inverse. */
function updateInverse(search: Search): void {
  const { size, point, trial, gradient, previousGradient, moved, inverse, objective, value } = search;
  previousGradient.set(gradient);
  trial.set(point);
  for (let i = 0; i < size; i++) {
    trial[i] = point[i] + GRADIENT_STEP;
    const slope = (finite(objective(trial)) - value) / GRADIENT_STEP;
    gradient[i] = Number.isFinite(slope) ? slope : 0;
    trial[i] = point[i];
  }
  let along = 0;
  for (let i = 0; i < size; i++) along += moved[i] * (gradient[i] - previousGradient[i]);
  if (!(along > 0)) return;
  // previousGradient now holds the change of the gradient, direction the inverse times that change.
  const change = previousGradient;
  const swept = search.direction;
  let quadratic = 0;
  for (let i = 0; i < size; i++) change[i] = gradient[i] - change[i];
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += inverse[i * size + j] * change[j];
    swept[i] = sum;
    quadratic += sum * change[i];
  }
  const own = (1 + quadratic / along) / along;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      inverse[i * size + j] +=
        own * moved[i] * moved[j] - (swept[i] * moved[j] + moved[i] * swept[j]) / along;
    }
  }
}
