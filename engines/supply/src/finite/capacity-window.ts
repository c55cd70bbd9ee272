/**
 * How much of a source may start on a day, by the hours of its resources and by what its supplier gives, and on which
 * days before or after there may be more.
 */
import { DELAY_CAUSE } from '../model/finite-plan.ts';
import { grown } from './columns.ts';
import { NEVER } from './network.ts';
import { addHours, bookHours, type PlanState } from './plan-state.ts';

// Hours are sums of many small terms; without slack a set-up that just fits would be refused.
const HOURS_SLACK = 1e-9;

/** Where a resource's hours are looked for: the first option of each load, or whichever has most left. */
export const PREFERRED = 0;
export const ANY_ALTERNATE = 1;

/** The answer of `startLimit`, reused: read it before the next call. */
export const limit = {
  /** Units that may start; Infinity where nothing limits them. */
  quantity: 0,
  /** Where it is less than asked: the latest day before on which it may be more, -1 none. */
  earlierDay: -1,
  cause: 0,
  subject: 0,
};

/** Units of a source that may start on a day, less than `least` counting as none. */
export function startLimit(
  state: PlanState,
  source: number,
  day: number,
  least: number,
  round: number,
): void {
  const { sources } = state.network;
  limit.quantity = Number.POSITIVE_INFINITY;
  limit.earlierDay = day - 1;
  const row = sources.maximumRow[source];
  if (row >= 0) limitByMaximum(state, source, row, day, least);
  for (let load = sources.loadStart[source]; load < sources.loadStart[source + 1]; load++) {
    limitByLoad(state, load, day, least, round);
  }
}

function limitByMaximum(state: PlanState, source: number, row: number, day: number, least: number): void {
  const { network, maximumUsed } = state;
  const bucket = network.bucketOfDay[day];
  state.watch?.counter(state.hours.length + row + bucket);
  const left = network.sources.maximum[row + bucket] - maximumUsed[row + bucket];
  if (left >= limit.quantity) return;
  limit.quantity = Math.max(0, left);
  limit.cause = DELAY_CAUSE.sourceMaximum;
  limit.subject = source;
  if (left < least) limit.earlierDay = Math.min(limit.earlierDay, network.bucketFirstDay[bucket] - 1);
}

function limitByLoad(state: PlanState, load: number, day: number, least: number, round: number): void {
  const { loads, resources } = state.network;
  const option = chosenOption(state, load, day, round);
  const quantity = unitsThatFit(state, option, day);
  if (quantity >= limit.quantity) return;
  limit.quantity = Math.max(0, quantity);
  limit.cause = DELAY_CAUSE.capacity;
  limit.subject = loads.resource[option];
  if (quantity >= least) return;
  const bucket = bucketOf(state, option, day);
  const before = bucket < 0 ? day - 1 : resources.firstDay[bucket] - 1 - loads.offsetDays[option];
  limit.earlierDay = Math.min(limit.earlierDay, Math.min(day - 1, before));
}

/** Entry of a load's resource bucket for a start day; days outside of the horizon count as its ends; -1 closed. */
function bucketOf({ network }: PlanState, option: number, day: number): number {
  const { loads, resources, dayCount } = network;
  const resource = loads.resource[option];
  const on = Math.min(dayCount - 1, Math.max(0, day + loads.offsetDays[option]));
  const bucket = resources.calendarDays[resources.calendar[resource] * dayCount + on];
  return bucket < 0 ? -1 : resources.bucketStart[resource] + bucket;
}

function unitsThatFit(state: PlanState, option: number, day: number): number {
  const bucket = bucketOf(state, option, day);
  return bucket < 0 ? 0 : unitsInBucket(state, option, bucket);
}

function unitsInBucket(state: PlanState, option: number, bucket: number): number {
  const { loads, resources } = state.network;
  state.watch?.counter(bucket);
  let free = resources.capacity[bucket] - state.hours[bucket] - loads.setupHours[option];
  if (state.overtimeAllowed) free += resources.overtime[bucket];
  const per = loads.hoursPer[option];
  if (free < 0) return free > -HOURS_SLACK && per === 0 ? Number.POSITIVE_INFINITY : 0;
  return per > 0 ? free / per : Number.POSITIVE_INFINITY;
}

function chosenOption(state: PlanState, load: number, day: number, round: number): number {
  const { optionStart } = state.network.loads;
  let best = optionStart[load];
  if (round === PREFERRED || optionStart[load + 1] === best + 1) return best;
  let most = unitsThatFit(state, best, day);
  for (let option = best + 1; option < optionStart[load + 1]; option++) {
    const fits = unitsThatFit(state, option, day);
    if (fits > most) {
      most = fits;
      best = option;
    }
  }
  return best;
}

/**
 * Books what an order asks of its resources; the same options are chosen as by `startLimit` before it. `order` is its
 * row, for which alternates are noted; orders that are drawn together have none.
 */
export function bookLoads(
  state: PlanState,
  source: number,
  day: number,
  quantity: number,
  round: number,
  order = -1,
): void {
  const { sources, loads } = state.network;
  for (let load = sources.loadStart[source]; load < sources.loadStart[source + 1]; load++) {
    const option = chosenOption(state, load, day, round);
    const bucket = bucketOf(state, option, day);
    if (bucket < 0) continue;
    const hours = loads.setupHours[option] + loads.hoursPer[option] * quantity;
    bookHours(state, bucket, hours);
    if (option !== loads.optionStart[load])
      noteAlternate(state, order, loads.optionStart[load], option, hours);
  }
}

function noteAlternate(
  { alternates, network: { loads } }: PlanState,
  order: number,
  first: number,
  option: number,
  hours: number,
): void {
  grown(alternates, alternates.hours);
  const row = alternates.count++;
  alternates.order[row] = order;
  alternates.resource[row] = loads.resource[option];
  alternates.insteadOf[row] = loads.resource[first];
  alternates.hours[row] = hours;
}

/** Do orders of a source without alternates that start on either day take the same buckets of its resources? */
export function haveSameBuckets(state: PlanState, source: number, a: number, b: number): boolean {
  const { sources, loads } = state.network;
  for (let load = sources.loadStart[source]; load < sources.loadStart[source + 1]; load++) {
    const option = loads.optionStart[load];
    if (bucketOf(state, option, a) !== bucketOf(state, option, b)) return false;
  }
  return true;
}

/** Gives back the hours that one order's set-up takes, whatever its quantity. */
export function freeSetups(state: PlanState, source: number, day: number): void {
  const { sources, loads } = state.network;
  for (let load = sources.loadStart[source]; load < sources.loadStart[source + 1]; load++) {
    const option = loads.optionStart[load];
    const bucket = bucketOf(state, option, day);
    if (bucket >= 0) addHours(state, bucket, -loads.setupHours[option]);
  }
}

/** The first day from `day` on which at least `least` may start, every limit taken for itself; NEVER if none. */
export function nextOpenDay(state: PlanState, source: number, day: number, least: number): number {
  const { sources, loads } = state.network;
  let open = sources.maximumRow[source] < 0 ? day : nextMaximumDay(state, source, day, least);
  for (let load = sources.loadStart[source]; load < sources.loadStart[source + 1]; load++) {
    let soonest = NEVER;
    for (let option = loads.optionStart[load]; option < loads.optionStart[load + 1]; option++) {
      soonest = Math.min(soonest, nextDayOfOption(state, option, day, least));
    }
    open = Math.max(open, soonest);
  }
  return open;
}

function nextDayOfOption(state: PlanState, option: number, day: number, least: number): number {
  const { loads, resources, dayCount } = state.network;
  const resource = loads.resource[option];
  const first = bucketOf(state, option, day);
  if (first < 0) return day + 1 < dayCount ? day + 1 : NEVER;
  if (unitsInBucket(state, option, first) >= least) return day;
  for (let bucket = first + 1; bucket < resources.bucketStart[resource + 1]; bucket++) {
    const opens = resources.firstDay[bucket] - loads.offsetDays[option];
    if (opens >= dayCount) return NEVER;
    if (opens > day && unitsInBucket(state, option, bucket) >= least) return opens;
  }
  return NEVER;
}

function nextMaximumDay(state: PlanState, source: number, day: number, least: number): number {
  const { network, maximumUsed, hours, watch } = state;
  const row = network.sources.maximumRow[source];
  for (let t = network.bucketOfDay[day]; t < network.bucketCount; t++) {
    watch?.counter(hours.length + row + t);
    if (network.sources.maximum[row + t] - maximumUsed[row + t] >= least) {
      return Math.max(day, network.bucketFirstDay[t]);
    }
  }
  return NEVER;
}
