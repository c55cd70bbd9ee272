import type { RoughCutProduct, RoughCutResource } from '@planwright/contracts';
import { bucketLabel } from '@planwright/time';
import { PlanningError } from '../errors.ts';
import { decodeCursor } from '../paging.ts';
import type { PlanReader, ResourceRecord, RunHead } from '../plan-view/plan-reader.ts';
import { planHorizonOf, runInView, wireValues } from '../plan-view/run-in-view.ts';
import type { Service } from '../services.ts';
import type { OpenBook, PlanBook } from './plan-book.ts';
import type { SupplyPlanReads } from './ports.ts';
import { pageOfRanked } from './ranked-pages.ts';
import { type RoughCut, roughCut } from './rough-cut-loads.ts';

type Deps = { readonly plan: PlanReader; readonly openBook: OpenBook; readonly reads: SupplyPlanReads };

/** Every resource with the hours of each method, the one that its profile loads most first. */
export function listRoughCut(deps: Deps): Service<'listRoughCut'> {
  return async (member, { query }) => {
    const run = await runInView(deps.plan, member, query);
    const book = await deps.openBook(run);
    const [cut, resources] = await Promise.all([roughCut(deps.reads, book), deps.plan.resources(run.runId)]);
    const rows = resourceRows(run, book, cut, resources);
    return {
      ...pageOfRanked(rows, decodeCursor(query.cursor, 1), query.limit, (row) => row),
      horizon: planHorizonOf(run),
      productCount: new Set(askedRows(cut).map((row) => cut.bill.product[row])).size,
      sharesOfHistory: cut.sharesOfHistory,
    };
  };
}

/** Rows of the bill whose product somebody asks for within the horizon. */
function askedRows({ bill, asked: { values, bucketCount } }: RoughCut): number[] {
  const isAsked = (product: number): boolean =>
    values.subarray(product * bucketCount, (product + 1) * bucketCount).some((quantity) => quantity > 0);
  return [...bill.product.keys()].filter((row) => isAsked(bill.product[row]));
}

function resourceRows(
  run: RunHead,
  book: PlanBook,
  cut: RoughCut,
  records: readonly ResourceRecord[],
): RoughCutResource[] {
  const rowOf = new Map(cut.resources.map((resource, row) => [book.resourceIds[resource], row]));
  const productsOf = Map.groupBy(askedRows(cut), (row) => cut.bill.resource[row]);
  const { horizonBuckets } = run;
  const rows = records.map((record): RoughCutResource => {
    const row = rowOf.get(record.resourceId) ?? -1;
    const of = ({ values }: RoughCut['billed']): number[] =>
      row < 0
        ? new Array<number>(horizonBuckets).fill(0)
        : Array.from(values.subarray(row * horizonBuckets, (row + 1) * horizonBuckets));
    const methods = { overall: of(cut.overall), bill: of(cut.billed), profile: of(cut.profile) };
    const { resourceId, code, name, location } = record;
    return {
      resourceId,
      code,
      name,
      location,
      capacityHours: wireValues(record.capacityHours),
      planHours: wireValues(record.loadHours),
      overallHours: methods.overall,
      billHours: methods.bill,
      profileHours: methods.profile,
      profilePastDueHours: row < 0 ? 0 : cut.pastDueHours[row],
      overallShareRatio: cut.shares[row] ?? 0,
      productCount: new Set((productsOf.get(row) ?? []).map((billRow) => cut.bill.product[billRow])).size,
      peakRatio: peakRatio(methods.profile, record.capacityHours),
      sentence: sentenceOf(run, methods, record.capacityHours),
    };
  });
  return rows.sort((a, b) => (b.peakRatio ?? -1) - (a.peakRatio ?? -1) || (a.code < b.code ? -1 : 1));
}

function peakRatio(load: readonly number[], capacity: readonly number[]): number | null {
  const ratios = load.flatMap((hours, t) => (capacity[t] > 0 ? [hours / capacity[t]] : []));
  return ratios.length === 0 ? null : Math.max(...ratios);
}

const METHODS = [
  { method: 'overall', name: 'overall factors' },
  { method: 'bill', name: 'the bill of capacity' },
  { method: 'profile', name: 'the resource profile' },
] as const;

// Sums of many products: equality must not read as overload.
const SLACK_RATIO = 1e-9;

function sentenceOf(
  run: RunHead,
  methods: Readonly<Record<'overall' | 'bill' | 'profile', readonly number[]>>,
  capacity: readonly number[],
): string {
  if (!capacity.some((hours) => Number.isFinite(hours))) return 'Nobody said how many hours it has.';
  const found = METHODS.flatMap(({ method, name }) => {
    const missing = methods[method].map((hours, t) =>
      hours > capacity[t] * (1 + SLACK_RATIO) ? hours - capacity[t] : 0,
    );
    const worst = missing.indexOf(Math.max(...missing));
    const count = missing.filter((hours) => hours > 0).length;
    if (count === 0) return [];
    const label = bucketLabel(run.calendar, run.historyBuckets + worst);
    return [
      `By ${name} hours are missing in ${count} of ${missing.length} periods, most in ${label}: ${Math.round(missing[worst])}.`,
    ];
  });
  return found.length === 0 ? 'All three methods find hours enough in every period.' : found.join(' ');
}

/** @throws PlanningError NOT_FOUND for a resource that the plan does not have. */
export function listRoughCutProducts(deps: Deps): Service<'listRoughCutProducts'> {
  return async (member, { params, query }) => {
    const run = await runInView(deps.plan, member, query);
    const book = await deps.openBook(run);
    const resource = book.rowOfResourceId.get(params.resourceId);
    if (resource === undefined)
      throw new PlanningError('NOT_FOUND', { what: 'resource', id: String(params.resourceId) });
    const cut = await roughCut(deps.reads, book);
    const rows = productRows(book, cut, cut.resources.indexOf(resource), query.bucket);
    return {
      ...pageOfRanked(rows, decodeCursor(query.cursor, 1), query.limit, (row) => row),
      hours: rows.reduce((sum, { hours }) => sum + hours, 0),
    };
  };
}

function productRows(
  book: PlanBook,
  { bill, products, asked }: RoughCut,
  resource: number,
  bucket: number | undefined,
): RoughCutProduct[] {
  const ofProduct = new Map<number, { hoursPerUnit: number; leadDays: number }>();
  bill.product.forEach((product, row) => {
    if (bill.resource[row] !== resource) return;
    const before = ofProduct.get(product) ?? { hoursPerUnit: 0, leadDays: 0 };
    ofProduct.set(product, {
      hoursPerUnit: before.hoursPerUnit + bill.hoursPerUnit[row],
      leadDays: Math.max(before.leadDays, -bill.offsetDays[row]),
    });
  });
  const quantityOf = (product: number): number => {
    const values = asked.values.subarray(product * asked.bucketCount, (product + 1) * asked.bucketCount);
    return bucket === undefined ? values.reduce((sum, value) => sum + value, 0) : (values[bucket] ?? 0);
  };
  const found = [...ofProduct].map(([product, { hoursPerUnit, leadDays }]) => {
    const quantity = quantityOf(product);
    return { point: products[product], quantity, hoursPerUnit, hours: quantity * hoursPerUnit, leadDays };
  });
  const total = found.reduce((sum, { hours }) => sum + hours, 0);
  return found
    .filter(({ hours }) => hours > 0)
    .sort((a, b) => b.hours - a.hours || a.point - b.point)
    .map(({ point, ...row }) => {
      const { item, location } = book.blocks.planning.stockPoints[point];
      return {
        ...row,
        stockPointId: book.pointIds[point],
        item,
        itemName: book.items.name(item),
        location,
        unit: book.items.unit(item),
        shareRatio: row.hours / total,
      };
    });
}
