/** Why: the engine's chain of reasons, with the names and ids that people and pages know things by. */
import type { SupplyWhy } from '@planwright/contracts';
import { explainDemand, explainOrder, explainShortage, type Why, type WhyNode } from '@planwright/supply';
import { dayFromIso, dayText, isoFromDay } from '@planwright/time';
import { PlanningError } from '../errors.ts';
import type { PlanReader } from '../plan-view/plan-reader.ts';
import { runInView } from '../plan-view/run-in-view.ts';
import type { Service } from '../services.ts';
import { causeName, causeSentence, causeSubject } from './delay-words.ts';
import { bookConsensus, chunkView } from './full-chunk.ts';
import { orderView } from './list-constrained-orders.ts';
import { demandView } from './list-supply-demands.ts';
import {
  type BookChunk,
  chunkOfPoint,
  demandByNumber,
  type OpenBook,
  orderByNumber,
  type PlanBook,
} from './plan-book.ts';
import type { SupplyPlanReads } from './ports.ts';
import type { ApiQuery } from './query.ts';

type Deps = { readonly plan: PlanReader; readonly openBook: OpenBook; readonly reads: SupplyPlanReads };

/**
 * Why a demand is late, an order is there or a stock point is short.
 *
 * @throws PlanningError NOT_FOUND for a number or id that the plan does not have.
 */
export function getSupplyWhy(deps: Deps): Service<'getSupplyWhy'> {
  return async (member, { query }) => {
    const run = await runInView(deps.plan, member, query);
    const book = await deps.openBook(run);
    const found = placeOf(book, query);
    if (found === undefined) {
      const what = query.of === 'stockPoint' ? 'stock point' : query.of;
      throw new PlanningError('NOT_FOUND', { what, id: String(query.id) });
    }
    const { chunk, row } = found;
    const view = chunkView(book, chunk, await bookConsensus(deps.reads, book));
    const why =
      query.of === 'demand'
        ? explainDemand(view, row)
        : query.of === 'order'
          ? explainOrder(view, row)
          : explainShortage(view, row, shortBucket(chunk, row, query, run.horizonBuckets));
    return whyView(book, chunk, why, run.currency);
  };
}

function placeOf(
  book: PlanBook,
  query: ApiQuery<'getSupplyWhy'>,
): { chunk: BookChunk; row: number } | undefined {
  if (query.of === 'demand') return demandByNumber(book, query.id);
  if (query.of === 'order') return orderByNumber(book, query.id);
  const point = book.rowOfPointId.get(query.id);
  return point === undefined ? undefined : chunkOfPoint(book, point);
}

/** The bucket that was asked for, else the first in which the stock point leaves demand unserved, else the first of all. */
function shortBucket(
  { plan, service }: BookChunk,
  point: number,
  query: ApiQuery<'getSupplyWhy'>,
  horizonBuckets: number,
): number {
  if (query.bucket !== undefined) return Math.min(query.bucket, horizonBuckets - 1);
  let first = horizonBuckets;
  for (let d = 0; d < plan.demands.count; d++) {
    if (plan.demands.stockPoint[d] !== point || service.late[d] + service.short[d] === 0) continue;
    first = Math.min(first, service.bucket[d]);
  }
  return first < horizonBuckets ? first : 0;
}

function whyView(book: PlanBook, chunk: BookChunk, why: Why, currency: string): SupplyWhy {
  const { backlog, margin, lostSales } = why.cost;
  const cost = backlog + margin + lostSales;
  return {
    sentence: why.sentence,
    cost: cost > 0 ? cost : null,
    currency,
    nodes: why.nodes.map((node) => nodeView(book, chunk, node)),
    edges: why.edges.map((edge) => ({ ...edge })),
    cut: why.isCut,
  };
}

function nodeView(book: PlanBook, chunk: BookChunk, node: WhyNode): SupplyWhy['nodes'][number] {
  const point = node.stockPoint < 0 ? undefined : chunk.piece.points[node.stockPoint];
  const place = point === undefined ? undefined : book.blocks.planning.stockPoints[point];
  const words = nodeWords(book, chunk, node);
  return {
    id: node.id,
    type: node.type,
    title: words.title,
    detail: words.detail,
    item: place?.item ?? null,
    location: place?.location ?? null,
    stockPointId: point === undefined ? null : book.pointIds[point],
    resourceId: words.resourceId ?? null,
    number: words.number ?? null,
    quantity: node.quantity,
    on: node.day < 0 ? null : isoFromDay(node.day),
    cause: node.type === 'constraint' ? causeName(node.cause) : null,
  };
}

type NodeWords = {
  readonly title: string;
  readonly detail: string;
  readonly number?: number;
  readonly resourceId?: number;
};

function nodeWords(book: PlanBook, chunk: BookChunk, node: WhyNode): NodeWords {
  const point = node.stockPoint < 0 ? undefined : chunk.piece.points[node.stockPoint];
  const place = point === undefined ? undefined : book.blocks.planning.stockPoints[point];
  const where = place === undefined ? '' : `${book.items.name(place.item)} at ${place.location}`;
  switch (node.type) {
    case 'demand': {
      const { number, kind, order, dueOn, quantity, unit } = demandView(book, chunk, node.index);
      const title = kind === 'order' ? `Order ${order}` : 'Forecast';
      return {
        title,
        detail: `${figure(quantity)} ${unit} of ${where}, due ${dayText(dayFromIso(dueOn))}`,
        number,
      };
    }
    case 'order': {
      const { number, kind, quantity, unit, startOn, dueOn, from } = orderView(book, chunk, node.index);
      const title = { make: 'Make', buy: 'Buy', move: 'Move' }[kind];
      const source = from === null ? '' : ` from ${from}`;
      const detail = `${figure(quantity)} ${unit} of ${where}${source}, from ${dayText(dayFromIso(startOn))} to ${dayText(dayFromIso(dueOn))}`;
      return { title, detail, number };
    }
    case 'receipt': {
      const receipt = chunk.piece.model.receipts[node.index];
      return {
        title: `Under way: ${receipt.receipt}`,
        detail: `${figure(receipt.quantity)} of ${where}, expected ${dayText(receipt.dueDay)}`,
      };
    }
    case 'onHand':
      return { title: 'On hand', detail: where };
    case 'safetyStock':
      return { title: 'Safety stock', detail: where };
    case 'shortage':
      return { title: 'Short', detail: where };
    case 'constraint': {
      const cause = causeName(node.cause);
      const { resource } = causeSubject(book, chunk, cause, node.index);
      const detail = causeSentence(book, chunk, cause, node.index, node.day);
      const title = CONSTRAINT_TITLES[cause];
      return resource < 0 ? { title, detail } : { title, detail, resourceId: book.resourceIds[resource] };
    }
  }
}

const CONSTRAINT_TITLES = {
  leadTime: 'Lead time',
  capacity: 'Capacity',
  noSource: 'No source',
  sourceMaximum: 'Most that a source gives',
  storage: 'Storage',
  shelfLife: 'Shelf life',
  buildAhead: 'Build-ahead limit',
  frozen: 'Frozen zone',
  effectivity: 'Not in force',
} as const;

function figure(quantity: number): string {
  return quantity.toLocaleString('en-US', { maximumFractionDigits: 2 });
}
