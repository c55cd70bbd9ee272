import { type CellValue, keyColumnsOf, type TargetName, targetOf } from '@planwright/contracts';
import { type CursorValues, decodeCursor, pageFrom } from '../paging.ts';
import { PlanningError } from '../errors.ts';
import type { Member, Service } from '../services.ts';
import type { Slice } from './import-reader.ts';
import { parseRowFilters, type RowFilter } from './row-filter.ts';

/** A stored row by the column names of its target. */
export type StoredRow = Readonly<Record<string, CellValue>>;

export type RowQuery = {
  readonly filters: readonly RowFilter[];
  /** Text that one of the text columns holds. */
  readonly text: string | undefined;
  /** Key of the last row of the page before. */
  readonly after: CursorValues | undefined;
  readonly limit: number;
};

/** Port: the stored rows of a target in the order of their key. Rows are one more than `limit` where there are more. */
export type RowReader = {
  rows(companyId: number, target: TargetName, query: RowQuery): Promise<readonly StoredRow[]>;
  count(companyId: number, target: TargetName, query: Pick<RowQuery, 'filters' | 'text'>): Promise<number>;
};

type Deps = { readonly storedRows: RowReader };

export function listRows(deps: Deps): Service<'listRows'> {
  return async (member, { params, query }) => {
    const keys = keyColumnsOf(targetOf(params.target));
    const filters = parseRowFilters(params.target, query.where);
    const text = query.q === undefined || query.q.trim() === '' ? undefined : query.q.trim();
    const after = keyAfter(params.target, query.cursor);
    const [rows, total] = await Promise.all([
      deps.storedRows.rows(member.companyId, params.target, { filters, text, after, limit: query.limit + 1 }),
      deps.storedRows.count(member.companyId, params.target, { filters, text }),
    ]);
    const page: Slice<StoredRow> = { rows, total };
    return pageFrom(
      page.rows,
      query.limit,
      page.total,
      (row) => keys.map((key) => row[key] as string | number),
      (row) => ({ ...row }),
    );
  };
}

/** The key values of a cursor, each of the type of its column. */
function keyAfter(targetName: TargetName, cursor: string | undefined): CursorValues | undefined {
  const columns = targetOf(targetName).columns.filter((column) => column.key === true);
  const values = decodeCursor(cursor, columns.length);
  const isKey = values?.every((value, index) =>
    columns[index].type === 'integer' ? Number.isInteger(value) : typeof value === 'string',
  );
  if (isKey === false) {
    throw new PlanningError('INVALID_INPUT', { problem: 'The cursor is not one that this list gave out.' });
  }
  return values;
}

const EXPORT_PAGE_ROWS = 5_000;

/** All stored rows of a target in the order of their key, in pages so that any number fits in memory. */
export async function* exportRows(
  deps: Deps,
  member: Pick<Member, 'companyId'>,
  targetName: TargetName,
): AsyncGenerator<readonly StoredRow[]> {
  const keys = keyColumnsOf(targetOf(targetName));
  let after: CursorValues | undefined;
  for (;;) {
    const query = { filters: [], text: undefined, after, limit: EXPORT_PAGE_ROWS };
    const rows = await deps.storedRows.rows(member.companyId, targetName, query);
    if (rows.length > 0) yield rows;
    if (rows.length < EXPORT_PAGE_ROWS) return;
    const last = rows[rows.length - 1];
    after = keys.map((key) => last[key] as string | number);
  }
}
