import { useMemo } from 'react';
import { TimeChart } from '../../ui/chart/time-chart.tsx';
import type { TimePicture, TimeSeries } from '../../ui/chart/time-series.ts';
import { formatBucket } from '../../ui/date-format.ts';
import { DataGrid } from '../../ui/grid/data-grid.tsx';
import type { GridColumn } from '../../ui/grid/grid-column.ts';
import { formatChange, formatScaled, MISSING, scaleOf, unitInWords } from '../../ui/number-format.ts';
import type { Finance, MeasureName } from './finance-screen.tsx';

type Line = Finance['lines'][number];

/** One measure by period, as a picture and as a grid of the same figures. */
export function FinancePicture({ finance, measure }: { finance: Finance; measure: MeasureName }) {
  const line = finance.lines.find((candidate) => candidate.measure === measure);
  const picture = useMemo(() => (line === undefined ? null : pictureOf(finance, line)), [finance, line]);
  if (line === undefined || picture === null) return null;
  return (
    <>
      <TimeChart
        finding={findingOf(finance, line)}
        measure={`${line.label} a period, ${unitInWords(finance.currency, picture.scale)}`}
        picture={picture}
        height={280}
        fileName={`finance-${measure}`}
      />
      <PeriodGrid picture={picture} firstPlanBucket={finance.horizon.firstPlanBucket} name={line.label} />
    </>
  );
}

/** Change of the plan against another measure, over the buckets ahead for which both are known. */
function changeAhead(finance: Finance, plan: Line['plan'], base: Line['plan']): string | null {
  let planSum = 0;
  let baseSum = 0;
  for (let bucket = finance.horizon.firstPlanBucket; bucket < plan.length; bucket++) {
    const planned = plan[bucket] ?? null;
    const other = base[bucket] ?? null;
    if (planned === null || other === null) continue;
    planSum += planned;
    baseSum += other;
  }
  const change = formatChange(planSum, baseSum);
  return change === MISSING ? null : change;
}

function findingOf(finance: Finance, line: Line): string {
  const budget = changeAhead(finance, line.plan, line.budget);
  const lastYear = changeAhead(finance, line.plan, line.lastYear);
  const found = [
    ...(budget === null ? [] : [`${budget} against the budget`]),
    ...(lastYear === null ? [] : [`${lastYear} against the year before`]),
  ];
  return found.length === 0 ? `${line.label} of the plan` : `${line.label} ahead: ${found.join(', ')}`;
}

function pictureOf(finance: Finance, line: Line): TimePicture {
  const known = (values: Line['plan']): boolean => values.some((value) => value !== null);
  const series: TimeSeries[] = [
    { name: 'Actual', mark: 'actual', values: line.actual },
    { name: 'Plan', mark: 'plan', values: line.plan },
    ...(known(line.budget) ? [{ name: 'Budget', mark: 'budget' as const, values: line.budget }] : []),
    ...(known(line.lastYear)
      ? [{ name: 'Last year', mark: 'lastYear' as const, values: line.lastYear }]
      : []),
  ];
  return {
    buckets: finance.horizon.buckets,
    firstPlanBucket: finance.horizon.firstPlanBucket,
    series,
    bands: [],
    unit: finance.currency,
    scale: scaleOf(series.flatMap(({ values }) => values)),
    compareTo: known(line.budget) ? 'Budget' : 'Last year',
    fromZero: true,
  };
}

const BUCKETS_BEFORE_TODAY = 4;
const TONES: Record<string, string> = { Actual: 'strong', Plan: 'accent', Budget: '', 'Last year': 'quiet' };

function PeriodGrid({
  picture,
  firstPlanBucket,
  name,
}: {
  picture: TimePicture;
  firstPlanBucket: number;
  name: string;
}) {
  const columns = useMemo(
    (): GridColumn<TimeSeries>[] => [
      {
        id: 'measure',
        title: unitInWords(picture.unit, picture.scale),
        width: 110,
        pinned: true,
        text: (row) => row.name,
        tone: (row) => TONES[row.name],
      },
      ...picture.buckets.map(
        (bucket, index): GridColumn<TimeSeries> => ({
          id: bucket.startsOn,
          title: formatBucket(bucket.label),
          width: 82,
          number: true,
          text: (row) => formatScaled(row.values[index], picture.scale),
          exact: (row) => row.values[index] ?? null,
          tone: (row) =>
            `${TONES[row.name] ?? ''} ${index >= firstPlanBucket ? 'plan' : ''} ${index === firstPlanBucket ? 'first' : ''}`,
        }),
      ),
    ],
    [picture, firstPlanBucket],
  );
  return (
    <DataGrid
      label={`${name} by period`}
      noun={['row', 'rows']}
      rows={picture.series}
      columns={columns}
      rowsShown={4}
      fileName="finance-by-period"
      firstColumn={picture.buckets[Math.max(0, firstPlanBucket - BUCKETS_BEFORE_TODAY)]?.startsOn}
    />
  );
}
