/** The words for what is wrong with a row. */
import type { TargetColumn, TargetName } from '@planwright/contracts';
import type { Issue } from '@planwright/units';
import { PROBLEMS, typeWords } from './column-checks.ts';
import { ERROR_MARK } from './sheet-rows.ts';
import { shownValue } from './shown-value.ts';

export type ImportIssue = Issue & { readonly target?: TargetName };

/** Codes of findings that are made on whole targets, behind those of PROBLEMS. */
export const TARGET_PROBLEMS = { orphan: 100, duplicate: 101, circular: 102 } as const;

export type Finding = {
  readonly target: TargetName;
  /** Undefined where the `where` of the block failed. */
  readonly column: TargetColumn | undefined;
  /** The column of the file, where the mapping takes exactly one; else the text of the expression. */
  readonly from: { readonly column?: string; readonly expression?: string };
  readonly problem: number;
  readonly value: string | null;
  readonly file: string;
  readonly row: number;
  /** Of a duplicate: the row that is kept. */
  readonly other?: { readonly file: string; readonly row: number };
};

type Wording = { readonly code: string; readonly message: string; readonly advice: string };

/** The issue of a finding. An optional reference that leads nowhere is a warning: the row is kept without it. */
export function issueOf(found: Finding): ImportIssue {
  const finding = { ...found, value: found.value?.replaceAll(ERROR_MARK, '') ?? null };
  const { code, message, advice } = wording(finding);
  const place = finding.from.column ?? finding.column?.name;
  return {
    severity: isWarning(finding) ? 'warning' : 'error',
    code,
    message,
    advice,
    target: finding.target,
    file: finding.file,
    row: finding.row,
    ...(place === undefined ? {} : { column: shownValue(place) }),
    ...(finding.value === null ? {} : { value: shownValue(finding.value) }),
  };
}

export function isWarning(finding: Pick<Finding, 'problem' | 'column'>): boolean {
  const { problem, column } = finding;
  const lost = problem === TARGET_PROBLEMS.orphan || problem === TARGET_PROBLEMS.circular;
  return lost && column?.required !== true && column?.key !== true;
}

function wording(finding: Finding): Wording {
  const { column, value } = finding;
  if (column === undefined) return failedExpression(finding, `The filter of ${finding.target}`);
  const what = `${finding.target}.${column.name}`;
  const shown = shownValue(value ?? '');
  switch (finding.problem) {
    case PROBLEMS.expressionFailed:
      return failedExpression(finding, what);
    case TARGET_PROBLEMS.orphan:
      return orphan(finding, column, what, shown);
    case TARGET_PROBLEMS.circular:
      return {
        code: 'REFERENCE_CIRCULAR',
        message: `${what}: "${shown}" leads back to this row, or lies more than 50 levels deep. The row is kept without it.`,
        advice: 'Correct the cell: a row cannot stand under itself.',
      };
    case TARGET_PROBLEMS.duplicate:
      return duplicate(finding, shown);
    default:
      return valueWording(finding.problem, column, what, shown);
  }
}

function valueWording(problem: number, column: TargetColumn, what: string, shown: string): Wording {
  switch (problem) {
    case PROBLEMS.notThatType:
      return {
        code: NOT_TYPE_CODES[column.type],
        message: `${what}: "${shown}" is not ${typeWords(column)}.`,
        advice: typeAdvice(column),
      };
    case PROBLEMS.tooLong:
      return {
        code: 'TEXT_TOO_LONG',
        message: `${what}: the text is too long.`,
        advice: 'Shorten it, or map left(column, 200).',
      };
    case PROBLEMS.missing:
      return {
        code: 'VALUE_MISSING',
        message: `${what} is needed, and the cell is empty.`,
        advice: 'Fill the cell, or leave the row out with a filter in the mapping.',
      };
    case PROBLEMS.notOneOf:
      return {
        code: 'VALUE_UNKNOWN',
        message: `${what}: "${shown}" is not one of ${column.oneOf?.join(', ') ?? ''}.`,
        advice: 'Translate the value in the mapping with CASE, or correct the cell.',
      };
    case PROBLEMS.belowMinimum:
      return {
        code: 'VALUE_TOO_SMALL',
        message: `${what}: ${shown} is below ${column.minimum}.`,
        advice: 'Correct the cell.',
      };
    case PROBLEMS.aboveMaximum:
      return {
        code: 'VALUE_TOO_LARGE',
        message: `${what}: ${shown} is above ${column.maximum}.`,
        advice: 'Correct the cell.',
      };
    case PROBLEMS.notWhole:
      return {
        code: 'NOT_WHOLE',
        message: `${what}: ${shown} is not a whole number that can be kept exactly.`,
        advice: 'Correct the cell, or map round(number(column)).',
      };
    case PROBLEMS.outOfRange:
      return {
        code: 'DATE_OUT_OF_RANGE',
        message: `${what}: ${shown} is not between the years 1900 and 9999.`,
        advice: 'Correct the cell; an Excel number is not a date.',
      };
    case PROBLEMS.errorCell:
      return {
        code: 'ERROR_CELL',
        message: `${what}: the cell holds an error (${shown}).`,
        advice: 'Correct the formula of the cell.',
      };
    default:
      throw new Error(`Broken invariant: problem ${problem} has words`);
  }
}

const NOT_TYPE_CODES: Readonly<Record<TargetColumn['type'], string>> = {
  text: 'NOT_A_TEXT',
  day: 'NOT_A_DATE',
  number: 'NOT_A_NUMBER',
  integer: 'NOT_A_NUMBER',
  money: 'NOT_AN_AMOUNT',
  flag: 'NOT_A_FLAG',
};

function typeAdvice(column: TargetColumn): string {
  switch (column.type) {
    case 'day':
      return "Write dates as YYYY-MM-DD, or map strptime(column, '%d.%m.%Y').";
    case 'flag':
      return 'Write true or false, yes or no, 1 or 0.';
    default:
      return 'Write digits with one decimal sign and no unit; "decimal" in the mapping says which sign it is.';
  }
}

function failedExpression(finding: Finding, what: string): Wording {
  return {
    code: 'EXPRESSION_FAILED',
    message: `${what} cannot be computed from ${shownValue(finding.value ?? '', 120)}.`,
    advice: `Correct the cell, or the expression ${shownValue(finding.from.expression ?? '', 120)} in the mapping.`,
  };
}

function orphan(finding: Finding, column: TargetColumn, what: string, shown: string): Wording {
  const kept = isWarning(finding) ? ' The row is kept without it.' : '';
  return {
    code: 'REFERENCE_UNKNOWN',
    message: `${what}: there is no ${column.references} with the code "${shown}".${kept}`,
    advice: `Import that ${column.references} too, or correct the cell.`,
  };
}

function duplicate({ target, file, other }: Finding, shown: string): Wording {
  const where =
    other === undefined ? '' : `row ${other.row}${other.file === file ? '' : ` of ${other.file}`}`;
  return {
    code: 'DUPLICATE_KEY',
    message: `${target}: the key ${shown} stands in ${where} already; that row is kept.`,
    advice: 'Remove one of the rows, or set onDuplicate to first, last or sum in the mapping.',
  };
}
