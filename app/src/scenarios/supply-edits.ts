/** Decisions about supply, applied to what a plan rests on: the same way when a run freezes it and when one is tried out. */
import type { SupplyEdit } from '@planwright/contracts';
import type { StockPointFacts } from '@planwright/supply';
import { dayFromIso } from '@planwright/time';
import type { Issue } from '@planwright/units';
import type { PlannedSource } from './planning-sources.ts';
import type { HoursChange, HoursRule } from './resource-hours.ts';
import { placeKey } from './supply-sources.ts';

/** What edits reach. Stock points and sources by item and location, resources by code. */
type EditableFacts<Resource extends EditableResource> = {
  readonly stockPoints: readonly StockPointFacts[];
  readonly sources: readonly PlannedSource[];
  readonly resources: readonly Resource[];
};
type EditableResource = { readonly code: string; readonly hours: HoursRule };

const DAYS_PER_WEEK = 7;

/** The facts with the edits in them, later edits over earlier ones, and those edits that are about nothing that is planned. */
export function editedFacts<Resource extends EditableResource>(
  facts: EditableFacts<Resource>,
  edits: readonly SupplyEdit[],
): { readonly facts: EditableFacts<Resource>; readonly issues: Issue[] } {
  if (edits.length === 0) return { facts, issues: [] };
  const stockPoints = [...facts.stockPoints];
  const sources = [...facts.sources];
  const resources = [...facts.resources];
  const pointOf = new Map(stockPoints.map((row, index) => [placeKey(row.item, row.location), index]));
  const resourceOf = new Map(resources.map((row, index) => [row.code, index]));
  const issues: Issue[] = [];
  for (const edit of edits) {
    const isKnown =
      'resource' in edit
        ? editResource(resources, resourceOf.get(edit.resource), edit)
        : editPoint(stockPoints, sources, pointOf.get(placeKey(edit.item, edit.location)), edit);
    if (!isKnown) issues.push(unknownIssue(edit));
  }
  return { facts: { stockPoints, sources, resources }, issues };
}

type PointEdit = Exclude<SupplyEdit, { resource: string }>;
type ResourceEdit = Extract<SupplyEdit, { resource: string }>;

function editPoint(
  stockPoints: StockPointFacts[],
  sources: PlannedSource[],
  point: number | undefined,
  edit: PointEdit,
): boolean {
  if (point === undefined) return false;
  if (edit.kind === 'safetyStock') {
    stockPoints[point] = { ...stockPoints[point], safetyStock: edit.quantity };
    return true;
  }
  let isKnown = false;
  sources.forEach((source, index) => {
    if (source.point !== point) return;
    if (edit.kind === 'sourcePriority' && source.source !== edit.source) return;
    isKnown = true;
    sources[index] = editedSource(source, edit);
  });
  return isKnown;
}

function editedSource(
  source: PlannedSource,
  edit: Exclude<PointEdit, { kind: 'safetyStock' }>,
): PlannedSource {
  if (edit.kind === 'leadTime') return { ...source, leadTimeDays: edit.leadTimeDays };
  if (edit.kind === 'sourcePriority') return { ...source, priority: edit.priority };
  const { lotMinimum, lotMultiple, lotMaximum } = edit;
  return {
    ...source,
    ...(lotMinimum === null ? {} : { lotMinimum }),
    ...(lotMultiple === null || lotMultiple === 0 ? {} : { lotMultiple }),
    ...(lotMaximum === null || lotMaximum === 0 ? {} : { lotMaximum }),
  };
}

function editResource<Resource extends EditableResource>(
  resources: Resource[],
  index: number | undefined,
  edit: ResourceEdit,
): boolean {
  if (index === undefined) return false;
  const resource = resources[index];
  const hoursPerWeek = edit.kind === 'stop' ? 0 : edit.hoursPerWeek;
  const change: HoursChange = {
    kind: edit.kind,
    startsDay: dayFromIso(edit.startsOn),
    endsDay: dayFromIso(edit.endsOn),
    hoursPerDay: hoursPerWeek / DAYS_PER_WEEK,
  };
  const hours = { ...resource.hours, changes: [...resource.hours.changes, change] };
  resources[index] = { ...resource, hours };
  return true;
}

function unknownIssue(edit: SupplyEdit): Issue {
  const subject = 'resource' in edit ? edit.resource : `${edit.item} at ${edit.location}`;
  return {
    severity: 'warning',
    code: 'DECISION_WITHOUT_SUBJECT',
    message: `A decision about ${subject} is left out: the plan has nothing that it could change.`,
    advice: 'Undo the decision, or import what it is about.',
    value: subject,
  };
}

/** An edit in words, as lists show it. */
export function editTitle(edit: SupplyEdit): string {
  const days = 'startsOn' in edit ? ` from ${edit.startsOn} to ${edit.endsOn}` : '';
  switch (edit.kind) {
    case 'lot': {
      const { lotMinimum, lotMultiple, lotMaximum } = edit;
      const rules = [
        ...(lotMinimum === null ? [] : [`at least ${lotMinimum}`]),
        ...(lotMultiple === null ? [] : [`in multiples of ${lotMultiple}`]),
        ...(lotMaximum === null ? [] : [`at most ${lotMaximum}`]),
      ];
      return `Order ${edit.item} at ${edit.location} ${rules.join(', ') || 'as before'}`;
    }
    case 'leadTime':
      return `Plan ${edit.item} at ${edit.location} with a lead time of ${edit.leadTimeDays} days`;
    case 'safetyStock':
      return `Keep ${edit.quantity} of ${edit.item} at ${edit.location} as safety stock`;
    case 'sourcePriority':
      return `Ask “${edit.source}” with priority ${edit.priority}`;
    case 'capacity':
      return `Run ${edit.resource} ${edit.hoursPerWeek} hours a week${days}`;
    case 'overtime':
      return `Allow ${edit.resource} ${edit.hoursPerWeek} hours of overtime a week${days}`;
    case 'stop':
      return `Stop ${edit.resource}${days}`;
  }
}
