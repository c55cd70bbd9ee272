/**
 * On time in full, at line level, against the requested date.
 *
 * There is no industry standard, so every choice is a stated tolerance. A line is
 *   due      from the day after requestedDay + lateDays, or as soon as it is delivered in full;
 *   on time  where its last delivery lies in [requestedDay - earlyDays, requestedDay + lateDays];
 *   in full  where the delivered quantity is at least ordered x (1 - underRatio) and at most ordered x (1 + overRatio).
 * A due line that is not both is a miss, and one never delivered is too. Lines not yet due, cancelled (nothing
 * ordered) or without a requested date are left out.
 *
 * Source   McKinsey (2019), Defining "on-time, in-full" in the consumer sector.
 */
import { assert } from '@planwright/units';
import type { Kpi } from './kpis.ts';

/** Columns, one entry per order line; days since 1970-01-01, NaN = none. */
export type OrderLines = {
  readonly requestedDay: ArrayLike<number>;
  /** Day of the last delivery; NaN = nothing delivered. */
  readonly deliveredDay: ArrayLike<number>;
  readonly orderedQuantity: ArrayLike<number>;
  readonly deliveredQuantity: ArrayLike<number>;
};
export type OtifTolerance = {
  readonly earlyDays: number;
  readonly lateDays: number;
  readonly underRatio: number;
  readonly overRatio: number;
};

/** Any earliness is fine; late by a day or short by a unit is not. */
export const STRICT_OTIF: OtifTolerance = { earlyDays: Infinity, lateDays: 0, underRatio: 0, overRatio: 0 };

export type LineResult = 'hit' | 'miss' | 'left-out';

/** Share of due lines on time in full as of a day. numerator = hits, denominator = lines due. */
export function otif(lines: OrderLines, asOfDay: number, tolerance: OtifTolerance = STRICT_OTIF): Kpi {
  const counts: Record<LineResult, number> = { hit: 0, miss: 0, 'left-out': 0 };
  for (let line = 0; line < lines.requestedDay.length; line++)
    counts[otifOfLine(lines, line, asOfDay, tolerance)] += 1;
  const dueCount = counts.hit + counts.miss;
  return {
    code: 'otif',
    value: dueCount > 0 ? counts.hit / dueCount : Number.NaN,
    numerator: counts.hit,
    denominator: dueCount,
    countedCount: dueCount,
    droppedCount: counts['left-out'],
  };
}

/** The verdict on one line, for drilling down. */
export function otifOfLine(
  lines: OrderLines,
  line: number,
  asOfDay: number,
  tolerance: OtifTolerance,
): LineResult {
  const ordered = lines.orderedQuantity[line];
  const requested = lines.requestedDay[line];
  assert(line >= 0 && line < lines.requestedDay.length, 'the line is among the lines');
  if (!(ordered > 0) || Number.isNaN(requested)) return 'left-out';
  const delivered = lines.deliveredDay[line] <= asOfDay ? lines.deliveredQuantity[line] : 0; // NaN day: nothing yet.
  const isInFull = delivered >= ordered * (1 - tolerance.underRatio);
  const isPastDue = asOfDay > requested + tolerance.lateDays;
  if (!isPastDue && !isInFull) return 'left-out';
  const day = lines.deliveredDay[line];
  const isOnTime = day >= requested - tolerance.earlyDays && day <= requested + tolerance.lateDays;
  const isTooMuch = delivered > ordered * (1 + tolerance.overRatio);
  return isInFull && isOnTime && !isTooMuch ? 'hit' : 'miss';
}
