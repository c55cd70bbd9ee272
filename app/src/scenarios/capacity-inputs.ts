/** Work centres and the hours of making, at the grain of the plan. */
import type { RoutingRow } from '@planwright/supply';
import type { Issue } from '@planwright/units';
import type { CompanyData, RoutingStepRow } from './company-data.ts';
import type { PlanCalendar } from './plan-calendar.ts';
import type { PlannedPoint } from './supply-inputs.ts';

export type PlannedResource = {
  readonly code: string;
  readonly name: string;
  readonly location: string | null;
  /** False where the source names no hours: its load is shown, but nothing can be said about overload. */
  readonly hasCapacity: boolean;
  /** Rated hours per bucket of the horizon. */
  readonly capacityHours: readonly number[];
  /** Hours that open work orders take. */
  readonly committedHours: readonly number[];
};

export type CapacityInputs = {
  readonly resources: readonly PlannedResource[];
  readonly routings: readonly RoutingRow[];
};

const DAYS_PER_WEEK = 7;

export function capacityInputs(
  data: CompanyData,
  points: readonly PlannedPoint[],
  plan: PlanCalendar,
): { readonly inputs: CapacityInputs; readonly issues: Issue[] } {
  const { starts } = plan.calendar;
  const days = Array.from(
    { length: plan.horizonBuckets },
    (_, t) => starts[plan.historyBuckets + t + 1] - starts[plan.historyBuckets + t],
  );
  const stepsOf = Map.groupBy(data.routing, (row) => row.item);
  const committed = committedHours(data, stepsOf, plan.horizonBuckets);
  const resources = data.resources.map((row) => {
    const ratedPerDay = ((row.hoursPerWeek ?? 0) / DAYS_PER_WEEK) * row.efficiencyRatio;
    return {
      code: row.code,
      name: row.name,
      location: row.location,
      hasCapacity: row.hoursPerWeek !== null,
      capacityHours: days.map((dayCount) => dayCount * ratedPerDay),
      committedHours: committed.get(row.code) ?? days.map(() => 0),
    };
  });
  const issues = data.resources
    .filter((row) => row.hoursPerWeek === null && data.routing.some((step) => step.resource === row.code))
    .map((row) => noHoursIssue(row.code, row.name));
  return { inputs: { resources, routings: routingsOf(data, stepsOf, points) }, issues };
}

/** Steps of every place that makes the item: those on its own resources, or on resources without a place. */
function routingsOf(
  data: CompanyData,
  stepsOf: ReadonlyMap<string, readonly RoutingStepRow[]>,
  points: readonly PlannedPoint[],
): RoutingRow[] {
  const placeOf = new Map(data.resources.map((row) => [row.code, row.location]));
  const makers = points.filter((point) => point.source?.kind === 'make');
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
      }));
  });
}

/** Open work orders take their hours in the bucket they are due, past-due ones in the first. */
function committedHours(
  data: CompanyData,
  stepsOf: ReadonlyMap<string, readonly RoutingStepRow[]>,
  horizonBuckets: number,
): Map<string, number[]> {
  const committed = new Map<string, number[]>();
  for (const row of data.receipts) {
    if (row.kind !== 'work' || row.bucket >= horizonBuckets) continue;
    for (const step of stepsOf.get(row.item) ?? []) {
      const hours = committed.get(step.resource) ?? new Array<number>(horizonBuckets).fill(0);
      hours[Math.max(0, row.bucket)] += step.setupHours * row.orderCount + step.hoursPerUnit * row.quantity;
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
