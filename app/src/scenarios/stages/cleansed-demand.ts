/** The demand behind what was booked for one key: without errors, with what empty shelves kept back, as planners decided. */
import { cleanse, CLEANSING_REASONS } from '@planwright/forecast';
import type { DemandView } from './demand-view.ts';
import type { KeyFinding } from './stage-results.ts';

export type CleansedDemand = {
  readonly cleansed: Float64Array;
  /** Places in the list of reasons of the engine. */
  readonly reasons: Uint8Array;
  readonly findings: readonly KeyFinding[];
};

/** `events`: 1 for buckets in which something happened that is known, so that it is not taken for an error. */
export function cleansedDemand(view: DemandView, key: number, events?: Uint8Array): CleansedDemand {
  const series = view.actualOf(key);
  const returns = view.returnedOf(key);
  const found = cleanse({
    series,
    season: view.season,
    availability: availabilityOf(view, key),
    ...(returns.some((quantity) => quantity > 0) ? { returns } : {}),
    ...(events === undefined ? {} : { protect: events }),
  });
  const { cleansed, reasons } = found;
  const decided = new Set<number>();
  for (const { bucket, decision, quantity } of view.decisionsOf(key)) {
    decided.add(bucket);
    cleansed[bucket] = decision === 'set' && quantity !== null ? quantity : series[bucket];
    reasons[bucket] = NO_REASON;
  }
  const findings = found.findings
    .filter(({ bucket }) => !decided.has(bucket))
    .map(({ bucket, reason, raw, cleansed: after, changed, sentence }): KeyFinding => {
      const kind = reason === 'none' || reason === 'event' ? 'level-shift' : reason;
      return {
        kind: kind === 'stock-out' && !changed ? 'suspected-stock-out' : kind,
        bucket,
        quantityBefore: numberOrNull(raw),
        quantityAfter: numberOrNull(after),
        quantity:
          kind === 'level-shift' ? stepAt(cleansed, bucket) : Math.abs(numberOr0(after) - numberOr0(raw)),
        detail: sentence,
      };
    });
  return { cleansed, reasons, findings };
}

const NO_REASON = CLEANSING_REASONS.indexOf('none');

/** Share of each bucket of history in which the item was in stock; undefined where it always was. */
function availabilityOf(view: DemandView, key: number): Float64Array | undefined {
  const stockOuts = view.stockOutsOf(key);
  if (stockOuts.length === 0) return undefined;
  const { starts, historyBuckets } = view.snapshot.meta;
  const available = new Float64Array(historyBuckets).fill(1);
  for (const { startsOn, endsOn } of stockOuts) {
    const last = Math.min(view.bucketOfDay(endsOn), historyBuckets - 1);
    for (let t = Math.max(0, view.bucketOfDay(startsOn)); t <= last; t++) {
      const days = Math.min(endsOn + 1, starts[t + 1]) - Math.max(startsOn, starts[t]);
      available[t] = Math.max(0, available[t] - days / (starts[t + 1] - starts[t]));
    }
  }
  return available;
}

const STEP_BUCKETS = 6;

/** By how much a level changes: the means of the buckets on both sides. */
function stepAt(values: Float64Array, bucket: number): number {
  const before = meanOf(values.subarray(Math.max(0, bucket - STEP_BUCKETS), bucket));
  const after = meanOf(values.subarray(bucket, bucket + STEP_BUCKETS));
  return Math.abs(numberOr0(after - before));
}

function meanOf(values: Float64Array): number {
  const known = values.filter(Number.isFinite);
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

const numberOr0 = (value: number): number => (Number.isFinite(value) ? value : 0);
const numberOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
