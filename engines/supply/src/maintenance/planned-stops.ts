/**
 * Planned stops take capacity: the hours that a resource cannot give because it is being maintained, cleaned or changed over.
 */
import { mondayOf } from '@planwright/time';
import { assert } from '@planwright/units';
import type { WorkingTime } from '../capacity/rated-hours.ts';

export type PlannedStop = {
  /** First day of the stop, and the day after the last, as days since 1970-01-01. */
  readonly fromDay: number;
  readonly toDay: number;
  /** Of the resource's units that stand still. Default all. */
  readonly unitCount?: number;
  /** Of each working day. Default all its hours. */
  readonly hoursPerDay?: number;
};

/**
 * Rated hours lost per bucket, in the same hours as `ratedCapacityHours` gives; take them off. Stops on days without work cost
 * nothing, and stops at the same time never take more than a day has. O(days + stop days).
 */
export function plannedStopHours(
  bucketStartDays: ArrayLike<number>,
  time: WorkingTime,
  stops: readonly PlannedStop[],
): Float64Array {
  const {
    hoursPerDay,
    workdays,
    closedDays,
    unitCount = 1,
    utilisationRatio = 1,
    efficiencyRatio = 1,
  } = time;
  const bucketCount = bucketStartDays.length - 1;
  const [first, end] = [bucketStartDays[0], bucketStartDays[bucketCount]];
  const lostUnitHours = new Float64Array(Math.max(0, end - first));
  for (const stop of stops) {
    const units = Math.min(unitCount, stop.unitCount ?? unitCount);
    const hours = Math.min(hoursPerDay, stop.hoursPerDay ?? hoursPerDay);
    assert(units >= 0 && hours >= 0, 'a stop takes units and hours of 0 or more');
    for (let day = Math.max(first, stop.fromDay); day < Math.min(end, stop.toDay); day++) {
      lostUnitHours[day - first] += units * hours;
    }
  }
  return Float64Array.from({ length: bucketCount }, (_, t) => {
    let lost = 0;
    for (let day = bucketStartDays[t]; day < bucketStartDays[t + 1]; day++) {
      if (!workdays[day - mondayOf(day)] || closedDays?.has(day)) continue;
      lost += Math.min(lostUnitHours[day - first], unitCount * hoursPerDay);
    }
    return lost * utilisationRatio * efficiencyRatio;
  });
}
