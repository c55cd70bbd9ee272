import type { StockPointRow } from '@planwright/contracts';
import { bucketLabel } from '@planwright/time';
import type { RunHead, StockPointRecord } from '../plan-view/plan-reader.ts';

/** A stock point as the API shows it. */
export function stockPointRow(run: RunHead, record: StockPointRecord): StockPointRow {
  const { firstShortage, leadTimeDays: _, ...row } = record;
  return {
    ...row,
    firstShortageBucket:
      firstShortage === null ? null : bucketLabel(run.calendar, run.historyBuckets + firstShortage),
  };
}
