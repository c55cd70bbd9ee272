import type { StockRules, SupplyEdit } from '@planwright/contracts';
import { useMemo } from 'react';
import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { readOn } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { DataGrid } from '../../../ui/grid/data-grid.tsx';
import type { GridColumn } from '../../../ui/grid/grid-column.ts';
import { formatExact, MISSING } from '../../../ui/number-format.ts';
import { StatusWord } from '../../../ui/status-word.tsx';
import type { SupplyScope } from '../supply-address.ts';
import form from '../supply-form.module.css';
import { type RuleColumn, ruleEdits } from '../what-if/cell-edits.ts';
import { useDrafts } from '../what-if/drafts.tsx';
import { useCellEdits } from '../what-if/use-cell-edits.ts';
import type { StockQuery } from './stock-points.tsx';

const KINDS: Record<NonNullable<StockRules['kind']>, string> = { make: 'Made', buy: 'Bought', move: 'Moved' };

/** How stock points are planned, to be typed into or pasted over: all of a block is tried out together. */
export function RulesGrid({ scope, query }: { scope: SupplyScope; query: StockQuery }) {
  const { slug } = useCompany();
  const list = useSuspenseInfiniteQuery(readOn('listStockRules', { params: { company: slug }, query }));
  const rows = useMemo(() => list.data.pages.flatMap(({ items }) => items), [list.data]);
  const { edits } = useDrafts();
  const { tryOut, problem } = useCellEdits();
  const columns = useMemo(() => ruleColumns(edits), [edits]);
  return (
    <>
      {problem === null ? null : (
        <p className={form.note} role="alert">
          <StatusWord tone="watch">Not all of it</StatusWord> {problem}
        </p>
      )}
      <DataGrid
        label="Rules of stock points"
        noun={['stock point', 'stock points']}
        rows={rows}
        columns={columns}
        rowsShown={16}
        fileName="stock-rules"
        onOpen={(row) => scope.change({ point: String(row.stockPointId), bucket: undefined })}
        onEdit={(cells) => tryOut(ruleEdits(cells, edits))}
        total={list.data.pages[0]?.total}
        onMore={() => (list.hasNextPage && !list.isFetchingNextPage ? void list.fetchNextPage() : undefined)}
        loadingMore={list.isFetchingNextPage}
      />
    </>
  );
}

/** What is tried out for a cell; undefined where nothing is. */
function triedOf(edits: readonly SupplyEdit[], row: StockRules, column: RuleColumn): number | undefined {
  for (const edit of edits) {
    if (!('item' in edit) || edit.item !== row.item || edit.location !== row.location) continue;
    if (
      edit.kind === 'lot' &&
      (column === 'lotMinimum' || column === 'lotMultiple' || column === 'lotMaximum')
    )
      return edit[column] ?? undefined;
    if (edit.kind === 'leadTime' && column === 'leadTimeDays') return edit.leadTimeDays;
    if (edit.kind === 'safetyStock' && column === 'safetyStock') return edit.quantity;
  }
  return undefined;
}

function ruleColumns(edits: readonly SupplyEdit[]): GridColumn<StockRules>[] {
  const editable = (id: RuleColumn, title: string, unit?: string): GridColumn<StockRules> => ({
    id,
    title,
    unit,
    width: unit === undefined ? 112 : 118,
    number: true,
    editable: true,
    text: (row) => formatExact(triedOf(edits, row, id) ?? row[id]),
    exact: (row) => triedOf(edits, row, id) ?? row[id],
    tone: (row) => (triedOf(edits, row, id) === undefined ? undefined : 'tried'),
  });
  return [
    { id: 'item', title: 'Item', width: 112, pinned: true, text: (row) => row.item, tone: () => 'strong' },
    { id: 'location', title: 'Location', width: 80, pinned: true, text: (row) => row.location },
    {
      id: 'source',
      title: 'Source',
      width: 168,
      text: ({ kind, from, sourceCount }) =>
        kind === null
          ? MISSING
          : `${KINDS[kind]}${from === null ? '' : ` from ${from}`}${sourceCount > 1 ? ` (+${sourceCount - 1})` : ''}`,
      tone: () => 'quiet',
    },
    { id: 'unit', title: 'Unit', width: 54, text: (row) => row.unit, tone: () => 'quiet' },
    editable('leadTimeDays', 'Lead time', 'days'),
    editable('safetyStock', 'Safety stock'),
    editable('lotMinimum', 'Lot at least'),
    editable('lotMultiple', 'In multiples of'),
    editable('lotMaximum', 'At most'),
    { id: 'name', title: 'Name', width: 200, text: (row) => row.itemName },
  ];
}
