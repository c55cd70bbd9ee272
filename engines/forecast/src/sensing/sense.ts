/**
 * Demand sensing: moves the baseline of the current and the next buckets to what the order book and the latest errors say,
 * and says why.
 *
 * Errors   the latest error of the baseline is carried on, fading from bucket to bucket by the autocorrelation of
 *          past errors (drawn towards none by ten errors' worth; never negative).
 * Orders   what is ordered so far, over the share that is usually known by now (see booking-curve.ts), is an estimate of its
 *          own; baseline and estimate are weighted by the inverse of their variances. That is the best weight when their
 *          errors are not correlated, as they are not for orders that arrive on their own.
 * Output   sensed demand with a narrower band, and the change per bucket in its two parts, which add up to it.
 * Never    below what is already ordered (unless orders are usually cancelled), nor below 0.
 * Cost     O(buckets + errors), a microsecond; the sentences take more than the numbers.
 * Source   Bates and Granger (1969), Operational Research Quarterly 20(4), 451-468; Tan (2008), European J. of Operational
 *          Research 191(3), 834-848.
 */
import { normalQuantile } from '@planwright/numerics';
import { assert } from '@planwright/units';
import { counted, spokenNumber, spokenShare } from '../explanation/spoken-number.ts';
import type { BookingCurve } from './booking-curve.ts';

export type SenseInput = {
  /** Entry 0 is the current bucket. */
  readonly baseline: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Percentage of the band that `lower` and `upper` limit; 80 unless told. */
  readonly band?: number;
  /** Ordered so far for each bucket: open and already shipped. NaN is not known. None unless told. */
  readonly ordered?: Float64Array;
  /** Whole days from now to the end of each bucket. Needed with `ordered`. */
  readonly daysToEnd?: Int32Array;
  readonly bookingCurve?: BookingCurve;
  /** Actual minus baseline of completed buckets one ahead, newest last; NaN is left out. */
  readonly errors?: Float64Array;
  /** What the buckets are called in sentences; 'this bucket', 'the next bucket', 'bucket 3' unless told. */
  readonly bucketNames?: readonly string[];
  readonly unit?: string;
};

export type Sensed = {
  readonly sensed: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Sensed minus baseline = fromErrors + fromOrders. */
  readonly change: Float64Array;
  readonly fromErrors: Float64Array;
  readonly fromOrders: Float64Array;
  /** Weight of the order book, 0 to 1. */
  readonly orderWeight: Float64Array;
  /** Whether any change is large enough to speak of. */
  readonly noticeable: boolean;
  /** One sentence for every noticeable change and its cause; one that says so where there is none. */
  readonly reasons: readonly string[];
};

export function sense(input: SenseInput): Sensed {
  const { baseline, lower, upper, band = 80, ordered, daysToEnd, bookingCurve: curve } = input;
  const count = baseline.length;
  assert(lower.length === count && upper.length === count, 'the band has the buckets of the baseline');
  assert(band > 0 && band < 100, 'a band holds between 0 and 100 % of cases');
  const z = normalQuantile(0.5 + band / 200);
  const carried = carriedError(input.errors ?? new Float64Array());
  const result = {
    sensed: new Float64Array(count),
    lower: new Float64Array(count),
    upper: new Float64Array(count),
    change: new Float64Array(count),
    fromErrors: new Float64Array(count),
    fromOrders: new Float64Array(count),
    orderWeight: new Float64Array(count),
  };
  const reasons: string[] = [];
  let fading = 1;
  for (let t = 0; t < count; t++) {
    fading *= carried.persistence;
    const base = Math.max(0, baseline[t]);
    const corrected = Math.max(0, base + fading * carried.error);
    const deviation = Math.max(0, upper[t] - lower[t]) / (2 * z);
    const variance = deviation * deviation * (1 - fading * fading);
    const book = orderEstimate(ordered?.[t], daysToEnd?.[t], curve, base);
    const weight = book === undefined ? 0 : weightOf(variance, book.variance);
    const joined = book === undefined ? corrected : corrected + weight * (book.estimate - corrected);
    const sensed = Math.max(joined, book?.floor ?? 0);
    const spread = z * Math.sqrt(book === undefined ? variance : (1 - weight) * variance);
    result.sensed[t] = sensed;
    result.lower[t] = Math.min(sensed, Math.max(book?.floor ?? 0, sensed - spread));
    result.upper[t] = sensed + spread;
    result.fromErrors[t] = corrected - baseline[t];
    result.fromOrders[t] = sensed - corrected;
    result.change[t] = sensed - baseline[t];
    result.orderWeight[t] = weight;
    reasons.push(...reasonsOf(input, t, { base, corrected, sensed, deviation, book }));
  }
  const noticeable = reasons.length > 0;
  if (!noticeable) reasons.push('Orders and latest demand agree with the forecast, so it stays.');
  return { ...result, noticeable, reasons };
}

const LARGEST_PERSISTENCE = 0.8;
const ERRORS_BEFORE = 10;
const FEWEST_ERRORS = 6;
const LARGEST_ERROR = 2.5;

/** The newest error, cut where it is out of all proportion, and the share of it that a bucket hands to the next. */
function carriedError(errors: Float64Array): { readonly error: number; readonly persistence: number } {
  const known = errors.filter(Number.isFinite);
  if (known.length < FEWEST_ERRORS) return { error: 0, persistence: 0 };
  let squares = 0;
  let products = 0;
  for (let i = 0; i < known.length; i++) {
    squares += known[i] * known[i];
    if (i > 0) products += known[i] * known[i - 1];
  }
  const newest = errors[errors.length - 1];
  if (!(squares > 0) || !Number.isFinite(newest)) return { error: 0, persistence: 0 };
  const drawn = (products / squares) * (known.length / (known.length + ERRORS_BEFORE));
  const limit = LARGEST_ERROR * Math.sqrt(squares / known.length);
  return {
    error: Math.min(limit, Math.max(-limit, newest)),
    persistence: Math.min(LARGEST_PERSISTENCE, Math.max(0, drawn)),
  };
}

type OrderBook = {
  readonly estimate: number;
  readonly variance: number;
  readonly floor: number;
  readonly share: number;
  readonly days: number;
  readonly ordered: number;
};

/** Below this share known, what is ordered says next to nothing, and dividing by it says too much. */
const SMALLEST_SHARE = 0.02;

function orderEstimate(
  ordered: number | undefined,
  days: number | undefined,
  curve: BookingCurve | undefined,
  base: number,
): OrderBook | undefined {
  if (ordered === undefined || days === undefined || !Number.isFinite(ordered)) return undefined;
  const share = curve?.share[days] ?? 0;
  const errorRatio = curve?.errorRatio[days] ?? Infinity;
  const known = Math.max(0, ordered);
  // What is ordered is demand, even where nothing is known of what follows; unless part of it is usually cancelled.
  const floor = share <= 1 ? known : 0;
  const told = share >= SMALLEST_SHARE && Number.isFinite(errorRatio);
  const estimate = told ? known / share : known;
  // Errors of an estimate grow with it: a few early orders must not pass for a sure sign of many.
  const size = Math.max(base, estimate);
  const variance = told ? (errorRatio * size) ** 2 : Infinity;
  return { estimate, variance, floor, share: told ? share : 0, days, ordered: known };
}

/** Weight of the order book against a baseline of this variance. */
function weightOf(ofBaseline: number, ofOrders: number): number {
  if (ofOrders === Infinity) return 0;
  return ofBaseline + ofOrders > 0 ? ofBaseline / (ofBaseline + ofOrders) : 1;
}

const NOTICEABLE_RATIO = 0.01;
const NOTICEABLE_DEVIATIONS = 0.1;

type BucketChange = {
  readonly base: number;
  readonly corrected: number;
  readonly sensed: number;
  readonly deviation: number;
  readonly book: OrderBook | undefined;
};

function reasonsOf(input: SenseInput, t: number, change: BucketChange): string[] {
  const { unit = '', bucketNames } = input;
  const { base, corrected, sensed, deviation, book } = change;
  const name = bucketNames?.[t] ?? ['This bucket', 'The next bucket'][t] ?? `Bucket ${t + 1}`;
  const least = Math.max(NOTICEABLE_RATIO * base, NOTICEABLE_DEVIATIONS * deviation, Number.MIN_VALUE);
  const reasons: string[] = [];
  if (Math.abs(corrected - base) >= least) {
    const side = corrected > base ? 'above' : 'below';
    reasons.push(
      `${name}: demand has just come in ${side} the forecast, and such errors tend to last, so it moves from ` +
        `${spokenNumber(base, unit)} to ${spokenNumber(corrected, unit)}.`,
    );
  }
  if (book !== undefined && Math.abs(sensed - corrected) >= least) {
    const has = `${spokenNumber(book.ordered, unit)} are ordered with ${counted(book.days, 'day')} to go`;
    const usually =
      book.share > 0
        ? `when usually ${spokenShare(book.share)} are, which points to ${spokenNumber(book.estimate, unit)}`
        : 'more than the forecast';
    reasons.push(
      `${name}: ${has}, ${usually}, so it moves from ${spokenNumber(corrected, unit)} to ${spokenNumber(sensed, unit)}.`,
    );
  }
  return reasons;
}
