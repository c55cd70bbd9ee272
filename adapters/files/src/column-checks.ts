/**
 * How a value becomes what its target column holds, and what can be wrong with it, as SQL over whole columns.
 *
 * Nothing here fails: what cannot be read becomes NULL with a problem number beside it, so one bad cell costs
 * one row and never the import.
 */
import type { TargetColumn } from '@planwright/contracts';
import { literal } from './duckdb.ts';
import { ExpressionRefusal } from './expression-refusal.ts';
import { type DecimalSign, numberTextSql } from './number-text.ts';
import { ERROR_MARK } from './sheet-rows.ts';

/** Problems of one value, in the order in which they are looked for. */
export const PROBLEMS = {
  expressionFailed: 1,
  notThatType: 2,
  tooLong: 3,
  missing: 4,
  notOneOf: 5,
  belowMinimum: 6,
  aboveMaximum: 7,
  notWhole: 8,
  outOfRange: 9,
  errorCell: 10,
} as const;

const TEXT_LIMIT = 2_000;
const KEY_LIMIT = 200;
const WHOLE_LIMIT = 9_007_199_254_740_991;
const ISO_DAY = String.raw`\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?)?`;
const DAY_RANGE = `BETWEEN DATE '1900-01-01' AND DATE '9999-12-31'`;

export type RawValue = {
  /** SQL of the raw value. */
  readonly sql: string;
  /** DuckDB type of the raw value, such as VARCHAR or DECIMAL(18,4). */
  readonly type: string;
  readonly decimal: DecimalSign;
};

export type CheckedColumn = {
  /** SQL of the raw value read as the column's type, NULL where it cannot be. */
  readonly converted: string;
  /** SQL of the value to store, given the name under which `converted` is at hand. */
  readonly value: (converted: string) => string;
  /** DuckDB type of the value to store. */
  readonly type: string;
  /** SQL of the raw value as text, for messages. */
  readonly shown: string;
  /** SQL of a problem number, 0 where all is well, given the names of `converted` and of the value. */
  readonly problem: (converted: string, value: string) => string;
};

const isNumeric = (type: string): boolean =>
  /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DOUBLE|FLOAT|DECIMAL)/.test(type);
const isMoment = (type: string): boolean => type === 'DATE' || type.startsWith('TIMESTAMP');

/** The checks of one column. Throws ExpressionRefusal where its expression gives another kind of value. */
export function checkedColumn(column: TargetColumn, raw: RawValue): CheckedColumn {
  const { converted, type, extra } = conversion(column, raw);
  return {
    converted,
    type,
    shown: raw.type === 'VARCHAR' ? raw.sql : `CAST(${raw.sql} AS VARCHAR)`,
    value: (name) => withFallback(column, type === 'BIGINT' ? `TRY_CAST(${name} AS BIGINT)` : name),
    problem: (convertedName, valueName) => {
      const cases = [
        `WHEN ${raw.sql} IS NOT NULL AND ${convertedName} IS NULL THEN ${PROBLEMS.notThatType}`,
        ...extra.map(({ when, problem }) => `WHEN ${when(convertedName)} THEN ${problem}`),
        ...ruleCases(column, valueName),
      ];
      return `CASE ${cases.join(' ')} ELSE 0 END`;
    },
  };
}

type Conversion = {
  readonly converted: string;
  readonly type: string;
  readonly extra: readonly { readonly when: (converted: string) => string; readonly problem: number }[];
};

function conversion(column: TargetColumn, raw: RawValue): Conversion {
  switch (column.type) {
    case 'text':
      return textConversion(column, raw);
    case 'day':
      return dayConversion(column, raw);
    case 'flag':
      return { converted: flagSql(column, raw), type: 'BOOLEAN', extra: [] };
    case 'number':
      return { converted: numberSql(column, raw, 'DOUBLE'), type: 'DOUBLE', extra: [] };
    case 'money':
      return { converted: numberSql(column, raw, 'DECIMAL(18,4)'), type: 'DECIMAL(18,4)', extra: [] };
    case 'integer': {
      const when = (name: string): string => `${name} <> floor(${name}) OR abs(${name}) > ${WHOLE_LIMIT}`;
      return {
        converted: numberSql(column, raw, 'DOUBLE'),
        type: 'BIGINT',
        extra: [{ when, problem: PROBLEMS.notWhole }],
      };
    }
  }
}

function textConversion(column: TargetColumn, raw: RawValue): Conversion {
  const limit = column.key === true || column.references !== undefined ? KEY_LIMIT : TEXT_LIMIT;
  const text = textSql(raw);
  const tooLong = (name: string): string => `length(${name}) > ${limit}`;
  const isError = (name: string): string => `contains(${name}, ${literal(ERROR_MARK)})`;
  return {
    converted: column.oneOf === undefined ? text : `lower(${text})`,
    type: 'VARCHAR',
    extra: [
      { when: isError, problem: PROBLEMS.errorCell },
      { when: tooLong, problem: PROBLEMS.tooLong },
    ],
  };
}

function textSql({ sql, type }: RawValue): string {
  if (type === 'VARCHAR') return sql;
  if (!type.startsWith('DOUBLE') && !type.startsWith('FLOAT')) return `CAST(${sql} AS VARCHAR)`;
  // 1001.0 was the number 1001 to whoever typed it.
  return `CASE WHEN ${sql} = floor(${sql}) AND abs(${sql}) < 1e15 THEN CAST(CAST(${sql} AS BIGINT) AS VARCHAR) ELSE CAST(${sql} AS VARCHAR) END`;
}

function dayConversion(column: TargetColumn, raw: RawValue): Conversion {
  if (raw.type !== 'VARCHAR' && !isMoment(raw.type)) throw wrongType(column, raw);
  const converted =
    raw.type === 'VARCHAR'
      ? `CASE WHEN regexp_full_match(${raw.sql}, '${ISO_DAY}') THEN TRY_CAST(left(${raw.sql}, 10) AS DATE) END`
      : `TRY_CAST(${raw.sql} AS DATE)`;
  const when = (name: string): string => `${name} NOT ${DAY_RANGE}`;
  return { converted, type: 'DATE', extra: [{ when, problem: PROBLEMS.outOfRange }] };
}

function flagSql(column: TargetColumn, raw: RawValue): string {
  if (raw.type === 'BOOLEAN') return raw.sql;
  if (isNumeric(raw.type)) return `CASE WHEN ${raw.sql} = 1 THEN true WHEN ${raw.sql} = 0 THEN false END`;
  if (raw.type !== 'VARCHAR') throw wrongType(column, raw);
  const word = `lower(${raw.sql})`;
  return `CASE WHEN ${word} IN ('true', 't', 'yes', 'y', '1') THEN true WHEN ${word} IN ('false', 'f', 'no', 'n', '0') THEN false END`;
}

function numberSql(column: TargetColumn, raw: RawValue, type: string): string {
  if (raw.type === 'VARCHAR') return `TRY_CAST(${numberTextSql(raw.sql, raw.decimal)} AS ${type})`;
  if (!isNumeric(raw.type)) throw wrongType(column, raw);
  if (!/^(DOUBLE|FLOAT)/.test(raw.type)) return `TRY_CAST(${raw.sql} AS ${type})`;
  return `CASE WHEN isfinite(${raw.sql}) THEN TRY_CAST(${raw.sql} AS ${type}) END`;
}

function withFallback(column: TargetColumn, value: string): string {
  const { fallback } = column;
  if (fallback === undefined) return value;
  return `coalesce(${value}, ${typeof fallback === 'string' ? literal(fallback) : fallback})`;
}

function ruleCases(column: TargetColumn, name: string): string[] {
  const cases: string[] = [];
  const needed = column.required === true || (column.key === true && column.fallback === undefined);
  if (needed) cases.push(`WHEN ${name} IS NULL THEN ${PROBLEMS.missing}`);
  if (column.oneOf !== undefined) {
    cases.push(`WHEN ${name} NOT IN (${column.oneOf.map(literal).join(', ')}) THEN ${PROBLEMS.notOneOf}`);
  }
  if (column.minimum !== undefined)
    cases.push(`WHEN ${name} < ${column.minimum} THEN ${PROBLEMS.belowMinimum}`);
  if (column.maximum !== undefined)
    cases.push(`WHEN ${name} > ${column.maximum} THEN ${PROBLEMS.aboveMaximum}`);
  return cases;
}

const TYPE_WORDS: Readonly<Record<TargetColumn['type'], string>> = {
  text: 'a text',
  day: 'a date',
  number: 'a number',
  integer: 'a whole number',
  money: 'an amount',
  flag: 'true or false',
};

function wrongType(column: TargetColumn, raw: RawValue): ExpressionRefusal {
  return new ExpressionRefusal(`gives ${raw.type}, but the column holds ${TYPE_WORDS[column.type]}`);
}

/** What a column holds, in words: "a whole number". */
export function typeWords(column: TargetColumn): string {
  return TYPE_WORDS[column.type];
}
