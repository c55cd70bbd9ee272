import type { ConstrainedOrder } from '@planwright/contracts';
import { isoFromDay } from '@planwright/time';
import { decodeCursor } from '../paging.ts';
import type { PlanReader } from '../plan-view/plan-reader.ts';
import { runInView } from '../plan-view/run-in-view.ts';
import type { Service } from '../services.ts';
import type { BookChunk, OpenBook, PlanBook } from './plan-book.ts';
import { pageOfRanked, ranked } from './ranked-pages.ts';

type OrderPlace = { readonly chunk: BookChunk; readonly o: number };

/** Orders of the constrained plan by start day, then by number. */
export function listConstrainedOrders(deps: {
  plan: PlanReader;
  openBook: OpenBook;
}): Service<'listConstrainedOrders'> {
  return async (member, { query }) => {
    const run = await runInView(deps.plan, member, query);
    const book = await deps.openBook(run);
    const rows = ordersByStart(book).filter(({ chunk, o }) => {
      const source = book.blocks.planning.sources[chunk.piece.sources[chunk.plan.orders.source[o]]];
      return (
        (query.kind === undefined || query.kind === source.kind) &&
        (query.item === undefined || query.item === source.item) &&
        (query.stockPointId === undefined || query.stockPointId === book.pointIds[source.point])
      );
    });
    const after = decodeCursor(query.cursor, 1);
    return pageOfRanked(rows, after, query.limit, ({ chunk, o }) => orderView(book, chunk, o));
  };
}

export function ordersByStart(book: PlanBook): readonly OrderPlace[] {
  return ranked(book, 'orders', () =>
    book.chunks
      .flatMap((chunk) => Array.from({ length: chunk.plan.orders.count }, (_, o) => ({ chunk, o })))
      .sort(
        (a, b) =>
          a.chunk.plan.orders.startDay[a.o] - b.chunk.plan.orders.startDay[b.o] ||
          a.chunk.orderOffset + a.o - (b.chunk.orderOffset + b.o),
      ),
  );
}

/** One order as the API shows it. */
export function orderView(book: PlanBook, chunk: BookChunk, o: number): ConstrainedOrder {
  const { orders } = chunk.plan;
  const source = book.blocks.planning.sources[chunk.piece.sources[orders.source[o]]];
  const { item, location, kind, supplier, fromLocation, point } = source;
  const { unitCost } = book.blocks.planning.stockPoints[point];
  return {
    number: chunk.orderOffset + o + 1,
    kind,
    stockPointId: book.pointIds[point],
    item,
    itemName: book.items.name(item),
    location,
    from: supplier ?? fromLocation ?? null,
    startOn: isoFromDay(orders.startDay[o]),
    dueOn: isoFromDay(orders.endDay[o]),
    quantity: orders.quantity[o],
    unit: book.items.unit(item),
    value: orders.quantity[o] * (unitCost ?? 0),
    alternate: (source.priority ?? 1) > 1,
  };
}
