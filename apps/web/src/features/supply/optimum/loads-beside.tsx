import { useMemo } from 'react';
import { formatBucket } from '../../../ui/date-format.ts';
import { DataGrid } from '../../../ui/grid/data-grid.tsx';
import type { GridColumn } from '../../../ui/grid/grid-column.ts';
import { formatNumber, formatSigned, scaleOf } from '../../../ui/number-format.ts';
import { Section } from '../../../ui/screen.tsx';
import type { OptimumResult } from './optimum-view.tsx';

type Load = OptimumResult['loads'][number];

const sum = (values: Load['optimumHours']): number =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0);

/** Where the cheapest plan puts its hours: the difference to this plan by resource and period. */
export function LoadsBeside({ result }: { result: OptimumResult }) {
  const { loads, horizon } = result;
  const columns = useMemo((): GridColumn<Load>[] => {
    const scale = scaleOf([]);
    return [
      {
        id: 'resource',
        title: 'Resource',
        width: 170,
        pinned: true,
        text: (row) => row.resource,
        tone: () => 'strong',
      },
      {
        id: 'plan',
        title: 'This plan',
        width: 84,
        number: true,
        text: (row) => formatNumber(sum(row.heuristicHours)),
        exact: (row) => sum(row.heuristicHours),
      },
      {
        id: 'cheapest',
        title: 'Cheapest',
        width: 84,
        number: true,
        text: (row) => formatNumber(sum(row.optimumHours)),
        exact: (row) => sum(row.optimumHours),
      },
      ...horizon.buckets.map(({ label, startsOn }, bucket): GridColumn<Load> => {
        const difference = (row: Load): number =>
          (row.optimumHours[bucket] ?? 0) - (row.heuristicHours[bucket] ?? 0);
        return {
          id: startsOn,
          title: formatBucket(label),
          width: 78,
          number: true,
          text: (row) => (Math.abs(difference(row)) < 0.5 ? '' : formatSigned(difference(row), scale)),
          exact: difference,
        };
      }),
    ];
  }, [horizon]);
  if (loads.length === 0) return null;
  return (
    <Section
      title="Where the cheapest plan puts its hours"
      note="Hours over the horizon, then by period how many more or fewer than in this plan."
      id="loads-beside"
    >
      <DataGrid
        label="Hours of the cheapest plan against this plan"
        noun={['resource', 'resources']}
        rows={loads}
        columns={columns}
        rowsShown={12}
        fileName="hours-of-the-optimum"
      />
    </Section>
  );
}
