/** Work centres and the hours of making, at the grain of the plan. */
import type { RoutingRow } from '@planwright/supply';
import type { Issue } from '@planwright/units';
import type { CompanyData, RoutingStepRow } from './company-data.ts';
import type { PlanCalendar } from './plan-calendar.ts';
import { horizonBucketOf } from './firm-proposals.ts';
import { hoursByBucket, type HoursRule } from './resource-hours.ts';

export type PlannedResource = {
  readonly code: string;
  readonly name: string;
  readonly location: string | null;
  /** False where the source names no hours: its load is shown, but nothing can be said about overload. */
  readonly hasCapacity: boolean;
  readonly kind: string;
  readonly costPerHour: number | null;
  readonly overtimeCostPerHour: number | null;
  /** The normal week, and what changes it for a while. */
  readonly hours: HoursRule;
  /** Rated hours per bucket of the horizon, planned stops taken off; and hours that may be worked beyond them. */
  readonly capacityHours: readonly number[];
  readonly overtimeHours: readonly number[];
  /** Hours that open work orders take. */
  readonly committedHours: readonly number[];
};

export type PlannedRouting = RoutingRow & {
  /** May do the step instead. */
  readonly alternateResource: string | null;
};

export type CapacityInputs = {
  readonly resources: readonly PlannedResource[];
  readonly routings: readonly PlannedRouting[];
};

/** A place that makes an item. */
type Maker = { readonly item: string; readonly location: string };

const DAYS_PER_WEEK = 7;

export function capacityInputs(
  data: CompanyData,
  makers: readonly Maker[],
  plan: PlanCalendar,
): { readonly inputs: CapacityInputs; readonly issues: Issue[] } {
  const starts = plan.calendar.starts.subarray(plan.historyBuckets);
  const stepsOf = Map.groupBy(data.routing, (row) => row.item);
  const committed = committedHours(data, stepsOf, plan);
  const stopsOf = Map.groupBy(data.supply.plannedStops, (row) => row.resource);
  const resources = data.resources.map((row) => {
    const perDay = (hoursPerWeek: number | null) =>
      ((hoursPerWeek ?? 0) / DAYS_PER_WEEK) * row.efficiencyRatio;
    const changes = (stopsOf.get(row.code) ?? []).map(({ startsDay, endsDay }) => ({
      kind: 'stop' as const,
      startsDay,
      endsDay,
      hoursPerDay: 0,
    }));
    const hours = {
      ratedHoursPerDay: perDay(row.hoursPerWeek),
      overtimeHoursPerDay: perDay(row.overtimeHoursPerWeek),
      changes,
    };
    return {
      code: row.code,
      name: row.name,
      location: row.location,
      hasCapacity: row.hoursPerWeek !== null,
      kind: row.kind,
      costPerHour: row.costPerHour,
      overtimeCostPerHour: row.overtimeCostPerHour,
      hours,
      ...hoursByBucket(hours, starts),
      committedHours: committed.get(row.code) ?? new Array<number>(plan.horizonBuckets).fill(0),
    };
  });
  const issues = data.resources
    .filter((row) => row.hoursPerWeek === null && data.routing.some((step) => step.resource === row.code))
    .map((row) => noHoursIssue(row.code, row.name));
  return { inputs: { resources, routings: routingsOf(data, stepsOf, makers) }, issues };
}

/** Steps of every place that makes the item: those on its own resources, or on resources without a place. */
function routingsOf(
  data: CompanyData,
  stepsOf: ReadonlyMap<string, readonly RoutingStepRow[]>,
  makers: readonly Maker[],
): PlannedRouting[] {
  const placeOf = new Map(data.resources.map((row) => [row.code, row.location]));
  const makerCount = Map.groupBy(makers, (point) => point.item);
  return makers.flatMap(({ item, location }) => {
    const isOnlyMaker = makerCount.get(item)?.length === 1;
    return (stepsOf.get(item) ?? [])
      .filter((step) => isOnlyMaker || (placeOf.get(step.resource) ?? location) === location)
      .map((step) => ({
        item,
        location,
        resource: step.resource,
        setupHoursPerOrder: step.setupHours,
        runHoursPerUnit: step.hoursPerUnit,
        alternateResource: step.alternateResource,
      }));
  });
}

/** Open work orders take their hours in the bucket they are due, past-due ones in the first; released proposals where they start. */
function committedHours(
  data: CompanyData,
  stepsOf: ReadonlyMap<string, readonly RoutingStepRow[]>,
  plan: PlanCalendar,
): Map<string, number[]> {
  const { horizonBuckets } = plan;
  const committed = new Map<string, number[]>();
  for (const row of data.receipts) {
    if (row.kind !== 'work' || row.bucket >= horizonBuckets) continue;
    for (const step of stepsOf.get(row.item) ?? []) {
      const hours = committed.get(step.resource) ?? new Array<number>(horizonBuckets).fill(0);
      hours[Math.max(0, row.bucket)] += step.setupHours * row.orderCount + step.hoursPerUnit * row.quantity;
      committed.set(step.resource, hours);
    }
  }
  for (const row of data.supply.firmProposals) {
    const bucket = row.kind === 'make' ? horizonBucketOf(plan, row.startDay) : undefined;
    if (bucket === undefined) continue;
    for (const step of stepsOf.get(row.item) ?? []) {
      const hours = committed.get(step.resource) ?? new Array<number>(plan.horizonBuckets).fill(0);
      hours[Math.max(0, bucket)] += step.setupHours + step.hoursPerUnit * row.quantity;
      committed.set(step.resource, hours);
    }
  }
  return committed;
}

function noHoursIssue(code: string, name: string): Issue {
  return {
    severity: 'warning',
    code: 'RESOURCE_WITHOUT_HOURS',
    message: `${name} (${code}) has no hours a week, so its load cannot be held against its capacity.`,
    advice: 'Give the resource its hours in a normal week.',
    value: code,
  };
}
