import { Button, Select, TextInput } from '@mantine/core';
import { TARGETS, type Target, type TargetColumn, targetOf } from '@planwright/contracts';
import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { type FormEvent, useMemo } from 'react';
import { readOn } from '../../app/api.ts';
import { client } from '../../app/client.ts';
import { useCompany } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FilterBar, type FilterChip } from '../../ui/filter-bar.tsx';
import { textOf } from '../../ui/form-text.ts';
import { DataGrid } from '../../ui/grid/data-grid.tsx';
import type { GridColumn } from '../../ui/grid/grid-column.ts';
import { formatExact, MISSING } from '../../ui/number-format.ts';
import { Section } from '../../ui/screen.tsx';
import { type DataScope, targetNameOf } from './data-address.ts';

type Row = Readonly<Record<string, string | number | boolean | null>>;

const PAGE_ROWS = 200;
const NUMBERS: readonly TargetColumn['type'][] = ['number', 'integer', 'money'];

/** The stored rows of any table, narrowed by values or by a text in them. */
export function RowsView({ scope }: { scope: DataScope }) {
  const { slug } = useCompany();
  const target = targetOf(targetNameOf(scope.shown.target));
  const { where, q } = scope.shown;
  const params = { company: slug, target: target.name };
  const list = useSuspenseInfiniteQuery(
    readOn('listRows', { params, query: { where, q, limit: PAGE_ROWS } }),
  );
  const rows = useMemo((): Row[] => list.data.pages.flatMap(({ items }) => items), [list.data]);
  const columns = useMemo(() => target.columns.map(gridColumn), [target]);
  const narrow = (row: Row, column: string): void => {
    const value = row[column];
    if (value === null || value === undefined || value === '') return;
    const others = filtersOf(where).filter((filter) => filter.column !== column);
    scope.change({
      where: [...others, { column, value: String(value) }]
        .map((filter) => `${filter.column}=${filter.value}`)
        .join(';'),
    });
  };
  return (
    <Section title={target.label} note={target.about} id="rows" tools={<SaveAll target={target} />}>
      <div style={{ marginBottom: 8 }}>
        <RowFilters scope={scope} target={target} />
      </div>
      {rows.length === 0 ? (
        <EmptyState
          title={`Here will be the rows of ${target.label.toLowerCase()}.`}
          why={
            where === undefined && q === undefined
              ? 'No import has filled this table.'
              : 'No row matches the filters.'
          }
        />
      ) : (
        <DataGrid
          key={target.name}
          label={target.label}
          noun={['row', 'rows']}
          rows={rows}
          columns={columns}
          rowsShown={20}
          fileName={target.name}
          onOpen={narrow}
          total={list.data.pages[0]?.total}
          onMore={() =>
            list.hasNextPage && !list.isFetchingNextPage ? void list.fetchNextPage() : undefined
          }
          loadingMore={list.isFetchingNextPage}
        />
      )}
    </Section>
  );
}

function filtersOf(where: string | undefined): { column: string; value: string }[] {
  return (where ?? '')
    .split(';')
    .filter((part) => part.includes('='))
    .map((part) => ({ column: part.slice(0, part.indexOf('=')), value: part.slice(part.indexOf('=') + 1) }));
}

function RowFilters({ scope, target }: { scope: DataScope; target: Target }) {
  const { where, q } = scope.shown;
  const filters = filtersOf(where);
  const chips: FilterChip[] = filters.map(({ column, value }) => ({
    name: titleOf(column),
    value,
    onRemove: () => {
      const rest = filters
        .filter((filter) => filter.column !== column)
        .map((filter) => `${filter.column}=${filter.value}`);
      scope.change({ where: rest.length === 0 ? undefined : rest.join(';') });
    },
  }));
  if (q !== undefined) chips.push({ name: 'Text', value: q, onRemove: () => scope.change({ q: undefined }) });
  const find = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    scope.change({ q: textOf(new FormData(event.currentTarget), 'q') || undefined });
  };
  return (
    <FilterBar chips={chips}>
      <Select
        aria-label="Table"
        searchable
        allowDeselect={false}
        w={220}
        value={target.name}
        data={TARGETS.map(({ name, label }) => ({ value: name, label }))}
        onChange={(value) => scope.change({ target: value ?? undefined, where: undefined, q: undefined })}
      />
      <form onSubmit={find} role="search">
        <TextInput
          name="q"
          aria-label="Find a text"
          placeholder="Find a text"
          defaultValue={q ?? ''}
          key={q}
          w={180}
        />
      </form>
    </FilterBar>
  );
}

function SaveAll({ target }: { target: Target }) {
  const { slug } = useCompany();
  const address = client.downloadAddress('exportRows', { params: { company: slug, target: target.name } });
  return (
    <Button component="a" href={address} download variant="default" size="xs">
      Save the whole table as CSV
    </Button>
  );
}

/** `leadTimeDays` -> "Lead time days". */
function titleOf(name: string): string {
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function gridColumn(column: TargetColumn, index: number): GridColumn<Row> {
  const isNumber = NUMBERS.includes(column.type);
  return {
    id: column.name,
    title: titleOf(column.name),
    width: column.type === 'text' ? (column.name === 'name' ? 220 : 128) : 116,
    number: isNumber,
    pinned: index === 0,
    text: (row) => shown(row[column.name], isNumber),
    exact: (row) => exactOf(row[column.name]),
    tone: (row) => (index === 0 ? 'strong' : row[column.name] === null ? 'quiet' : undefined),
  };
}

function shown(value: Row[string] | undefined, isNumber: boolean): string {
  if (value === null || value === undefined || value === '') return MISSING;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return isNumber ? formatExact(Number(value)) : String(value);
}

function exactOf(value: Row[string] | undefined): string | number | null {
  if (value === undefined) return null;
  return typeof value === 'boolean' ? String(value) : value;
}
