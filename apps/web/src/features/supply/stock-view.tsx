import { Select, TextInput } from '@mantine/core';
import type { StockPointRow } from '@planwright/contracts';
import { useQuery, useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { type FormEvent, useCallback, useMemo } from 'react';
import { read, readOn } from '../../app/api.ts';
import { useCompany } from '../../app/session.ts';
import { Choices } from '../../ui/choices.tsx';
import { FilterBar, type FilterChip } from '../../ui/filter-bar.tsx';
import { DataGrid } from '../../ui/grid/data-grid.tsx';
import type { GridColumn } from '../../ui/grid/grid-column.ts';
import { formatBucket } from '../../ui/date-format.ts';
import { formatNumber, formatScaled, columnScaleOf, MISSING, unitInWords } from '../../ui/number-format.ts';
import { Section } from '../../ui/screen.tsx';
import type { SupplyScope } from './supply-address.ts';
import { SupplyPictures } from './supply-pictures.tsx';
import { useSupplySummary } from './supply-screen.tsx';
import { textOf } from '../../ui/form-text.ts';

const PAGE_ROWS = 200;
const ONLY = [
  { value: 'all', label: 'All' },
  { value: 'short', label: 'Short' },
  { value: 'excess', label: 'Excess' },
] as const;
const KINDS = ['finished', 'component', 'raw', 'spare'] as const;

type Only = (typeof ONLY)[number]['value'];
const onlyOf = (given: string | undefined): Only => ONLY.find(({ value }) => value === given)?.value ?? 'all';
const kindOf = (given: string | undefined) => KINDS.find((kind) => kind === given);

/** Shortages and stock over time, then the stock points behind them, the worst first. */
export function StockView({ scope }: { scope: SupplyScope }) {
  return (
    <>
      <SupplyPictures />
      <StockPoints scope={scope} />
    </>
  );
}

function StockPoints({ scope }: { scope: SupplyScope }) {
  const { slug } = useCompany();
  const { currency } = useSupplySummary();
  const { q, location, point } = scope.shown;
  const query = {
    q,
    location,
    only: onlyOf(scope.shown.only),
    kind: kindOf(scope.shown.kind),
    limit: PAGE_ROWS,
  };
  const list = useSuspenseInfiniteQuery(readOn('listStockPoints', { params: { company: slug }, query }));
  const rows = useMemo(() => list.data.pages.flatMap(({ items }) => items), [list.data]);
  const columns = useMemo(() => stockColumns(rows, currency), [rows, currency]);
  const isSelected = useCallback((row: StockPointRow) => String(row.stockPointId) === point, [point]);
  return (
    <Section title="Stock points" note="An item at a location, the worst shortage first." id="stock-points">
      <StockFilters scope={scope} />
      <DataGrid
        label="Stock points"
        noun={['stock point', 'stock points']}
        rows={rows}
        columns={columns}
        rowsShown={16}
        fileName="stock-points"
        isSelected={isSelected}
        onOpen={(row) => scope.change({ point: String(row.stockPointId) })}
        total={list.data.pages[0]?.total}
        onMore={() => (list.hasNextPage && !list.isFetchingNextPage ? void list.fetchNextPage() : undefined)}
        loadingMore={list.isFetchingNextPage}
      />
    </Section>
  );
}

function StockFilters({ scope }: { scope: SupplyScope }) {
  const { slug } = useCompany();
  const { data } = useQuery(read('getDemandScopes', { params: { company: slug } }));
  const { q, location, kind } = scope.shown;
  const chips: FilterChip[] = [
    ...(q === undefined ? [] : [{ name: 'Item', value: q, onRemove: () => scope.change({ q: undefined }) }]),
    ...(location === undefined
      ? []
      : [{ name: 'Location', value: location, onRemove: () => scope.change({ location: undefined }) }]),
    ...(kind === undefined
      ? []
      : [{ name: 'Kind', value: kind, onRemove: () => scope.change({ kind: undefined }) }]),
  ];
  const find = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const text = textOf(new FormData(event.currentTarget), 'q');
    scope.change({ q: text === '' ? undefined : text });
  };
  return (
    <div style={{ marginBottom: 8 }}>
      <FilterBar chips={chips}>
        <Choices
          label="Which stock points"
          options={ONLY}
          value={onlyOf(scope.shown.only)}
          onChange={(only) => scope.change({ only: only === 'all' ? undefined : only })}
        />
        <form onSubmit={find} role="search">
          <TextInput
            name="q"
            aria-label="Find an item"
            placeholder="Find an item"
            defaultValue={q ?? ''}
            key={q}
            w={160}
          />
        </form>
        <Select
          aria-label="Location"
          placeholder="All locations"
          searchable
          w={170}
          value={null}
          data={(data?.locations ?? []).map(({ code, name }) => ({
            value: code,
            label: name === code ? code : `${code} ${name}`,
          }))}
          onChange={(value) => scope.change({ location: value ?? undefined })}
        />
        <Select
          aria-label="Kind of item"
          placeholder="All kinds"
          w={130}
          value={null}
          data={[...KINDS]}
          onChange={(value) => scope.change({ kind: value ?? undefined })}
        />
      </FilterBar>
    </div>
  );
}

function stockColumns(rows: readonly StockPointRow[], currency: string): GridColumn<StockPointRow>[] {
  const quantity = columnScaleOf(
    rows.flatMap((row) => [row.onHand, row.plannedQuantity, row.shortageQuantity]),
  );
  const shortage = columnScaleOf(rows.map((row) => row.shortageValue));
  const stock = columnScaleOf(rows.map((row) => row.stockValue));
  const amount = (
    id: string,
    title: string,
    width: number,
    value: (row: StockPointRow) => number,
    scale = quantity,
    tone?: (row: StockPointRow) => string | undefined,
  ): GridColumn<StockPointRow> => ({
    id,
    title,
    unit: unitInWords('', scale),
    width,
    number: true,
    text: (row) => formatScaled(value(row), scale),
    exact: value,
    tone,
  });
  const short = (row: StockPointRow) => (row.shortageQuantity > 0 ? 'bad' : 'quiet');
  return [
    { id: 'item', title: 'Item', width: 112, pinned: true, text: (row) => row.item, tone: () => 'strong' },
    { id: 'name', title: 'Name', width: 186, text: (row) => row.itemName },
    { id: 'location', title: 'Location', width: 92, text: (row) => row.location },
    { id: 'source', title: 'Source', width: 66, text: (row) => row.source, tone: () => 'quiet' },
    amount('short', 'Short', 78, (row) => row.shortageQuantity, quantity, short),
    {
      ...amount('shortValue', 'Short', 92, (row) => row.shortageValue, shortage, short),
      unit: unitInWords(currency, shortage),
    },
    {
      id: 'first',
      title: 'First in',
      width: 88,
      text: (row) => (row.firstShortageBucket === null ? MISSING : formatBucket(row.firstShortageBucket)),
    },
    amount('onHand', 'On hand', 88, (row) => row.onHand),
    amount('safety', 'Safety', 78, (row) => row.safetyStock),
    {
      id: 'cover',
      title: 'Cover',
      unit: 'periods',
      width: 94,
      number: true,
      text: (row) => formatNumber(row.coverBuckets, 1),
      exact: (row) => row.coverBuckets,
    },
    amount('planned', 'Planned', 88, (row) => row.plannedQuantity),
    { ...amount('value', 'Stock', 88, (row) => row.stockValue, stock), unit: unitInWords(currency, stock) },
    { id: 'unit', title: 'Unit', width: 54, text: (row) => row.unit, tone: () => 'quiet' },
  ];
}
