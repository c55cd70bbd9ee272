/**
 * A linear or mixed-integer program as flat arrays, ready to be handed to a solver without being copied into words.
 *
 *   minimise   offset + sum of columnCost[j] x[j]
 *   so that    rowLower[i] <= sum of A[i, j] x[j] <= rowUpper[i]   for every row i
 *              columnLower[j] <= x[j] <= columnUpper[j]            for every column j
 *              x[j] whole                                          where isInteger[j] is 1
 *
 * A is kept by rows: row i has the entries rowStarts[i] .. rowStarts[i + 1] of `columns` and `values`, by rising
 * column, no column twice, no zeros. No bound is an infinity of its sign.
 */
import { assert } from '@planwright/units';

export type LinearProgram = {
  readonly columnCount: number;
  readonly rowCount: number;
  readonly offset: number;
  readonly columnCost: Float64Array;
  readonly columnLower: Float64Array;
  readonly columnUpper: Float64Array;
  readonly isInteger: Uint8Array;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  readonly rowStarts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
};

/**
 * optimal      proven, within the gap that was asked for
 * timeLimit    the best that was found in the time, if anything was found
 * cancelled    the caller called it off; the best that was found, if anything was
 * infeasible   no x obeys all rows and bounds
 * unbounded    the objective falls without end (or the program is infeasible: the solver could not tell which)
 * failed       the solver broke down or refused; `failure` says how
 */
export type SolutionStatus = 'optimal' | 'timeLimit' | 'cancelled' | 'infeasible' | 'unbounded' | 'failed';

export type ProgramSolution = {
  readonly status: SolutionStatus;
  /** One a column; empty where no feasible x was found. */
  readonly columnValues: Float64Array;
  /** Of that x, offset included; NaN where there is none. */
  readonly objective: number;
  /** No x can have a lower objective than this; -Infinity where nothing is proven. */
  readonly bestBound: number;
  /**
   * One a row: how much the objective rises a unit of the row's right-hand side. Of the program itself where it is
   * linear, else of the program with its whole numbers held at their values. Empty where the solver gave none.
   */
  readonly rowDuals: Float64Array;
  /** One a column: how much the objective rises a unit that the column is pushed up. Empty as `rowDuals`. */
  readonly columnDuals: Float64Array;
  readonly seconds: number;
  readonly failure?: string;
};

/** (objective - bestBound) / |objective|, 0 where both are 0; Infinity where there is no solution or no bound. */
export function gapRatioOf(solution: Pick<ProgramSolution, 'objective' | 'bestBound'>): number {
  const { objective, bestBound } = solution;
  if (!Number.isFinite(objective) || !Number.isFinite(bestBound)) return Number.POSITIVE_INFINITY;
  const gap = Math.max(0, objective - bestBound);
  return gap === 0 ? 0 : gap / Math.abs(objective);
}

/** Collects columns, rows and entries in any order. */
export type ProgramBuilder = {
  /** Index of the new column. Cost a unit; bounds may be infinite. */
  column(cost: number, lower: number, upper: number, isInteger?: boolean): number;
  /** Index of the new row. */
  row(lower: number, upper: number): number;
  /** Adds to A[row, column]: what is added twice is summed. */
  entry(row: number, column: number, value: number): void;
  addCost(column: number, cost: number): void;
  /** Adds to both bounds of a row: a constant of its left side brought to the right with its sign changed. */
  addConstant(row: number, value: number): void;
  addOffset(value: number): void;
  readonly columnCount: number;
  readonly rowCount: number;
  seal(): LinearProgram;
};

export function programBuilder(): ProgramBuilder {
  const cost = numbers();
  const columnLower = numbers();
  const columnUpper = numbers();
  const isInteger = numbers();
  const rowLower = numbers();
  const rowUpper = numbers();
  const entryRow = numbers();
  const entryColumn = numbers();
  const entryValue = numbers();
  let offset = 0;
  return {
    column(unitCost, lower, upper, integer = false) {
      assert(lower <= upper, 'the lower bound of a column is not above the upper one');
      assert(Number.isFinite(unitCost), 'the cost of a column is finite');
      columnLower.push(lower);
      columnUpper.push(upper);
      isInteger.push(integer ? 1 : 0);
      return cost.push(unitCost);
    },
    row(lower, upper) {
      assert(lower <= upper, 'the lower bound of a row is not above the upper one');
      rowUpper.push(upper);
      return rowLower.push(lower);
    },
    entry(row, column, value) {
      assert(Number.isFinite(value), 'entries are finite');
      if (value === 0) return;
      entryRow.push(row);
      entryColumn.push(column);
      entryValue.push(value);
    },
    addCost(column, unitCost) {
      cost.values[column] += unitCost;
    },
    addConstant(row, value) {
      rowLower.values[row] -= value;
      rowUpper.values[row] -= value;
    },
    addOffset(value) {
      offset += value;
    },
    get columnCount() {
      return cost.count;
    },
    get rowCount() {
      return rowLower.count;
    },
    seal: () => ({
      columnCount: cost.count,
      rowCount: rowLower.count,
      offset,
      columnCost: cost.sealed(),
      columnLower: columnLower.sealed(),
      columnUpper: columnUpper.sealed(),
      isInteger: new Uint8Array(isInteger.sealed()),
      rowLower: rowLower.sealed(),
      rowUpper: rowUpper.sealed(),
      ...byRow(rowLower.count, cost.count, entryRow.sealed(), entryColumn.sealed(), entryValue.sealed()),
    }),
  };
}

/** Two counting sorts, by column and then by row, put the entries in order; equal places are summed. O(entries). */
function byRow(
  rowCount: number,
  columnCount: number,
  entryRow: Float64Array,
  entryColumn: Float64Array,
  entryValue: Float64Array,
): Pick<LinearProgram, 'rowStarts' | 'columns' | 'values'> {
  const entryCount = entryRow.length;
  const byColumn = countingOrder(entryColumn, columnCount, undefined);
  const order = countingOrder(entryRow, rowCount, byColumn);
  const rowStarts = new Int32Array(rowCount + 1);
  const columns = new Int32Array(entryCount);
  const values = new Float64Array(entryCount);
  let used = 0;
  let row = 0;
  for (const entry of order) {
    while (row < entryRow[entry]) rowStarts[++row] = used;
    if (used > rowStarts[row] && columns[used - 1] === entryColumn[entry]) {
      values[used - 1] += entryValue[entry];
    } else {
      columns[used] = entryColumn[entry];
      values[used++] = entryValue[entry];
    }
  }
  while (row < rowCount) rowStarts[++row] = used;
  return { rowStarts, columns: columns.slice(0, used), values: values.slice(0, used) };
}

/** Indexes of `keys` by rising key, stable against the order of `before`. */
function countingOrder(keys: Float64Array, keyCount: number, before: Int32Array | undefined): Int32Array {
  const next = new Int32Array(keyCount + 1);
  for (let index = 0; index < keys.length; index++) next[keys[index] + 1] += 1;
  for (let key = 0; key < keyCount; key++) next[key + 1] += next[key];
  const order = new Int32Array(keys.length);
  for (let at = 0; at < keys.length; at++) {
    const index = before === undefined ? at : before[at];
    order[next[keys[index]]++] = index;
  }
  return order;
}

type Numbers = { values: Float64Array; count: number; push(value: number): number; sealed(): Float64Array };

/** A typed array that grows. `push` answers the index of what it added. */
function numbers(): Numbers {
  const list: Numbers = {
    values: new Float64Array(1024),
    count: 0,
    push(value) {
      if (list.count === list.values.length) {
        const grown = new Float64Array(2 * list.count);
        grown.set(list.values);
        list.values = grown;
      }
      list.values[list.count] = value;
      return list.count++;
    },
    sealed: () => list.values.slice(0, list.count),
  };
  return list;
}
