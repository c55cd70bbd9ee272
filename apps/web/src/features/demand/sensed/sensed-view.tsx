import { SENSED_ONLY, type SensedStream } from '@planwright/contracts';
import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { readOn } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { Choices } from '../../../ui/choices.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { DataGrid } from '../../../ui/grid/data-grid.tsx';
import { formatBucket } from '../../../ui/date-format.ts';
import { NoPlan, usePlanExists } from '../../../ui/no-plan.tsx';
import { Screen, Section } from '../../../ui/screen.tsx';
import { DemandFilters } from '../demand-filters.tsx';
import { type DemandScope, scopeQuery } from '../demand-scope.ts';
import { DemandViews } from '../demand-views.tsx';
import { sensedColumns } from './sensed-columns.ts';
import { SensedPanel } from './sensed-panel.tsx';

const QUESTION = 'What changed since the plan?';
const PAGE_ROWS = 200;

type Only = (typeof SENSED_ONLY)[number];

const ONLY: readonly { readonly value: Only; readonly label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'changed', label: 'Changed' },
  { value: 'broken', label: 'To refit' },
];

/** How orders since the plan move its first buckets, stream by stream. */
export function SensedView({ scope }: { scope: DemandScope }) {
  if (!usePlanExists()) {
    return (
      <Screen name="Demand" question={QUESTION} answer={<p>There is no plan yet.</p>}>
        <DemandViews scope={scope} />
        <NoPlan what="how new orders move the first periods of the forecast, and why" />
      </Screen>
    );
  }
  return <Sensed scope={scope} />;
}

function useSensed(scope: DemandScope, only: Only) {
  const { slug } = useCompany();
  const query = { ...scopeQuery(scope.shown), only, limit: PAGE_ROWS };
  return useSuspenseInfiniteQuery(readOn('listSensedDemand', { params: { company: slug }, query }));
}

function noteOf(first: SensedStream | undefined): string {
  const current = first?.buckets[0];
  return current === undefined
    ? 'Nothing is under way.'
    : `Quantities are of ${formatBucket(current.label)}, the period under way. Open a stream to see why it moves.`;
}

function Sensed({ scope }: { scope: DemandScope }) {
  const only = SENSED_ONLY.find((known) => known === scope.shown.kind) ?? 'all';
  const list = useSensed(scope, only);
  const rows = useMemo(() => list.data.pages.flatMap(({ items }) => items), [list.data]);
  const opened = rows.find((row) => row.keyId === Number(scope.shown.stream));
  const panel =
    opened === undefined ? undefined : (
      <SensedPanel
        stream={opened}
        onOpen={() => scope.change({ view: 'stream', kind: undefined })}
        onClose={() => scope.change({ stream: undefined })}
      />
    );
  return (
    <Screen name="Demand" question={QUESTION} answer={<p>{list.data.pages[0]?.sentence}</p>} panel={panel}>
      <DemandViews scope={scope} />
      <DemandFilters scope={scope} />
      <Section
        title="Demand streams, the largest change first"
        note={noteOf(rows[0])}
        id="sensed"
        tools={
          <Choices
            label="Streams"
            options={ONLY}
            value={only}
            onChange={(value) =>
              scope.change({ kind: value === 'all' ? undefined : value, stream: undefined })
            }
          />
        }
      >
        {rows.length === 0 ? (
          <EmptyState
            title="Here would be the streams that orders move."
            why={
              only === 'all'
                ? 'The plan in view ends before the newest orders, or nothing of the selection is planned.'
                : 'Nothing of the selection is of this kind.'
            }
          />
        ) : (
          <Streams scope={scope} list={list} rows={rows} />
        )}
      </Section>
    </Screen>
  );
}

function Streams(props: {
  scope: DemandScope;
  list: ReturnType<typeof useSensed>;
  rows: readonly SensedStream[];
}) {
  const { scope, list, rows } = props;
  const [head] = list.data.pages;
  const currency = head?.currency ?? '';
  const { stream } = scope.shown;
  const open = useCallback((row: SensedStream) => scope.change({ stream: String(row.keyId) }), [scope]);
  const isOpen = useCallback((row: SensedStream) => String(row.keyId) === stream, [stream]);
  const columns = useMemo(() => sensedColumns(rows, currency), [rows, currency]);
  return (
    <DataGrid
      label="Streams by what changed"
      noun={['demand stream', 'demand streams']}
      rows={rows}
      columns={columns}
      rowsShown={18}
      fileName="what-changed"
      onOpen={open}
      isSelected={isOpen}
      total={head?.total}
      onMore={() => (list.hasNextPage && !list.isFetchingNextPage ? void list.fetchNextPage() : undefined)}
      loadingMore={list.isFetchingNextPage}
    />
  );
}
