/** Tables and targets that the tests and the benchmark train on, all from seeds. */
import { randomStream } from '@planwright/numerics';
import type { FeatureTable } from '../src/feature-table.ts';

export type Sample = { readonly table: FeatureTable; readonly target: Float64Array };

/** Features uniform on [0, 1) in columns; `missingRatio` of the values are NaN. */
export function uniformTable(
  rowCount: number,
  featureCount: number,
  seed: number,
  missingRatio = 0,
): FeatureTable {
  const random = randomStream(seed, 'uniform table');
  const values = new Float32Array(rowCount * featureCount);
  for (let i = 0; i < values.length; i++) {
    const value = random.uniform();
    values[i] = missingRatio > 0 && random.uniform() < missingRatio ? Number.NaN : value;
  }
  return { rowCount, names: Array.from({ length: featureCount }, (_, i) => `f${i}`), values };
}

/** Friedman's first test function (1991, Annals of Statistics 19(1)): five features count, the others are noise. */
export function friedman(rowCount: number, featureCount: number, seed: number): Sample {
  const table = uniformTable(rowCount, featureCount, seed);
  const noise = randomStream(seed, 'friedman noise');
  const x = (feature: number, row: number): number => table.values[feature * rowCount + row];
  const target = Float64Array.from(
    { length: rowCount },
    (_, row) =>
      10 * Math.sin(Math.PI * x(0, row) * x(1, row)) +
      20 * (x(2, row) - 0.5) ** 2 +
      10 * x(3, row) +
      5 * x(4, row) +
      noise.normal(),
  );
  return { table, target };
}

/** A table from rows of numbers. */
export function tableOf(
  names: readonly string[],
  rows: readonly (readonly number[])[],
  categorical: readonly number[] = [],
): FeatureTable {
  const values = new Float32Array(names.length * rows.length);
  rows.forEach((row, r) => {
    row.forEach((value, column) => {
      values[column * rows.length + r] = value;
    });
  });
  return { rowCount: rows.length, names, values, categorical };
}

/** The given rows of a table, in that order. */
export function rowsOf(table: FeatureTable, rows: readonly number[]): FeatureTable {
  const values = new Float32Array(table.names.length * rows.length);
  for (let column = 0; column < table.names.length; column++) {
    rows.forEach((row, i) => {
      values[column * rows.length + i] = table.values[column * table.rowCount + row];
    });
  }
  return { ...table, rowCount: rows.length, values };
}
