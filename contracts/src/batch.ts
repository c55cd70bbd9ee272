import type { TargetName } from './targets.ts';

/** day: 'YYYY-MM-DD'. money: decimal text such as '1234.5600'. number and integer: finite number. flag: boolean. */
export type CellValue = string | number | boolean | null;

/**
 * A run of rows for one target, column by column: what the importer and the demo company hand to the store.
 * Every column of the target is present; all arrays have `rowCount` entries; keys are unique within an import.
 */
export type TargetBatch = {
  readonly target: TargetName;
  readonly rowCount: number;
  readonly columns: Readonly<Record<string, readonly CellValue[]>>;
};
