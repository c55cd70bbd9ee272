/**
 * Sorts keys by what they are worth (A, B, C) and by how well they can be forecast (X, Y, Z), adds up the cells, and
 * suggests how to work on each.
 *
 * Value    keys in falling order: A until they make up `valueLimits[0]` of the total, B until `valueLimits[1]`, C the rest. Ties in
 *          the order of the keys; keys of no value are C.
 * Error    the WAPE of the back-test: X up to `errorLimits[0]`, Y up to `errorLimits[1]`, Z above. Not the variation of demand: a
 *          strong season varies much and is forecast well. 'new' where there is no back-test worth the name yet.
 * Cost     O(keys), and a sort.
 * Source   Dickie (1951), "ABC inventory analysis shoots for dollars, not pennies", Factory Management 109; on forecastability
 *          in place of variation Boylan, Syntetos and Karakostas (2008), J. of the Operational Research Society 59(4), 473-481.
 */
import { assert } from '@planwright/units';
import type { DemandClass } from '../choice/demand-class.ts';
import { type CellPolicy, policyOf } from './policy.ts';

export type ValueClass = 'A' | 'B' | 'C';
export type ErrorClass = 'X' | 'Y' | 'Z' | 'new';

export const VALUE_CLASSES: readonly ValueClass[] = ['A', 'B', 'C'];
export const ERROR_CLASSES: readonly ErrorClass[] = ['X', 'Y', 'Z', 'new'];

/** One entry per key in every array. */
export type SegmentInput = {
  /** What the key is worth: revenue or margin of the next or the last year. Not negative; NaN counts as 0. */
  readonly value: Float64Array;
  /** Of the back-test: sums over origins and lags (see accuracy-rows.ts). NaN or no demand: not judged. */
  readonly absoluteError: Float64Array;
  readonly naiveError: Float64Array;
  readonly demand: Float64Array;
  /** Keys whose demand is none, new or short are 'new', whatever their back-test says of so few buckets. */
  readonly demandClass?: readonly DemandClass[];
  /** 0.8 and 0.95 unless told. */
  readonly valueLimits?: readonly [number, number];
  /** 0.2 and 0.5 unless told. */
  readonly errorLimits?: readonly [number, number];
};

export type SegmentCell = {
  readonly valueClass: ValueClass;
  readonly errorClass: ErrorClass;
  readonly count: number;
  readonly value: number;
  readonly valueShare: number;
  /** Sum of errors over sum of demand; NaN without. */
  readonly wape: number;
  /** Error saved against the naive forecast over that one's; minus is worse than naive. NaN without. */
  readonly valueAddedRatio: number;
  readonly policy: CellPolicy;
};

export type Segmentation = {
  readonly valueClass: readonly ValueClass[];
  readonly errorClass: readonly ErrorClass[];
  /** All twelve cells, A to C, each X to new. */
  readonly cells: readonly SegmentCell[];
};

export function segmentation(input: SegmentInput): Segmentation {
  const { value, absoluteError, naiveError, demand } = input;
  const count = value.length;
  assert(
    absoluteError.length === count && naiveError.length === count && demand.length === count,
    'every key has a value, errors and a demand',
  );
  const worth = value.map((amount) => (amount > 0 ? amount : 0));
  const valueClass = valueClasses(worth, input.valueLimits ?? [0.8, 0.95]);
  const errorClass = errorClasses(input, input.errorLimits ?? [0.2, 0.5]);
  return { valueClass, errorClass, cells: cellsOf(input, worth, valueClass, errorClass) };
}

function valueClasses(worth: Float64Array, [first, second]: readonly [number, number]): ValueClass[] {
  assert(0 <= first && first <= second && second <= 1, 'limits of value are shares in rising order');
  const total = worth.reduce((sum, amount) => sum + amount, 0);
  const classes = new Array<ValueClass>(worth.length).fill('C');
  let before = 0;
  for (const key of Array.from(worth.keys()).sort((a, b) => worth[b] - worth[a] || a - b)) {
    if (!(worth[key] > 0)) break;
    // The key that crosses a limit still belongs to the class: without it the class would fall short of the limit.
    if (before < first * total) classes[key] = 'A';
    else if (before < second * total) classes[key] = 'B';
    before += worth[key];
  }
  return classes;
}

const YOUNG: readonly DemandClass[] = ['none', 'new', 'short'];

function errorClasses(
  { absoluteError, demand, demandClass }: SegmentInput,
  [first, second]: readonly [number, number],
): ErrorClass[] {
  assert(
    demandClass === undefined || demandClass.length === demand.length,
    'every key has a demand class, or none has',
  );
  assert(0 <= first && first <= second, 'limits of error are in rising order');
  return Array.from(absoluteError, (error, key): ErrorClass => {
    const wape = demand[key] > 0 ? error / demand[key] : Number.NaN;
    if (Number.isNaN(wape) || (demandClass !== undefined && YOUNG.includes(demandClass[key]))) return 'new';
    return wape <= first ? 'X' : wape <= second ? 'Y' : 'Z';
  });
}

function cellsOf(
  { absoluteError, naiveError, demand }: SegmentInput,
  worth: Float64Array,
  valueClass: readonly ValueClass[],
  errorClass: readonly ErrorClass[],
): SegmentCell[] {
  const size = VALUE_CLASSES.length * ERROR_CLASSES.length;
  const sums = {
    count: new Float64Array(size),
    value: new Float64Array(size),
    error: new Float64Array(size),
  };
  const naive = new Float64Array(size);
  const demanded = new Float64Array(size);
  let total = 0;
  for (let key = 0; key < worth.length; key++) {
    const cell =
      VALUE_CLASSES.indexOf(valueClass[key]) * ERROR_CLASSES.length + ERROR_CLASSES.indexOf(errorClass[key]);
    sums.count[cell] += 1;
    sums.value[cell] += worth[key];
    total += worth[key];
    if (errorClass[key] === 'new') continue;
    sums.error[cell] += absoluteError[key];
    naive[cell] += naiveError[key];
    demanded[cell] += demand[key];
  }
  return Array.from({ length: size }, (_, cell): SegmentCell => {
    const row = VALUE_CLASSES[Math.floor(cell / ERROR_CLASSES.length)];
    const column = ERROR_CLASSES[cell % ERROR_CLASSES.length];
    return {
      valueClass: row,
      errorClass: column,
      count: sums.count[cell],
      value: sums.value[cell],
      valueShare: total > 0 ? sums.value[cell] / total : 0,
      wape: demanded[cell] > 0 ? sums.error[cell] / demanded[cell] : Number.NaN,
      valueAddedRatio: naive[cell] > 0 ? 1 - sums.error[cell] / naive[cell] : Number.NaN,
      policy: policyOf(row, column),
    };
  });
}
