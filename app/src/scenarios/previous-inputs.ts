/** The published plan laid over the buckets and keys of a new run. */
import type { PreviousPlan } from './company-data.ts';
import type { DemandKeys } from './demand-inputs.ts';
import type { PlanCalendar } from './plan-calendar.ts';

/** keys x horizonBuckets, row-major; both empty where plans need not be steady. */
export type PreviousInputs = {
  /** What it said, without what events, feasts and prices add; NaN where it said nothing. */
  readonly previousBase: Float64Array;
  /** What it held back of its own latest forecast. */
  readonly previousHeldBack: Float64Array;
};

/** A bucket takes over what the published plan says of the very same days. */
export function previousInputs(
  previous: PreviousPlan | undefined,
  keys: DemandKeys,
  { calendar: { starts }, historyBuckets, horizonBuckets }: PlanCalendar,
): PreviousInputs {
  if (previous === undefined)
    return { previousBase: new Float64Array(0), previousHeldBack: new Float64Array(0) };
  const indexOf = new Map(previous.starts.map((start, index) => [start, index]));
  const before = Array.from({ length: horizonBuckets }, (_, step) => {
    const index = indexOf.get(starts[historyBuckets + step]) ?? -1;
    return previous.starts[index + 1] === starts[historyBuckets + step + 1] ? index : -1;
  });
  const streamOf = new Map(
    previous.streams.map((stream) => [nameOf(stream.item, stream.location, stream.channel), stream]),
  );
  const size = keys.item.length * horizonBuckets;
  const previousBase = new Float64Array(size).fill(Number.NaN);
  const previousHeldBack = new Float64Array(size);
  keys.item.forEach((item, key) => {
    const stream = streamOf.get(nameOf(item, keys.location[key], keys.channel[key]));
    if (stream === undefined) return;
    before.forEach((index, step) => {
      if (index < 0) return;
      previousBase[key * horizonBuckets + step] = stream.baseline[index] - stream.uplift[index];
      previousHeldBack[key * horizonBuckets + step] = stream.heldBack?.[index] ?? 0;
    });
  });
  return { previousBase, previousHeldBack };
}

/** The separator cannot be typed into a name. */
const nameOf = (item: string, location: string, channel: string): string =>
  `${item}\u0000${location}\u0000${channel}`;
