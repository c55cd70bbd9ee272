/** How a stock point gets its item: made there, bought there, or moved from another location. */
import type { SupplySource } from '@planwright/supply';
import type { Issue } from '@planwright/units';
import type { CompanyData, ItemLocationRow, ItemRow, ItemSupplierRow, LocationRow } from './company-data.ts';

/** Rows by their codes, as the rules below ask for them. */
export type SourceRules = {
  readonly items: ReadonlyMap<string, ItemRow>;
  readonly locations: ReadonlyMap<string, LocationRow>;
  readonly itemLocations: ReadonlyMap<string, ItemLocationRow>;
  /** The supplier to ask first. */
  readonly firstSupplier: ReadonlyMap<string, ItemSupplierRow>;
  /** All that may be ordered from, best first. */
  readonly suppliers: ReadonlyMap<string, readonly ItemSupplierRow[]>;
};

/** The map key of an item at a location. The separator cannot be typed into a name. */
export function placeKey(item: string, location: string): string {
  return `${item}\u0000${location}`;
}

export function sourceRules(data: CompanyData): SourceRules {
  const firstSupplier = new Map<string, ItemSupplierRow>();
  for (const row of data.itemSuppliers) {
    if (!firstSupplier.has(row.item)) firstSupplier.set(row.item, row);
  }
  return {
    items: new Map(data.items.map((row) => [row.code, row])),
    locations: new Map(data.locations.map((row) => [row.code, row])),
    itemLocations: new Map(data.itemLocations.map((row) => [placeKey(row.item, row.location), row])),
    firstSupplier,
    suppliers: Map.groupBy(data.itemSuppliers, (row) => row.item),
  };
}

/** Nobody buys, makes or moves half of one of these. */
const COUNTED_UNITS: ReadonlySet<string> = new Set([
  'EA',
  'EACH',
  'PC',
  'PCE',
  'PCS',
  'PIECE',
  'ST',
  'UN',
  'UNIT',
  'SET',
  'PR',
  'PAIR',
  'BOX',
  'CS',
  'CASE',
]);

/**
 * The source of an item at a location. The first rule that says something holds:
 *   1. the item at this location names its source (a move without a place comes from rule 3 or 4);
 *   2. the item's home makes or buys it, as the item says;
 *   3. the location is supplied from another location;
 *   4. another location is the item's home;
 *   5. the item has no home: it is made or bought where it is needed.
 * What is counted in pieces comes in whole ones, unless a rule names another multiple.
 */
export function sourceOf(rules: SourceRules, item: ItemRow, location: string): SupplySource {
  const own = rules.itemLocations.get(placeKey(item.code, location));
  const site = rules.locations.get(location);
  const elsewhere = (from: string | null | undefined): string | undefined =>
    from === null || from === location ? undefined : from;
  const sender =
    elsewhere(own?.sourceLocation) ?? elsewhere(site?.suppliedFrom) ?? elsewhere(item.homeLocation);
  const isHome = item.homeLocation === location;
  const kind = own?.source ?? (isHome || sender === undefined ? item.source : 'move');
  const source =
    kind === 'move'
      ? moveSource(own, site, sender ?? location)
      : kind === 'make'
        ? makeSource(own, item)
        : buySource(own, item, rules.firstSupplier.get(item.code));
  return inWholeUnits(item, source);
}

/** Buying an item at a location from one supplier, or from nobody in particular. */
export function buySourceFrom(
  rules: SourceRules,
  item: ItemRow,
  location: string,
  supplier: ItemSupplierRow | undefined,
): SupplySource {
  const own = rules.itemLocations.get(placeKey(item.code, location));
  return inWholeUnits(item, buySource(own?.source === 'make' ? undefined : own, item, supplier));
}

function inWholeUnits(item: ItemRow, source: SupplySource): SupplySource {
  const isCounted = COUNTED_UNITS.has(item.unit.toUpperCase());
  return isCounted && source.lotMultiple === undefined ? { ...source, lotMultiple: 1 } : source;
}

function moveSource(
  own: ItemLocationRow | undefined,
  site: LocationRow | undefined,
  from: string,
): SupplySource {
  return {
    kind: 'move',
    leadTimeDays: own?.leadTimeDays ?? site?.transitDays ?? 0,
    ...lots(own?.lotMinimum, own?.lotMultiple),
    fromLocation: from,
  };
}

function makeSource(own: ItemLocationRow | undefined, item: ItemRow): SupplySource {
  return {
    kind: 'make',
    leadTimeDays: own?.leadTimeDays ?? item.leadTimeDays ?? 0,
    ...lots(own?.lotMinimum ?? item.lotMinimum, own?.lotMultiple ?? item.lotMultiple),
    ...(item.yieldRatio < 1 ? { yieldRatio: item.yieldRatio } : {}),
  };
}

/** A supplier's smallest order counts beside ours: the larger one binds. */
function buySource(
  own: ItemLocationRow | undefined,
  item: ItemRow,
  supplier: ItemSupplierRow | undefined,
): SupplySource {
  const lotMinimum = Math.max(own?.lotMinimum ?? item.lotMinimum ?? 0, supplier?.minimumQuantity ?? 0);
  const lotMultiple = own?.lotMultiple ?? supplier?.multipleQuantity ?? item.lotMultiple;
  return {
    kind: 'buy',
    leadTimeDays: own?.leadTimeDays ?? supplier?.leadTimeDays ?? item.leadTimeDays ?? 0,
    ...lots(lotMinimum, lotMultiple),
    ...(supplier === undefined ? {} : { supplier: supplier.supplier }),
  };
}

/** 0 and nothing mean "no rule". */
function lots(
  minimum: number | null | undefined,
  multiple: number | null | undefined,
): Pick<SupplySource, 'lotMinimum' | 'lotMultiple'> {
  return {
    ...(minimum !== undefined && minimum !== null && minimum > 0 ? { lotMinimum: minimum } : {}),
    ...(multiple !== undefined && multiple !== null && multiple > 0 ? { lotMultiple: multiple } : {}),
  };
}

/** What to keep at a location: its own rule, or the item's at the item's home. */
export function safetyStockOf(rules: SourceRules, item: ItemRow, location: string): number {
  const own = rules.itemLocations.get(placeKey(item.code, location))?.safetyStock;
  return own ?? (item.homeLocation === location ? (item.safetyStock ?? 0) : 0);
}

/** Sources that rest on a guess. */
export function sourceIssues(
  rules: SourceRules,
  item: ItemRow,
  source: SupplySource,
  place: string,
): Issue[] {
  const issues: Issue[] = [];
  const known =
    item.leadTimeDays !== null || rules.itemLocations.get(placeKey(item.code, place))?.leadTimeDays;
  const supplierKnows = rules.firstSupplier.get(item.code)?.leadTimeDays ?? null;
  if (source.kind !== 'move' && !known && supplierKnows === null) {
    issues.push({
      severity: 'warning',
      code: 'NO_LEAD_TIME',
      message: `${item.code} at ${place} has no lead time; it is planned as if it came at once.`,
      advice: 'Give the item, or its supplier, a lead time.',
      value: item.code,
    });
  }
  if (source.kind === 'buy' && source.supplier === undefined) {
    issues.push({
      severity: 'warning',
      code: 'NO_SUPPLIER',
      message: `${item.code} is bought at ${place}, but no supplier may be ordered from.`,
      advice: 'Give the item a supplier, or say that it is made.',
      value: item.code,
    });
  }
  return issues;
}
