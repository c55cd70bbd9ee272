import type { DemandSeries } from '@planwright/contracts';
import { useMemo } from 'react';
import { formatBucket } from '../../ui/date-format.ts';
import { TimeChart } from '../../ui/chart/time-chart.tsx';
import type { TimePicture } from '../../ui/chart/time-series.ts';
import { DataGrid } from '../../ui/grid/data-grid.tsx';
import type { GridColumn } from '../../ui/grid/grid-column.ts';
import {
  countInWords,
  formatChange,
  formatScaled,
  MISSING,
  quantityInWords,
  scaleOf,
  unitInWords,
  type Scale,
} from '../../ui/number-format.ts';
import { Section } from '../../ui/screen.tsx';
import { inReadersWords } from '../../ui/sentence.ts';
import { AccuracyList } from './accuracy-list.tsx';
import type { DemandScope } from './demand-scope.ts';
import { useDemandSeries } from './demand-series.ts';
import css from './demand-picture.module.css';
import { yearOf } from './demand-year.ts';
import { SpanTotals } from './span-totals.tsx';

type Values = DemandSeries['actual'];
type MeasureRow = {
  readonly name: string;
  readonly values: Values;
  readonly scale: Scale;
  readonly tone: string;
};

/** History and forecast of the selection as a picture, then its buckets as a grid, then how good it was. */
export function DemandPicture({ scope }: { scope: DemandScope }) {
  const series = useDemandSeries(scope);
  const picture = useMemo(() => pictureOf(series), [series]);
  const openBucket = (index: number): void => {
    const bucket = series.horizon.buckets[index];
    if (bucket !== undefined) scope.change({ bucket: bucket.startsOn, stream: undefined });
  };
  return (
    <>
      <Section title={series.title} note={countInWords(series.keyCount, 'demand stream')} id="forecast">
        <TimeChart
          finding={findingOf(series)}
          measure={`Quantity a period, ${unitInWords(series.unit, picture.scale)}. ${series.bandNote}`}
          picture={picture}
          height={300}
          fileName="demand"
          onBucket={openBucket}
        />
      </Section>
      <Section title="By period" note="Open a figure to see the order lines it came from." id="buckets">
        <BucketGrid series={series} picture={picture} onOpen={openBucket} />
      </Section>
      <SpanTotals series={series} />
      <Section
        title="How the forecast is made, and how good it was"
        note={inReadersWords(series.explanation)}
        id="method"
      >
        <Methods methods={series.methods} />
        <AccuracyList accuracy={series.accuracy} />
      </Section>
    </>
  );
}

const METHODS_SHOWN = 6;

/** How many streams use each method, the commonest first. */
function Methods({ methods }: { methods: DemandSeries['methods'] }) {
  const rest = methods.length - METHODS_SHOWN;
  return (
    <ul className={css.methods}>
      {methods.slice(0, METHODS_SHOWN).map(({ method, keyCount }) => (
        <li key={method}>
          {method} <span>{countInWords(keyCount, 'stream')}</span>
        </li>
      ))}
      {rest > 0 ? <li>and {countInWords(rest, 'other method')}</li> : null}
    </ul>
  );
}

function findingOf(series: DemandSeries): string {
  const year = yearOf(series);
  const change = formatChange(year.plan, year.actual);
  const plan = quantityInWords(year.plan, series.unit);
  if (change === MISSING) return `Demand comes to ${plan} over the next ${year.bucketCount} periods`;
  const word = change.startsWith('+') ? 'rises' : 'falls';
  return `Demand ${word} ${change.replace(/^[+−]/, '')} to ${plan} over the next ${year.bucketCount} periods`;
}

function pictureOf(series: DemandSeries): TimePicture {
  return {
    buckets: series.horizon.buckets,
    firstPlanBucket: series.horizon.firstPlanBucket,
    series: [
      { name: 'Actual', mark: 'actual', values: series.actual },
      { name: 'Last year', mark: 'lastYear', values: series.lastYear },
      { name: 'Baseline', mark: 'baseline', values: series.baseline },
      { name: 'Consensus', mark: 'consensus', values: series.consensus },
    ],
    bands: [
      { percent: 95, lower: series.lower95, upper: series.upper95 },
      { percent: 80, lower: series.lower80, upper: series.upper80 },
    ],
    unit: series.unit,
    scale: scaleOf([...series.actual, ...series.consensus, ...series.upper95]),
    compareTo: 'Last year',
    fromZero: true,
  };
}

const BUCKETS_BEFORE_TODAY = 5;

function BucketGrid(props: { series: DemandSeries; picture: TimePicture; onOpen: (bucket: number) => void }) {
  const { series, picture } = props;
  const { buckets, firstPlanBucket } = series.horizon;
  const rows = useMemo(() => measureRows(series, picture.scale), [series, picture.scale]);
  const columns = useMemo((): GridColumn<MeasureRow>[] => {
    const name: GridColumn<MeasureRow> = {
      id: 'measure',
      title: 'Measure',
      width: 168,
      pinned: true,
      text: (row) => row.name,
      tone: (row) => row.tone,
    };
    const values = buckets.map(
      (bucket, index): GridColumn<MeasureRow> => ({
        id: bucket.startsOn,
        title: formatBucket(bucket.label),
        width: 90,
        number: true,
        text: (row) => formatScaled(row.values[index], row.scale),
        exact: (row) => row.values[index] ?? null,
        tone: (row) =>
          `${row.tone} ${index >= firstPlanBucket ? 'plan' : ''} ${index === firstPlanBucket ? 'first' : ''}`,
      }),
    );
    return [name, ...values];
  }, [buckets, firstPlanBucket]);
  return (
    <DataGrid
      label={`${series.title} by period`}
      noun={['measure', 'measures']}
      rows={rows}
      columns={columns}
      rowsShown={rows.length}
      fileName="demand-by-period"
      firstColumn={buckets[Math.max(0, firstPlanBucket - BUCKETS_BEFORE_TODAY)]?.startsOn}
      onOpen={(_, column) => {
        const index = buckets.findIndex(({ startsOn }) => startsOn === column);
        if (index >= 0) props.onOpen(index);
      }}
    />
  );
}

function measureRows(series: DemandSeries, scale: Scale): MeasureRow[] {
  const money = scaleOf(series.revenue);
  const unit = unitInWords(series.unit, scale);
  return [
    { name: `Actual, ${unit}`, values: series.actual, scale, tone: 'strong' },
    { name: 'Last year', values: series.lastYear, scale, tone: 'quiet' },
    { name: 'Baseline', values: series.baseline, scale, tone: '' },
    { name: 'Consensus', values: series.consensus, scale, tone: 'accent' },
    { name: '80 % from', values: series.lower80, scale, tone: 'quiet' },
    { name: '80 % to', values: series.upper80, scale, tone: 'quiet' },
    { name: '95 % from', values: series.lower95, scale, tone: 'quiet' },
    { name: '95 % to', values: series.upper95, scale, tone: 'quiet' },
    {
      name: `Revenue, ${unitInWords(series.currency, money)}`,
      values: series.revenue,
      scale: money,
      tone: '',
    },
  ];
}
