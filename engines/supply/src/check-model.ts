/**
 * Finds what is wrong with a supply model, each finding with its table, row, column, value and cure.
 * All findings of a model come at once, so that a planner mends them in one go.
 */
import type { Issue } from '@planwright/units';
import { effectiveLot } from './lots.ts';
import { type ComponentRow, nameOf, type StockPointRow, type SupplyModel, stockPointKey } from './model.ts';

/** Row index of each stock point; of duplicates the first. */
export function indexStockPoints(rows: readonly StockPointRow[]): Map<string, number> {
  const indexOf = new Map<string, number>();
  rows.forEach((row, index) => {
    const key = stockPointKey(row.item, row.location);
    if (!indexOf.has(key)) indexOf.set(key, index);
  });
  return indexOf;
}

/** All issues but cycles, which only the assembled network shows. */
export function checkModel(model: SupplyModel, indexOf: ReadonlyMap<string, number>): Issue[] {
  const calendarIssue = checkBuckets(model.bucketStartDays);
  if (calendarIssue !== null) return [calendarIssue];
  const bucketCount = model.bucketStartDays.length - 1;
  const issues: Issue[] = [];
  model.stockPoints.forEach((point, index) => {
    const report = reporter(issues, 'stockPoints', index + 1, nameOf(point));
    if (indexOf.get(stockPointKey(point.item, point.location)) !== index) {
      report('DUPLICATE_STOCK_POINT', 'is there twice', 'Keep one row for each item and location.', 'item');
    }
    for (const rule of NUMBER_RULES) checkNumber(rule, rule.read(point), report);
    checkLots(point, report);
    checkSource(point, indexOf, report);
    checkBucketValues('independentDemand', point.independentDemand, bucketCount, report);
    checkBucketValues('scheduledReceipts', point.scheduledReceipts, bucketCount, report);
  });
  checkComponents(model, indexOf, issues);
  return issues;
}

type Report = (
  code: string,
  problem: string,
  advice: string,
  column: string,
  value?: string | number,
) => void;
type NumberRule = {
  readonly column: string;
  readonly read: (row: StockPointRow) => number | undefined;
  readonly holds: (value: number) => boolean;
  readonly code: string;
  readonly law: string;
};

const NUMBER_RULES: readonly NumberRule[] = [
  {
    column: 'onHand',
    read: (row) => row.onHand,
    holds: (value) => value >= 0,
    code: 'NEGATIVE_ON_HAND',
    law: 'is negative and is planned as stock still owed',
  },
  {
    column: 'safetyStock',
    read: (row) => row.safetyStock,
    holds: (value) => value >= 0,
    code: 'NEGATIVE_SAFETY_STOCK',
    law: 'must be 0 or more',
  },
  {
    column: 'leadTimeDays',
    read: (row) => row.source?.leadTimeDays,
    holds: (value) => value >= 0,
    code: 'NEGATIVE_LEAD_TIME',
    law: 'must be 0 or more days',
  },
  {
    column: 'lotMinimum',
    read: (row) => row.source?.lotMinimum,
    holds: (value) => value >= 0,
    code: 'NEGATIVE_LOT',
    law: 'must be 0 or more',
  },
  {
    column: 'lotMultiple',
    read: (row) => row.source?.lotMultiple,
    holds: (value) => value > 0,
    code: 'ZERO_LOT',
    law: 'must be more than 0',
  },
  {
    column: 'lotMaximum',
    read: (row) => row.source?.lotMaximum,
    holds: (value) => value > 0,
    code: 'ZERO_LOT',
    law: 'must be more than 0',
  },
  {
    column: 'yieldRatio',
    read: (row) => row.source?.yieldRatio,
    holds: (value) => value > 0 && value <= 1,
    code: 'YIELD_OUT_OF_RANGE',
    law: 'must be more than 0 and at most 1',
  },
];

const WARNING_CODES: ReadonlySet<string> = new Set(['NEGATIVE_ON_HAND', 'NO_SOURCE', 'COMPONENTS_NOT_USED']);

function reporter(issues: Issue[], file: string, row: number, name: string): Report {
  return (code, problem, advice, column, value) => {
    const severity = WARNING_CODES.has(code) ? 'warning' : 'error';
    const shown = value === undefined ? {} : { value: String(value) };
    issues.push({ severity, code, message: `${name}: ${problem}.`, advice, file, row, column, ...shown });
  };
}

function checkNumber(rule: NumberRule, value: number | undefined, report: Report): void {
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

function checkLots(point: StockPointRow, report: Report): void {
  const { source } = point;
  if (source === undefined || source.lotMaximum === undefined || !(source.lotMaximum > 0)) return;
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

function checkSource(point: StockPointRow, indexOf: ReadonlyMap<string, number>, report: Report): void {
  const { source } = point;
  if (source === undefined) {
    report(
      'NO_SOURCE',
      'has no source, so nothing refills it',
      'Give it a source: make, buy or move.',
      'source',
    );
  } else if (source.kind === 'move' && !indexOf.has(stockPointKey(point.item, source.fromLocation ?? ''))) {
    report(
      'UNKNOWN_SOURCE_LOCATION',
      `moves from ${source.fromLocation ?? 'nowhere'}, where the item is not a stock point`,
      'Add the item at that location to stockPoints, or correct fromLocation.',
      'fromLocation',
      source.fromLocation ?? '',
    );
  }
}

function checkBucketValues(
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
    return; // One finding a row and column: a column of NaN is one mistake.
  }
}

function checkComponents(model: SupplyModel, indexOf: ReadonlyMap<string, number>, issues: Issue[]): void {
  const seen = new Set<string>();
  model.components.forEach((row, index) => {
    const report = reporter(issues, 'components', index + 1, `${row.component} in ${nameOf(row)}`);
    const parent = indexOf.get(stockPointKey(row.item, row.location));
    if (parent === undefined) {
      reportUnknown(report, 'item', row.item, row);
    } else if (model.stockPoints[parent].source?.kind !== 'make') {
      report(
        'COMPONENTS_NOT_USED',
        'the item is not made there',
        'Set its source to make, or drop the row.',
        'item',
      );
    }
    if (!indexOf.has(stockPointKey(row.component, row.location)))
      reportUnknown(report, 'component', row.component, row);
    if (!(row.quantityPer > 0) || !Number.isFinite(row.quantityPer)) {
      const code = Number.isFinite(row.quantityPer) ? 'QUANTITY_NOT_POSITIVE' : 'NOT_A_NUMBER';
      const advice = 'Give how many units of the component one unit takes.';
      report(
        code,
        `quantityPer ${row.quantityPer} must be more than 0`,
        advice,
        'quantityPer',
        row.quantityPer,
      );
    }
    const key = stockPointKey(stockPointKey(row.item, row.location), row.component);
    if (seen.has(key)) {
      report(
        'DUPLICATE_COMPONENT',
        'is there twice',
        'Add the two quantities into one row.',
        'component',
        row.component,
      );
    }
    seen.add(key);
  });
}

function reportUnknown(report: Report, column: 'item' | 'component', item: string, row: ComponentRow): void {
  const problem = `${item} is not a stock point at ${row.location}`;
  report(
    'UNKNOWN_ITEM',
    problem,
    `Add ${item} at ${row.location} to stockPoints, or correct the name.`,
    column,
    item,
  );
}

function checkBuckets(starts: ArrayLike<number>): Issue | null {
  let rises = starts.length >= 2;
  for (let t = 0; t < starts.length; t++) {
    rises &&= Number.isInteger(starts[t]) && (t === 0 || starts[t] > starts[t - 1]);
  }
  if (rises) return null;
  return {
    severity: 'error',
    code: 'BAD_BUCKETS',
    message: 'bucketStartDays must be at least two whole days, each later than the one before.',
    advice: 'Give the first day of every bucket and the day after the last bucket.',
    file: 'bucketStartDays',
  };
}
