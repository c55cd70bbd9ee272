/**
 * Classes of stock points by value (A, B, C) and by how well their demand can be forecast (X, Y, Z), and the service that each
 * class is promised unless someone says otherwise.
 *
 * Value    stock points in falling order: A until they make up `valueLimits[0]` of the total, B until `valueLimits[1]`, C the rest.
 * Error    the WAPE of the back-test where there is one, else the coefficient of variation of the history: X up to
 *          `errorLimits[0]`, Y up to `errorLimits[1]`, Z above; new where there is neither.
 * Source   Dickie (1951), Factory Management and Maintenance 109; on forecastability in place of variation Boylan, Syntetos and
 *          Karakostas (2008), J. of the Operational Research Society 59(4), 473-481. The default limits are those of the demand
 *          segmentation; the default service is a convention of the field, highest where a missing unit costs most and
 *          foresight is cheap, and is there to be replaced.
 */
import { assert } from '@planwright/units';

export const STOCK_VALUE_CLASSES = ['A', 'B', 'C'] as const;
export const STOCK_ERROR_CLASSES = ['X', 'Y', 'Z', 'new'] as const;

export type StockClassInput = {
  /** Money of a year's demand per stock point. Not negative; NaN counts as 0. */
  readonly yearlyValue: Float64Array;
  /** WAPE of the back-test; NaN = not judged. */
  readonly backTestErrorRatio?: Float64Array;
  /** Standard deviation over mean of the history; NaN = no history. */
  readonly variationRatio?: Float64Array;
  /** Default 0.8 and 0.95. */
  readonly valueLimits?: readonly [number, number];
  /** Default 0.2 and 0.5. */
  readonly errorLimits?: readonly [number, number];
};

/** Indexes into `STOCK_VALUE_CLASSES` and `STOCK_ERROR_CLASSES`, one per stock point. */
export type StockClasses = { readonly valueClass: Uint8Array; readonly errorClass: Uint8Array };

/** O(stock points), and a sort. Ties of value in the order given. */
export function stockClasses(input: StockClassInput): StockClasses {
  const { yearlyValue, backTestErrorRatio, variationRatio } = input;
  const count = yearlyValue.length;
  assert((backTestErrorRatio?.length ?? count) === count, 'every stock point has an error, or none has');
  assert((variationRatio?.length ?? count) === count, 'every stock point has a variation, or none has');
  const [wellUntil, fairUntil] = input.errorLimits ?? [0.2, 0.5];
  assert(0 <= wellUntil && wellUntil <= fairUntil, 'limits of error rise');
  const errorClass = Uint8Array.from({ length: count }, (_, s) => {
    const judged = backTestErrorRatio?.[s] ?? Number.NaN;
    const error = Number.isNaN(judged) ? (variationRatio?.[s] ?? Number.NaN) : judged;
    if (Number.isNaN(error)) return 3;
    return error <= wellUntil ? 0 : error <= fairUntil ? 1 : 2;
  });
  return { valueClass: valueClassesOf(yearlyValue, input.valueLimits ?? [0.8, 0.95]), errorClass };
}

function valueClassesOf(yearlyValue: Float64Array, limits: readonly [number, number]): Uint8Array {
  const [first, second] = limits;
  assert(0 <= first && first <= second && second <= 1, 'limits of value are shares that rise');
  const worth = yearlyValue.map((value) => (value > 0 ? value : 0));
  const total = worth.reduce((sum, value) => sum + value, 0);
  const classes = new Uint8Array(worth.length).fill(2);
  let before = 0;
  for (const s of Array.from(worth.keys()).sort((a, b) => worth[b] - worth[a] || a - b)) {
    if (!(worth[s] > 0)) break;
    // The one that crosses a limit still belongs to the class: without it the class would fall short.
    if (before < first * total) classes[s] = 0;
    else if (before < second * total) classes[s] = 1;
    before += worth[s];
  }
  return classes;
}

/** Promised service by value class (rows A, B, C) and error class (columns X, Y, Z, new), each in (0, 1). */
export type ServiceMatrix = readonly [ServiceRow, ServiceRow, ServiceRow];
type ServiceRow = readonly [number, number, number, number];

export const DEFAULT_SERVICE: ServiceMatrix = [
  [0.98, 0.97, 0.95, 0.95],
  [0.97, 0.95, 0.93, 0.93],
  [0.95, 0.92, 0.9, 0.9],
];
