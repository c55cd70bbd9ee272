import type { Horizon, SupplyEdit } from '@planwright/contracts';
import { useMemo, useState } from 'react';
import { Choices } from '../../../ui/choices.tsx';
import { formatBucket } from '../../../ui/date-format.ts';
import { DataGrid } from '../../../ui/grid/data-grid.tsx';
import type { GridColumn } from '../../../ui/grid/grid-column.ts';
import { formatExact } from '../../../ui/number-format.ts';
import { Section } from '../../../ui/screen.tsx';
import { StatusWord } from '../../../ui/status-word.tsx';
import type { SupplyScope } from '../supply-address.ts';
import form from '../supply-form.module.css';
import { type HoursKind, hoursEdits, type HoursRow } from '../what-if/cell-edits.ts';
import { useDrafts } from '../what-if/drafts.tsx';
import { useCellEdits } from '../what-if/use-cell-edits.ts';
import type { ResourceLoads } from './load-scale.ts';
import { weeksOf } from './period-weeks.ts';

const KINDS = [
  { value: 'capacity', label: 'Hours' },
  { value: 'overtime', label: 'Overtime' },
] as const;

/** Hours a week that there are, by resource and period, to be typed into or pasted over from a spreadsheet. */
export function HoursGrid({ loads, scope }: { loads: ResourceLoads; scope: SupplyScope }) {
  const [kind, setKind] = useState<HoursKind>('capacity');
  const { edits } = useDrafts();
  const { tryOut, problem } = useCellEdits();
  const { horizon } = loads;
  const rows = useMemo(() => hoursRows(loads, kind), [loads, kind]);
  const columns = useMemo(() => hoursColumns(horizon, kind, edits), [horizon, kind, edits]);
  return (
    <Section
      title={kind === 'capacity' ? 'Hours a week that there are' : 'Overtime that is allowed, hours a week'}
      note="Type other hours, drag them along, or paste a block from a spreadsheet: all of it is tried out together, and decided or dropped below."
      id="hours"
      tools={<Choices label="Which hours" options={KINDS} value={kind} onChange={setKind} />}
    >
      {problem === null ? null : (
        <p className={form.note} role="alert">
          <StatusWord tone="watch">Not all of it</StatusWord> {problem}
        </p>
      )}
      <DataGrid
        label={
          kind === 'capacity'
            ? 'Hours a week by resource and period'
            : 'Overtime a week by resource and period'
        }
        noun={['resource', 'resources']}
        rows={rows}
        columns={columns}
        rowsShown={10}
        fileName={kind === 'capacity' ? 'hours-a-week' : 'overtime-a-week'}
        onOpen={(row) => scope.change({ resource: row.code, bucket: undefined })}
        onEdit={(cells) => tryOut(hoursEdits(cells, kind, horizon))}
      />
    </Section>
  );
}

function hoursRows({ resources, horizon }: ResourceLoads, kind: HoursKind): HoursRow[] {
  return resources.map(({ code, name, capacityHours, overtimeHours }) => ({
    code,
    name,
    perWeek: (kind === 'capacity' ? capacityHours : overtimeHours).map((hours, index) => {
      const bucket = horizon.buckets[index];
      if (hours === null || bucket === undefined) return null;
      return Math.round((hours / weeksOf(bucket)) * 100) / 100;
    }),
  }));
}

const tenths = (hours: number | null): number | null => (hours === null ? null : Math.round(hours * 10) / 10);

function hoursColumns(
  { buckets }: Horizon,
  kind: HoursKind,
  edits: readonly SupplyEdit[],
): GridColumn<HoursRow>[] {
  const triedOf = (row: HoursRow, startsOn: string): number | undefined => {
    const found = edits.find(
      (edit) => edit.kind === kind && edit.resource === row.code && edit.startsOn === startsOn,
    );
    return found !== undefined && 'hoursPerWeek' in found ? found.hoursPerWeek : undefined;
  };
  return [
    {
      id: 'resource',
      title: 'Resource',
      width: 190,
      pinned: true,
      text: ({ name }) => name,
      exact: ({ code }) => code,
      tone: () => 'strong',
    },
    ...buckets.map(
      ({ startsOn, label }, bucket): GridColumn<HoursRow> => ({
        id: startsOn,
        title: formatBucket(label),
        width: 78,
        number: true,
        editable: true,
        text: (row) => formatExact(tenths(triedOf(row, startsOn) ?? row.perWeek[bucket] ?? null)),
        exact: (row) => triedOf(row, startsOn) ?? row.perWeek[bucket] ?? null,
        tone: (row) => (triedOf(row, startsOn) === undefined ? undefined : 'tried'),
      }),
    ),
  ];
}
