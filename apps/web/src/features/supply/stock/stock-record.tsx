import type { StockPlan, StockPointDetail } from '@planwright/contracts';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { read } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { TimeChart } from '../../../ui/chart/time-chart.tsx';
import type { TimePicture } from '../../../ui/chart/time-series.ts';
import { formatBucket } from '../../../ui/date-format.ts';
import { DataGrid } from '../../../ui/grid/data-grid.tsx';
import type { GridColumn } from '../../../ui/grid/grid-column.ts';
import { Loadable, SkeletonRows } from '../../../ui/loadable.tsx';
import {
  formatScaled,
  quantityInWords,
  type Scale,
  scaleOf,
  unitInWords,
} from '../../../ui/number-format.ts';
import type { SupplyScope } from '../supply-address.ts';
import form from '../supply-form.module.css';
import { WhyChain } from '../why/why-chain.tsx';
import { planOf } from './plan-choice.ts';
import { PlanSwitch } from './plan-switch.tsx';
import { STOCK_MEASURES, type StockMeasure } from './stock-measures.ts';

type Horizon = StockPointDetail['horizon'];

/** The record of one stock point in either plan, as a picture and as figures; each figure tells why it is so. */
export function StockRecord({ point, scope }: { point: StockPointDetail; scope: SupplyScope }) {
  const { slug } = useCompany();
  const { stockPointId } = point;
  const { data } = useSuspenseQuery(read('getStockPointPlans', { params: { company: slug, stockPointId } }));
  const name = planOf(scope.shown);
  const plan = data[name];
  const { horizon } = data;
  const picture = useMemo(() => pictureOf(plan, horizon, point.unit), [plan, horizon, point.unit]);
  const bucket = horizon.buckets.findIndex(({ startsOn }) => startsOn === scope.shown.bucket);
  return (
    <>
      <div className={form.bar}>
        <PlanSwitch label="Which plan of this stock point" scope={scope} />
      </div>
      <TimeChart
        finding={findingOf(plan, horizon, point.unit)}
        measure={`Projected on hand at period end, ${unitInWords(point.unit, picture.scale)}`}
        picture={picture}
        height={190}
        fileName={`stock-${point.item}-${point.location}`}
        onBucket={(at) => scope.change({ bucket: horizon.buckets[at]?.startsOn })}
      />
      <h3 className={form.title}>The record, {unitInWords(point.unit, picture.scale)}</h3>
      <p className={form.note}>Open a number to see why it is so.</p>
      <RecordGrid
        point={point}
        plan={plan}
        horizon={horizon}
        scale={picture.scale}
        onBucket={(startsOn) => scope.change({ bucket: startsOn })}
        shownBucket={scope.shown.bucket}
      />
      {bucket < 0 ? null : (
        <section aria-labelledby="why-bucket">
          <h3 className={form.title} id="why-bucket">
            Why it is so in {formatBucket(horizon.buckets[bucket]?.label ?? '')}
            {name === 'constrained' ? '' : ', in the constrained plan'}
          </h3>
          <Loadable skeleton={<SkeletonRows rows={5} label="Looking for the reasons" />} resetKey={bucket}>
            <WhyOfBucket stockPointId={stockPointId} bucket={bucket} scope={scope} />
          </Loadable>
        </section>
      )}
    </>
  );
}

function WhyOfBucket(props: { stockPointId: number; bucket: number; scope: SupplyScope }) {
  const { slug } = useCompany();
  const query = { of: 'stockPoint' as const, id: props.stockPointId, bucket: props.bucket };
  const { data } = useSuspenseQuery(read('getSupplyWhy', { params: { company: slug }, query }));
  return <WhyChain why={data} scope={props.scope} />;
}

function findingOf(plan: StockPlan, horizon: Horizon, unit: string): string {
  const first = plan.shortage.findIndex((value) => (value ?? 0) > 0);
  if (first < 0) return 'Demand is met in every period';
  const sum = plan.shortage.reduce<number>((total, value) => total + (value ?? 0), 0);
  return `Short from ${formatBucket(horizon.buckets[first]?.label ?? '')}, ${quantityInWords(sum, unit)} in all`;
}

function pictureOf(plan: StockPlan, horizon: Horizon, unit: string): TimePicture {
  const receipts = plan.plannedReceipts.map((planned, bucket) => {
    const scheduled = plan.scheduledReceipts[bucket] ?? null;
    return planned === null && scheduled === null ? null : (planned ?? 0) + (scheduled ?? 0);
  });
  return {
    buckets: horizon.buckets,
    firstPlanBucket: horizon.firstPlanBucket === 0 ? null : horizon.firstPlanBucket,
    series: [
      { name: 'Receipts', mark: 'receipts', values: receipts },
      { name: 'Shortage', mark: 'shortage', values: plan.shortage },
      { name: 'Demand', mark: 'demand', values: plan.grossDemand },
      { name: 'On hand', mark: 'stock', values: plan.projectedOnHand },
      { name: 'Safety', mark: 'safetyStock', values: plan.safetyStock },
    ],
    bands: [],
    unit,
    scale: scaleOf([...plan.projectedOnHand, ...receipts, ...plan.grossDemand]),
    fromZero: true,
  };
}

type RecordRow = StockMeasure & { readonly values: readonly (number | null)[] };

function RecordGrid(props: {
  point: StockPointDetail;
  plan: StockPlan;
  horizon: Horizon;
  scale: Scale;
  shownBucket: string | undefined;
  onBucket: (startsOn: string) => void;
}) {
  const { point, plan, horizon, scale, shownBucket } = props;
  const rows = useMemo(
    (): RecordRow[] => STOCK_MEASURES.map((measure) => ({ ...measure, values: plan[measure.value] })),
    [plan],
  );
  const columns = useMemo(
    (): GridColumn<RecordRow>[] => [
      {
        id: 'measure',
        title: 'Measure',
        width: 138,
        pinned: true,
        text: (row) => (row.days === true ? `${row.label}, days` : row.label),
        tone: (row) => (row.tone === 'bad' ? '' : row.tone),
      },
      ...horizon.buckets.map(
        ({ startsOn, label }, bucket): GridColumn<RecordRow> => ({
          id: startsOn,
          title: formatBucket(label),
          width: 74,
          number: true,
          text: (row) => {
            const value = row.values[bucket] ?? null;
            if (value === 0 && row.blankZero) return '';
            return formatScaled(value, row.days === true ? scaleOf([value]) : scale);
          },
          exact: (row) => row.values[bucket] ?? null,
          tone: (row) =>
            `${(row.values[bucket] ?? 0) < 0 ? 'bad' : row.tone} ${startsOn === shownBucket ? 'plan' : ''}`,
        }),
      ),
    ],
    [horizon, scale, shownBucket],
  );
  return (
    <DataGrid
      label={`Record of ${point.item} at ${point.location}`}
      noun={['measure', 'measures']}
      rows={rows}
      columns={columns}
      rowsShown={rows.length}
      fileName={`record-${point.item}-${point.location}`}
      firstColumn={shownBucket}
      onOpen={(_, columnId) => (columnId === 'measure' ? undefined : props.onBucket(columnId))}
    />
  );
}
