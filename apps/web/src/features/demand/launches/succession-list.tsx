import { Button } from '@mantine/core';
import type { Succession } from '@planwright/contracts';
import { useState } from 'react';
import { useCompany } from '../../../app/session.ts';
import { formatDay } from '../../../ui/date-format.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { DataGrid } from '../../../ui/grid/data-grid.tsx';
import type { GridColumn } from '../../../ui/grid/grid-column.ts';
import { formatExact, formatPercent } from '../../../ui/number-format.ts';
import { Section } from '../../../ui/screen.tsx';
import { useSuccessions } from './life-cycle-reads.ts';
import { SuccessionForm } from './succession-form.tsx';

const ROWS_SHOWN = 12;

/** Items that take over from others, each to be opened and changed. */
export function SuccessionList() {
  const { may, whyNot } = useCompany();
  const { rows: successions, more } = useSuccessions();
  const [edited, setEdited] = useState<Succession | 'new' | null>(null);
  const mayChange = may('demand.change');
  const title = mayChange ? undefined : whyNot('demand.change');
  return (
    <>
      <Section
        title="Successions"
        note="The history of the item that ends is read on by the one that takes over."
        id="successions"
        tools={
          <Button variant="default" disabled={!mayChange} title={title} onClick={() => setEdited('new')}>
            Plan a succession
          </Button>
        }
      >
        {successions.length === 0 ? (
          <EmptyState
            title="Here will be the items that take over from others."
            why="None is planned. A succession passes demand on from one item to the next, at once or over some weeks."
          />
        ) : (
          <DataGrid
            label="Successions"
            noun={['succession', 'successions']}
            rows={successions}
            columns={SUCCESSION_COLUMNS}
            rowsShown={ROWS_SHOWN}
            fileName="successions"
            onOpen={(row) => (mayChange ? setEdited(row) : undefined)}
            {...more}
          />
        )}
      </Section>
      {edited === null ? null : (
        <SuccessionForm opened={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
      )}
    </>
  );
}

const SUCCESSION_COLUMNS: GridColumn<Succession>[] = [
  {
    id: 'successor',
    title: 'Takes over',
    width: 116,
    pinned: true,
    text: (row) => row.successor,
    tone: () => 'strong',
  },
  { id: 'predecessor', title: 'From', width: 116, text: (row) => row.predecessor },
  {
    id: 'switch',
    title: 'Switch on',
    width: 110,
    text: (row) => formatDay(row.switchOn),
    exact: (row) => row.switchOn,
  },
  {
    id: 'ramp',
    title: 'Days it takes',
    width: 104,
    number: true,
    text: (row) => formatExact(row.rampDays),
    exact: (row) => row.rampDays,
  },
  {
    id: 'conversion',
    title: 'New for one old',
    width: 116,
    number: true,
    text: (row) => formatExact(row.conversionRatio),
    exact: (row) => row.conversionRatio,
  },
  {
    id: 'kept',
    title: 'Stays with old',
    width: 110,
    number: true,
    text: (row) => formatPercent(row.keptRatio, 0),
    exact: (row) => row.keptRatio,
  },
  { id: 'note', title: 'Note', width: 380, text: (row) => row.note ?? '', tone: () => 'quiet' },
];
