import type { ResourceLoadRow } from '@planwright/contracts';
import { bucketAt, bucketLabel, isoFromDay } from '@planwright/time';
import { PlanningError } from '../errors.ts';
import type { PlanReader, RunHead } from '../plan-view/plan-reader.ts';
import { planHorizonOf, runInView, wireValues } from '../plan-view/run-in-view.ts';
import type { Service } from '../services.ts';
import type { BookChunk, OpenBook, PlanBook } from './plan-book.ts';
import { orderView } from './list-constrained-orders.ts';

const LOADS_MAX = 500;

/** The hours of one resource in both plans, with the orders of the constrained plan that ask for them, bucket by bucket. */
export function getResource(deps: { plan: PlanReader; openBook: OpenBook }): Service<'getResource'> {
  return async (member, { params, query }) => {
    const run = await runInView(deps.plan, member, query);
    const book = await deps.openBook(run);
    const resource = book.rowOfResourceId.get(params.resourceId);
    if (resource === undefined)
      throw new PlanningError('NOT_FOUND', { what: 'resource', id: String(params.resourceId) });
    const series = await deps.plan.series(run.runId, params.resourceId);
    const of = (measure: string) => wireValues(series.get(measure) ?? []);
    const { code, name, location, committedHours } = book.blocks.resources[resource];
    const loads = loadRows(book, run, resource).filter(
      (row) => query.bucket === undefined || row.bucketIndex === query.bucket,
    );
    return {
      horizon: planHorizonOf(run),
      resourceId: params.resourceId,
      code,
      name,
      location,
      capacityHours: of('capacityHours'),
      overtimeHours: of('overtimeHours'),
      unconstrainedHours: of('loadHours'),
      constrainedHours: of('constrainedHours'),
      committedHours: wireValues(committedHours),
      loads: loads.slice(0, LOADS_MAX),
      cut: loads.length > LOADS_MAX,
    };
  };
}

/** By bucket, most hours first; what open work orders take comes together at the head of its bucket. */
function loadRows(book: PlanBook, run: RunHead, resource: number): ResourceLoadRow[] {
  const starts = Int32Array.from(run.calendar.starts.subarray(run.historyBuckets));
  const name = (bucket: number) => bucketLabel(run.calendar, run.historyBuckets + bucket);
  const rows: ResourceLoadRow[] = [];
  const { committedHours } = book.blocks.resources[resource];
  committedHours.forEach((hours, bucketIndex) => {
    if (hours > 0) rows.push({ ...NO_ORDER, bucket: name(bucketIndex), bucketIndex, hours });
  });
  for (const chunk of book.chunks) {
    if (!chunk.piece.resources.includes(resource)) continue;
    for (const { order, day, hours } of askedHours(book, chunk, resource)) {
      const bucketIndex = bucketAt(starts, day);
      if (bucketIndex < 0) continue;
      const { number, stockPointId, item, itemName, location, quantity } = orderView(book, chunk, order);
      const startOn = isoFromDay(chunk.plan.orders.startDay[order]);
      const bucket = name(bucketIndex);
      rows.push({
        bucket,
        bucketIndex,
        orderNumber: number,
        stockPointId,
        item,
        itemName,
        location,
        quantity,
        startOn,
        hours,
      });
    }
  }
  return rows.sort(
    (a, b) =>
      a.bucketIndex - b.bucketIndex ||
      Number(b.orderNumber === null) - Number(a.orderNumber === null) ||
      b.hours - a.hours ||
      (a.orderNumber ?? 0) - (b.orderNumber ?? 0),
  );
}

const NO_ORDER = {
  orderNumber: null,
  stockPointId: null,
  item: null,
  itemName: null,
  location: null,
  quantity: null,
  startOn: null,
};

type AskedHours = { readonly order: number; readonly day: number; readonly hours: number };

/** What each order asks of a resource: the steps that are its own or its first choice, less what others do in its place, and what it does in theirs. */
function askedHours(book: PlanBook, chunk: BookChunk, resource: number): AskedHours[] {
  const { piece, plan } = chunk;
  const { code } = book.blocks.resources[resource];
  const loads = piece.model.loads.filter(
    (load) => load.resource === code && (load.alternatePriority ?? 1) === 1,
  );
  const loadsOf = Map.groupBy(loads, (load) => load.source);
  const moved = movedHours(chunk, resource);
  const { orders } = plan;
  const asked: AskedHours[] = [];
  for (let order = 0; order < orders.count; order++) {
    const { source } = piece.model.sources[orders.source[order]];
    const { gained = 0, lost = 0 } = moved.get(order) ?? {};
    let elsewhere = lost;
    if (gained > 0) asked.push({ order, day: orders.startDay[order], hours: gained });
    for (const { hoursPerUnit, setupHoursPerOrder = 0, offsetDays = 0 } of loadsOf.get(source) ?? []) {
      const all = setupHoursPerOrder + hoursPerUnit * orders.quantity[order];
      const hours = Math.max(0, all - elsewhere);
      elsewhere -= all - hours;
      if (hours > HOURS_CRUMB) asked.push({ order, day: orders.startDay[order] + offsetDays, hours });
    }
  }
  return asked;
}

/** Hours are sums: what is left of them is dust. */
const HOURS_CRUMB = 1e-9;

/** By order: hours that a resource does as an alternate, and hours that alternates do in its place. */
function movedHours(
  { piece, plan }: BookChunk,
  resource: number,
): Map<number, { gained: number; lost: number }> {
  const { order, resource: on, insteadOf, hours, count } = plan.alternates;
  const row = piece.resources.indexOf(resource);
  const moved = new Map<number, { gained: number; lost: number }>();
  for (let a = 0; a < count; a++) {
    if (on[a] !== row && insteadOf[a] !== row) continue;
    const own = moved.get(order[a]) ?? { gained: 0, lost: 0 };
    moved.set(order[a], own);
    if (on[a] === row) own.gained += hours[a];
    else own.lost += hours[a];
  }
  return moved;
}
