/**
 * Rough-cut load: the hours a supply plan asks of each resource, next to the hours the resource has.
 *
 *   load(resource, t) = committed hours(t)
 *                     + sum over make orders released in t of (setup hours + run hours x units released)
 *
 * This is the bill-of-capacity method on time-phased releases, so lead times between levels are in it. Nothing is
 * moved: a resource above its hours is an overload to look at, not a limit the plan has kept.
 * Work already under way loads a resource only through `committedHours`.
 *
 * Cost     O(orders x routing steps of their stock point).
 * Source   Vollmann, Berry and Whybark, Manufacturing Planning and Control Systems: capacity bills.
 */
import { makeBlock, type SeriesBlock } from '@planwright/series';
import type { Issue } from '@planwright/units';
import { stockPointKey } from '../model.ts';
import type { SupplyNetwork } from '../network.ts';
import type { SupplyPlan } from '../plan-supply.ts';

export type ResourceRow = {
  readonly resource: string;
  /** Rated hours per bucket, >= 0 (see `ratedCapacityHours`). */
  readonly capacityHours: ArrayLike<number>;
  /** Hours per bucket already taken by open work orders or planned stops. Default 0. */
  readonly committedHours?: ArrayLike<number>;
};

/** One step of making an item at a location. An item may have several, also on one resource. */
export type RoutingRow = {
  readonly item: string;
  readonly location: string;
  readonly resource: string;
  readonly setupHoursPerOrder: number;
  readonly runHoursPerUnit: number;
};

export type Overload = {
  readonly resource: number;
  readonly bucket: number;
  readonly loadHours: number;
  readonly capacityHours: number;
  readonly excessHours: number;
};

/** Blocks have one row per resource, in the order given. */
export type ResourceLoad = {
  readonly resources: readonly string[];
  readonly loadHours: SeriesBlock;
  readonly capacityHours: SeriesBlock;
  /** load / rated capacity; NaN where the resource has no hours in the bucket. */
  readonly utilisationRatio: SeriesBlock;
  /** By resource, then bucket. A load on a resource without hours is one too. */
  readonly overloads: readonly Overload[];
  /** Rows that could not be used; the rest is loaded. */
  readonly issues: readonly Issue[];
};

// Load and capacity are sums of many products: equality must not read as overload.
const OVERLOAD_SLACK_RATIO = 1e-9;

/** What is read of a network and a plan: also those put together again from stored orders. */
type LoadedNetwork = {
  readonly bucketCount: number;
  readonly stockPoints: readonly Pick<SupplyNetwork['stockPoints'][number], 'item' | 'location' | 'kind'>[];
};
type LoadingPlan = {
  readonly orders: Pick<SupplyPlan['orders'], 'count' | 'stockPoint' | 'releaseBucket' | 'quantity'>;
};

export function resourceLoad(
  network: LoadedNetwork,
  plan: LoadingPlan,
  resources: readonly ResourceRow[],
  routings: readonly RoutingRow[],
): ResourceLoad {
  const { bucketCount } = network;
  const issues: Issue[] = [];
  const loadHours = makeBlock(resources.length, bucketCount);
  const capacityHours = makeBlock(resources.length, bucketCount);
  const indexOfResource = new Map<string, number>();
  resources.forEach((row, index) => {
    const problem = problemOfResource(row, bucketCount, indexOfResource);
    if (problem !== null) {
      issues.push(issueOf('resources', index, ...problem));
      return;
    }
    indexOfResource.set(row.resource, index);
    capacityHours.values.set(row.capacityHours, index * bucketCount);
    if (row.committedHours !== undefined) loadHours.values.set(row.committedHours, index * bucketCount);
  });

  const stepsOf = indexRoutings(network, routings, indexOfResource, issues);
  const { orders } = plan;
  for (let index = 0; index < orders.count; index++) {
    for (const step of stepsOf.get(orders.stockPoint[index]) ?? []) {
      const cell = step.resource * bucketCount + orders.releaseBucket[index];
      loadHours.values[cell] += step.setupHoursPerOrder + step.runHoursPerUnit * orders.quantity[index];
    }
  }
  const utilisationRatio = makeBlock(resources.length, bucketCount);
  utilisationRatio.values.set(
    loadHours.values.map((load, cell) => ratioOf(load, capacityHours.values[cell])),
  );
  const overloads = overloadsOf(loadHours, capacityHours);
  return {
    resources: resources.map((row) => row.resource),
    loadHours,
    capacityHours,
    utilisationRatio,
    overloads,
    issues,
  };
}

type Step = {
  readonly resource: number;
  readonly setupHoursPerOrder: number;
  readonly runHoursPerUnit: number;
};
type Problem = readonly [code: string, message: string, advice: string];

function indexRoutings(
  network: LoadedNetwork,
  routings: readonly RoutingRow[],
  indexOfResource: ReadonlyMap<string, number>,
  issues: Issue[],
): Map<number, Step[]> {
  const indexOfPoint = new Map(
    network.stockPoints.map((point, s) => [stockPointKey(point.item, point.location), s] as const),
  );
  const stepsOf = new Map<number, Step[]>();
  routings.forEach((row, index) => {
    const s = indexOfPoint.get(stockPointKey(row.item, row.location));
    const resource = indexOfResource.get(row.resource);
    const problem = problemOfRouting(row, s !== undefined, resource !== undefined);
    if (problem !== null) issues.push(issueOf('routings', index, ...problem));
    if (problem !== null || s === undefined || resource === undefined) return;
    if (network.stockPoints[s].kind !== 'make') return; // What is bought or moved loads none of our machines.
    const { setupHoursPerOrder, runHoursPerUnit } = row;
    const steps = stepsOf.get(s) ?? [];
    steps.push({ resource, setupHoursPerOrder, runHoursPerUnit });
    stepsOf.set(s, steps);
  });
  return stepsOf;
}

function problemOfResource(
  row: ResourceRow,
  bucketCount: number,
  known: ReadonlyMap<string, number>,
): Problem | null {
  const isHours = (hours: ArrayLike<number>): boolean =>
    hours.length === bucketCount && Array.from(hours).every((value) => Number.isFinite(value) && value >= 0);
  if (known.has(row.resource)) {
    return ['DUPLICATE_RESOURCE', `${row.resource} is there twice.`, 'Keep one row for each resource.'];
  }
  if (isHours(row.capacityHours) && (row.committedHours === undefined || isHours(row.committedHours)))
    return null;
  return [
    'BAD_CAPACITY',
    `${row.resource}: capacity and committed hours must be ${bucketCount} numbers of 0 or more.`,
    'Give the hours of every bucket.',
  ];
}

function problemOfRouting(row: RoutingRow, hasPoint: boolean, hasResource: boolean): Problem | null {
  if (!hasPoint) {
    return [
      'UNKNOWN_ITEM',
      `${row.item} is not a stock point at ${row.location}.`,
      'Add it, or correct the name.',
    ];
  }
  if (!hasResource) {
    return [
      'UNKNOWN_RESOURCE',
      `${row.resource} has no usable row in resources.`,
      'Add it, or correct the name.',
    ];
  }
  const hours = [row.setupHoursPerOrder, row.runHoursPerUnit];
  if (hours.every((value) => Number.isFinite(value) && value >= 0)) return null;
  return [
    'BAD_ROUTING_HOURS',
    `${row.item} on ${row.resource}: setup and run hours must be numbers of 0 or more.`,
    'Correct the hours of the step.',
  ];
}

function issueOf(file: string, index: number, code: string, message: string, advice: string): Issue {
  return { severity: 'error', code, message, advice, file, row: index + 1 };
}

function ratioOf(load: number, capacity: number): number {
  return capacity > 0 ? load / capacity : Number.NaN;
}

function overloadsOf(load: SeriesBlock, capacity: SeriesBlock): Overload[] {
  const overloads: Overload[] = [];
  for (let cell = 0; cell < load.values.length; cell++) {
    const [loadHours, capacityHours] = [load.values[cell], capacity.values[cell]];
    if (loadHours <= capacityHours * (1 + OVERLOAD_SLACK_RATIO)) continue;
    const resource = Math.floor(cell / load.bucketCount);
    const bucket = cell % load.bucketCount;
    overloads.push({ resource, bucket, loadHours, capacityHours, excessHours: loadHours - capacityHours });
  }
  return overloads;
}
