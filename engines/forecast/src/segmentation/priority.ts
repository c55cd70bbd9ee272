/**
 * Where an hour of work is best spent: the keys in the order of the money that their forecast is expected to be wrong by,
 * value x WAPE. A key without a back-test is taken to be as wrong as all others together, or by all of its value if there are
 * none; no key by more than ten times its value. O(keys), and a sort.
 */
import { assert } from '@planwright/units';
import { spokenNumber, spokenShare } from '../explanation/spoken-number.ts';

export type Priorities = {
  /** Keys, the one with the largest expected error first; ties in the order of the keys. */
  readonly order: Int32Array;
  /** Value expected to be forecast wrongly, per key (not in `order`). */
  readonly expectedError: Float64Array;
  /** Share of the total per key, 0 to 1; they sum to 1 unless nothing is wrong. */
  readonly share: Float64Array;
  readonly sentence: string;
};

const HALF = 0.5;
const LARGEST_WAPE = 10;

/** One entry per key: value (money of a year, say), sums of error and demand of its back-test. */
export function priorities(input: {
  readonly value: Float64Array;
  readonly absoluteError: Float64Array;
  readonly demand: Float64Array;
}): Priorities {
  const { value, absoluteError, demand } = input;
  assert(
    absoluteError.length === value.length && demand.length === value.length,
    'every key has all figures',
  );
  const isJudged = (key: number): boolean => demand[key] > 0 && Number.isFinite(absoluteError[key]);
  let errors = 0;
  let demanded = 0;
  for (let key = 0; key < value.length; key++) {
    if (!isJudged(key)) continue;
    errors += absoluteError[key];
    demanded += demand[key];
  }
  const wape = (error: number, sum: number): number => Math.min(LARGEST_WAPE, error / sum);
  const usual = demanded > 0 ? wape(errors, demanded) : 1;
  const expectedError = value.map((worth, key) =>
    worth > 0 ? worth * (isJudged(key) ? wape(absoluteError[key], demand[key]) : usual) : 0,
  );
  const total = expectedError.reduce((sum, error) => sum + error, 0);
  const order = Int32Array.from(expectedError.keys()).sort(
    (a, b) => expectedError[b] - expectedError[a] || a - b,
  );
  return {
    order,
    expectedError,
    share: expectedError.map((error) => (total > 0 ? error / total : 0)),
    sentence: told(order, expectedError, total),
  };
}

function told(order: Int32Array, expectedError: Float64Array, total: number): string {
  if (!(total > 0)) return 'No error is expected anywhere.';
  let sum = 0;
  let count = 0;
  while (sum < HALF * total) {
    sum += expectedError[order[count]];
    count += 1;
  }
  const share = spokenShare(sum / total);
  return `${count} of ${spokenNumber(order.length)} keys make ${share} of the value that is expected to be forecast wrongly.`;
}
