/** A solver's solution read as a plan: orders, stock, backlog and hours per bucket, what it costs, and what binds it. */
import { assert } from '@planwright/units';
import { type BucketFlows, emptyFlows } from './bucket-flows.ts';
import { gapRatioOf, type ProgramSolution, type SolutionStatus } from './linear-program.ts';
import type { OptimalProgram } from './optimal-program.ts';
import { COLUMN, ROW } from './program-index.ts';
import { costOfFlows, type PlanCost } from './plan-cost.ts';

/** Units that a source starts in a bucket and that arrive in another. */
export type OptimalOrder = {
  readonly source: number;
  readonly startBucket: number;
  readonly receiptBucket: number;
  /** As started, before yield. */
  readonly quantity: number;
  /** How many orders they are: whole where setups are binary, a proportion where they are relaxed. */
  readonly orderCount: number;
};

/**
 * What one more unit of something scarce would save, >= 0: money an hour of a resource, a unit of what a supplier or a
 * lane may give, or a unit of storage. Holds for a small change, all else re-planned.
 */
export type ScarceThing = {
  readonly kind: 'capacity' | 'overtime' | 'sourceMaximum' | 'storage';
  /** Row of the model's resources, sources or stock points, as the kind says. */
  readonly subject: number;
  /** Of the resource itself where it is one with buckets of its own. */
  readonly bucket: number;
  readonly savingPerUnit: number;
};

export type OptimalPlan = {
  readonly status: SolutionStatus;
  /** By source, start and receipt. */
  readonly orders: readonly OptimalOrder[];
  readonly flows: BucketFlows;
  readonly cost: PlanCost;
  /** No plan on these terms costs less. -Infinity where nothing is proven. */
  readonly bestBound: number;
  /** (cost - bestBound) / |cost|. */
  readonly gapRatio: number;
  /** The most valuable first. Empty where the solver gave no duals. */
  readonly scarce: readonly ScarceThing[];
  /** Row-major by stock point and bucket: what one more unit there would save. Empty as `scarce`. */
  readonly unitValue: Float64Array;
};

/** Crumbs of a solver's arithmetic: below this, relative to the largest quantity, there is nothing. */
const CRUMB_RATIO = 1e-9;
/** Money an hour or unit below which a row does not count as scarce. */
const SAVING_LEAST = 1e-6;

/** The plan of a solution that has values; undefined where the solver found none. O(columns + rows). */
export function optimalPlan(drafted: OptimalProgram, solution: ProgramSolution): OptimalPlan | undefined {
  const { model, terms, resources, program } = drafted;
  if (solution.columnValues.length === 0 && program.columnCount > 0) return undefined;
  assert(solution.columnValues.length === program.columnCount, 'the solution is one of this program');
  const values = withoutCrumbs(solution.columnValues, program.columnLower);
  const flows = emptyFlows(model, terms, resources);
  readColumns(drafted, values, flows);
  readHours(drafted, values, flows);
  return {
    status: solution.status,
    orders: ordersOf(drafted, values),
    flows,
    cost: costOfFlows(model, terms, resources, flows),
    bestBound: solution.bestBound,
    gapRatio: gapRatioOf(solution),
    scarce: scarceThings(drafted, solution),
    unitValue: solution.rowDuals.slice(0, model.stockPoints.length * terms.bucketCount),
  };
}

function withoutCrumbs(values: Float64Array, lower: Float64Array): Float64Array {
  let largest = 1;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return values.map((value, column) =>
    value - lower[column] <= largest * CRUMB_RATIO ? lower[column] : value,
  );
}

function readColumns(drafted: OptimalProgram, values: Float64Array, flows: BucketFlows): void {
  const { columnIndex, terms, resources, options } = drafted;
  const { bucketCount } = terms;
  const { kind, subject, bucket } = columnIndex;
  const ofModel: (Float64Array | undefined)[] = [];
  ofModel[COLUMN.start] = flows.started;
  if (options.setups !== 'none') ofModel[COLUMN.orders] = flows.orders;
  ofModel[COLUMN.stock] = flows.stock;
  ofModel[COLUMN.backlog] = flows.backlog;
  ofModel[COLUMN.lost] = flows.lost;
  const ofResource: (Float64Array | undefined)[] = [];
  ofResource[COLUMN.overtime] = flows.overtime;
  ofResource[COLUMN.people] = flows.people;
  ofResource[COLUMN.hired] = flows.hired;
  ofResource[COLUMN.laidOff] = flows.laidOff;
  values.forEach((value, column) => {
    if (value === 0) return;
    const array = ofModel[kind[column]];
    if (array !== undefined) array[subject[column] * bucketCount + bucket[column]] += value;
    const hours = ofResource[kind[column]];
    if (hours !== undefined) hours[resources.start[subject[column]] + bucket[column]] += value;
  });
  terms.classes.list.forEach(({ quantity }, index) => {
    for (let t = 0; t < bucketCount; t++) {
      const cell = index * bucketCount + t;
      const before = t === 0 ? 0 : flows.backlog[cell - 1];
      const delivered = before + quantity[t] - flows.lost[cell] - flows.backlog[cell];
      flows.delivered[cell] = Math.max(0, delivered);
    }
  });
}

/** Hours asked of a resource bucket: the entries of its capacity row, or of its spread, times what they hold. */
function readHours(drafted: OptimalProgram, values: Float64Array, flows: BucketFlows): void {
  const { resources, columnIndex, hourEntries } = drafted;
  for (const { resource, bucket, column, hours } of hourEntries) {
    flows.hours[resources.start[resource] + bucket] += values[column] * hours;
  }
  columnIndex.kind.forEach((kind, column) => {
    if (kind !== COLUMN.spread || columnIndex.bucket[column] < 0) return;
    flows.hours[resources.start[columnIndex.subject[column]] + columnIndex.bucket[column]] += values[column];
  });
}

function ordersOf({ columnIndex }: OptimalProgram, values: Float64Array): OptimalOrder[] {
  const { kind, subject, bucket, detail } = columnIndex;
  const orders: OptimalOrder[] = [];
  let start: OptimalOrder | undefined;
  values.forEach((value, column) => {
    if (kind[column] === COLUMN.start) {
      start =
        value > 0
          ? {
              source: subject[column],
              startBucket: bucket[column],
              receiptBucket: detail[column],
              quantity: value,
              orderCount: 1,
            }
          : undefined;
      if (start !== undefined) orders.push(start);
    } else if (kind[column] === COLUMN.orders && start !== undefined) {
      orders[orders.length - 1] = { ...start, orderCount: value };
    }
  });
  return orders;
}

const SCARCE_KIND: (ScarceThing['kind'] | undefined)[] = [];
SCARCE_KIND[ROW.capacity] = 'capacity';
SCARCE_KIND[ROW.overtimeLimit] = 'overtime';
SCARCE_KIND[ROW.sourceMaximum] = 'sourceMaximum';
SCARCE_KIND[ROW.storage] = 'storage';

/** Upper limits: a row's dual falls below zero by what a unit more would save. */
function scarceThings({ rowIndex, columnIndex }: OptimalProgram, solution: ProgramSolution): ScarceThing[] {
  const things: ScarceThing[] = [];
  const { rowDuals, columnDuals } = solution;
  rowDuals.forEach((dual, row) => {
    const kind = SCARCE_KIND[rowIndex.kind[row]];
    if (kind === undefined || dual > -SAVING_LEAST) return;
    things.push({ kind, subject: rowIndex.subject[row], bucket: rowIndex.bucket[row], savingPerUnit: -dual });
  });
  columnDuals.forEach((dual, column) => {
    if (columnIndex.kind[column] !== COLUMN.overtime || dual > -SAVING_LEAST) return;
    const { subject, bucket } = columnIndex;
    things.push({ kind: 'overtime', subject: subject[column], bucket: bucket[column], savingPerUnit: -dual });
  });
  return things.sort((a, b) => b.savingPerUnit - a.savingPerUnit);
}
