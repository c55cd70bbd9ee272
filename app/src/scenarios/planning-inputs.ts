/**
 * All that the constrained plan rests on but the demand that earlier stages of a run make: stock points with every
 * source, bills of material with their days, hours, and single orders of customers, suppliers and the works.
 *
 * The unconstrained plan's side is drawn from the same facts, decisions of planners included, so that two plans of one
 * run never rest on two readings of the data. Past-due receipts are expected on the as-of day.
 */
import type {
  ComponentFacts,
  DemandFacts,
  LoadFacts,
  PlanningRules,
  ReceiptFacts,
  StockPointFacts,
} from '@planwright/supply';
import type { Issue } from '@planwright/units';
import {
  capacityInputs,
  type CapacityInputs,
  type PlannedResource,
  type PlannedRouting,
} from './capacity-inputs.ts';
import type { CompanyData } from './company-data.ts';
import type { DemandKeys } from './demand-inputs.ts';
import type { PlanCalendar } from './plan-calendar.ts';
import { packedNetworks, type PlanningNetwork, planningNetworks } from './planning-networks.ts';
import { planningIssues } from './planning-check.ts';
import { type OrderContext, plannedDemands, plannedReceipts } from './planning-orders.ts';
import { leadingSource, type PlannedSource, sourcesOf } from './planning-sources.ts';
import { hoursByBucket } from './resource-hours.ts';
import { editedFacts } from './supply-edits.ts';
import {
  bomByParent,
  type PlannedPlace,
  supplyInputs,
  type SupplyInputs,
  supplyPlaces,
  type SupplyRules,
} from './supply-inputs.ts';
import { placeKey, sourceRules } from './supply-sources.ts';

/** An order of a customer; or what a released order takes, which is nobody's service (`isInternal`). */
export type PlannedDemand = DemandFacts & {
  readonly point: number;
  readonly account: string | null;
  readonly isInternal?: true;
};
export type PlannedReceipt = ReceiptFacts & {
  readonly point: number;
  /** As the order says, where that lies before the plan starts. */
  readonly promisedDay: number | null;
};

/** Rows of stock points are those of the snapshot's supply block, rows of resources those of its capacity block. */
export type PlanningInputs = {
  readonly stockPoints: readonly StockPointFacts[];
  readonly sources: readonly PlannedSource[];
  readonly components: readonly ComponentFacts[];
  readonly loads: readonly LoadFacts[];
  readonly demands: readonly PlannedDemand[];
  readonly receipts: readonly PlannedReceipt[];
  readonly rules: PlanningRules;
  readonly networks: readonly PlanningNetwork[];
  /** Networks of each chunk of the constrained stage. */
  readonly chunks: readonly (readonly number[])[];
};

type PlannedSupply = {
  readonly supply: SupplyInputs;
  readonly capacity: CapacityInputs;
  readonly planning: PlanningInputs;
};

export function planningInputs(
  data: CompanyData,
  keys: DemandKeys,
  plan: PlanCalendar,
  unitCost: (item: string) => number | null,
): { readonly inputs: PlannedSupply; readonly issues: Issue[] } {
  const issues: Issue[] = [];
  const sources = sourceRules(data);
  const rules: SupplyRules = { ...sources, bom: bomByParent(data, sources, issues) };
  const found = supplyPlaces(data, keys, rules);
  const raw = rawFacts(data, rules, found.places, plan, unitCost);
  const makers = raw.sources.filter((source) => source.kind === 'make');
  const capacity = capacityInputs(data, makers, plan);
  const edited = editedFacts({ ...raw, resources: capacity.inputs.resources }, data.edits);
  const starts = plan.calendar.starts.subarray(plan.historyBuckets);
  const resources = edited.facts.resources.map((row) => ({ ...row, ...hoursByBucket(row.hours, starts) }));
  const sourcesByPoint = Map.groupBy(edited.facts.sources, (source) => source.point);
  const places = edited.facts.stockPoints.map(({ item, location, safetyStock }, point): PlannedPlace => {
    const source = leadingSource(sourcesByPoint.get(point) ?? [], plan.asOf);
    const kept = typeof safetyStock === 'number' ? safetyStock : 0;
    return { item, location, safetyStock: kept, ...(source === undefined ? {} : { source }) };
  });
  const supply = supplyInputs(data, keys, plan, rules, places);
  const planning = planningOf(
    { data, plan, rules },
    edited.facts,
    resources,
    capacity.inputs.routings,
    supply.inputs,
  );
  issues.push(...found.issues, ...capacity.issues, ...edited.issues, ...supply.issues);
  // What the leading sources have wrong already would only be told twice.
  if (!supply.issues.some((issue) => issue.severity === 'error'))
    issues.push(...planningIssues(planning, resources, plan));
  return {
    inputs: { supply: supply.inputs, capacity: { ...capacity.inputs, resources }, planning },
    issues,
  };
}

/** Stock points and sources before anybody decided anything. */
function rawFacts(
  data: CompanyData,
  rules: SupplyRules,
  places: readonly PlannedPlace[],
  plan: PlanCalendar,
  unitCost: (item: string) => number | null,
): { readonly stockPoints: StockPointFacts[]; readonly sources: PlannedSource[] } {
  const { starts } = plan.calendar;
  const bucketDays = Array.from(
    { length: plan.horizonBuckets },
    (_, t) => starts[plan.historyBuckets + t + 1] - starts[plan.historyBuckets + t],
  );
  const onHand = new Map(data.onHand.map((row) => [placeKey(row.item, row.location), row.quantity]));
  const launched = new Set(
    data.drivers.launches.filter((row) => row.startsOn >= plan.asOf).map((row) => row.item),
  );
  const stockPoints: StockPointFacts[] = [];
  const sources: PlannedSource[] = [];
  places.forEach(({ item, location, safetyStock }, point) => {
    const row = rules.items.get(item);
    if (row === undefined) return;
    const own = rules.itemLocations.get(placeKey(item, location));
    const cost = unitCost(item);
    stockPoints.push({
      item,
      location,
      onHand: Math.max(0, onHand.get(placeKey(item, location)) ?? 0),
      safetyStock: safetyStock ?? 0,
      ...(cost === null ? {} : { unitCost: cost }),
      ...(row.listPrice === null ? {} : { unitPrice: row.listPrice }),
      ...limitsOf(own),
      ...(launched.has(item) ? { isLaunch: true } : {}),
    });
    for (const source of sourcesOf(rules, row, location, bucketDays)) sources.push({ ...source, point });
  });
  return { stockPoints, sources };
}

function limitsOf(own: CompanyData['itemLocations'][number] | undefined): Partial<StockPointFacts> {
  if (own === undefined) return {};
  const { storageMaximum, buildAheadDays, shelfLifeDays } = own;
  return {
    ...(storageMaximum === null ? {} : { storageMax: storageMaximum }),
    ...(buildAheadDays === null ? {} : { buildAheadMaxDays: buildAheadDays }),
    ...(shelfLifeDays === null ? {} : { shelfLifeDays }),
  };
}

type Context = Omit<OrderContext, 'pointOf' | 'components'>;

function planningOf(
  { data, plan, rules }: Context,
  facts: { readonly stockPoints: readonly StockPointFacts[]; readonly sources: readonly PlannedSource[] },
  resources: readonly PlannedResource[],
  routings: readonly PlannedRouting[],
  supply: SupplyInputs,
): PlanningInputs {
  const { stockPoints, sources } = facts;
  const indexOf = new Map(stockPoints.map((row, index) => [placeKey(row.item, row.location), index]));
  const pointOf = (item: string, location: string) => indexOf.get(placeKey(item, location));
  const resourceOf = new Map(resources.map((row, index) => [row.code, index]));
  const components = componentFacts(sources, rules);
  const loads = loadFacts(sources, routings, resourceOf);
  const context: OrderContext = { data, plan, rules, pointOf, components: supply.components };
  const networks = planningNetworks({
    pointCount: stockPoints.length,
    sources,
    components,
    loads,
    pointOf,
    resourceOf,
  });
  return {
    stockPoints,
    sources,
    components,
    loads,
    demands: plannedDemands(context),
    receipts: plannedReceipts(context),
    rules: {},
    networks,
    chunks: packedNetworks(networks),
  };
}

/** What making consumes. Rows of the bill hold for orders that start on their days. */
function componentFacts(sources: readonly PlannedSource[], { bom }: SupplyRules): ComponentFacts[] {
  return sources
    .filter((source) => source.kind === 'make')
    .flatMap(({ source, item }) =>
      (bom.get(item) ?? []).map(
        ({ component, quantityPer, scrapRatio, effectiveFrom, effectiveTo }): ComponentFacts => ({
          source,
          component,
          quantityPer,
          ...(scrapRatio > 0 ? { scrapRatio } : {}),
          ...(effectiveFrom === null ? {} : { effectiveFromDay: effectiveFrom }),
          ...(effectiveTo === null ? {} : { effectiveToDay: effectiveTo }),
        }),
      ),
    );
}

/** What making asks of resources; the second of two that may do a step stands behind the first. */
function loadFacts(
  sources: readonly PlannedSource[],
  routings: readonly PlannedRouting[],
  resourceOf: ReadonlyMap<string, number>,
): LoadFacts[] {
  const makers = sources.filter((source) => source.kind === 'make');
  const sourceOf = new Map(makers.map((row) => [placeKey(row.item, row.location), row.source]));
  return routings.flatMap((step, index): LoadFacts[] => {
    const source = sourceOf.get(placeKey(step.item, step.location));
    if (source === undefined || !resourceOf.has(step.resource)) return [];
    const hours = { hoursPerUnit: step.runHoursPerUnit, setupHoursPerOrder: step.setupHoursPerOrder };
    const { alternateResource, resource } = step;
    if (alternateResource === null || alternateResource === resource || !resourceOf.has(alternateResource))
      return [{ source, resource, ...hours }];
    const alternateGroup = `step ${index}`;
    return [
      { source, resource, ...hours, alternateGroup, alternatePriority: 1 },
      { source, resource: alternateResource, ...hours, alternateGroup, alternatePriority: 2 },
    ];
  });
}
