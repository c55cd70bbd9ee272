import type { ApiOutput } from '@planwright/contracts';
import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { readOn } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { formatBucket } from '../../../ui/date-format.ts';
import { DataGrid } from '../../../ui/grid/data-grid.tsx';
import type { GridColumn } from '../../../ui/grid/grid-column.ts';
import { formatScaled, scaleOf } from '../../../ui/number-format.ts';
import { choiceOf, type SupplyScope } from '../supply-address.ts';
import { STOCK_MEASURES } from './stock-measures.ts';
import type { StockQuery } from './stock-points.tsx';

type PeriodRow = ApiOutput<'listStockPeriods'>['items'][number];

const NO_BUCKETS: ApiOutput<'listStockPeriods'>['horizon']['buckets'] = [];

/** One measure of many stock points by period. A number opens its stock point with the reasons of that period. */
export function PeriodGrid({ scope, query }: { scope: SupplyScope; query: StockQuery }) {
  const { slug } = useCompany();
  const chosen = choiceOf(STOCK_MEASURES, scope.shown.measure);
  const list = useSuspenseInfiniteQuery(
    readOn('listStockPeriods', { params: { company: slug }, query: { ...query, measure: chosen } }),
  );
  const rows = useMemo(() => list.data.pages.flatMap(({ items }) => items), [list.data]);
  const buckets = list.data.pages[0]?.horizon.buckets ?? NO_BUCKETS;
  const measure = STOCK_MEASURES.find(({ value }) => value === chosen);
  const columns = useMemo((): GridColumn<PeriodRow>[] => {
    return [
      { id: 'item', title: 'Item', width: 112, pinned: true, text: (row) => row.item, tone: () => 'strong' },
      { id: 'location', title: 'Location', width: 80, pinned: true, text: (row) => row.location },
      {
        id: 'unit',
        title: 'Unit',
        width: 54,
        text: (row) => (measure?.days === true ? 'days' : row.unit),
        tone: () => 'quiet',
      },
      ...buckets.map(({ startsOn, label }, bucket): GridColumn<PeriodRow> => {
        return {
          id: startsOn,
          title: formatBucket(label),
          width: 80,
          number: true,
          text: (row) =>
            measure?.blankZero === true && row.values[bucket] === 0
              ? ''
              : formatScaled(row.values[bucket], scaleOf(row.values)),
          exact: (row) => row.values[bucket] ?? null,
          tone: (row) => ((row.values[bucket] ?? 0) < 0 ? 'bad' : measure?.tone),
        };
      }),
    ];
  }, [buckets, measure]);
  const { point } = scope.shown;
  const isSelected = useCallback((row: PeriodRow) => String(row.stockPointId) === point, [point]);
  const isBucket = (columnId: string): boolean => buckets.some(({ startsOn }) => startsOn === columnId);
  return (
    <DataGrid
      label={`${measure?.label ?? ''} of stock points by period`}
      noun={['stock point', 'stock points']}
      rows={rows}
      columns={columns}
      rowsShown={16}
      fileName={`stock-points-${measure?.value ?? ''}`}
      isSelected={isSelected}
      onOpen={(row, columnId) =>
        scope.change({
          point: String(row.stockPointId),
          bucket: isBucket(columnId) ? columnId : undefined,
        })
      }
      total={list.data.pages[0]?.total}
      onMore={() => (list.hasNextPage && !list.isFetchingNextPage ? void list.fetchNextPage() : undefined)}
      loadingMore={list.isFetchingNextPage}
    />
  );
}
