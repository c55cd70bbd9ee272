import { type DemandFinding, FINDING_KINDS } from '@planwright/contracts';
import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { readOn } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { DataGrid } from '../../../ui/grid/data-grid.tsx';
import type { GridColumn } from '../../../ui/grid/grid-column.ts';
import { formatBucket } from '../../../ui/date-format.ts';
import { NativeChoice } from '../../../ui/native-choice.tsx';
import { NoPlan, usePlanExists } from '../../../ui/no-plan.tsx';
import { columnScaleOf, countInWords, formatExact, formatScaled } from '../../../ui/number-format.ts';
import { Screen, Section } from '../../../ui/screen.tsx';
import type { DemandScope } from '../demand-scope.ts';
import { DemandViews } from '../demand-views.tsx';

const QUESTION = 'What looks wrong in demand?';
const PAGE_ROWS = 200;

type Kind = DemandFinding['kind'];

const KINDS: Readonly<Record<Kind, string>> = {
  outlier: 'Outlier',
  'stock-out': 'Stock-out',
  'suspected-stock-out': 'Maybe a stock-out',
  missing: 'Missing',
  return: 'Returns',
  'level-shift': 'New level',
  bias: 'Leans one way',
  coverage: 'Band too narrow',
  'beaten-by-naive': 'Worse than naive',
  'new-item': 'New item',
  'phase-out': 'Ends',
};

/** What the run found in histories and forecasts, the most expensive first. */
export function FindingsView({ scope }: { scope: DemandScope }) {
  if (!usePlanExists()) {
    return (
      <Screen name="Demand" question={QUESTION} answer={<p>There is no plan yet.</p>}>
        <DemandViews scope={scope} />
        <NoPlan what="outliers, stock-outs, returns, new levels and forecasts that lean" />
      </Screen>
    );
  }
  return <Found scope={scope} />;
}

function Found({ scope }: { scope: DemandScope }) {
  const { slug } = useCompany();
  const { group, item } = scope.shown;
  const kind = FINDING_KINDS.find((known) => known === scope.shown.kind);
  const list = useSuspenseInfiniteQuery(
    readOn('listDemandFindings', {
      params: { company: slug },
      query: { group, item, kind, limit: PAGE_ROWS },
    }),
  );
  const rows = useMemo(() => list.data.pages.flatMap(({ items }) => items), [list.data]);
  const total = list.data.pages[0]?.total ?? 0;
  const columns = useMemo(() => findingColumns(rows), [rows]);
  const open = useCallback(
    (row: DemandFinding) => scope.change({ view: 'stream', stream: String(row.keyId) }),
    [scope],
  );
  return (
    <Screen name="Demand" question={QUESTION} answer={<p>{answerOf(rows, total)}</p>}>
      <DemandViews scope={scope} />
      <Section
        title="Findings, the most expensive first"
        note="Open one to see the stream, and decide what the period should count as."
        id="findings"
        tools={
          <NativeChoice
            label="Kind"
            hideLabel
            value={kind ?? ''}
            options={[
              { value: '', label: 'All kinds' },
              ...FINDING_KINDS.map((known) => ({ value: known, label: KINDS[known] })),
            ]}
            onChange={(value) => scope.change({ kind: value === '' ? undefined : value })}
          />
        }
      >
        {rows.length === 0 ? (
          <EmptyState
            title="Here would be what looks wrong."
            why={
              kind === undefined
                ? 'The run in view found nothing, or was made before findings were kept.'
                : 'The run in view found nothing of this kind.'
            }
          />
        ) : (
          <DataGrid
            label="Findings"
            noun={['finding', 'findings']}
            rows={rows}
            columns={columns}
            rowsShown={18}
            fileName="demand-findings"
            onOpen={open}
            total={total}
            onMore={() =>
              list.hasNextPage && !list.isFetchingNextPage ? void list.fetchNextPage() : undefined
            }
            loadingMore={list.isFetchingNextPage}
          />
        )}
      </Section>
    </Screen>
  );
}

function answerOf(rows: readonly DemandFinding[], total: number): string {
  const [first] = rows;
  if (first === undefined) return 'Nothing was found.';
  return `${countInWords(total, 'finding')}. The most expensive: ${first.item} at ${first.location}. ${first.detail}`;
}

function findingColumns(rows: readonly DemandFinding[]): GridColumn<DemandFinding>[] {
  const money = columnScaleOf(rows.map((row) => row.amount));
  return [
    { id: 'item', title: 'Item', width: 116, pinned: true, text: (row) => row.item, tone: () => 'strong' },
    { id: 'name', title: 'Name', width: 170, text: (row) => row.itemName },
    { id: 'location', title: 'Location', width: 84, text: (row) => row.location },
    { id: 'channel', title: 'Channel', width: 84, text: (row) => row.channel },
    { id: 'kind', title: 'Kind', width: 128, text: (row) => KINDS[row.kind] },
    {
      id: 'bucket',
      title: 'Period',
      width: 86,
      text: (row) => (row.bucket === null ? '' : formatBucket(row.bucket)),
      exact: (row) => row.bucket,
    },
    {
      id: 'before',
      title: 'Ordered',
      width: 84,
      number: true,
      text: (row) => (row.quantityBefore === null ? '' : formatExact(Math.round(row.quantityBefore))),
      exact: (row) => row.quantityBefore,
    },
    {
      id: 'after',
      title: 'Counted as',
      width: 92,
      number: true,
      text: (row) => (row.quantityAfter === null ? '' : formatExact(Math.round(row.quantityAfter))),
      exact: (row) => row.quantityAfter,
    },
    {
      id: 'amount',
      title: 'Worth',
      width: 92,
      number: true,
      text: (row) => formatScaled(row.amount, money),
      exact: (row) => row.amount,
      tone: () => 'accent',
    },
    { id: 'detail', title: 'What was found', width: 520, text: (row) => row.detail },
  ];
}
