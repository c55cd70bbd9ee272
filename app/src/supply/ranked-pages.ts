/** Lists that are cut from an open plan: ranked once a book, paged by place. */
import { PlanningError } from '../errors.ts';
import { type CursorValues, encodeCursor } from '../paging.ts';
import type { PlanBook } from './plan-book.ts';

const rankings = new WeakMap<PlanBook, Map<string, readonly unknown[]>>();

/** The rows of a list of a book in their order, worked out when they are first asked for. */
export function ranked<Row>(book: PlanBook, list: string, rank: () => readonly Row[]): readonly Row[] {
  const lists = rankings.get(book) ?? new Map<string, readonly unknown[]>();
  rankings.set(book, lists);
  const rows = (lists.get(list) as readonly Row[] | undefined) ?? rank();
  lists.set(list, rows);
  return rows;
}

/**
 * One page of rows that stay where they are. The cursor is the place behind the last row shown.
 *
 * @throws PlanningError INVALID_INPUT for a cursor that is no place.
 */
export function pageOfRanked<Row, Item>(
  rows: readonly Row[],
  after: CursorValues | undefined,
  limit: number,
  itemOf: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null; total: number } {
  const from = after === undefined ? 0 : after[0];
  if (typeof from !== 'number' || !Number.isInteger(from) || from < 0)
    throw new PlanningError('INVALID_INPUT', { problem: 'The cursor is not one that this list gave out.' });
  const items = rows.slice(from, from + limit).map(itemOf);
  const next = from + items.length;
  return { items, nextCursor: next < rows.length ? encodeCursor([next]) : null, total: rows.length };
}
