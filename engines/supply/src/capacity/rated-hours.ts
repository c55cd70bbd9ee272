/**
 * Rated capacity of a resource per bucket: the hours it can really give.
 *
 *   available hours = working days of the bucket x hoursPerDay x unitCount
 *   rated hours     = available hours x utilisationRatio x efficiencyRatio
 *
 * Source   APICS Dictionary, "rated capacity": 40 h x 0.90 x 0.95 = 34.2 h.
 */
import { mondayOf } from '@planwright/time';

export type WorkingTime = {
  readonly hoursPerDay: number;
  /** Monday to Sunday: true on a working day. */
  readonly workdays: readonly boolean[];
  /** Holidays and planned stops, as days since 1970-01-01. */
  readonly closedDays?: ReadonlySet<number>;
  /** Machines or people of the resource. Default 1. */
  readonly unitCount?: number;
  /** Share of the available time in which it runs, 0-1. Default 1. */
  readonly utilisationRatio?: number;
  /** Standard hours made per hour run; 1 = as the routings say. Default 1. */
  readonly efficiencyRatio?: number;
};

/** Rated hours per bucket; `bucketStartDays` has bucketCount + 1 days. */
export function ratedCapacityHours(bucketStartDays: ArrayLike<number>, time: WorkingTime): Float64Array {
  const {
    hoursPerDay,
    workdays,
    closedDays,
    unitCount = 1,
    utilisationRatio = 1,
    efficiencyRatio = 1,
  } = time;
  const ratedHoursPerDay = hoursPerDay * unitCount * utilisationRatio * efficiencyRatio;
  return Float64Array.from({ length: bucketStartDays.length - 1 }, (_, t) => {
    let workingDays = 0;
    for (let day = bucketStartDays[t]; day < bucketStartDays[t + 1]; day++) {
      if (workdays[day - mondayOf(day)] && !closedDays?.has(day)) workingDays += 1;
    }
    return workingDays * ratedHoursPerDay;
  });
}
