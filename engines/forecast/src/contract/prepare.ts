/** Turns any history into one a model can digest: complete, finite, of ordinary size, starting where data starts. */
import type { Issue } from '@planwright/units';
import { counted } from '../explanation/spoken-number.ts';
import { isSeasonal } from '../seasonality.ts';

export type Prepared = {
  /** Complete and divided by `scale`. A view of the series where that is all there is to do: nobody writes to it. */
  readonly history: Float64Array;
  /** Position in the raw series of each entry of `history`. */
  readonly positions: Int32Array;
  /** A power of two, so that scaling loses no digit. */
  readonly scale: number;
  readonly issues: readonly Issue[];
};

// Within these sizes squares and their sums neither overflow nor vanish.
const LARGEST_PLAIN = 1e60;
const SMALLEST_PLAIN = 1e-60;

/** Drops what precedes the first observation, sets aside infinities, fills or leaves out gaps, and scales. */
export function prepare(series: Float64Array, season: number, gaps: 'fill' | 'leave-out'): Prepared {
  const { first, observed, infinite, largest } = survey(series);
  const issues = infinite > 0 ? [infiniteIssue(infinite)] : [];
  if (observed === 0) {
    return {
      history: new Float64Array(0),
      positions: new Int32Array(0),
      scale: 1,
      issues: [...issues, NO_HISTORY],
    };
  }
  const plain = largest === 0 || (largest <= LARGEST_PLAIN && largest >= SMALLEST_PLAIN);
  const scale = plain ? 1 : 2 ** Math.floor(Math.log2(largest));
  const count = gaps === 'fill' ? series.length - first : observed;
  if (observed === series.length - first && observed === count) {
    const whole = first === 0 ? series : series.subarray(first);
    const history = scale === 1 ? whole : whole.map((value) => value / scale);
    return { history, positions: wholeNumbers(first, count), scale, issues };
  }
  const history = new Float64Array(count);
  const positions = new Int32Array(count);
  let next = 0;
  for (let t = first; t < series.length; t++) {
    const known = Number.isFinite(series[t]);
    if (!known && gaps === 'leave-out') continue;
    history[next] = known ? series[t] / scale : Number.NaN;
    positions[next] = t;
    next += 1;
  }
  if (observed < count) fillGaps(history, season);
  return { history, positions, scale, issues };
}

// Most histories are complete: their positions are a view of this one list, which is never written to, and most often the same view.
let numbers = new Int32Array(0);
let view = numbers;

/** The whole numbers from `first` on. */
function wholeNumbers(first: number, count: number): Int32Array {
  if (numbers.length < first + count) numbers = Int32Array.from({ length: 2 * (first + count) }, (_, i) => i);
  if (view.length !== count || view[0] !== first) view = numbers.subarray(first, first + count);
  return view;
}

function survey(series: Float64Array) {
  let first = -1;
  let observed = 0;
  let infinite = 0;
  let largest = 0;
  for (let t = 0; t < series.length; t++) {
    const size = Math.abs(series[t]);
    if (size === Infinity) infinite += 1;
    else if (!Number.isNaN(size)) {
      if (first < 0) first = t;
      observed += 1;
      if (size > largest) largest = size;
    }
  }
  return { first, observed, infinite, largest };
}

/**
 * Estimates NaN in place: on the line between the neighbours, or, where a season is evident, as the mean
 * of the same phase one season before and after. The first entry must be observed; a gap at the end repeats.
 */
function fillGaps(history: Float64Array, season: number): void {
  const missing: number[] = [];
  for (let t = 0; t < history.length; t++) if (Number.isNaN(history[t])) missing.push(t);
  interpolate(history);
  if (missing.length === 0 || !isSeasonal(history, season)) return;
  const gap = new Uint8Array(history.length);
  for (const t of missing) gap[t] = 1;
  for (const t of missing) {
    const before = t - season >= 0 ? t - season : -1;
    const after = t + season < history.length && gap[t + season] === 0 ? t + season : -1;
    if (before >= 0 && after >= 0) history[t] = 0.5 * (history[before] + history[after]);
    else if (before >= 0 || after >= 0) history[t] = history[Math.max(before, after)];
  }
}

function interpolate(history: Float64Array): void {
  let last = 0;
  for (let t = 1; t <= history.length; t++) {
    if (t < history.length && Number.isNaN(history[t])) continue;
    for (let i = last + 1; i < t; i++) {
      const share = (i - last) / (t - last);
      history[i] = t < history.length ? history[last] * (1 - share) + history[t] * share : history[last];
    }
    last = t;
  }
}

const NO_HISTORY: Issue = {
  severity: 'error',
  code: 'NO_HISTORY',
  message: 'The series has no observed value.',
  advice: 'Import its history, or plan it by hand; the forecast is 0 until then.',
};

const infiniteIssue = (count: number): Issue => ({
  severity: 'warning',
  code: 'INFINITE_VALUE',
  message: `${counted(count, 'infinite value')} of the series ${count === 1 ? 'was' : 'were'} treated as not observed.`,
  advice: 'Mend the source of these values.',
});
