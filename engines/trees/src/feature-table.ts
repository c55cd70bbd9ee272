/**
 * The table that trees are trained on and predict from: one column a feature, the columns one after the other.
 *
 * Values are 32-bit floats because a tree only compares them. NaN is a value that was not observed.
 */
import { assert } from '@planwright/units';

export type FeatureTable = {
  readonly rowCount: number;
  readonly names: readonly string[];
  /** names.length x rowCount, one column after the other; NaN is missing. */
  readonly values: Float32Array;
  /** Indices of the columns that hold category codes (whole numbers from 0). */
  readonly categorical?: readonly number[];
};

/** Stops on a table whose parts do not fit together. */
export function assertTable(table: FeatureTable): void {
  const { rowCount, names, values, categorical = [] } = table;
  assert(Number.isInteger(rowCount) && rowCount >= 0, `rowCount is a whole number from 0, not ${rowCount}`);
  assert(
    values.length === names.length * rowCount,
    `values holds ${names.length} columns of ${rowCount} rows, not ${values.length} numbers`,
  );
  for (const column of categorical) {
    assert(
      Number.isInteger(column) && column >= 0 && column < names.length,
      `categorical names one of ${names.length} columns, not ${column}`,
    );
  }
}
