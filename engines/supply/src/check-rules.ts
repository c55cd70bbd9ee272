/**
 * The rules that every check of supply input is made of, and the log they write to. A finding names table, row, column,
 * value and cure. A table of a million rows with one mistake in its column is one mistake: of each kind of finding in a
 * table the first thousand are told one by one, the rest as a number.
 */
import type { Issue } from '@planwright/units';
import { effectiveLot, type LotFields } from './lots.ts';

/** Tells one finding of a row; see `Issue` for what the parts mean. */
export type Report = (
  code: string,
  problem: string,
  advice: string,
  column: string,
  value?: string | number,
) => void;

/** Findings so far. `badRows` holds the row indexes (from 0) with an error, by table. */
export type IssueLog = {
  readonly issues: Issue[];
  readonly badRows: Map<string, Set<number>>;
  readonly counts: Map<string, { readonly first: Issue; count: number }>;
};

const TOLD_ONE_BY_ONE = 1000;

export const emptyLog = (): IssueLog => ({ issues: [], badRows: new Map(), counts: new Map() });

/** All findings, with a last one for each kind that was found too often to be told one by one. */
export function issuesOf(log: IssueLog): Issue[] {
  const more = [...log.counts.values()].filter(({ count }) => count > TOLD_ONE_BY_ONE);
  const summaries = more.map(({ first, count }): Issue => {
    const { severity, code, advice, file, column } = first;
    const message = `${count - TOLD_ONE_BY_ONE} more rows of ${file} have the same problem.`;
    return { severity, code, message, advice, file, column };
  });
  return [...log.issues, ...summaries];
}

// What is odd but can be planned; everything else makes its row unusable.
const WARNING_CODES: ReadonlySet<string> = new Set([
  'NEGATIVE_ON_HAND',
  'NO_SOURCE',
  'NO_COMPONENTS',
  'COMPONENTS_NOT_USED',
  'DUE_AFTER_HORIZON',
  'RECEIPT_OVERDUE',
  'STORAGE_EXCEEDED',
  'RESTS_ON_BAD_ROW',
]);

/** Reports findings of the row with this index (from 0). The name is only made where there is a finding. */
export function reporter(log: IssueLog, file: string, index: number, name: () => string): Report {
  return (code, problem, advice, column, value) => {
    const severity = WARNING_CODES.has(code) ? 'warning' : 'error';
    if (severity === 'error') badRowsOf(log, file).add(index);
    const kind = `${file}/${code}/${column}`;
    const told = log.counts.get(kind);
    if (told !== undefined && ++told.count > TOLD_ONE_BY_ONE) return;
    const shown = value === undefined ? {} : { value: String(value) };
    const message = `${name()}: ${problem}.`;
    const issue: Issue = { severity, code, message, advice, file, row: index + 1, column, ...shown };
    if (told === undefined) log.counts.set(kind, { first: issue, count: 1 });
    log.issues.push(issue);
  };
}

/** Rows of a table that an error makes unusable. */
export function badRowsOf(log: IssueLog, file: string): Set<number> {
  let rows = log.badRows.get(file);
  if (rows === undefined) log.badRows.set(file, (rows = new Set()));
  return rows;
}

/** A law one number of a row must keep; a missing number keeps every law. */
export type NumberRule<Row> = {
  readonly column: string;
  readonly read: (row: Row) => number | undefined;
  readonly holds: (value: number) => boolean;
  readonly code: string;
  readonly law: string;
};

export const ON_HAND_RULE: NumberRule<{ readonly onHand?: number }> = {
  column: 'onHand',
  read: (row) => row.onHand,
  holds: (value) => value >= 0,
  code: 'NEGATIVE_ON_HAND',
  law: 'is negative and is planned as stock still owed',
};

export const SAFETY_STOCK_RULE: NumberRule<{ readonly safetyStock?: number | ArrayLike<number> }> = {
  column: 'safetyStock',
  read: ({ safetyStock }) => (typeof safetyStock === 'number' ? safetyStock : undefined),
  holds: (value) => value >= 0,
  code: 'NEGATIVE_SAFETY_STOCK',
  law: 'must be 0 or more',
};

/** What every source has, whichever table it stands in. */
export type ReplenishmentFields = LotFields & {
  readonly leadTimeDays: number;
  readonly yieldRatio?: number;
};

const REPLENISHMENT_RULES: readonly NumberRule<ReplenishmentFields>[] = [
  {
    column: 'leadTimeDays',
    read: (row) => row.leadTimeDays,
    holds: (value) => value >= 0,
    code: 'NEGATIVE_LEAD_TIME',
    law: 'must be 0 or more days',
  },
  {
    column: 'lotMinimum',
    read: (row) => row.lotMinimum,
    holds: (value) => value >= 0,
    code: 'NEGATIVE_LOT',
    law: 'must be 0 or more',
  },
  {
    column: 'lotMultiple',
    read: (row) => row.lotMultiple,
    holds: (value) => value > 0,
    code: 'ZERO_LOT',
    law: 'must be more than 0',
  },
  {
    column: 'lotMaximum',
    read: (row) => row.lotMaximum,
    holds: (value) => value > 0,
    code: 'ZERO_LOT',
    law: 'must be more than 0',
  },
  {
    column: 'yieldRatio',
    read: (row) => row.yieldRatio,
    holds: (value) => value > 0 && value <= 1,
    code: 'YIELD_OUT_OF_RANGE',
    law: 'must be more than 0 and at most 1',
  },
];

/** Whether a number is one, and keeps the law. */
export function checkNumber(
  rule: Omit<NumberRule<never>, 'read'>,
  value: number | undefined,
  report: Report,
): void {
  if (value === undefined) return;
  const { column, code, law } = rule;
  const what = `${column} ${value}`;
  if (!Number.isFinite(value)) {
    report(
      'NOT_A_NUMBER',
      `${what} is not a number`,
      `Give ${column} as a number, or leave it out.`,
      column,
      value,
    );
  } else if (!rule.holds(value)) {
    report(code, `${what} ${law}`, `Correct ${column}, or leave it out for the default.`, column, value);
  }
}

/** Lead time, yield and lot rules of a source, each by itself and the lots together. */
export function checkReplenishment(source: ReplenishmentFields, report: Report): void {
  for (const rule of REPLENISHMENT_RULES) checkNumber(rule, rule.read(source), report);
  if (source.lotMaximum === undefined || !(source.lotMaximum > 0)) return;
  const lot = effectiveLot(source);
  if (!(lot.maximum > 0) || lot.maximum < lot.minimum) {
    report(
      'LOTS_CONTRADICT',
      `no order fits minimum ${source.lotMinimum ?? 0}, multiple ${source.lotMultiple ?? 'any'} and maximum ${source.lotMaximum}`,
      'Raise lotMaximum to a whole multiple that is not below the minimum.',
      'lotMaximum',
      source.lotMaximum,
    );
  }
}

/** One value of 0 or more a bucket. One finding a row and column. */
export function checkBucketValues(
  column: string,
  values: ArrayLike<number> | undefined,
  bucketCount: number,
  report: Report,
): void {
  if (values === undefined) return;
  if (values.length !== bucketCount) {
    const advice = `Give one ${column} value for each of the ${bucketCount} buckets.`;
    report('WRONG_BUCKET_COUNT', `${column} has ${values.length} values`, advice, column, values.length);
    return;
  }
  for (let t = 0; t < bucketCount; t++) {
    if (Number.isFinite(values[t]) && values[t] >= 0) continue;
    const code = Number.isFinite(values[t]) ? 'NEGATIVE_QUANTITY' : 'NOT_A_NUMBER';
    const problem = `${column} in bucket ${t} is ${values[t]}`;
    report(code, problem, 'Give 0 or a positive quantity in every bucket.', column, values[t]);
    return; // A column of NaN is one mistake.
  }
}

/** Whether days are whole and rise, and there are at least two. */
export function areBucketStarts(starts: ArrayLike<number>): boolean {
  let rises = starts.length >= 2;
  for (let t = 0; t < starts.length; t++) {
    rises &&= Number.isInteger(starts[t]) && (t === 0 || starts[t] > starts[t - 1]);
  }
  return rises;
}

/** Whether the plan's buckets can be used; nothing else of a model can be judged where they cannot. */
export function checkBuckets(starts: ArrayLike<number>, log: IssueLog): boolean {
  if (areBucketStarts(starts)) return true;
  log.issues.push({
    severity: 'error',
    code: 'BAD_BUCKETS',
    message: 'bucketStartDays must be at least two whole days, each later than the one before.',
    advice: 'Give the first day of every bucket and the day after the last bucket.',
    file: 'bucketStartDays',
  });
  return false;
}
