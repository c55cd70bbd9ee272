import { Button } from '@mantine/core';
import type { Launch, Succession } from '@planwright/contracts';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { read } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { formatDay } from '../../../ui/date-format.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { DataGrid } from '../../../ui/grid/data-grid.tsx';
import type { GridColumn } from '../../../ui/grid/grid-column.ts';
import { countInWords, formatExact } from '../../../ui/number-format.ts';
import { Section } from '../../../ui/screen.tsx';
import { DemandFrame } from '../demand-frame.tsx';
import type { DemandScope } from '../demand-scope.ts';
import { launchKey, NEW_LAUNCH, placeInWords } from './launch-key.ts';
import { useLaunches, useSuccessions } from './life-cycle-reads.ts';
import { SuccessionList } from './succession-list.tsx';

const ROWS_SHOWN = 12;

/** What starts, and what takes over from what. */
export function LaunchLists({ scope }: { scope: DemandScope }) {
  const { slug, may, whyNot } = useCompany();
  const { data: company } = useSuspenseQuery(read('getCompany', { params: { company: slug } }));
  const { rows: launches, more } = useLaunches();
  const { rows: successions } = useSuccessions();
  const [today] = useState(() => new Date().toISOString().slice(0, 10));
  const asOf = company.asOf ?? today;
  const columns = useMemo(() => launchColumns(asOf), [asOf]);
  const mayChange = may('demand.change');
  const title = mayChange ? undefined : whyNot('demand.change');
  const planLaunch = (
    <Button disabled={!mayChange} title={title} onClick={() => scope.change({ launch: NEW_LAUNCH })}>
      Plan a launch
    </Button>
  );
  return (
    <DemandFrame
      scope={scope}
      question="What starts, and how fast?"
      answer={<p>{answerOf(launches, successions, asOf)}</p>}
      tools={planLaunch}
    >
      <Section
        title="Launches"
        note="Open one to see its curve and the items it is expected to resemble."
        id="launches"
      >
        {launches.length === 0 ? (
          <EmptyState
            title="Here will be the items that start without a history."
            why="None is planned. A launch takes the curve of items like it until its own sales say more."
          />
        ) : (
          <DataGrid
            label="Launches"
            noun={['launch', 'launches']}
            rows={launches}
            columns={columns}
            rowsShown={ROWS_SHOWN}
            fileName="launches"
            onOpen={(row) => scope.change({ launch: launchKey(row) })}
            {...more}
          />
        )}
      </Section>
      <SuccessionList />
    </DemandFrame>
  );
}

function answerOf(launches: readonly Launch[], successions: readonly Succession[], asOf: string): string {
  const ahead = launches.filter(({ startsOn }) => startsOn > asOf);
  // The list is the newest first, so the next one to start is its last that is still ahead.
  const next = ahead.at(-1);
  const counted =
    launches.length === 0
      ? 'No launch is planned'
      : `${countInWords(launches.length, 'launch', 'launches')} known, ${formatExact(ahead.length)} still ahead`;
  const coming =
    next === undefined ? '' : `; next, ${next.item} ${next.itemName} starts on ${formatDay(next.startsOn)}`;
  const passed =
    successions.length === 0
      ? 'No item takes over from another.'
      : `${countInWords(successions.length, 'item takes', 'items take')} over from another.`;
  return `${counted}${coming}. ${passed}`;
}

const launchColumns = (asOf: string): GridColumn<Launch>[] => [
  { id: 'item', title: 'Item', width: 116, pinned: true, text: (row) => row.item, tone: () => 'strong' },
  { id: 'name', title: 'Name', width: 210, text: (row) => row.itemName },
  {
    id: 'from',
    title: 'First day',
    width: 110,
    text: (row) => formatDay(row.startsOn),
    exact: (row) => row.startsOn,
  },
  { id: 'state', title: 'State', width: 80, text: (row) => (row.startsOn > asOf ? 'ahead' : 'started') },
  { id: 'place', title: 'Where', width: 150, text: placeInWords },
  {
    id: 'like',
    title: 'Resembles',
    width: 180,
    text: (row) => (row.likeItems.length === 0 ? 'the nearest items' : row.likeItems.join(', ')),
  },
  {
    id: 'level',
    title: 'Level a period',
    width: 104,
    number: true,
    text: (row) => (row.levelQuantity === null ? 'as theirs' : formatExact(row.levelQuantity)),
    exact: (row) => row.levelQuantity,
  },
  { id: 'note', title: 'Note', width: 320, text: (row) => row.note ?? '', tone: () => 'quiet' },
];
