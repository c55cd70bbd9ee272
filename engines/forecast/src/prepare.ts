/** Turns any history into one a model can digest: complete, finite, of ordinary size, starting where data starts. */
import type { Issue } from '@planwright/units';
import { isSeasonal } from './seasonality.ts';

export type Prepared = {
  /** Complete and divided by `scale`. */
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
  const issues: Issue[] = [];
  const observed: number[] = [];
  let infinite = 0;
  let largest = 0;
  for (let t = 0; t < series.length; t++) {
    if (Number.isFinite(series[t])) {
      observed.push(t);
      largest = Math.max(largest, Math.abs(series[t]));
    } else if (!Number.isNaN(series[t])) infinite += 1;
  }
  if (infinite > 0) issues.push(infiniteIssue(infinite));
  if (observed.length === 0) {
    issues.push(NO_HISTORY);
    return { history: new Float64Array(0), positions: new Int32Array(0), scale: 1, issues };
  }
  const scale =
    largest > LARGEST_PLAIN || (largest > 0 && largest < SMALLEST_PLAIN)
      ? 2 ** Math.floor(Math.log2(largest))
      : 1;
  if (gaps === 'leave-out') {
    const positions = Int32Array.from(observed);
    return { history: Float64Array.from(observed, (t) => series[t] / scale), positions, scale, issues };
  }
  const first = observed[0];
  const span = series.length - first;
  const history = new Float64Array(span);
  const positions = new Int32Array(span);
  for (let i = 0; i < span; i++) {
    positions[i] = first + i;
    history[i] = Number.isFinite(series[first + i]) ? series[first + i] / scale : Number.NaN;
  }
  if (observed.length < span) fillGaps(history, season);
  return { history, positions, scale, issues };
}

/**
 * Estimates NaN in place: on the line between the neighbours, or, where a season is evident, as the mean
 * of the same phase one season before and after. The first entry must be observed; a gap at the end repeats.
 */
export function fillGaps(history: Float64Array, season: number): void {
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
  message: `${count} value(s) of the series are infinite and were treated as not observed.`,
  advice: 'Mend the source of these values.',
});
