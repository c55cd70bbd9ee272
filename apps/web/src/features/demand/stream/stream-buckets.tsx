import type { DemandKeyDetail } from '@planwright/contracts';
import { useMemo } from 'react';
import { formatBucket } from '../../../ui/date-format.ts';
import { DataGrid } from '../../../ui/grid/data-grid.tsx';
import type { GridColumn } from '../../../ui/grid/grid-column.ts';
import { formatScaled, type Scale, scaleOf, unitInWords } from '../../../ui/number-format.ts';
import { Section } from '../../../ui/screen.tsx';

type Row = {
  readonly name: string;
  readonly tone: string;
  readonly text: (bucket: number, scale: Scale) => string;
  readonly exact: (bucket: number) => number | string | null;
};

const BUCKETS_BEFORE_TODAY = 8;

const REASONS: Readonly<Record<DemandKeyDetail['reasons'][number], string>> = {
  none: '',
  outlier: 'outlier',
  'stock-out': 'stock-out',
  missing: 'missing',
  return: 'return',
  event: 'event',
  decided: 'decided',
};

/** Every measure of the stream by bucket: the same figures as the pictures, to be read, copied and checked. */
export function StreamBuckets({ detail }: { detail: DemandKeyDetail }) {
  const { buckets, firstPlanBucket } = detail.horizon;
  const scale = useMemo(() => scaleOf([...detail.actual, ...detail.baseline, ...detail.upper95]), [detail]);
  const rows = useMemo(() => rowsOf(detail), [detail]);
  const columns = useMemo((): GridColumn<Row>[] => {
    const name: GridColumn<Row> = {
      id: 'measure',
      title: 'Measure',
      width: 190,
      pinned: true,
      text: (row) => row.name,
      tone: (row) => row.tone,
    };
    return [
      name,
      ...buckets.map(
        (bucket, index): GridColumn<Row> => ({
          id: bucket.startsOn,
          title: formatBucket(bucket.label),
          width: 90,
          number: true,
          text: (row) => row.text(index, scale),
          exact: (row) => row.exact(index),
          tone: (row) =>
            `${row.tone} ${index >= firstPlanBucket ? 'plan' : ''} ${index === firstPlanBucket ? 'first' : ''}`,
        }),
      ),
    ];
  }, [buckets, firstPlanBucket, scale]);
  return (
    <Section title="By period" note={`In ${unitInWords(detail.unit, scale)}.`} id="stream-buckets">
      <DataGrid
        label={`${detail.key.item} by period`}
        noun={['measure', 'measures']}
        rows={rows}
        columns={columns}
        rowsShown={rows.length}
        fileName="stream-by-period"
        firstColumn={buckets[Math.max(0, firstPlanBucket - BUCKETS_BEFORE_TODAY)]?.startsOn}
      />
    </Section>
  );
}

function rowsOf(detail: DemandKeyDetail): Row[] {
  const measure = (name: string, values: readonly (number | null)[], tone = ''): Row => ({
    name,
    tone,
    text: (bucket, scale) => formatScaled(values[bucket], scale),
    exact: (bucket) => values[bucket] ?? null,
  });
  const decided = new Set(detail.decisions.map(({ bucketOn }) => bucketOn));
  const reasonAt = (bucket: number): string => {
    const given = REASONS[detail.reasons[bucket] ?? 'none'];
    return given === '' && decided.has(detail.horizon.buckets[bucket]?.startsOn ?? '') ? 'decided' : given;
  };
  const reason: Row = {
    name: 'Why it counts differently',
    tone: 'quiet',
    text: reasonAt,
    exact: reasonAt,
  };
  return [
    measure('As ordered', detail.actual, 'strong'),
    measure('Counted as', detail.cleansed),
    reason,
    measure('Said a period before', detail.saidBefore, 'quiet'),
    measure('Baseline', detail.baseline, 'accent'),
    ...detail.parts.map(({ name, values }) => measure(`  of it ${name}`, values, 'quiet')),
    measure('80 % from', detail.lower80, 'quiet'),
    measure('80 % to', detail.upper80, 'quiet'),
    measure('95 % from', detail.lower95, 'quiet'),
    measure('95 % to', detail.upper95, 'quiet'),
  ];
}
