import type { DemandKey } from '@planwright/contracts';
import { useCallback, useMemo } from 'react';
import { usePagedList } from '../../app/paged-list.ts';
import { useCompany } from '../../app/session.ts';
import { DataGrid } from '../../ui/grid/data-grid.tsx';
import type { GridColumn } from '../../ui/grid/grid-column.ts';
import {
  formatChange,
  formatPercent,
  formatScaled,
  columnScaleOf,
  unitInWords,
} from '../../ui/number-format.ts';
import { Section } from '../../ui/screen.tsx';
import { Choices } from '../../ui/choices.tsx';
import { type DemandScope, scopeQuery } from './demand-scope.ts';
import { useDemandSeries } from './demand-series.ts';

const PAGE_ROWS = 200;
const SORTS = [
  { value: 'value', label: 'Largest first' },
  { value: 'worth', label: 'Where to work' },
  { value: 'error', label: 'Worst first' },
  { value: 'item', label: 'By item' },
] as const;
type Sort = (typeof SORTS)[number]['value'];

const sortOf = (given: string | undefined): Sort =>
  SORTS.find(({ value }) => value === given)?.value ?? 'value';

/** The streams of the selection in the order that was chosen, shared by the list and the detail beside it. */
export function useDemandKeys(scope: DemandScope) {
  const { slug } = useCompany();
  const query = { ...scopeQuery(scope.shown), sort: sortOf(scope.shown.sort), limit: PAGE_ROWS };
  return usePagedList('listDemandKeys', { params: { company: slug }, query });
}

/** The demand streams of the selection: item at location through channel, with method and error. */
export function DemandKeys({ scope }: { scope: DemandScope }) {
  const { rows, more } = useDemandKeys(scope);
  const { currency } = useDemandSeries(scope);
  const columns = useMemo(() => keyColumns(rows, currency), [rows, currency]);
  const { stream } = scope.shown;
  const isSelected = useCallback((row: DemandKey) => String(row.keyId) === stream, [stream]);
  if (rows.length === 0) return null;
  return (
    <Section
      title="Demand streams"
      note="Each has a forecast of its own."
      id="streams"
      tools={
        <Choices
          label="Order"
          options={SORTS}
          value={sortOf(scope.shown.sort)}
          onChange={(value) => scope.change({ sort: value })}
        />
      }
    >
      <DataGrid
        label="Demand streams"
        noun={['demand stream', 'demand streams']}
        rows={rows}
        columns={columns}
        rowsShown={14}
        fileName="demand-streams"
        isSelected={isSelected}
        onOpen={(row) => scope.change({ stream: String(row.keyId), bucket: undefined })}
        {...more}
      />
    </Section>
  );
}

function keyColumns(rows: readonly DemandKey[], currency: string): GridColumn<DemandKey>[] {
  const quantity = columnScaleOf(rows.flatMap((row) => [row.actualQuantity, row.planQuantity]));
  const money = columnScaleOf(rows.map((row) => row.planRevenue));
  return [
    { id: 'item', title: 'Item', width: 116, pinned: true, text: (row) => row.item, tone: () => 'strong' },
    { id: 'name', title: 'Name', width: 190, text: (row) => row.itemName },
    { id: 'location', title: 'Location', width: 84, text: (row) => row.location },
    { id: 'channel', title: 'Channel', width: 92, text: (row) => row.channel },
    {
      id: 'actual',
      title: 'Last year',
      unit: unitInWords('', quantity),
      width: 92,
      number: true,
      text: (row) => formatScaled(row.actualQuantity, quantity),
      exact: (row) => row.actualQuantity,
    },
    {
      id: 'plan',
      title: 'Next year',
      unit: unitInWords('', quantity),
      width: 92,
      number: true,
      text: (row) => formatScaled(row.planQuantity, quantity),
      exact: (row) => row.planQuantity,
      tone: () => 'accent',
    },
    {
      id: 'change',
      title: 'Change',
      width: 76,
      number: true,
      text: (row) => formatChange(row.planQuantity, row.actualQuantity),
    },
    {
      id: 'revenue',
      title: 'Revenue',
      unit: unitInWords(currency, money),
      width: 120,
      number: true,
      text: (row) => formatScaled(row.planRevenue, money),
      exact: (row) => row.planRevenue,
    },
    {
      id: 'wape',
      title: 'Off by',
      width: 72,
      number: true,
      text: (row) => formatPercent(row.accuracy.wapeRatio),
      exact: (row) => row.accuracy.wapeRatio,
    },
    {
      id: 'bias',
      title: 'Bias',
      width: 72,
      number: true,
      text: (row) => formatPercent(row.accuracy.biasRatio),
      exact: (row) => row.accuracy.biasRatio,
    },
    { id: 'class', title: 'Demand', width: 104, text: (row) => row.demandClass, tone: () => 'quiet' },
    { id: 'method', title: 'Method', width: 150, text: (row) => row.method, tone: () => 'quiet' },
  ];
}
