/**
 * Ridge regression from moments: minimises the squared errors plus a penalty on the square of each coefficient.
 * Source: Hoerl and Kennard (1970), Technometrics 12(1), 55-67; Hurvich, Simonoff and Tsai (1998), J. of the Royal Statistical
 *         Society B 60(2), 271-293, for the criterion.
 */
import { cholesky, choleskyForward, choleskySolve } from '@planwright/numerics';

/** Sums over the rows of a design of `width` columns and its target. */
export type Moments = {
  readonly width: number;
  /** X'X, width x width. */
  readonly gram: Float64Array;
  /** X'y. */
  readonly cross: Float64Array;
  /** y'y. */
  readonly square: number;
  readonly count: number;
};

export type RidgeFit = {
  readonly coefficients: Float64Array;
  /** Squared errors, without the penalty. */
  readonly squares: number;
  /** Trace of the matrix that turns values into fitted values: parameters that the fit is worth. */
  readonly freedom: number;
  /** Lower triangle of the penalised X'X: L L'. */
  readonly lower: Float64Array;
};

/**
 * Moments of rows and target, each column less its own exponentially smoothed level, which starts at 0 and takes up `moved`
 * (0 to 1) of what it misses: what is left of errors that wander so is white. `levels` (width) is room for the columns' levels.
 */
export function smoothedMoments(
  rows: Float64Array,
  target: Float64Array,
  width: number,
  moved: number,
  levels: Float64Array,
): Moments {
  const count = target.length;
  const gram = new Float64Array(width * width);
  const cross = new Float64Array(width);
  const row = new Float64Array(width);
  let level = 0;
  let square = 0;
  levels.fill(0);
  for (let t = 0; t < count; t++) {
    const value = target[t] - level;
    level += moved * value;
    square += value * value;
    for (let i = 0; i < width; i++) {
      const entry = rows[t * width + i] - levels[i];
      row[i] = entry;
      levels[i] += moved * entry;
    }
    for (let i = 0; i < width; i++) {
      const entry = row[i];
      cross[i] += entry * value;
      for (let j = 0; j <= i; j++) gram[i * width + j] += entry * row[j];
    }
  }
  for (let i = 0; i < width; i++) for (let j = 0; j < i; j++) gram[j * width + i] = gram[i * width + j];
  return { width, gram, cross, square, count };
}

/** `penalties` has one entry per column; a column with the penalty Infinity is left out. O(width^3 / 2). */
export function ridge({ width, gram, cross, square }: Moments, penalties: Float64Array): RidgeFit {
  const lower = gram.slice();
  const coefficients = cross.slice();
  for (let i = 0; i < width; i++) {
    if (penalties[i] < Infinity) {
      lower[i * width + i] += penalties[i];
      continue;
    }
    for (let j = 0; j < width; j++) {
      lower[i * width + j] = 0;
      lower[j * width + i] = 0;
    }
  }
  cholesky(lower, width);
  choleskySolve(lower, width, coefficients);
  return {
    coefficients,
    squares: squaresLeft(gram, cross, square, coefficients),
    freedom: freedomOf(lower, penalties, width),
    lower,
  };
}

/** y'y - 2 b'X'y + b'X'X b, which rounding must not make negative. */
function squaresLeft(
  gram: Float64Array,
  cross: Float64Array,
  square: number,
  coefficients: Float64Array,
): number {
  const width = coefficients.length;
  let squares = square;
  for (let i = 0; i < width; i++) {
    let swept = -2 * cross[i];
    for (let j = 0; j < width; j++) swept += gram[i * width + j] * coefficients[j];
    squares += coefficients[i] * swept;
  }
  return Math.max(squares, 1e-15 * square);
}

/** Columns less the penalties' part: tr(X (X'X + D)^-1 X') = rank - tr(D (X'X + D)^-1). */
function freedomOf(lower: Float64Array, penalties: Float64Array, width: number): number {
  const unit = new Float64Array(width);
  let freedom = 0;
  for (let i = 0; i < width; i++) {
    if (lower[i * width + i] === 0) continue;
    freedom += 1;
    if (penalties[i] === 0) continue;
    unit.fill(0);
    unit[i] = 1;
    freedom -= penalties[i] * quadraticForm(lower, width, unit);
  }
  return freedom;
}

/** v' (L L')^-1 v; overwrites v. */
export function quadraticForm(lower: Float64Array, width: number, vector: Float64Array): number {
  choleskyForward(lower, width, vector);
  let sum = 0;
  for (let i = 0; i < width; i++) sum += vector[i] * vector[i];
  return sum;
}

/** Akaike's criterion corrected for small samples, per bucket, for a fit worth `freedom` parameters; Infinity if too many. */
export function correctedCriterion(squares: number, freedom: number, count: number): number {
  const room = count - freedom - 2;
  if (!(room > 0)) return Infinity;
  return Math.log(Math.max(squares / count, Number.MIN_VALUE)) + 1 + (2 * (freedom + 1)) / room;
}
