/** Quarters and fiscal years of a plan by periods: what was ordered so far and what is planned, with the band of the sum. */
import type { SpanTotal } from '@planwright/contracts';
import { bandOfSum } from '@planwright/forecast';
import { type Calendar, extendCalendar, fiscalQuarterOf, fiscalYearOf, isoFromDay } from '@planwright/time';
import type { DemandSums, RunHead } from '../plan-view/plan-reader.ts';

type Head = Pick<RunHead, 'calendar' | 'historyBuckets' | 'horizonBuckets'>;

/** Those that reach into the plan, quarters first; none where the run kept no bands. */
export function spanTotals(run: Head, sums: DemandSums): SpanTotal[] {
  const { horizonBuckets } = run;
  const rows = [sums.baseline, sums.consensus, sums.lower80, sums.upper80, sums.lower95, sums.upper95];
  if (
    horizonBuckets === 0 ||
    rows.some((row) => row.length !== horizonBuckets || !row.every(Number.isFinite))
  )
    return [];
  // One more, to see whether the last span goes on behind the plan.
  const calendar = extendCalendar(run.calendar, 1);
  return [...spansOf(calendar, run, 'quarter'), ...spansOf(calendar, run, 'year')].map((span) =>
    totalOf(run, sums, span),
  );
}

type Span = Pick<SpanTotal, 'span' | 'label' | 'isWhole'> & { readonly from: number; readonly to: number };

function spansOf(calendar: Calendar, { historyBuckets, horizonBuckets }: Head, span: Span['span']): Span[] {
  const end = historyBuckets + horizonBuckets;
  const labelOf = (bucket: number): string => {
    const year = `FY${String(fiscalYearOf(calendar, bucket) % 100).padStart(2, '0')}`;
    return span === 'year' ? year : `${year} Q${fiscalQuarterOf(calendar, bucket)}`;
  };
  const spans: Span[] = [];
  for (let from = 0; from < end; ) {
    const label = labelOf(from);
    let to = from + 1;
    while (to < end && labelOf(to) === label) to += 1;
    if (to > historyBuckets)
      spans.push({ span, label, from, to, isWhole: from > 0 && labelOf(to) !== label });
    from = to;
  }
  return spans;
}

function totalOf(
  { calendar, historyBuckets }: Head,
  sums: DemandSums,
  { from, to, ...span }: Span,
): SpanTotal {
  const past = sumOf(sums.actual.slice(Math.min(from, historyBuckets), historyBuckets));
  const [first, end] = [Math.max(0, from - historyBuckets), to - historyBuckets];
  const mean = Float64Array.from(sums.baseline);
  const band = (lower: readonly number[], upper: readonly number[]) =>
    bandOfSum(mean, { lower: Float64Array.from(lower), upper: Float64Array.from(upper) }, first, end);
  const at80 = band(sums.lower80, sums.upper80);
  const at95 = band(sums.lower95, sums.upper95);
  return {
    ...span,
    startsOn: isoFromDay(calendar.starts[from]),
    endsOn: isoFromDay(calendar.starts[to] - 1),
    actual: past,
    baseline: past + at80.mean,
    consensus: past + sumOf(sums.consensus.slice(first, end)),
    lower80: past + Math.max(0, at80.lower),
    upper80: past + at80.upper,
    lower95: past + Math.max(0, at95.lower),
    upper95: past + at95.upper,
  };
}

/** Of what was observed. */
const sumOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => (Number.isFinite(value) ? sum + value : sum), 0);
