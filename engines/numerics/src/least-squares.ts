/**
 * Least squares by Householder reflections, columns in their given order. A column that is a combination of those before
 * it is set aside: its coefficient is 0.
 * Source: Golub and Van Loan (2013), Matrix Computations, 4th ed., algorithms 5.1.1 and 5.3.2.
 */
import { assert } from '@planwright/units';

export type LeastSquares = {
  /** One per column; 0 where the column was set aside. */
  readonly coefficients: Float64Array;
  /** Whether each column was used. */
  readonly used: readonly boolean[];
  readonly residuals: Float64Array;
};

/** Share of a column's length that must be left beside the columns before it. */
const LEAST_SHARE = 1e-9;

/**
 * Fits `target` (n) by `columns` (one after the other, n entries each). O(n k^2). There may be more columns than rows:
 * those beyond the rank are set aside. All entries are finite and their squares too.
 */
export function leastSquares(columns: Float64Array, target: Float64Array): LeastSquares {
  const rows = target.length;
  const count = rows === 0 ? 0 : columns.length / rows;
  assert(Number.isInteger(count), 'columns have as many entries as the target');
  const work = columns.slice();
  const right = target.slice();
  const vector = new Float64Array(rows);
  const pivots: number[] = [];
  for (let column = 0; column < count && pivots.length < rows; column++) {
    const row = pivots.length;
    if (!reflection(work, column * rows, row, rows, vector)) continue;
    for (let later = column; later < count; later++) reflect(work, later * rows, vector, row, rows);
    reflect(right, 0, vector, row, rows);
    pivots.push(column);
  }
  const coefficients = backSubstituted(work, rows, count, right, pivots);
  const used = Array.from({ length: count }, () => false);
  for (const column of pivots) used[column] = true;
  return { coefficients, used, residuals: residualsOf(columns, target, coefficients) };
}

/**
 * Makes the vector v, v'v = 2, whose reflection I - v v' turns a column's entries from `row` on into one number.
 * False where the columns before it leave nothing of this one.
 */
function reflection(
  work: Float64Array,
  start: number,
  row: number,
  rows: number,
  vector: Float64Array,
): boolean {
  let above = 0;
  let below = 0;
  for (let i = 0; i < row; i++) above += work[start + i] * work[start + i];
  for (let i = row; i < rows; i++) below += work[start + i] * work[start + i];
  if (!(below > LEAST_SHARE * LEAST_SHARE * (above + below))) return false;
  const first = work[start + row];
  // The sign that keeps the difference below from cancelling.
  const length = first > 0 ? -Math.sqrt(below) : Math.sqrt(below);
  const scale = 1 / Math.sqrt(length * (length - first));
  for (let i = row; i < rows; i++) vector[i] = work[start + i] * scale;
  vector[row] = (first - length) * scale;
  return true;
}

function reflect(into: Float64Array, start: number, vector: Float64Array, row: number, rows: number): void {
  let product = 0;
  for (let i = row; i < rows; i++) product += vector[i] * into[start + i];
  for (let i = row; i < rows; i++) into[start + i] -= product * vector[i];
}

function backSubstituted(
  work: Float64Array,
  rows: number,
  count: number,
  right: Float64Array,
  pivots: readonly number[],
): Float64Array {
  const coefficients = new Float64Array(count);
  for (let row = pivots.length - 1; row >= 0; row--) {
    let sum = right[row];
    for (let later = row + 1; later < pivots.length; later++)
      sum -= work[pivots[later] * rows + row] * coefficients[pivots[later]];
    coefficients[pivots[row]] = sum / work[pivots[row] * rows + row];
  }
  return coefficients;
}

function residualsOf(columns: Float64Array, target: Float64Array, coefficients: Float64Array): Float64Array {
  const rows = target.length;
  const residuals = target.slice();
  for (let column = 0; column < coefficients.length; column++) {
    const coefficient = coefficients[column];
    if (coefficient === 0) continue;
    for (let i = 0; i < rows; i++) residuals[i] -= coefficient * columns[column * rows + i];
  }
  return residuals;
}
