import {
  type ColumnType,
  sqlName,
  type Target,
  type TargetColumn,
  type TargetName,
  targetOf,
} from '@planwright/contracts';

/** The type of a target's column in the database. */
export const SQL_TYPES: Readonly<Record<ColumnType, string>> = {
  text: 'text',
  day: 'date',
  number: 'double precision',
  integer: 'integer',
  money: 'numeric(18,4)',
  flag: 'boolean',
};

/** Whether the database refuses a row without a value here. */
export const isNotNull = (column: TargetColumn): boolean =>
  column.required === true || column.key === true || column.fallback !== undefined;

/** Names in SQL come from the list of targets, never from input; quoted, because some are words of the language. */
export const quoted = (name: string): string => `"${sqlName(name)}"`;

export type TargetSql = {
  readonly table: string;
  readonly columns: readonly string[];
  readonly keys: readonly string[];
  /** Columns outside the key. */
  readonly values: readonly string[];
};

export function targetSql(targetName: TargetName): TargetSql {
  const target: Target = targetOf(targetName);
  const names = (wanted: (column: TargetColumn) => boolean): string[] =>
    target.columns.filter(wanted).map((column) => quoted(column.name));
  return {
    table: quoted(targetName),
    columns: names(() => true),
    keys: names((column) => column.key === true),
    values: names((column) => column.key !== true),
  };
}

/** `(a.x, a.y)` for comparing whole rows. */
export const rowOf = (alias: string, columns: readonly string[]): string =>
  `(${columns.map((column) => `${alias}.${column}`).join(', ')})`;

/** `a.x = b.x and a.y = b.y`. */
export const sameIn = (left: string, right: string, columns: readonly string[]): string =>
  columns.map((column) => `${left}.${column} = ${right}.${column}`).join(' and ');
