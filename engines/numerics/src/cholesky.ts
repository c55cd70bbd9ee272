/** Systems of linear equations with a symmetric positive definite matrix, n x n, row-major. */

/**
 * Overwrites the lower triangle of `matrix` with L, where L L' is the matrix. O(n^3 / 3).
 * A pivot below `least` times its own diagonal entry means that its row is a combination of those above; the row then is
 * taken out of the system (its unknown becomes 0). Returns how many rows stayed.
 */
export function cholesky(matrix: Float64Array, size: number, least = 1e-13): number {
  let rank = 0;
  for (let j = 0; j < size; j++) {
    const diagonal = matrix[j * size + j];
    let pivot = diagonal;
    for (let k = 0; k < j; k++) pivot -= matrix[j * size + k] * matrix[j * size + k];
    const stays = pivot > least * diagonal;
    const root = stays ? Math.sqrt(pivot) : 0;
    matrix[j * size + j] = root;
    if (stays) rank += 1;
    for (let i = j + 1; i < size; i++) {
      let sum = matrix[i * size + j];
      for (let k = 0; k < j; k++) sum -= matrix[i * size + k] * matrix[j * size + k];
      matrix[i * size + j] = stays ? sum / root : 0;
    }
  }
  return rank;
}

/** Solves L L' x = right in place, with L from `cholesky`. O(n^2). */
export function choleskySolve(lower: Float64Array, size: number, right: Float64Array): void {
  choleskyForward(lower, size, right);
  for (let i = size - 1; i >= 0; i--) {
    const pivot = lower[i * size + i];
    let sum = right[i];
    for (let k = i + 1; k < size; k++) sum -= lower[k * size + i] * right[k];
    right[i] = pivot > 0 ? sum / pivot : 0;
  }
}

/** Solves L x = right in place: the squares of x sum to right' matrix^-1 right. O(n^2 / 2). */
export function choleskyForward(lower: Float64Array, size: number, right: Float64Array): void {
  for (let i = 0; i < size; i++) {
    const pivot = lower[i * size + i];
    let sum = right[i];
    for (let k = 0; k < i; k++) sum -= lower[i * size + k] * right[k];
    right[i] = pivot > 0 ? sum / pivot : 0;
  }
}
