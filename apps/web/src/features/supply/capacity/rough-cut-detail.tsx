import type { Horizon, RoughCutProduct, RoughCutResource } from '@planwright/contracts';
import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { readOn } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { TimeChart } from '../../../ui/chart/time-chart.tsx';
import type { TimePicture } from '../../../ui/chart/time-series.ts';
import { formatBucket, withBuckets } from '../../../ui/date-format.ts';
import { FilterBar } from '../../../ui/filter-bar.tsx';
import { DataGrid } from '../../../ui/grid/data-grid.tsx';
import type { GridColumn } from '../../../ui/grid/grid-column.ts';
import {
  countInWords,
  formatExact,
  formatNumber,
  formatPercent,
  scaleOf,
  unitInWords,
} from '../../../ui/number-format.ts';
import type { SupplyScope } from '../supply-address.ts';
import form from '../supply-form.module.css';
import { METHODS } from './rough-cut-methods.ts';

const PAGE_ROWS = 100;

/** One resource: the three methods by period against its hours, as a picture and as figures, and the products behind them. */
export function RoughCutDetail(props: {
  resource: RoughCutResource;
  horizon: Horizon;
  scope: SupplyScope;
  sharesOfHistory: boolean;
}) {
  const { resource, horizon } = props;
  const picture = useMemo(() => pictureOf(resource, horizon), [resource, horizon]);
  const [bucket, setBucket] = useState<number>();
  const { overallShareRatio, profilePastDueHours } = resource;
  return (
    <div style={{ marginTop: 16 }}>
      <TimeChart
        finding={withBuckets(resource.sentence)}
        measure={`${resource.code} ${resource.name}, a period, ${unitInWords('hours', picture.scale)}`}
        picture={picture}
        height={220}
        fileName={`rough-cut-of-${resource.code}`}
        onBucket={setBucket}
      />
      <p className={form.note} style={{ margin: '8px 0' }}>
        Overall factors give it {formatPercent(overallShareRatio)} of all hours, its share in{' '}
        {props.sharesOfHistory ? 'the last year of demand' : 'the horizon'}.
        {profilePastDueHours > 0
          ? ` ${formatNumber(profilePastDueHours)} hours of the profile lie before the first period: that work is late, or stock covers it.`
          : ''}{' '}
        Open a figure to see the products behind it.
      </p>
      <PeriodGrid resource={resource} horizon={horizon} bucket={bucket} onBucket={setBucket} />
      <Products
        resource={resource}
        bucket={bucket}
        label={bucket === undefined ? null : formatBucket(horizon.buckets[bucket]?.label ?? '')}
        onAll={() => setBucket(undefined)}
        scope={props.scope}
      />
    </div>
  );
}

function pictureOf(resource: RoughCutResource, horizon: Horizon): TimePicture {
  const { capacityHours, planHours } = resource;
  const methods = METHODS.map(({ field, name, mark }) => ({ name, mark, values: resource[field] }));
  return {
    buckets: horizon.buckets,
    firstPlanBucket: null,
    series: [
      { name: 'Planned orders', mark: 'committed', values: planHours },
      ...methods,
      { name: 'Hours', mark: 'limit', values: capacityHours },
    ],
    bands: [],
    unit: 'hours',
    scale: scaleOf([...capacityHours, ...planHours, ...methods.flatMap(({ values }) => values)]),
    compareTo: 'Hours',
    fromZero: true,
  };
}

type MethodRow = {
  readonly name: string;
  readonly values: readonly (number | null)[];
  /** Held against the hours there are. */
  readonly isLoad: boolean;
};

function PeriodGrid(props: {
  resource: RoughCutResource;
  horizon: Horizon;
  bucket: number | undefined;
  onBucket: (bucket: number) => void;
}) {
  const { resource, horizon, bucket: shown } = props;
  const rows = useMemo(
    (): MethodRow[] => [
      { name: 'Hours there are', values: resource.capacityHours, isLoad: false },
      ...METHODS.map(({ field, name }) => ({ name, values: resource[field], isLoad: true })),
      { name: 'Planned orders', values: resource.planHours, isLoad: true },
    ],
    [resource],
  );
  const columns = useMemo(
    (): GridColumn<MethodRow>[] => [
      {
        id: 'method',
        title: 'Hours a period',
        width: 138,
        pinned: true,
        text: (row) => row.name,
        tone: () => 'strong',
      },
      ...horizon.buckets.map(
        ({ startsOn, label }, bucket): GridColumn<MethodRow> => ({
          id: startsOn,
          title: formatBucket(label),
          width: 78,
          number: true,
          text: (row) => formatNumber(row.values[bucket] ?? null),
          exact: (row) => row.values[bucket] ?? null,
          tone: (row) => {
            const there = resource.capacityHours[bucket] ?? Infinity;
            const over = row.isLoad && (row.values[bucket] ?? 0) > there * (1 + 1e-9);
            return `${over ? 'bad late' : ''} ${bucket === shown ? 'plan' : ''}`;
          },
        }),
      ),
    ],
    [resource, horizon, shown],
  );
  return (
    <DataGrid
      label={`Rough cut of ${resource.code} by period`}
      noun={['line', 'lines']}
      rows={rows}
      columns={columns}
      rowsShown={rows.length}
      fileName={`rough-cut-of-${resource.code}`}
      onOpen={(_, columnId) => {
        const bucket = horizon.buckets.findIndex(({ startsOn }) => startsOn === columnId);
        if (bucket >= 0) props.onBucket(bucket);
      }}
    />
  );
}

function Products(props: {
  resource: RoughCutResource;
  bucket: number | undefined;
  label: string | null;
  onAll: () => void;
  scope: SupplyScope;
}) {
  const { resource, bucket, label, scope } = props;
  const { slug } = useCompany();
  const list = useSuspenseInfiniteQuery(
    readOn('listRoughCutProducts', {
      params: { company: slug, resourceId: resource.resourceId },
      query: { limit: PAGE_ROWS, bucket },
    }),
  );
  const rows = useMemo(() => list.data.pages.flatMap(({ items }) => items), [list.data]);
  const page = list.data.pages[0];
  const when = label === null ? 'over the horizon' : `in ${label}`;
  return (
    <>
      <h3 className={form.title}>
        {countInWords(page?.total ?? 0, 'product')} ask for {formatNumber(page?.hours)} hours {when}, by the
        bill of capacity
      </h3>
      <FilterBar chips={label === null ? [] : [{ name: 'Period', value: label, onRemove: props.onAll }]} />
      <DataGrid
        label={`Products that load ${resource.code}`}
        noun={['product', 'products']}
        rows={rows}
        columns={PRODUCT_COLUMNS}
        rowsShown={8}
        fileName={`products-of-${resource.code}`}
        onOpen={(row) => scope.change({ view: undefined, point: String(row.stockPointId) })}
        total={page?.total}
        onMore={() => (list.hasNextPage && !list.isFetchingNextPage ? void list.fetchNextPage() : undefined)}
        loadingMore={list.isFetchingNextPage}
      />
    </>
  );
}

const number = (
  id: string,
  title: string,
  unit: string | undefined,
  width: number,
  value: (row: RoughCutProduct) => number,
  text: (row: RoughCutProduct) => string,
): GridColumn<RoughCutProduct> => ({ id, title, unit, width, number: true, text, exact: value });

const PRODUCT_COLUMNS: readonly GridColumn<RoughCutProduct>[] = [
  { id: 'item', title: 'Item', width: 112, pinned: true, text: (row) => row.item, tone: () => 'strong' },
  { id: 'name', title: 'Name', width: 200, text: (row) => row.itemName },
  { id: 'location', title: 'Location', width: 92, text: (row) => row.location },
  number(
    'quantity',
    'Asked for',
    undefined,
    92,
    (row) => row.quantity,
    (row) => formatNumber(row.quantity),
  ),
  { id: 'unit', title: 'Unit', width: 54, text: (row) => row.unit, tone: () => 'quiet' },
  number(
    'per',
    'A unit takes',
    'hours',
    120,
    (row) => row.hoursPerUnit,
    (row) => formatExact(Number(row.hoursPerUnit.toPrecision(4))),
  ),
  {
    ...number(
      'hours',
      'Hours',
      undefined,
      84,
      (row) => row.hours,
      (row) => formatNumber(row.hours, row.hours < 10 ? 1 : 0),
    ),
    tone: () => 'strong',
  },
  number(
    'share',
    'Of all',
    undefined,
    72,
    (row) => row.shareRatio,
    (row) => formatPercent(row.shareRatio),
  ),
  number(
    'lead',
    'Begins before',
    'days',
    142,
    (row) => row.leadDays,
    (row) => formatNumber(row.leadDays),
  ),
];
