/** Hours of a resource by bucket, from its normal week and what changes it for a while. */

/** From `startsDay` to `endsDay`, both included. The last one that says something about a day holds. */
export type HoursChange = {
  readonly kind: 'capacity' | 'overtime' | 'stop';
  readonly startsDay: number;
  readonly endsDay: number;
  /** Rated hours a day; 0 for a stop. */
  readonly hoursPerDay: number;
};

export type HoursRule = {
  readonly ratedHoursPerDay: number;
  readonly overtimeHoursPerDay: number;
  readonly changes: readonly HoursChange[];
};

type HoursByBucket = { readonly capacityHours: number[]; readonly overtimeHours: number[] };

/**
 * Adds the days of each bucket up. A day on which the resource stands still gives neither hours nor overtime, whatever
 * else is said of it. `starts`: first day of every bucket and the day after the last. O(days x changes of the bucket).
 */
export function hoursByBucket(rule: HoursRule, starts: ArrayLike<number>): HoursByBucket {
  const capacityHours: number[] = [];
  const overtimeHours: number[] = [];
  for (let t = 0; t + 1 < starts.length; t++) {
    const [from, to] = [starts[t], starts[t + 1]];
    const changes = rule.changes.filter(({ startsDay, endsDay }) => startsDay < to && endsDay >= from);
    if (changes.length === 0) {
      capacityHours.push((to - from) * rule.ratedHoursPerDay);
      overtimeHours.push((to - from) * rule.overtimeHoursPerDay);
      continue;
    }
    let [rated, over] = [0, 0];
    for (let day = from; day < to; day++) {
      const hours = hoursOn(rule, changes, day);
      rated += hours.rated;
      over += hours.over;
    }
    capacityHours.push(rated);
    overtimeHours.push(over);
  }
  return { capacityHours, overtimeHours };
}

function hoursOn(rule: HoursRule, changes: readonly HoursChange[], day: number) {
  let [rated, over] = [rule.ratedHoursPerDay, rule.overtimeHoursPerDay];
  for (const change of changes) {
    if (day < change.startsDay || day > change.endsDay) continue;
    if (change.kind === 'stop') return { rated: 0, over: 0 };
    if (change.kind === 'capacity') rated = change.hoursPerDay;
    else over = change.hoursPerDay;
  }
  return { rated, over };
}
