import { Button } from '@mantine/core';
import { type DemandEvent, EVENT_KINDS } from '@planwright/contracts';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { read } from '../../../app/api.ts';
import { usePagedList } from '../../../app/paged-list.ts';
import { useCompany } from '../../../app/session.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { DataGrid } from '../../../ui/grid/data-grid.tsx';
import { formatDay } from '../../../ui/date-format.ts';
import { NativeChoice } from '../../../ui/native-choice.tsx';
import { countInWords, formatExact, formatSignedPercent } from '../../../ui/number-format.ts';
import { Section } from '../../../ui/screen.tsx';
import { DemandFrame } from '../demand-frame.tsx';
import type { DemandScope } from '../demand-scope.ts';
import { EventCalendar } from './event-calendar.tsx';
import { EVENT_COLUMNS } from './event-columns.ts';
import { EventForm } from './event-form.tsx';
import { EventPanel } from './event-panel.tsx';
import { scopeInWords } from './event-scope.ts';
import { eventOfFeast, isFeast } from './feast-events.ts';

const PAGE_ROWS = 500;

const kindOf = ({ shown }: DemandScope) => EVENT_KINDS.find((known) => known === shown.kind);

/** Promotions, prices, holidays and other causes: when they are, and what they do. */
export function EventsView({ scope }: { scope: DemandScope }) {
  const { slug, may, whyNot } = useCompany();
  const { data: company } = useSuspenseQuery(read('getCompany', { params: { company: slug } }));
  const kind = kindOf(scope);
  const query = { kind, limit: PAGE_ROWS };
  const list = usePagedList('listDemandEvents', { params: { company: slug }, query });
  const { data: known } = useSuspenseQuery(read('listFeasts', { params: { company: slug }, query: {} }));
  const events = useMemo(() => {
    const isAsked = kind === undefined || kind === 'holiday';
    return isAsked ? [...list.rows, ...known.feasts.map(eventOfFeast)] : list.rows;
  }, [list.rows, known, kind]);
  const [edited, setEdited] = useState<DemandEvent | 'new' | null>(null);
  const [today] = useState(() => new Date().toISOString().slice(0, 10));
  const asOf = company.asOf ?? today;
  const rows = useMemo(() => inOrder(events, asOf), [events, asOf]);
  const shown = events.find(({ code }) => code === scope.shown.event);
  const mayChange = may('demand.change');
  const open = (event: DemandEvent): void => scope.change({ event: event.code });
  return (
    <DemandFrame
      scope={scope}
      question="What moves demand, and when?"
      answer={<p>{answerOf(events, asOf)}</p>}
      tools={
        <Button
          onClick={() => setEdited('new')}
          disabled={!mayChange}
          title={mayChange ? undefined : whyNot('demand.change')}
        >
          Plan an event
        </Button>
      }
      panel={
        shown === undefined ? null : (
          <EventPanel
            event={shown}
            mayChange={mayChange && !isFeast(shown)}
            onClose={() => scope.change({ event: undefined })}
            onEdit={() => setEdited(shown)}
          />
        )
      }
    >
      {events.length === 0 ? (
        <EmptyState
          title="Here would be promotions, prices, holidays and other causes of demand."
          why="None is recorded. Past ones teach the forecast what they do; planned ones are put into it."
        />
      ) : (
        <>
          <Section title="Half a year back, a year ahead" id="calendar">
            <EventCalendar events={events} asOf={asOf} onOpen={open} />
          </Section>
          <EventList scope={scope} more={list.more} rows={rows} onOpen={open} />
        </>
      )}
      {edited === null ? null : (
        <EventForm
          opened={edited === 'new' ? null : edited}
          events={events}
          onClose={() => setEdited(null)}
        />
      )}
    </DemandFrame>
  );
}

function answerOf(events: readonly DemandEvent[], asOf: string): string {
  if (events.length === 0) return 'No event is recorded yet.';
  const running = events.filter(({ startsOn, endsOn }) => startsOn < asOf && endsOn >= asOf).length;
  const ahead = events.filter(({ startsOn }) => startsOn >= asOf);
  const [next] = ahead.toSorted((a, b) => (a.startsOn < b.startsOn ? -1 : 1));
  const known = `${countInWords(events.length, 'event')} known: ${formatExact(running)} under way, ${formatExact(ahead.length)} ahead`;
  if (next === undefined) return `${known}.`;
  const effect =
    next.effect === null
      ? ''
      : `, expected to change demand by ${formatSignedPercent(next.effect.upliftRatio, 0)}`;
  return `${known}. Next: ${next.name} (${scopeInWords(next)}) from ${formatDay(next.startsOn)}${effect}.`;
}

/** What is under way or ahead first, the soonest on top; then what is over, the latest on top. */
function inOrder(events: readonly DemandEvent[], asOf: string): DemandEvent[] {
  const ahead = events.filter(({ endsOn }) => endsOn >= asOf);
  const over = events.filter(({ endsOn }) => endsOn < asOf);
  return [
    ...ahead.toSorted((a, b) => a.startsOn.localeCompare(b.startsOn)),
    ...over.toSorted((a, b) => b.startsOn.localeCompare(a.startsOn)),
  ];
}

function EventList(props: {
  scope: DemandScope;
  more: ReturnType<typeof usePagedList<'listDemandEvents'>>['more'];
  rows: readonly DemandEvent[];
  onOpen: (event: DemandEvent) => void;
}) {
  const { scope, more, rows } = props;
  const kind = kindOf(scope);
  return (
    <Section
      title="All events"
      id="events"
      tools={
        <NativeChoice
          label="Kind"
          hideLabel
          value={kind ?? ''}
          options={[
            { value: '', label: 'All kinds' },
            ...EVENT_KINDS.map((known) => ({ value: known, label: known })),
          ]}
          onChange={(value) => scope.change({ kind: value === '' ? undefined : value })}
        />
      }
    >
      <DataGrid
        label="Events"
        noun={['event', 'events']}
        rows={rows}
        columns={EVENT_COLUMNS}
        rowsShown={Math.min(14, rows.length)}
        fileName="demand-events"
        onOpen={props.onOpen}
        isSelected={(row) => row.code === scope.shown.event}
        {...more}
        total={more.total + rows.filter(isFeast).length}
      />
    </Section>
  );
}
