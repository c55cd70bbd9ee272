/**
 * SQL that reads numbers from text, strictly: digits with at most one decimal sign and, where the decimal
 * sign is declared as a comma, points between thousands. No hex, no underscores, no NaN, no infinity, and
 * never a guess: '1.234' is 1.234 in one kind of file and 1234 in the other, and the mapping says which.
 */

export type DecimalSign = '.' | ',';

// At most 40 digits before the sign and two in the exponent: such a number is always finite.
const POINT_NUMBER = String.raw`[+-]?(\d{1,40}(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?`;
const COMMA_NUMBER = String.raw`[+-]?(\d{1,3}(\.\d{3}){1,12}|\d{1,40})(,\d*)?`;

/** SQL of the point-decimal text of a number, NULL where `textSql` is no number. */
export function numberTextSql(textSql: string, decimal: DecimalSign): string {
  if (decimal === '.')
    return `CASE WHEN regexp_full_match(${textSql}, '${POINT_NUMBER}') THEN ${textSql} END`;
  const plain = `replace(replace(${textSql}, '.', ''), ',', '.')`;
  return `CASE WHEN regexp_full_match(${textSql}, '${COMMA_NUMBER}') THEN ${plain} END`;
}

/** SQL of the same number that fails its row where the text is none (inside TRY). */
export function strictNumberSql(textSql: string, decimal: DecimalSign, type: string): string {
  // error() is refused inside TRY, a cast that cannot succeed is not. No part of it is a constant: the planner computes those
  // beforehand, and the whole statement would fail of it.
  return `CAST(coalesce(${numberTextSql(textSql, decimal)}, '?' || ${textSql}) AS ${type})`;
}
