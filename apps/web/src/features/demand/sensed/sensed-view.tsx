import { SENSED_ONLY, type SensedStream } from '@planwright/contracts';
import { useCallback, useMemo } from 'react';
import { usePagedList } from '../../../app/paged-list.ts';
import { useCompany } from '../../../app/session.ts';
import { Choices } from '../../../ui/choices.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { DataGrid } from '../../../ui/grid/data-grid.tsx';
import { formatBucket } from '../../../ui/date-format.ts';
import { Section } from '../../../ui/screen.tsx';
import { inReadersWords } from '../../../ui/sentence.ts';
import { DemandFrame, OfThePlan } from '../demand-frame.tsx';
import { type DemandScope, scopeQuery } from '../demand-scope.ts';
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
  return (
    <OfThePlan
      scope={scope}
      question={QUESTION}
      missing="how new orders move the first periods of the forecast, and why"
    >
      <Sensed scope={scope} />
    </OfThePlan>
  );
}

function useSensed(scope: DemandScope, only: Only) {
  const { slug } = useCompany();
  const query = { ...scopeQuery(scope.shown), only, limit: PAGE_ROWS };
  return usePagedList('listSensedDemand', { params: { company: slug }, query });
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
  const { rows, head } = list;
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
    <DemandFrame
      scope={scope}
      question={QUESTION}
      answer={<p>{inReadersWords(head.sentence)}</p>}
      panel={panel}
      narrows
    >
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
          <Streams scope={scope} list={list} />
        )}
      </Section>
    </DemandFrame>
  );
}

function Streams({ scope, list }: { scope: DemandScope; list: ReturnType<typeof useSensed> }) {
  const { rows, head, more } = list;
  const { stream } = scope.shown;
  const open = useCallback((row: SensedStream) => scope.change({ stream: String(row.keyId) }), [scope]);
  const isOpen = useCallback((row: SensedStream) => String(row.keyId) === stream, [stream]);
  const columns = useMemo(() => sensedColumns(rows, head.currency), [rows, head.currency]);
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
      {...more}
    />
  );
}
