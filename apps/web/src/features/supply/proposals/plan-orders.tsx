import type { PlannedOrder } from '@planwright/contracts';
import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { readOn } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { Choices } from '../../../ui/choices.tsx';
import { formatDay } from '../../../ui/date-format.ts';
import { FilterBar } from '../../../ui/filter-bar.tsx';
import { DataGrid } from '../../../ui/grid/data-grid.tsx';
import type { GridColumn } from '../../../ui/grid/grid-column.ts';
import { formatExact, formatScaled, columnScaleOf, unitInWords } from '../../../ui/number-format.ts';
import { Section } from '../../../ui/screen.tsx';
import type { SupplyScope } from '../supply-address.ts';
import { useSupplySummary } from '../supply-reads.ts';

const PAGE_ROWS = 200;
const KINDS = [
  { value: 'all', label: 'All' },
  { value: 'make', label: 'Make' },
  { value: 'buy', label: 'Buy' },
  { value: 'move', label: 'Move' },
] as const;
const TIMES = [
  { value: 'any', label: 'Any time' },
  { value: 'true', label: 'Should be out already' },
] as const;

const KIND_WORDS: Record<PlannedOrder['kind'], string> = { make: 'Make', buy: 'Buy', move: 'Move' };

/** The orders that the plan proposes, by release date. Copied or saved as CSV for the system that places them. */
export function PlanOrders({ scope }: { scope: SupplyScope }) {
  const { slug } = useCompany();
  const { currency } = useSupplySummary();
  const kind = KINDS.find(({ value }) => value === scope.shown.order)?.value ?? 'all';
  const late = scope.shown.late === 'true';
  const { item } = scope.shown;
  const query = {
    kind: kind === 'all' ? undefined : kind,
    item,
    pastDue: late ? ('true' as const) : undefined,
    limit: PAGE_ROWS,
  };
  const list = useSuspenseInfiniteQuery(readOn('listPlannedOrders', { params: { company: slug }, query }));
  const rows = useMemo(() => list.data.pages.flatMap(({ items }) => items), [list.data]);
  const columns = useMemo(() => orderColumns(rows, currency), [rows, currency]);
  return (
    <Section
      title="All orders of the plan"
      note="By release date. As lead times allow, over the whole horizon. Those that must start soon are the ones to decide."
      id="orders"
    >
      <div style={{ marginBottom: 8 }}>
        <FilterBar
          chips={
            item === undefined
              ? []
              : [{ name: 'Item', value: item, onRemove: () => scope.change({ item: undefined }) }]
          }
        >
          <Choices
            label="Kind of order"
            options={KINDS}
            value={kind}
            onChange={(value) => scope.change({ order: value === 'all' ? undefined : value, list: 'plan' })}
          />
          <Choices
            label="When"
            options={TIMES}
            value={late ? 'true' : 'any'}
            onChange={(value) => scope.change({ late: value === 'true' ? 'true' : undefined, list: 'plan' })}
          />
        </FilterBar>
      </div>
      <DataGrid
        label="Orders of the plan"
        noun={['order', 'orders']}
        rows={rows}
        columns={columns}
        rowsShown={20}
        fileName="orders-of-the-plan"
        onOpen={(row) => scope.change({ item: row.item })}
        total={list.data.pages[0]?.total}
        onMore={() => (list.hasNextPage && !list.isFetchingNextPage ? void list.fetchNextPage() : undefined)}
        loadingMore={list.isFetchingNextPage}
      />
    </Section>
  );
}

function orderColumns(rows: readonly PlannedOrder[], currency: string): GridColumn<PlannedOrder>[] {
  const money = columnScaleOf(rows.map((row) => row.value));
  const late = (row: PlannedOrder) => (row.pastDue ? 'bad late' : undefined);
  return [
    {
      id: 'number',
      title: 'No.',
      width: 64,
      number: true,
      pinned: true,
      text: (row) => String(row.number),
      tone: () => 'quiet',
    },
    { id: 'kind', title: 'Act', width: 62, text: (row) => KIND_WORDS[row.kind], tone: () => 'strong' },
    { id: 'item', title: 'Item', width: 112, text: (row) => row.item, tone: () => 'strong' },
    { id: 'name', title: 'Name', width: 180, text: (row) => row.itemName },
    { id: 'location', title: 'Location', width: 92, text: (row) => row.location },
    { id: 'from', title: 'From', width: 140, text: (row) => row.from ?? '–' },
    {
      id: 'release',
      title: 'Release',
      width: 112,
      text: (row) => formatDay(row.releaseOn),
      exact: (row) => row.releaseOn,
      tone: late,
    },
    { id: 'due', title: 'Due', width: 104, text: (row) => formatDay(row.dueOn), exact: (row) => row.dueOn },
    {
      id: 'quantity',
      title: 'Quantity',
      width: 88,
      number: true,
      text: (row) => formatExact(row.quantity),
      exact: (row) => row.quantity,
    },
    { id: 'unit', title: 'Unit', width: 54, text: (row) => row.unit, tone: () => 'quiet' },
    {
      id: 'value',
      title: 'Value',
      unit: unitInWords(currency, money),
      width: 96,
      number: true,
      text: (row) => formatScaled(row.value, money),
      exact: (row) => row.value,
    },
    { id: 'reason', title: 'Why', width: 280, text: (row) => row.reason, tone: () => 'quiet' },
  ];
}
