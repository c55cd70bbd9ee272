import { TARGET_NAMES, type Target, type TargetName } from './target.ts';
import { DEMAND_TARGETS } from './targets-demand.ts';
import { MASTER_TARGETS } from './targets-master.ts';
import { OPERATIONS_TARGETS } from './targets-operations.ts';
import { SALES_TARGETS } from './targets-sales.ts';

export { TARGET_NAMES, type ColumnType, type Target, type TargetColumn, type TargetName } from './target.ts';

/** Every target, referenced ones before those that refer to them. */
export const TARGETS: readonly Target[] = TARGET_NAMES.map((targetName) => {
  const found = [...MASTER_TARGETS, ...OPERATIONS_TARGETS, ...DEMAND_TARGETS, ...SALES_TARGETS].find(
    (target) => target.name === targetName,
  );
  if (found === undefined) throw new Error(`Broken invariant: ${targetName} is a target`);
  return found;
});

const BY_NAME = new Map(TARGETS.map((target) => [target.name, target]));

/** The target of a name. Every name of `TARGET_NAMES` has one. */
export function targetOf(targetName: TargetName): Target {
  const target = BY_NAME.get(targetName);
  if (target === undefined) throw new Error(`Broken invariant: ${targetName} is a target`);
  return target;
}

/** The names of the columns that make up a target's source key, in order. */
export function keyColumnsOf(target: Target): readonly string[] {
  return target.columns.filter((column) => column.key === true).map((column) => column.name);
}

/** `leadTimeDays` -> `lead_time_days`: the database's name of a column. */
export function sqlName(columnName: string): string {
  return columnName.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
