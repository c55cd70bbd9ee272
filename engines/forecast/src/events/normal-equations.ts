/**
 * Weighted least squares by normal equations: Cholesky, leaving out columns that others already explain.
 *
 * Input     rows x width matrix (row-major), a weight and a response per row, a precision per column by which it is drawn to 0.
 * Output    the solution and the diagonal of the inverse; a column left out has solution 0 and inverse Infinity.
 * Cost      rows x width^2 / 2 + width^3 / 2 operations.
 * Source    Golub and Van Loan (2013), Matrix Computations, 4th ed., section 4.2.
 */

/** A column is left out once less than this share of its squares is its own. */
const OWN_SHARE = 1e-8;

export function solveNormal(
  matrix: Float64Array,
  width: number,
  weights: Float64Array,
  response: Float64Array,
  penalty: Float64Array,
): { readonly solution: Float64Array; readonly inverseDiagonal: Float64Array } {
  const factor = new Float64Array(width * width);
  const solution = new Float64Array(width);
  for (let i = 0; i < weights.length; i++) {
    const row = i * width;
    for (let a = 0; a < width; a++) {
      const weighted = weights[i] * matrix[row + a];
      if (weighted === 0) continue;
      solution[a] += weighted * response[i];
      for (let b = 0; b <= a; b++) factor[a * width + b] += weighted * matrix[row + b];
    }
  }
  for (let a = 0; a < width; a++) factor[a * width + a] += penalty[a];
  const used = factorise(factor, width);
  return {
    solution: substitute(factor, width, used, solution),
    inverseDiagonal: inverseDiagonal(factor, width, used),
  };
}

/** The lower factor in place; 1 for each column that is used. */
function factorise(factor: Float64Array, width: number): Uint8Array {
  const used = new Uint8Array(width);
  for (let a = 0; a < width; a++) {
    const before = factor[a * width + a];
    let pivot = before;
    for (let b = 0; b < a; b++) {
      if (used[b] === 0) {
        factor[a * width + b] = 0;
        continue;
      }
      let sum = factor[a * width + b];
      for (let k = 0; k < b; k++) sum -= factor[a * width + k] * factor[b * width + k];
      const entry = sum / factor[b * width + b];
      factor[a * width + b] = entry;
      pivot -= entry * entry;
    }
    used[a] = pivot > OWN_SHARE * before && pivot > 0 ? 1 : 0;
    factor[a * width + a] = used[a] === 1 ? Math.sqrt(pivot) : 0;
  }
  return used;
}

function substitute(
  factor: Float64Array,
  width: number,
  used: Uint8Array,
  right: Float64Array,
): Float64Array {
  const solution = right.slice();
  for (let a = 0; a < width; a++) {
    if (used[a] === 0) {
      solution[a] = 0;
      continue;
    }
    for (let b = 0; b < a; b++) solution[a] -= factor[a * width + b] * solution[b];
    solution[a] /= factor[a * width + a];
  }
  for (let a = width - 1; a >= 0; a--) {
    if (used[a] === 0) continue;
    for (let b = a + 1; b < width; b++) solution[a] -= factor[b * width + a] * solution[b];
    solution[a] /= factor[a * width + a];
  }
  return solution;
}

/** Squares of the columns of the factor's inverse, summed. */
function inverseDiagonal(factor: Float64Array, width: number, used: Uint8Array): Float64Array {
  const diagonal = new Float64Array(width);
  const column = new Float64Array(width);
  for (let start = 0; start < width; start++) {
    if (used[start] === 0) {
      diagonal[start] = Infinity;
      continue;
    }
    column.fill(0);
    for (let a = start; a < width; a++) {
      if (used[a] === 0) continue;
      let sum = a === start ? 1 : 0;
      for (let b = start; b < a; b++) sum -= factor[a * width + b] * column[b];
      column[a] = sum / factor[a * width + a];
      diagonal[start] += column[a] * column[a];
    }
  }
  return diagonal;
}
