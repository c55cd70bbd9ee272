import type { StockPointDetail } from '@planwright/contracts';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { read } from '../../app/api.ts';
import { useCompany } from '../../app/session.ts';
import { formatBucket } from '../../ui/date-format.ts';
import { TimeChart } from '../../ui/chart/time-chart.tsx';
import type { TimePicture } from '../../ui/chart/time-series.ts';
import { DataGrid } from '../../ui/grid/data-grid.tsx';
import type { GridColumn } from '../../ui/grid/grid-column.ts';
import { Loadable, SkeletonBlock } from '../../ui/loadable.tsx';
import {
  formatNumber,
  formatScaled,
  quantityInWords,
  scaleOf,
  unitInWords,
  type Scale,
} from '../../ui/number-format.ts';
import { SidePanel } from '../../ui/side-panel.tsx';
import table from '../../ui/table.module.css';
import type { SupplyScope } from './supply-address.ts';
import css from './stock-point-panel.module.css';

const SOURCES: Record<StockPointDetail['source'], string> = {
  make: 'Made here',
  buy: 'Bought',
  move: 'Moved here from another location',
  none: 'No source: it can only be used up',
};

/** One item at one location: its record over time, what it is made of, and where it goes. */
export function StockPointPanel({ scope }: { scope: SupplyScope }) {
  const { point } = scope.shown;
  const close = (): void => scope.change({ point: undefined });
  if (point === undefined) return null;
  const waiting = (
    <SidePanel title="Loading" onClose={close}>
      <SkeletonBlock height={400} label="Loading the stock point" />
    </SidePanel>
  );
  return (
    <Loadable skeleton={waiting} key={point}>
      <StockPoint stockPointId={Number(point)} onClose={close} />
    </Loadable>
  );
}

function StockPoint({ stockPointId, onClose }: { stockPointId: number; onClose: () => void }) {
  const { slug } = useCompany();
  const { data: point } = useSuspenseQuery(
    read('getStockPoint', { params: { company: slug, stockPointId } }),
  );
  const picture = useMemo(() => pictureOf(point), [point]);
  return (
    <SidePanel
      kicker={`${point.location} · ${point.itemKind}`}
      title={`${point.item} ${point.itemName}`}
      onClose={onClose}
    >
      <p className={css.facts}>
        {SOURCES[point.source]}, lead time {formatNumber(point.leadTimeDays)} days. On hand{' '}
        {quantityInWords(point.onHand, point.unit)}
        {point.coverBuckets === null ? '' : `, enough for ${formatNumber(point.coverBuckets, 1)} periods`}.
      </p>
      <TimeChart
        finding={
          point.firstShortageBucket === null
            ? 'Demand is met in every period'
            : `Short from ${formatBucket(point.firstShortageBucket)}, ${quantityInWords(point.shortageQuantity, point.unit)} in all`
        }
        measure={`Projected on hand at period end, ${unitInWords(point.unit, picture.scale)}`}
        picture={picture}
        height={200}
        fileName={`stock-${point.item}-${point.location}`}
      />
      <h3 className={css.title}>The record, {unitInWords(point.unit, picture.scale)}</h3>
      <RecordGrid point={point} scale={picture.scale} />
      <Family title="Made of" rows={point.components} empty="It has no components." />
      <Family title="Used in" rows={point.usedIn} empty="It is used in no other item." />
      <p className={css.links}>
        <Link to="/c/$company/demand" params={{ company: slug }} search={{ item: point.item }}>
          Its demand
        </Link>
        <Link
          to="/c/$company/supply"
          params={{ company: slug }}
          search={{ view: 'orders', item: point.item }}
        >
          Its proposed orders
        </Link>
      </p>
    </SidePanel>
  );
}

function pictureOf(point: StockPointDetail): TimePicture {
  const { horizon } = point;
  return {
    buckets: horizon.buckets,
    firstPlanBucket: horizon.firstPlanBucket === 0 ? null : horizon.firstPlanBucket,
    series: [
      {
        name: 'Receipts',
        mark: 'receipts',
        values: addValues(point.plannedReceipts, point.scheduledReceipts),
      },
      { name: 'On hand', mark: 'stock', values: point.projectedOnHand },
      { name: 'Safety', mark: 'safetyStock', values: point.safetyStockLevel },
    ],
    bands: [],
    unit: point.unit,
    scale: scaleOf([...point.projectedOnHand, ...point.plannedReceipts]),
    fromZero: true,
  };
}

function addValues(
  one: StockPointDetail['plannedReceipts'],
  other: StockPointDetail['plannedReceipts'],
): (number | null)[] {
  return one.map((value, index) => {
    const second = other[index] ?? null;
    return value === null && second === null ? null : (value ?? 0) + (second ?? 0);
  });
}

type RecordRow = {
  readonly name: string;
  readonly values: StockPointDetail['shortage'];
  readonly tone: string;
};

function RecordGrid({ point, scale }: { point: StockPointDetail; scale: Scale }) {
  const rows = useMemo(
    (): RecordRow[] => [
      { name: 'Independent demand', values: point.independentDemand, tone: '' },
      { name: 'Dependent demand', values: point.dependentDemand, tone: '' },
      { name: 'Scheduled receipts', values: point.scheduledReceipts, tone: '' },
      { name: 'Planned receipts', values: point.plannedReceipts, tone: 'accent' },
      { name: 'Projected on hand', values: point.projectedOnHand, tone: 'strong' },
      { name: 'Safety stock', values: point.safetyStockLevel, tone: 'quiet' },
      { name: 'Shortage', values: point.shortage, tone: 'bad' },
      { name: 'Planned releases', values: point.plannedReleases, tone: 'accent' },
    ],
    [point],
  );
  const columns = useMemo(
    (): GridColumn<RecordRow>[] => [
      {
        id: 'measure',
        title: 'Measure',
        width: 138,
        pinned: true,
        text: (row) => row.name,
        tone: (row) => (row.tone === 'bad' ? '' : row.tone),
      },
      ...point.horizon.buckets.map(
        (bucket, index): GridColumn<RecordRow> => ({
          id: bucket.startsOn,
          title: formatBucket(bucket.label),
          width: 74,
          number: true,
          text: (row) =>
            row.values[index] === 0 && row.tone !== 'strong' ? '' : formatScaled(row.values[index], scale),
          exact: (row) => row.values[index] ?? null,
          tone: (row) => ((row.values[index] ?? 0) < 0 ? 'bad' : row.tone),
        }),
      ),
    ],
    [point, scale],
  );
  return (
    <DataGrid
      label={`Record of ${point.item} at ${point.location}`}
      noun={['measure', 'measures']}
      rows={rows}
      columns={columns}
      rowsShown={rows.length}
      fileName={`record-${point.item}-${point.location}`}
    />
  );
}

type Relative = { readonly item: string; readonly itemName: string; readonly quantityPer: number };

function Family({ title, rows, empty }: { title: string; rows: readonly Relative[]; empty: string }) {
  return (
    <>
      <h3 className={css.title}>{title}</h3>
      {rows.length === 0 ? (
        <p className={table.quiet}>{empty}</p>
      ) : (
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">Item</th>
              <th scope="col" className={table.number}>
                Quantity per
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.item}>
                <th scope="row">
                  {row.item} <span className={table.quiet}>{row.itemName}</span>
                </th>
                <td className={table.number}>
                  {formatNumber(row.quantityPer, Number.isInteger(row.quantityPer) ? 0 : 3)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
