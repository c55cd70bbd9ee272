/** Resources and their own buckets: the columns of `FiniteResources`. */
import { assert } from '@planwright/units';
import type { PlanningModel, ResourceFacts } from '../model/planning-model.ts';
import type { FiniteResources } from './network.ts';

/** Hours of a resource per bucket: one number for all, one each, or the same where nothing is said. */
function hoursPerBucket(
  hours: number | ArrayLike<number> | undefined,
  count: number,
  missing: number,
): Float64Array {
  if (hours === undefined) return new Float64Array(count).fill(missing);
  if (typeof hours === 'number') return new Float64Array(count).fill(hours);
  assert(hours.length === count, 'hours of a resource span its buckets');
  return Float64Array.from({ length: count }, (_, t) => (Number.isNaN(hours[t]) ? missing : hours[t]));
}

const bucketsOf = ({ bucketStartDays }: ResourceFacts, model: PlanningModel) =>
  bucketStartDays ?? model.bucketStartDays;

export function compiledResources(model: PlanningModel, dayCount: number): FiniteResources {
  const { resources, asOfDay } = model;
  const bucketStart = new Int32Array(resources.length + 1);
  resources.forEach((row, r) => {
    bucketStart[r + 1] = bucketStart[r] + bucketsOf(row, model).length - 1;
  });
  const total = bucketStart[resources.length];
  const firstDay = new Int32Array(total);
  const [capacity, committed, overtime, overtimeCost] = [0, 0, 0, 0].map(() => new Float64Array(total));
  const calendar = new Int32Array(resources.length);
  const rowOfStarts = new Map<string, number>();
  const calendars: Int32Array[] = [];
  resources.forEach((row, r) => {
    const starts = Int32Array.from(bucketsOf(row, model), (day) => day - asOfDay);
    firstDay.set(starts.subarray(0, -1), bucketStart[r]);
    capacity.set(
      hoursPerBucket(row.capacityHours, starts.length - 1, Number.POSITIVE_INFINITY),
      bucketStart[r],
    );
    committed.set(hoursPerBucket(row.committedHours, starts.length - 1, 0), bucketStart[r]);
    overtime.set(hoursPerBucket(row.overtimeMaxHours, starts.length - 1, 0), bucketStart[r]);
    // Regular hours are worked sooner or later; what overtime costs beyond them is weighed against waiting.
    const { costPerHour = 0, overtimeCostPerHour = costPerHour } = row;
    overtimeCost.fill(Math.max(0, overtimeCostPerHour - costPerHour), bucketStart[r], bucketStart[r + 1]);
    const key = starts.join();
    let known = rowOfStarts.get(key);
    if (known === undefined) {
      known = calendars.length;
      rowOfStarts.set(key, known);
      calendars.push(bucketsOfDays(starts, dayCount));
    }
    calendar[r] = known;
  });
  const calendarDays = new Int32Array(calendars.length * dayCount);
  calendars.forEach((days, row) => calendarDays.set(days, row * dayCount));
  return {
    count: resources.length,
    bucketStart,
    firstDay,
    capacity,
    overtime,
    committed,
    overtimeCost,
    calendar,
    calendarDays,
  };
}

/** The bucket of each day of the horizon; -1 before the first and after the last. */
export function bucketsOfDays(starts: ArrayLike<number>, dayCount: number): Int32Array {
  const buckets = new Int32Array(dayCount).fill(-1);
  for (let t = 0; t + 1 < starts.length; t++) {
    const [first, end] = [Math.max(0, starts[t]), Math.min(dayCount, starts[t + 1])];
    if (first < end) buckets.fill(t, first, end);
  }
  return buckets;
}
