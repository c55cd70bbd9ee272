/**
 * Finds what is wrong with a supply model, each finding with its table, row, column, value and cure.
 * All findings of a model come at once, so that a planner mends them in one go.
 */
import type { Issue } from '@planwright/units';
import {
  checkBuckets,
  checkBucketValues,
  checkNumber,
  checkReplenishment,
  emptyLog,
  type IssueLog,
  issuesOf,
  type NumberRule,
  ON_HAND_RULE,
  type Report,
  reporter,
  SAFETY_STOCK_RULE,
} from './check-rules.ts';
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
  const log = emptyLog();
  if (!checkBuckets(model.bucketStartDays, log)) return log.issues;
  const bucketCount = model.bucketStartDays.length - 1;
  model.stockPoints.forEach((point, index) => {
    const report = reporter(log, 'stockPoints', index, () => nameOf(point));
    if (indexOf.get(stockPointKey(point.item, point.location)) !== index) {
      report('DUPLICATE_STOCK_POINT', 'is there twice', 'Keep one row for each item and location.', 'item');
    }
    for (const rule of STOCK_RULES) checkNumber(rule, rule.read(point), report);
    if (point.source !== undefined) checkReplenishment(point.source, report);
    checkSource(point, indexOf, report);
    checkBucketValues('independentDemand', point.independentDemand, bucketCount, report);
    checkBucketValues('scheduledReceipts', point.scheduledReceipts, bucketCount, report);
  });
  checkComponents(model, indexOf, log);
  return issuesOf(log);
}

const STOCK_RULES: readonly NumberRule<StockPointRow>[] = [ON_HAND_RULE, SAFETY_STOCK_RULE];

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

function checkComponents(model: SupplyModel, indexOf: ReadonlyMap<string, number>, log: IssueLog): void {
  const seen = new Set<string>();
  model.components.forEach((row, index) => {
    const report = reporter(log, 'components', index, () => `${row.component} in ${nameOf(row)}`);
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
