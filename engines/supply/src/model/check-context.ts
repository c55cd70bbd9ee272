/** What the checks of a planning model's tables share: the model, where its names are, and the log. */
import { emptyLog, type IssueLog, type NumberRule, type Report } from '../check-rules.ts';
import type { PlanningModel } from './planning-model.ts';
import { type StockPointLookup, stockPointLookup } from './stock-point-lookup.ts';

export type CheckContext = {
  readonly model: PlanningModel;
  readonly log: IssueLog;
  readonly bucketCount: number;
  readonly pointOf: StockPointLookup;
  /** First row of each name. */
  readonly sourceOf: ReadonlyMap<string, number>;
  readonly resourceOf: ReadonlyMap<string, number>;
};

export function checkContext(model: PlanningModel): CheckContext {
  return {
    model,
    log: emptyLog(),
    bucketCount: model.bucketStartDays.length - 1,
    pointOf: stockPointLookup(model.stockPoints),
    sourceOf: firstRows(model.sources, (row) => row.source),
    resourceOf: firstRows(model.resources, (row) => row.resource),
  };
}

/** The first row of each name. */
function firstRows<Row>(rows: readonly Row[], nameOf: (row: Row) => string): Map<string, number> {
  const rowOf = new Map<string, number>();
  rows.forEach((row, index) => {
    const name = nameOf(row);
    if (!rowOf.has(name)) rowOf.set(name, index);
  });
  return rowOf;
}

/** Whole numbers are exact up to 9e15; beyond this, sums would silently lose units. */
export const QUANTITY_MAX = 1e15;
// A hundred years: more is a slip of zeros or a date in the wrong place.
const DAYS_MAX = 36_525;

type Read<Row> = (row: Row) => number | undefined;

/** A quantity, price, cost or number of hours: 0 or more, and not beyond what can be counted. */
export function amountRules<Row>(column: string, read: Read<Row>): NumberRule<Row>[] {
  const negative = { code: 'NEGATIVE_NUMBER', law: 'must be 0 or more' };
  return [{ column, read, ...negative, holds: (value) => value >= 0 }, sizeRule(column, read)];
}

export function sizeRule<Row>(column: string, read: Read<Row>): NumberRule<Row> {
  const law = `is beyond ${QUANTITY_MAX}, where units can no longer be told apart`;
  const finite = (row: Row): number | undefined => {
    const value = read(row);
    return Number.isFinite(value) ? value : undefined; // What is no number is told by another rule.
  };
  const holds = (value: number): boolean => Math.abs(value) <= QUANTITY_MAX;
  return { column, read: finite, holds, code: 'QUANTITY_TOO_LARGE', law };
}

/** A number of days from 0 to a hundred years. */
export function dayCountRule<Row>(column: string, read: Read<Row>): NumberRule<Row> {
  const law = `must be 0 to ${DAYS_MAX} days`;
  return { column, read, holds: (value) => value >= 0 && value <= DAYS_MAX, code: 'DAYS_OUT_OF_RANGE', law };
}

/** A calendar day: a whole number of days since 1970-01-01. */
export function dayRule<Row>(column: string, read: Read<Row>): NumberRule<Row> {
  const law = 'must be a whole number of days since 1970-01-01';
  return { column, read, holds: Number.isSafeInteger, code: 'DATE_NOT_WHOLE', law };
}

export function rangeRule<Row>(
  column: string,
  read: Read<Row>,
  law: string,
  holds: (value: number) => boolean,
): NumberRule<Row> {
  return { column, read, holds, code: 'OUT_OF_RANGE', law };
}

/** A priority: any whole number, lower is first. */
export function priorityRule<Row>(column: string, read: Read<Row>): NumberRule<Row> {
  const isShort = (value: number): boolean => Number.isInteger(value) && Math.abs(value) <= 1e9;
  return rangeRule(column, read, 'must be a whole number', isShort);
}

/** A name that is there, and there for the first time. */
export function checkName(column: string, name: string, isFirst: boolean, report: Report): void {
  if (name === '') report('MISSING_NAME', `${column} is empty`, `Give every row a ${column}.`, column, '');
  else if (!isFirst) {
    const advice = `Give each row its own ${column}, or drop one.`;
    report('DUPLICATE_NAME', `${column} ${name} is there twice`, advice, column, name);
  }
}

/** Tells for one name after another whether it comes for the first time. */
export function firstTimes(): (name: string) => boolean {
  const seen = new Set<string>();
  return (name) => {
    const before = seen.size;
    seen.add(name); // One look-up of the name instead of two: there may be millions.
    return seen.size > before;
  };
}

/** One of the words a column knows. */
export function checkWord(
  column: string,
  word: string | undefined,
  words: readonly string[],
  report: Report,
): void {
  if (word === undefined || words.includes(word)) return;
  report(
    'UNKNOWN_WORD',
    `${column} ${word} is none of ${words.join(', ')}`,
    `Use one of them.`,
    column,
    word,
  );
}

/** An item at a location that is a stock point of the model. */
export function checkPoint(
  context: CheckContext,
  column: string,
  item: string,
  location: string,
  report: Report,
): boolean {
  if (context.pointOf(item, location) >= 0) return true;
  const problem = `${item} is not a stock point at ${location}`;
  const advice = `Add ${item} at ${location} to stockPoints, or correct the name.`;
  report('UNKNOWN_ITEM', problem, advice, column, item);
  return false;
}

/** In force from a day to a day, the first not after the last. */
export function checkEffectivity(
  row: { readonly effectiveFromDay?: number; readonly effectiveToDay?: number },
  report: Report,
): void {
  const { effectiveFromDay: from, effectiveToDay: to } = row;
  if (from === undefined || to === undefined || !(from > to)) return;
  report(
    'EFFECTIVITY_REVERSED',
    `is in force from day ${from} to day ${to}, which is no day at all`,
    'Put the earlier day in effectiveFromDay.',
    'effectiveFromDay',
    from,
  );
}

/** One number for all buckets, or one a bucket. */
export const single = (value: number | ArrayLike<number> | undefined): number | undefined =>
  typeof value === 'number' ? value : undefined;
export const perBucket = (value: number | ArrayLike<number> | undefined): ArrayLike<number> | undefined =>
  typeof value === 'number' ? undefined : value;
