import { PlanningError } from './errors.ts';

/** The sort values of the last row of a page: what the next page starts behind. */
export type CursorValues = readonly (string | number | null)[];

/** An opaque text of the sort values. It is no secret and no authority: services parse it like any input. */
export function encodeCursor(values: CursorValues): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/**
 * The sort values of a cursor that `encodeCursor` made with `length` values; undefined without a cursor.
 *
 * @throws PlanningError INVALID_INPUT for anything else.
 */
export function decodeCursor(cursor: string | undefined, length: number): CursorValues | undefined {
  if (cursor === undefined) return undefined;
  try {
    const values = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown;
    const isValue = (value: unknown) =>
      value === null || typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
    if (Array.isArray(values) && values.length === length && values.every(isValue))
      return values as CursorValues;
  } catch {
    // Falls through to the refusal.
  }
  throw new PlanningError('INVALID_INPUT', { problem: 'The cursor is not one that this list gave out.' });
}

/** One page from rows that were asked for with one more than `limit`. */
export function pageFrom<Row, Item>(
  rows: readonly Row[],
  limit: number,
  total: number,
  cursorOf: (row: Row) => CursorValues,
  itemOf: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null; total: number } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(itemOf),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(cursorOf(last)) : null,
    total,
  };
}
