/** The rows of a staged target as SQL: which of them stand, and which are refused. */
import type { DuplicateRule, Target, TargetColumn } from '@planwright/contracts';
import { TARGET_PROBLEMS } from './finding-issue.ts';
import type { BlockPlan } from './target-plan.ts';

export type TargetPlan = {
  readonly target: Target;
  readonly number: number;
  readonly blocks: readonly BlockPlan[];
  readonly onDuplicate: DuplicateRule;
};

/** Problems of a reference that leads nowhere good. Where the reference is optional the row is kept without it. */
export const REFERENCE_PROBLEMS: readonly number[] = [TARGET_PROBLEMS.orphan, TARGET_PROBLEMS.circular];

export function isOptionalReference(column: TargetColumn): boolean {
  return column.references !== undefined && column.required !== true && column.key !== true;
}

/** `seq` of the rows that are refused: those with an error, not with a mere warning. */
export function refusedSql({ number, target }: TargetPlan): string {
  const warnings = target.columns.flatMap((column, index) => (isOptionalReference(column) ? [index] : []));
  const kept =
    warnings.length === 0
      ? ''
      : ` WHERE NOT (code IN (${REFERENCE_PROBLEMS.join(', ')}) AND col IN (${warnings.join(', ')}))`;
  return `SELECT seq FROM x${number}${kept}`;
}

/** The rows that are neither refused nor merged away, with `seq`, before quantities are added up. */
export function soundRowsSql(plan: TargetPlan): string {
  return `SELECT * FROM (SELECT rowid AS seq, * FROM r${plan.number}) ANTI JOIN (${refusedSql(plan)}) USING (seq) ANTI JOIN m${plan.number} USING (seq)`;
}

/** `seq` of the rows whose reference in a column is blanked. */
export function blankedSql({ number }: TargetPlan, column: number): string {
  return `SELECT seq FROM x${number} WHERE code IN (${REFERENCE_PROBLEMS.join(', ')}) AND col = ${column}`;
}
