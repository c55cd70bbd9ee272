import { type DemandFinding, FINDING_KINDS } from '@planwright/contracts';
import { useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { read, readOn } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { DataGrid } from '../../../ui/grid/data-grid.tsx';
import type { GridColumn } from '../../../ui/grid/grid-column.ts';
import { FilterBar, type FilterChip } from '../../../ui/filter-bar.tsx';
import { formatBucket } from '../../../ui/date-format.ts';
import { NativeChoice } from '../../../ui/native-choice.tsx';
import { NoPlan, usePlanExists } from '../../../ui/no-plan.tsx';
import {
  columnScaleOf,
  countInWords,
  formatExact,
  formatScaled,
  moneyInWords,
  unitInWords,
} from '../../../ui/number-format.ts';
import { Screen, Section } from '../../../ui/screen.tsx';
import type { DemandScope } from '../demand-scope.ts';
import { DemandViews } from '../demand-views.tsx';

const QUESTION = 'What looks wrong in demand?';
const PAGE_ROWS = 200;
/** Kinds that the answer names. */
const KINDS_COUNTED = 4;

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
  const {
    data: { company },
  } = useSuspenseQuery(read('getCompany', { params: { company: slug } }));
  const kind = FINDING_KINDS.find((known) => known === scope.shown.kind);
  const list = useSuspenseInfiniteQuery(
    readOn('listDemandFindings', {
      params: { company: slug },
      query: { group, item, kind, limit: PAGE_ROWS },
    }),
  );
  const rows = useMemo(() => list.data.pages.flatMap(({ items }) => items), [list.data]);
  const total = list.data.pages[0]?.total ?? 0;
  const columns = useMemo(() => findingColumns(rows, company.currency), [rows, company.currency]);
  const open = useCallback(
    (row: DemandFinding) => scope.change({ view: 'stream', stream: String(row.keyId) }),
    [scope],
  );
  return (
    <Screen name="Demand" question={QUESTION} answer={<p>{answerOf(rows, total, company.currency)}</p>}>
      <DemandViews scope={scope} />
      <Narrowed scope={scope} />
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

/** Group and item in force, as they were chosen in another view. */
function Narrowed({ scope }: { scope: DemandScope }) {
  const { group, item } = scope.shown;
  const chips: FilterChip[] = [];
  if (group !== undefined)
    chips.push({ name: 'Group', value: group, onRemove: () => scope.change({ group: undefined }) });
  if (item !== undefined)
    chips.push({ name: 'Item', value: item, onRemove: () => scope.change({ item: undefined }) });
  return chips.length === 0 ? null : <FilterBar chips={chips} />;
}

/** How many of each kind, the commonest first, and what the most expensive is worth. */
function answerOf(rows: readonly DemandFinding[], total: number, currency: string): string {
  const [first] = rows;
  if (first === undefined) return 'Nothing was found.';
  const known = countInWords(total, 'finding');
  const most = `The most expensive is worth ${moneyInWords(first.amount, currency)}: ${first.item} at ${first.location}.`;
  if (rows.length < total) return `${known}. ${most}`;
  const counts = new Map<Kind, number>();
  for (const { kind } of rows) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const commonest = [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, KINDS_COUNTED)
    .map(([kind, count]) => `${KINDS[kind].toLowerCase()} (${formatExact(count)})`);
  return `${known}, most of them ${commonest.join(', ')}. ${most}`;
}

function findingColumns(rows: readonly DemandFinding[], currency: string): GridColumn<DemandFinding>[] {
  const money = columnScaleOf(rows.map((row) => row.amount));
  const quantity = (
    id: string,
    title: string,
    value: (row: DemandFinding) => number | null,
  ): GridColumn<DemandFinding> => ({
    id,
    title,
    width: 92,
    number: true,
    text: (row) => formatWhole(value(row)),
    exact: (row) => value(row),
  });
  return [
    { id: 'item', title: 'Item', width: 104, pinned: true, text: (row) => row.item, tone: () => 'strong' },
    { id: 'place', title: 'Where', width: 104, text: (row) => `${row.location} · ${row.channel}` },
    { id: 'kind', title: 'Kind', width: 124, text: (row) => KINDS[row.kind] },
    {
      id: 'amount',
      title: 'Worth',
      unit: unitInWords(currency, money),
      width: 104,
      number: true,
      text: (row) => formatScaled(row.amount, money),
      exact: (row) => row.amount,
      tone: () => 'accent',
    },
    {
      id: 'bucket',
      title: 'Period',
      width: 80,
      text: (row) => (row.bucket === null ? '' : formatBucket(row.bucket)),
      exact: (row) => row.bucket,
    },
    { id: 'detail', title: 'What was found', width: 640, text: (row) => row.detail },
    quantity('before', 'Ordered', (row) => row.quantityBefore),
    quantity('after', 'Counted as', (row) => row.quantityAfter),
    { id: 'name', title: 'Name', width: 220, text: (row) => row.itemName, tone: () => 'quiet' },
  ];
}

const formatWhole = (value: number | null): string => (value === null ? '' : formatExact(Math.round(value)));
