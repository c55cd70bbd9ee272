/** Every way to refill a stock point, as the constrained plan chooses among them: the first one leads, the others help. */
import type { SourceFacts, SupplySource } from '@planwright/supply';
import type { ItemRow, ItemSupplierRow } from './company-data.ts';
import { buySourceFrom, placeKey, type SourceRules, sourceOf } from './supply-sources.ts';

// Buying what one makes comes after every supplier of one's own.
const SUBCONTRACT_PRIORITY = 100;
const DAYS_PER_WEEK = 7;

/** A source with the row of its stock point. */
export type PlannedSource = SourceFacts & { readonly point: number };

/** The sources of an item at a location, the first to be asked first. `bucketDays`: days of each bucket of the horizon. */
export function sourcesOf(
  rules: SourceRules,
  item: ItemRow,
  location: string,
  bucketDays: readonly number[],
): SourceFacts[] {
  const first = sourceOf(rules, item, location);
  const suppliers = rules.suppliers.get(item.code) ?? [];
  const lotMaximum = rules.itemLocations.get(placeKey(item.code, location))?.lotMaximum;
  const limit = lotMaximum === undefined || lotMaximum === null || !(lotMaximum > 0) ? {} : { lotMaximum };
  const bought = (supplier: ItemSupplierRow | undefined, priority: number): SourceFacts => ({
    ...facts(item.code, location, buySourceFrom(rules, item, location, supplier), priority),
    costPerUnit: supplier?.price ?? item.standardCost ?? 0,
    ...supplierTerms(supplier, bucketDays),
    ...limit,
  });
  if (first.kind === 'buy') {
    if (suppliers.length === 0) return [bought(undefined, 1)];
    return suppliers.map((supplier, rank) => bought(supplier, rank + 1));
  }
  const own = { ...facts(item.code, location, first, 1), ...limit };
  if (first.kind === 'move') return [own];
  return [own, ...suppliers.map((supplier, rank) => bought(supplier, SUBCONTRACT_PRIORITY + rank))];
}

function facts(item: string, location: string, source: SupplySource, priority: number): SourceFacts {
  const { kind, supplier, fromLocation } = source;
  const from = supplier ?? fromLocation;
  return {
    source: `${kind} ${item} @ ${location}${from === undefined ? '' : ` from ${from}`}`,
    ...source,
    item,
    location,
    priority,
  };
}

function supplierTerms(
  supplier: ItemSupplierRow | undefined,
  bucketDays: readonly number[],
): Partial<SourceFacts> {
  if (supplier === undefined) return {};
  const { shareRatio, maximumPerWeek, effectiveFrom, effectiveTo } = supplier;
  return {
    ...(shareRatio === null ? {} : { shareRatio }),
    ...(maximumPerWeek === null
      ? {}
      : { maximumPerBucket: bucketDays.map((days) => (maximumPerWeek * days) / DAYS_PER_WEEK) }),
    ...(effectiveFrom === null ? {} : { effectiveFromDay: effectiveFrom }),
    ...(effectiveTo === null ? {} : { effectiveToDay: effectiveTo }),
  };
}

/** The source that leads: the lowest number among those in force, as the unconstrained plan takes it. */
export function leadingSource(sources: readonly SourceFacts[], asOf: number): SupplySource | undefined {
  const inForce = sources.filter(
    ({ effectiveFromDay, effectiveToDay }) =>
      (effectiveFromDay ?? asOf) <= asOf && (effectiveToDay ?? asOf) >= asOf,
  );
  const [best] = (inForce.length > 0 ? inForce : sources).toSorted(
    (a, b) => (a.priority ?? 1) - (b.priority ?? 1),
  );
  if (best === undefined) return undefined;
  const { kind, leadTimeDays, lotMinimum, lotMultiple, lotMaximum, yieldRatio, supplier, fromLocation } =
    best;
  return {
    kind,
    leadTimeDays,
    ...(lotMinimum === undefined ? {} : { lotMinimum }),
    ...(lotMultiple === undefined ? {} : { lotMultiple }),
    ...(lotMaximum === undefined ? {} : { lotMaximum }),
    ...(yieldRatio === undefined ? {} : { yieldRatio }),
    ...(supplier === undefined ? {} : { supplier }),
    ...(fromLocation === undefined ? {} : { fromLocation }),
  };
}
