import { type DemandFinding, FINDING_KINDS, FINDINGS_KEPT_MAX } from '@planwright/contracts';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { read } from '../../../app/api.ts';
import { usePagedList } from '../../../app/paged-list.ts';
import { useCompany } from '../../../app/session.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { DataGrid } from '../../../ui/grid/data-grid.tsx';
import type { GridColumn } from '../../../ui/grid/grid-column.ts';
import { formatBucket } from '../../../ui/date-format.ts';
import { NativeChoice } from '../../../ui/native-choice.tsx';
import {
  columnScaleOf,
  countInWords,
  formatExact,
  formatScaled,
  moneyInWords,
  unitInWords,
} from '../../../ui/number-format.ts';
import { Section } from '../../../ui/screen.tsx';
import { inReadersWords } from '../../../ui/sentence.ts';
import { DemandFrame, OfThePlan } from '../demand-frame.tsx';
import { type DemandScope, scopeQuery } from '../demand-scope.ts';

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
  return (
    <OfThePlan
      scope={scope}
      question={QUESTION}
      missing="outliers, stock-outs, returns, new levels and forecasts that lean"
    >
      <Found scope={scope} />
    </OfThePlan>
  );
}

function Found({ scope }: { scope: DemandScope }) {
  const { slug } = useCompany();
  const {
    data: { company },
  } = useSuspenseQuery(read('getCompany', { params: { company: slug } }));
  const kind = FINDING_KINDS.find((known) => known === scope.shown.kind);
  const query = { ...scopeQuery(scope.shown), kind, limit: PAGE_ROWS };
  const { rows, head, more } = usePagedList('listDemandFindings', { params: { company: slug }, query });
  const columns = useMemo(() => findingColumns(rows, company.currency), [rows, company.currency]);
  const open = useCallback(
    (row: DemandFinding) => scope.change({ view: 'stream', stream: String(row.keyId) }),
    [scope],
  );
  return (
    <DemandFrame
      scope={scope}
      question={QUESTION}
      answer={<p>{answerOf(rows, head.total, company.currency)}</p>}
      narrows
    >
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
            {...more}
          />
        )}
      </Section>
    </DemandFrame>
  );
}

/** How many of each kind, the commonest first, and what the most expensive is worth. */
function answerOf(rows: readonly DemandFinding[], total: number, currency: string): string {
  const [first] = rows;
  if (first === undefined) return 'Nothing was found.';
  const known =
    total < FINDINGS_KEPT_MAX
      ? countInWords(total, 'finding')
      : `The ${countInWords(total, 'most expensive finding')} of the run`;
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
      width: 96,
      text: (row) => (row.bucket === null ? '' : formatBucket(row.bucket)),
      exact: (row) => row.bucket,
    },
    { id: 'detail', title: 'What was found', width: 640, text: (row) => inReadersWords(row.detail) },
    quantity('before', 'Ordered', (row) => row.quantityBefore),
    quantity('after', 'Counted as', (row) => row.quantityAfter),
    { id: 'name', title: 'Name', width: 220, text: (row) => row.itemName, tone: () => 'quiet' },
  ];
}

const formatWhole = (value: number | null): string => (value === null ? '' : formatExact(Math.round(value)));
