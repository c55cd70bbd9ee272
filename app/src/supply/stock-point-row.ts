import type { StockPointRow } from '@planwright/contracts';
import { bucketLabel } from '@planwright/time';
import type { RunHead, StockPointRecord } from '../plan-view/plan-reader.ts';

/** A stock point as the API shows it. */
export function stockPointRow(run: RunHead, record: StockPointRecord): StockPointRow {
  const { firstShortage, constrainedFirstShortage, leadTimeDays: _, ...row } = record;
  const labelOf = (bucket: number | null): string | null =>
    bucket === null ? null : bucketLabel(run.calendar, run.historyBuckets + bucket);
  return {
    ...row,
    firstShortageBucket: labelOf(firstShortage),
    constrainedFirstShortageBucket: labelOf(constrainedFirstShortage),
  };
}
