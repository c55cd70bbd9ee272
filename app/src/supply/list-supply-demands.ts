import type { SupplyDemand } from '@planwright/contracts';
import { DEMAND_KIND } from '@planwright/supply';
import { isoFromDay } from '@planwright/time';
import { decodeCursor } from '../paging.ts';
import type { PlanReader } from '../plan-view/plan-reader.ts';
import { runInView } from '../plan-view/run-in-view.ts';
import type { ApiQuery } from './query.ts';
import type { Service } from '../services.ts';
import { causeName, causeSentence } from './delay-words.ts';
import { type BookChunk, isInternalDemand, type OpenBook, type PlanBook } from './plan-book.ts';
import { pageOfRanked, ranked } from './ranked-pages.ts';

/** Orders and forecasts as the constrained plan serves them: the dearest failure first, then by due day. */
export function listSupplyDemands(deps: {
  plan: PlanReader;
  openBook: OpenBook;
}): Service<'listSupplyDemands'> {
  return async (member, { query }) => {
    const run = await runInView(deps.plan, member, query);
    const book = await deps.openBook(run);
    const rows = ranked(book, 'demands', () => rankedDemands(book)).filter((row) =>
      isWanted(book, row, query),
    );
    const after = decodeCursor(query.cursor, 1);
    return pageOfRanked(rows, after, query.limit, ({ chunk, d }) => demandView(book, chunk, d));
  };
}

type DemandRow = { readonly chunk: BookChunk; readonly d: number; readonly value: number };

function rankedDemands(book: PlanBook): DemandRow[] {
  const rows = book.chunks.flatMap((chunk) =>
    Array.from({ length: chunk.plan.demands.count }, (_, d) => ({ chunk, d, value: failingValue(chunk, d) })),
  );
  return rows
    .filter(({ chunk, d }) => !isInternalDemand(book, chunk, d))
    .sort(
      (a, b) =>
        b.value - a.value ||
        a.chunk.plan.demands.dueDay[a.d] - b.chunk.plan.demands.dueDay[b.d] ||
        a.chunk.demandOffset + a.d - (b.chunk.demandOffset + b.d),
    );
}

function failingValue({ piece, plan, service }: BookChunk, d: number): number {
  const cost = piece.model.stockPoints[plan.demands.stockPoint[d]].unitCost ?? 0;
  return (service.late[d] + service.short[d]) * cost;
}

function isWanted(book: PlanBook, { chunk, d }: DemandRow, query: ApiQuery<'listSupplyDemands'>): boolean {
  const { plan, piece, service } = chunk;
  const { demands } = plan;
  const point = piece.points[demands.stockPoint[d]];
  const { item, location } = book.blocks.planning.stockPoints[point];
  const isOrder = demands.kind[d] === DEMAND_KIND.order;
  if (query.kind !== undefined && (query.kind === 'order') !== isOrder) return false;
  if (query.item !== undefined && query.item !== item) return false;
  if (query.location !== undefined && query.location !== location) return false;
  if (query.stockPointId !== undefined && query.stockPointId !== book.pointIds[point]) return false;
  if (query.customer !== undefined) {
    const order = isOrder ? book.blocks.planning.demands[piece.demands[demands.row[d]]] : undefined;
    if (order?.account !== query.customer) return false;
  }
  const { late, short } = service;
  if (query.cause !== undefined) {
    const delay = late[d] + short[d] > 0 ? delayOf(chunk, d) : -1;
    if (delay < 0 || causeName(plan.delays.cause[delay]) !== query.cause) return false;
  }
  switch (query.only) {
    case 'all':
      return true;
    case 'failing':
      return late[d] + short[d] > 0;
    case 'late':
      return late[d] > 0;
    case 'short':
      return short[d] > 0;
    case 'backlog':
      return isOrder && demands.dueDay[d] < piece.model.asOfDay;
  }
}

/** One demand as the API shows it. */
export function demandView(book: PlanBook, chunk: BookChunk, d: number): SupplyDemand {
  const { plan, piece, service } = chunk;
  const { demands } = plan;
  const point = piece.points[demands.stockPoint[d]];
  const { item, location } = book.blocks.planning.stockPoints[point];
  const isOrder = demands.kind[d] === DEMAND_KIND.order;
  const order = isOrder ? book.blocks.planning.demands[piece.demands[demands.row[d]]] : undefined;
  const isFailing = service.late[d] + service.short[d] > 0;
  const delay = isFailing ? delayOf(chunk, d) : -1;
  const cause = delay < 0 ? null : causeName(plan.delays.cause[delay]);
  const { lastDay } = service;
  return {
    number: chunk.demandOffset + d + 1,
    kind: isOrder ? 'order' : 'forecast',
    order: order?.demand ?? null,
    customer: order?.account ?? null,
    stockPointId: book.pointIds[point],
    item,
    itemName: book.items.name(item),
    location,
    unit: book.items.unit(item),
    priority: demands.priority[d],
    dueOn: isoFromDay(demands.dueDay[d]),
    quantity: demands.quantity[d],
    onTimeQuantity: service.onTime[d],
    lateQuantity: service.late[d],
    shortQuantity: service.short[d],
    deliveredOn: lastDay[d] < 0 ? null : isoFromDay(lastDay[d]),
    delayDays: service.late[d] > 0 ? Math.max(0, lastDay[d] - demands.dueDay[d]) : 0,
    value: failingValue(chunk, d),
    cause,
    reason:
      cause === null
        ? null
        : causeSentence(book, chunk, cause, plan.delays.subject[delay], plan.delays.day[delay]),
  };
}

const worstDelays = new WeakMap<BookChunk, Int32Array>();

/** The row of what holds most of a demand up; -1 where the plan names nothing. */
export function delayOf(chunk: BookChunk, demand: number): number {
  const known = worstDelays.get(chunk);
  if (known !== undefined) return known[demand];
  const { delays, demands } = chunk.plan;
  const worst = new Int32Array(demands.count).fill(-1);
  for (let row = 0; row < delays.count; row++) {
    const d = delays.demand[row];
    if (worst[d] < 0 || delays.quantity[row] > delays.quantity[worst[d]]) worst[d] = row;
  }
  worstDelays.set(chunk, worst);
  return worst[demand];
}
