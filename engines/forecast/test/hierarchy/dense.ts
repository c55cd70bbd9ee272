import type { Structure } from '../../src/hierarchy/structure.ts';

/** Dense matrices as rows: slow and plain, to hold the real solvers against. */
export type Dense = readonly (readonly number[])[];

export const transposed = (a: Dense): Dense => a[0].map((_, j) => a.map((row) => row[j]));

export const product = (a: Dense, b: Dense): Dense => {
  const columns = transposed(b);
  return a.map((row) => columns.map((column) => row.reduce((sum, value, k) => sum + value * column[k], 0)));
};

export const diagonalOf = (values: ArrayLike<number>): Dense =>
  Array.from(values, (value, i) => Array.from(values, (_, j) => (i === j ? value : 0)));

/** Gauss-Jordan with pivoting. */
export function inverse(a: Dense): Dense {
  const n = a.length;
  const rows = a.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let i = column; i < n; i++) if (Math.abs(rows[i][column]) > Math.abs(rows[pivot][column])) pivot = i;
    [rows[column], rows[pivot]] = [rows[pivot], rows[column]];
    const scale = rows[column][column];
    rows[column] = rows[column].map((value) => value / scale);
    for (let i = 0; i < n; i++) {
      if (i === column) continue;
      const factor = rows[i][column];
      rows[i] = rows[i].map((value, j) => value - factor * rows[column][j]);
    }
  }
  return rows.map((row) => row.slice(n));
}

export function summingMatrix({ nodeCount, leafCount, rowStart, leaf, coefficient }: Structure): Dense {
  return Array.from({ length: nodeCount }, (_, node) => {
    const row = new Array<number>(leafCount).fill(0);
    if (node < leafCount) row[node] = 1;
    else {
      const g = node - leafCount;
      for (let i = rowStart[g]; i < rowStart[g + 1]; i++) row[leaf[i]] += coefficient[i];
    }
    return row;
  });
}

/** The leaves by the textbook: (S' W^-1 S)^-1 S' W^-1 f. */
export function denseMinT(s: Dense, w: Dense, base: readonly number[]): number[] {
  const weighted = product(transposed(s), inverse(w));
  const leaves = product(
    product(inverse(product(weighted, s)), weighted),
    base.map((value) => [value]),
  );
  return leaves.map(([value]) => value);
}
