/**
 * The supply side as a run sees it: every stock point that demand, stock, receipts or a bill of material touches, with
 * its source, and the points those sources lead to, up to the items that come from outside.
 */
import { buildNetwork, type ComponentRow, type StockPointRow } from '@planwright/supply';
import type { Issue } from '@planwright/units';
import type { BomRow, CompanyData, ItemRow, ReceiptRow } from './company-data.ts';
import type { DemandKeys } from './demand-inputs.ts';
import type { PlanCalendar } from './plan-calendar.ts';
import { connectedChunks } from './connected-chunks.ts';
import { firmComponentNeeds, firmReceipts } from './firm-proposals.ts';
import { placeKey, safetyStockOf, type SourceRules, sourceIssues, sourceOf } from './supply-sources.ts';

/** A stock point without its demand, which earlier stages of the run supply. */
export type PlannedPoint = Omit<StockPointRow, 'independentDemand' | 'scheduledReceipts' | 'costPerUnit'> & {
  readonly scheduledReceipts?: readonly number[];
};

/** Receipts that should have come before the plan starts; they are expected in its first bucket. */
export type PastDueReceipt = {
  readonly kind: ReceiptRow['kind'];
  readonly point: number;
  readonly quantity: number;
  readonly orderCount: number;
  readonly oldestDueDay: number | null;
};

export type FirmNeed = { readonly point: number; readonly bucket: number; readonly quantity: number };

export type SupplyInputs = {
  /** Sorted by item, then location. */
  readonly points: readonly PlannedPoint[];
  readonly components: readonly ComponentRow[];
  /** Stock point of each demand key. */
  readonly pointOfKey: readonly number[];
  readonly pastDue: readonly PastDueReceipt[];
  /** What released proposals take from stock points: bucket of the horizon and quantity. */
  readonly firmNeeds: readonly FirmNeed[];
  /** Whole connected networks, packed into pieces of similar size: the chunks of the supply stage. */
  readonly chunks: readonly (readonly number[])[];
};

/** Bills of material by the item they make, with the rules of sources: what places are found by. */
export type SupplyRules = SourceRules & { readonly bom: ReadonlyMap<string, readonly BomRow[]> };

/** A stock point before anything is known of its stock. */
export type PlannedPlace = Pick<PlannedPoint, 'item' | 'location' | 'safetyStock' | 'source'>;

/** All stock points, sorted by item, then location. */
export function supplyPlaces(
  data: CompanyData,
  keys: DemandKeys,
  rules: SupplyRules,
): { readonly places: PlannedPlace[]; readonly issues: Issue[] } {
  const issues: Issue[] = [];
  const places = new PlaceSet(rules, issues);
  keys.item.forEach((item, key) => places.add(item, keys.location[key]));
  for (const row of data.onHand) places.add(row.item, row.location);
  for (const row of data.itemLocations) places.add(row.item, row.location);
  for (const row of data.receipts) places.add(row.item, receiptPlace(rules, row));
  for (const row of data.supply.firmProposals) places.add(row.item, row.location);
  return { places: places.sorted(), issues };
}

/** The unconstrained plan's side: each stock point has the one source that leads. */
export function supplyInputs(
  data: CompanyData,
  keys: DemandKeys,
  plan: PlanCalendar,
  rules: SupplyRules,
  points: readonly PlannedPlace[],
): { readonly inputs: SupplyInputs; readonly issues: Issue[] } {
  const issues: Issue[] = [];
  const indexOf = new Map(points.map((point, index) => [placeKey(point.item, point.location), index]));
  const components = componentsInForce(points, rules, plan.asOf);
  const firm = firmReceipts(data.supply.firmProposals, plan);
  const { receipts, pastDue } = receiptsOf([...data.receipts, ...firm], rules, indexOf, plan.horizonBuckets);
  const onHand = new Map(data.onHand.map((row) => [placeKey(row.item, row.location), row.quantity]));
  const planned = points.map((point, index) => ({
    ...point,
    onHand: onHand.get(placeKey(point.item, point.location)) ?? 0,
    ...(receipts.has(index) ? { scheduledReceipts: receipts.get(index) } : {}),
  }));
  issues.push(...networkIssues(planned, components, plan));
  const pointOfKey = keys.item.map((item, key) => indexOf.get(placeKey(item, keys.location[key])) ?? -1);
  const chunks = connectedChunks(planned, components, indexOf);
  const firmNeeds = firmComponentNeeds(data.supply.firmProposals, planned, components, plan);
  return { inputs: { points: planned, components, pointOfKey, pastDue, firmNeeds, chunks }, issues };
}

/** Collects stock points; each one brings those that its source needs. */
class PlaceSet {
  readonly #points = new Map<string, PlannedPlace>();
  readonly #rules: SupplyRules;
  readonly #issues: Issue[];

  constructor(rules: SupplyRules, issues: Issue[]) {
    this.#rules = rules;
    this.#issues = issues;
  }

  add(item: string, location: string): void {
    const waiting: [string, string][] = [[item, location]];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [code, place] = next;
      const row = this.#rules.items.get(code);
      if (row === undefined || this.#points.has(placeKey(code, place))) continue;
      const source = sourceOf(this.#rules, row, place);
      const safetyStock = safetyStockOf(this.#rules, row, place);
      this.#points.set(placeKey(code, place), {
        item: code,
        location: place,
        safetyStock,
        source,
      });
      this.#issues.push(...sourceIssues(this.#rules, row, source, place));
      if (source.kind === 'move') waiting.push([code, source.fromLocation ?? place]);
      if (source.kind === 'make') {
        for (const part of this.#rules.bom.get(code) ?? []) waiting.push([part.component, place]);
      }
    }
  }

  sorted(): PlannedPlace[] {
    const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
    return [...this.#points.values()].sort(
      (a, b) => byName(a.item, b.item) || byName(a.location, b.location),
    );
  }
}

/** Bills of material of what is made, as they are in force on the day. */
function componentsInForce(
  points: readonly PlannedPlace[],
  { bom }: SupplyRules,
  asOf: number,
): ComponentRow[] {
  return points
    .filter((point) => point.source?.kind === 'make')
    .flatMap(({ item, location }) =>
      (bom.get(item) ?? [])
        .filter((row) => (row.effectiveFrom ?? asOf) <= asOf && (row.effectiveTo ?? asOf) >= asOf)
        .map((row) => ({
          item,
          location,
          component: row.component,
          // What is lost is consumed too.
          quantityPer: row.quantityPer / (1 - row.scrapRatio),
        })),
    );
}

/** Bills of material that can be used; the others become issues. */
export function bomByParent(data: CompanyData, rules: SourceRules, issues: Issue[]): Map<string, BomRow[]> {
  const usable = data.bom.filter((row) => {
    const component = rules.items.get(row.component);
    if (component === undefined || !rules.items.has(row.parent)) return false;
    if (!(row.quantityPer > 0)) issues.push(noQuantityIssue(row));
    else if (row.unit !== null && row.unit !== component.unit) issues.push(unitIssue(row, component));
    return row.quantityPer > 0;
  });
  return Map.groupBy(usable, (row) => row.parent);
}

export function receiptPlace(
  rules: SourceRules,
  row: { readonly item: string; readonly location: string | null },
): string {
  const item = rules.items.get(row.item);
  return row.location ?? item?.homeLocation ?? rules.locations.keys().next().value ?? '';
}

function receiptsOf(
  rows: readonly (ReceiptRow & { readonly isGood?: true })[],
  rules: SourceRules,
  indexOf: ReadonlyMap<string, number>,
  horizonBuckets: number,
): { receipts: Map<number, number[]>; pastDue: PastDueReceipt[] } {
  const receipts = new Map<number, number[]>();
  const pastDue: PastDueReceipt[] = [];
  for (const row of rows) {
    const point = indexOf.get(placeKey(row.item, receiptPlace(rules, row)));
    const item = rules.items.get(row.item);
    if (point === undefined || item === undefined || row.bucket >= horizonBuckets) continue;
    // A work order counts what is started; what arrives is what comes out good.
    const quantity = row.kind === 'work' && !row.isGood ? row.quantity * item.yieldRatio : row.quantity;
    const buckets = receipts.get(point) ?? new Array<number>(horizonBuckets).fill(0);
    buckets[Math.max(0, row.bucket)] += quantity;
    receipts.set(point, buckets);
    const { kind, orderCount, oldestDueDay } = row;
    if (row.bucket < 0) pastDue.push({ kind, point, quantity, orderCount, oldestDueDay });
  }
  return { receipts, pastDue };
}

/** What the netting would refuse is refused before the run; what it only notes is noted. */
function networkIssues(
  points: readonly PlannedPoint[],
  components: readonly ComponentRow[],
  plan: PlanCalendar,
): Issue[] {
  const bucketStartDays = plan.calendar.starts.slice(plan.historyBuckets);
  return buildNetwork({ bucketStartDays, stockPoints: points, components }).issues;
}

function noQuantityIssue(row: BomRow): Issue {
  return {
    severity: 'warning',
    code: 'BOM_WITHOUT_QUANTITY',
    message: `${row.component} in ${row.parent} has the quantity ${row.quantityPer}; the row is left out.`,
    advice: 'Give how many units of the component one unit takes.',
    file: 'bom_row',
    value: String(row.quantityPer),
  };
}

function unitIssue(row: BomRow, component: ItemRow): Issue {
  return {
    severity: 'warning',
    code: 'BOM_UNIT_DIFFERS',
    message: `${row.component} in ${row.parent} is counted in ${row.unit}, its stock in ${component.unit}; the quantity is taken as it is.`,
    advice: 'Convert the quantity in the mapping, or correct one of the units.',
    file: 'bom_row',
    column: 'unit',
    value: row.unit ?? '',
  };
}
