import { Button } from '@mantine/core';
import { type DemandEvent, EVENT_KINDS } from '@planwright/contracts';
import { useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { read, readOn, useWrite } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { DataGrid } from '../../../ui/grid/data-grid.tsx';
import type { GridColumn } from '../../../ui/grid/grid-column.ts';
import { formatDay } from '../../../ui/date-format.ts';
import { NativeChoice } from '../../../ui/native-choice.tsx';
import { countInWords, formatExact, formatSignedPercent } from '../../../ui/number-format.ts';
import { Screen, Section } from '../../../ui/screen.tsx';
import { SidePanel } from '../../../ui/side-panel.tsx';
import table from '../../../ui/table.module.css';
import type { DemandScope } from '../demand-scope.ts';
import { RemoveDialog } from '../remove-dialog.tsx';
import { DemandViews } from '../demand-views.tsx';
import { EventCalendar } from './event-calendar.tsx';
import { EventForm } from './event-form.tsx';
import { scopeInWords } from './event-scope.ts';
import css from './events-view.module.css';

const PAGE_ROWS = 500;

/** Promotions, prices, holidays and other causes: when they are, and what they do. */
export function EventsView({ scope }: { scope: DemandScope }) {
  const { slug, may, whyNot } = useCompany();
  const { data: company } = useSuspenseQuery(read('getCompany', { params: { company: slug } }));
  const kind = EVENT_KINDS.find((known) => known === scope.shown.kind);
  const list = useSuspenseInfiniteQuery(
    readOn('listDemandEvents', { params: { company: slug }, query: { kind, limit: PAGE_ROWS } }),
  );
  const events = useMemo(() => list.data.pages.flatMap(({ items }) => items), [list.data]);
  const [edited, setEdited] = useState<DemandEvent | 'new' | null>(null);
  const [today] = useState(() => new Date().toISOString().slice(0, 10));
  const asOf = company.asOf ?? today;
  const rows = useMemo(() => inOrder(events, asOf), [events, asOf]);
  const shown = events.find(({ code }) => code === scope.shown.event);
  const mayChange = may('demand.change');
  const open = (event: DemandEvent): void => scope.change({ event: event.code });
  return (
    <Screen
      name="Demand"
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
            mayChange={mayChange}
            onClose={() => scope.change({ event: undefined })}
            onEdit={() => setEdited(shown)}
          />
        )
      }
    >
      <DemandViews scope={scope} />
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
              columns={COLUMNS}
              rowsShown={Math.min(14, events.length)}
              fileName="demand-events"
              onOpen={open}
              isSelected={(row) => row.code === scope.shown.event}
              total={list.data.pages[0]?.total}
              onMore={() =>
                list.hasNextPage && !list.isFetchingNextPage ? void list.fetchNextPage() : undefined
              }
              loadingMore={list.isFetchingNextPage}
            />
          </Section>
        </>
      )}
      {edited === null ? null : (
        <EventForm event={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
      )}
    </Screen>
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

const COLUMNS: GridColumn<DemandEvent>[] = [
  { id: 'name', title: 'Event', width: 220, pinned: true, text: (row) => row.name, tone: () => 'strong' },
  { id: 'kind', title: 'Kind', width: 96, text: (row) => row.kind },
  {
    id: 'from',
    title: 'From',
    width: 110,
    text: (row) => formatDay(row.startsOn),
    exact: (row) => row.startsOn,
  },
  { id: 'to', title: 'To', width: 110, text: (row) => formatDay(row.endsOn), exact: (row) => row.endsOn },
  { id: 'scope', title: 'Touches', width: 200, text: scopeInWords },
  {
    id: 'expected',
    title: 'Expected',
    width: 84,
    number: true,
    text: (row) => formatSignedPercent(row.upliftRatio, 0),
    exact: (row) => row.upliftRatio,
  },
  {
    id: 'effect',
    title: 'Estimated',
    width: 88,
    number: true,
    text: (row) => formatSignedPercent(row.effect?.upliftRatio, 0),
    exact: (row) => row.effect?.upliftRatio ?? null,
    tone: () => 'accent',
  },
  {
    id: 'range',
    title: '80 % range',
    width: 130,
    number: true,
    text: (row) =>
      row.effect === null
        ? ''
        : `${formatSignedPercent(row.effect.lower80Ratio, 0)} to ${formatSignedPercent(row.effect.upper80Ratio, 0)}`,
  },
  {
    id: 'after',
    title: 'Period after',
    width: 96,
    number: true,
    text: (row) => formatSignedPercent(row.effect?.afterRatio, 0),
    exact: (row) => row.effect?.afterRatio ?? null,
  },
];

function EventPanel(props: {
  event: DemandEvent;
  mayChange: boolean;
  onClose: () => void;
  onEdit: () => void;
}) {
  const { slug } = useCompany();
  const { event, mayChange, onClose } = props;
  const { effect } = event;
  const remove = useWrite('removeDemandEvent');
  const [removing, setRemoving] = useState(false);
  const figures: readonly (readonly [string, string])[] = [
    ['Kind', event.kind],
    ['First day', formatDay(event.startsOn)],
    ['Last day', formatDay(event.endsOn)],
    ['Touches', scopeInWords(event)],
    ['Strength', formatExact(event.strength)],
    ['Expected change', formatSignedPercent(event.upliftRatio, 0)],
    ...(effect === null
      ? []
      : ([
          ['Estimated change', formatSignedPercent(effect.upliftRatio, 0)],
          [
            '80 % range',
            `${formatSignedPercent(effect.lower80Ratio, 0)} to ${formatSignedPercent(effect.upper80Ratio, 0)}`,
          ],
          ['Period after', formatSignedPercent(effect.afterRatio, 0)],
          ['Other items of the group', formatSignedPercent(effect.cannibalisedRatio, 0)],
          ['Streams', formatExact(effect.keyCount)],
          ['Added so far', formatExact(Math.round(effect.actualQuantity))],
          ['Adds in the plan', formatExact(Math.round(effect.planQuantity))],
        ] as const)),
  ];
  return (
    <SidePanel kicker="Event" title={event.name} onClose={onClose}>
      <p className={css.facts}>
        {effect === null ? 'The plan in view has no estimate of it.' : effect.explanation}
      </p>
      {event.note === null ? null : <p className={css.facts}>{event.note}</p>}
      <table className={table.table} style={{ marginBottom: 16 }}>
        <tbody>
          {figures.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className={table.number}>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {mayChange ? (
        <div style={{ display: 'flex', gap: 8 }}>
          <Button variant="default" onClick={props.onEdit}>
            Change
          </Button>
          <Button variant="default" onClick={() => setRemoving(true)}>
            Remove …
          </Button>
        </div>
      ) : null}
      {removing ? (
        <RemoveDialog
          what={event.name}
          error={remove.error}
          removing={remove.isPending}
          onRemove={() =>
            remove.mutate({ params: { company: slug, code: event.code } }, { onSuccess: onClose })
          }
          onClose={() => setRemoving(false)}
        >
          {scopeInWords(event)}, {formatDay(event.startsOn)} to {formatDay(event.endsOn)}. From the next run
          on, the forecast knows nothing of it.
        </RemoveDialog>
      ) : null}
    </SidePanel>
  );
}
