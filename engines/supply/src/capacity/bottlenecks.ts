/**
 * Which resources limit a plan: where they are asked for more than they have, how much of that no earlier hour can take, and how much
 * money rides on it.
 *
 *   missing hours    load beyond capacity, bucket by bucket
 *   stuck hours      what is missing even if work moves ahead into free hours of the resource, at most `buildAheadBuckets`;
 *                    filled oldest first from the earliest free hour, which leaves the least stuck
 *   value at stake   of the stuck hours, the cheapest work per hour given up first: at least so much money is late or lost.
 *                    Work that needs two short resources counts for both, so values of resources do not add up
 *
 * Units are those of the resource: hours of machines and people, units of suppliers, places of a store. Cost O(cells + uses log uses).
 */
import type { SeriesBlock } from '@planwright/series';
import { assert } from '@planwright/units';

/** What loads resources, one entry a use in every array. May be left out: then no value is at stake. */
export type ResourceUses = {
  readonly resource: Int32Array;
  readonly bucket: Int32Array;
  readonly hours: Float64Array;
  /** Money that is not earned, or late, without this use. */
  readonly value: Float64Array;
};

export type BottleneckInput = {
  /** One row a resource. */
  readonly loadHours: SeriesBlock;
  /** Infinity = no limit. */
  readonly capacityHours: SeriesBlock;
  /** How far ahead work may be done. Default 0. Storage cannot: give it as 0 in an array, one entry a resource. */
  readonly buildAheadBuckets?: number | ArrayLike<number>;
  readonly uses?: ResourceUses;
};

export type Bottleneck = {
  readonly resource: number;
  /** Of load over capacity in the buckets with a limit: all together, and the highest. Infinity where there are no hours. */
  readonly utilisationRatio: number;
  readonly peakUtilisationRatio: number;
  /** Buckets with more load than capacity, and what is missing in each. */
  readonly overloadedBuckets: readonly number[];
  readonly missingHours: Float64Array;
  readonly missingTotal: number;
  readonly stuckHours: Float64Array;
  readonly stuckTotal: number;
  readonly valueAtStake: number;
};

// Load and capacity are sums of many products: equality must not read as overload.
const SLACK_RATIO = 1e-9;

/** Every resource, the one that limits most first: by value at stake, then stuck, then missing hours, then peak utilisation. */
export function bottlenecks(input: BottleneckInput): readonly Bottleneck[] {
  const { loadHours, capacityHours, uses } = input;
  const { keyCount, bucketCount } = loadHours;
  assert(
    capacityHours.keyCount === keyCount && capacityHours.bucketCount === bucketCount,
    'blocks are alike',
  );
  const usesOfCell = uses === undefined ? new Map<number, number[]>() : indexUses(uses, bucketCount);
  const found = Array.from({ length: keyCount }, (_, resource): Bottleneck => {
    const from = resource * bucketCount;
    const load = loadHours.values.subarray(from, from + bucketCount);
    const capacity = capacityHours.values.subarray(from, from + bucketCount);
    const { buildAheadBuckets = 0 } = input;
    const ahead = typeof buildAheadBuckets === 'number' ? buildAheadBuckets : buildAheadBuckets[resource];
    const missingHours = missingOf(load, capacity);
    const stuckHours = stuckOf(load, capacity, missingHours, ahead);
    let valueAtStake = 0;
    if (uses !== undefined) {
      stuckHours.forEach((hours, t) => {
        if (hours > 0) valueAtStake += leastValue(uses, usesOfCell.get(from + t) ?? [], hours);
      });
    }
    return {
      resource,
      ...utilisationOf(load, capacity),
      overloadedBuckets: [...missingHours.keys()].filter((t) => missingHours[t] > 0),
      missingHours,
      missingTotal: sumOf(missingHours),
      stuckHours,
      stuckTotal: sumOf(stuckHours),
      valueAtStake,
    };
  });
  return found.sort(
    (a, b) =>
      b.valueAtStake - a.valueAtStake ||
      b.stuckTotal - a.stuckTotal ||
      b.missingTotal - a.missingTotal ||
      order(b.peakUtilisationRatio) - order(a.peakUtilisationRatio) ||
      a.resource - b.resource,
  );
}

/** Numbers that can be subtracted: without a limit comes last, without hours first. */
const order = (ratio: number): number => (ratio === Infinity ? Number.MAX_VALUE : ratio);

const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

function missingOf(load: Float64Array, capacity: Float64Array): Float64Array {
  return load.map((hours, t) => (hours > capacity[t] * (1 + SLACK_RATIO) ? hours - capacity[t] : 0));
}

function stuckOf(
  load: Float64Array,
  capacity: Float64Array,
  missing: Float64Array,
  buildAheadBuckets: number,
): Float64Array {
  const free = load.map((hours, t) => Math.max(0, capacity[t] - hours));
  return missing.map((hours, t) => {
    let left = hours;
    for (let earlier = Math.max(0, t - buildAheadBuckets); earlier < t && left > 0; earlier++) {
      const taken = Math.min(left, free[earlier]);
      if (!(taken > 0)) continue;
      free[earlier] -= taken;
      left -= taken;
    }
    return left > hours * SLACK_RATIO ? left : 0;
  });
}

function utilisationOf(
  load: Float64Array,
  capacity: Float64Array,
): Pick<Bottleneck, 'utilisationRatio' | 'peakUtilisationRatio'> {
  let [asked, available, peak] = [0, 0, 0];
  for (let t = 0; t < load.length; t++) {
    if (!Number.isFinite(capacity[t])) continue;
    asked += load[t];
    available += capacity[t];
    if (load[t] > 0) peak = Math.max(peak, load[t] / capacity[t]);
  }
  return { utilisationRatio: asked > 0 ? asked / available : 0, peakUtilisationRatio: peak };
}

function indexUses(uses: ResourceUses, bucketCount: number): Map<number, number[]> {
  const count = uses.resource.length;
  for (const column of [uses.bucket, uses.hours, uses.value]) {
    assert(column.length === count, 'every use has a bucket, hours and a value');
  }
  const usesOfCell = new Map<number, number[]>();
  for (let use = 0; use < count; use++) {
    const cell = uses.resource[use] * bucketCount + uses.bucket[use];
    const rows = usesOfCell.get(cell);
    if (rows === undefined) usesOfCell.set(cell, [use]);
    else rows.push(use);
  }
  return usesOfCell;
}

/** The least money that rides on so many hours of these uses. */
function leastValue(uses: ResourceUses, rows: readonly number[], hours: number): number {
  const rate = (use: number): number => uses.value[use] / uses.hours[use];
  const cheapestFirst = rows.filter((use) => uses.hours[use] > 0).sort((a, b) => rate(a) - rate(b) || a - b);
  let left = hours;
  let value = 0;
  for (const use of cheapestFirst) {
    if (left <= 0) break;
    const taken = Math.min(left, uses.hours[use]);
    value += taken * rate(use);
    left -= taken;
  }
  return value;
}
