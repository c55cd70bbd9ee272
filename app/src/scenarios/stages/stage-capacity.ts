/** The hours that planned and open orders ask of each resource, beside the hours it has. */
import { type ResourceRow, resourceLoad } from '@planwright/supply';
import type { PlannedResource } from '../capacity-inputs.ts';
import { summarisedIssues } from '../issue-summary.ts';
import type { Snapshot } from '../snapshot.ts';
import { rowIn, type RunBlocks } from './run-blocks.ts';
import type { CapacityResult, OrderRow, ResourceFigures, SupplyResult } from './stage-results.ts';

export function capacityStage(
  snapshot: Snapshot,
  blocks: RunBlocks,
  supplyResults: readonly SupplyResult[],
): CapacityResult {
  const { meta, supply, capacity } = snapshot;
  const stockPoints = supply.points.map(({ item, location, source }) => ({
    item,
    location,
    kind: source?.kind ?? ('none' as const),
  }));
  const load = resourceLoad(
    { bucketCount: meta.horizonBuckets, stockPoints },
    { orders: orderColumns(supplyResults.flatMap((result) => result.orders)) },
    capacity.resources.map(resourceRow),
    capacity.routings,
  );
  const resources = capacity.resources.map((resource, index) => {
    const loadHours = rowIn(blocks, meta, 'loadHours', index);
    const capacityHours = rowIn(blocks, meta, 'capacityHours', index);
    const first = index * meta.horizonBuckets;
    loadHours.set(load.loadHours.values.subarray(first, first + meta.horizonBuckets));
    if (resource.hasCapacity) capacityHours.set(resource.capacityHours);
    else capacityHours.fill(Number.NaN);
    return figuresOf(index, loadHours, capacityHours);
  });
  // A routing row that cannot be used leaves the plan of quantities as it is.
  const issues = load.issues.map((issue) => ({ ...issue, severity: 'warning' as const }));
  return { resources, issues: summarisedIssues(issues) };
}

function resourceRow(resource: PlannedResource): ResourceRow {
  const { code, capacityHours, committedHours } = resource;
  return { resource: code, capacityHours, committedHours };
}

function orderColumns(orders: readonly OrderRow[]): {
  count: number;
  stockPoint: Int32Array;
  releaseBucket: Int32Array;
  quantity: Float64Array;
} {
  return {
    count: orders.length,
    stockPoint: Int32Array.from(orders, (order) => order.point),
    releaseBucket: Int32Array.from(orders, (order) => order.releaseBucket),
    quantity: Float64Array.from(orders, (order) => order.quantity),
  };
}

// Load and capacity are sums of many products: equality must not read as overload.
const OVERLOAD_RATIO = 1 + 1e-9;

function figuresOf(resource: number, loadHours: Float64Array, capacityHours: Float64Array): ResourceFigures {
  let peakRatio: number | null = null;
  let overloadedBuckets = 0;
  let loadSum = 0;
  let capacitySum = 0;
  for (let t = 0; t < loadHours.length; t++) {
    if (Number.isNaN(capacityHours[t])) continue;
    loadSum += loadHours[t];
    capacitySum += capacityHours[t];
    if (loadHours[t] > capacityHours[t] * OVERLOAD_RATIO) overloadedBuckets += 1;
    if (capacityHours[t] > 0) peakRatio = Math.max(peakRatio ?? 0, loadHours[t] / capacityHours[t]);
  }
  const meanRatio = capacitySum > 0 ? loadSum / capacitySum : null;
  return { resource, peakRatio, meanRatio, overloadedBuckets };
}
