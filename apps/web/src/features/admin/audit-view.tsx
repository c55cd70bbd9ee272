import type { AuditEvent } from '@planwright/contracts';
import { TextInput } from '@mantine/core';
import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useDeferredValue, useMemo } from 'react';
import { readOn } from '../../app/api.ts';
import { useCompany } from '../../app/session.ts';
import { formatMoment } from '../../ui/date-format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { textOf } from '../../ui/form-text.ts';
import { DataGrid } from '../../ui/grid/data-grid.tsx';
import type { GridColumn } from '../../ui/grid/grid-column.ts';
import { Section } from '../../ui/screen.tsx';

/** Who changed what, and when: the newest first, nothing ever removed. */
export function AuditView() {
  const { slug } = useCompany();
  const { action } = useDeferredValue(useSearch({ from: '/c/$company/admin' }));
  const navigate = useNavigate({ from: '/c/$company/admin' });
  const list = useSuspenseInfiniteQuery(
    readOn('listAudit', { params: { company: slug }, query: { action, limit: 200 } }),
  );
  const rows = useMemo(() => list.data.pages.flatMap(({ items }) => items), [list.data]);
  const narrow = (next: string | undefined): void =>
    void navigate({ search: (before) => ({ ...before, action: next }) });
  const find = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    narrow(textOf(new FormData(event.currentTarget), 'action') || undefined);
  };
  return (
    <Section title="Audit trail" note="A row of an act narrows the list to that act." id="audit">
      <div style={{ marginBottom: 8 }}>
        <FilterBar
          chips={
            action === undefined ? [] : [{ name: 'Act', value: action, onRemove: () => narrow(undefined) }]
          }
        >
          <form onSubmit={find} role="search">
            <TextInput name="action" aria-label="Act" placeholder="Act, such as cycle.sign" w={220} />
          </form>
        </FilterBar>
      </div>
      {rows.length === 0 ? (
        <EmptyState
          title="Here will be every change."
          why={action === undefined ? 'Nothing was changed yet.' : 'No change of this kind.'}
        />
      ) : (
        <DataGrid
          label="Audit trail"
          noun={['change', 'changes']}
          rows={rows}
          columns={COLUMNS}
          rowsShown={20}
          fileName="audit-trail"
          onOpen={(row) => narrow(row.action)}
          total={list.data.pages[0]?.total}
          onMore={() =>
            list.hasNextPage && !list.isFetchingNextPage ? void list.fetchNextPage() : undefined
          }
          loadingMore={list.isFetchingNextPage}
        />
      )}
    </Section>
  );
}

/** A change in a line: `role from viewer to planner`. */
function changeInWords({ before, after }: AuditEvent): string {
  const parts = (value: unknown): Record<string, unknown> =>
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const [from, to] = [parts(before), parts(after)];
  return [...new Set([...Object.keys(from), ...Object.keys(to)])]
    .filter((name) => JSON.stringify(from[name]) !== JSON.stringify(to[name]))
    .map((name) =>
      name in from
        ? `${name} from ${valueInWords(from[name])} to ${valueInWords(to[name])}`
        : `${name}: ${valueInWords(to[name])}`,
    )
    .join(', ');
}

function valueInWords(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const COLUMNS: readonly GridColumn<AuditEvent>[] = [
  { id: 'at', title: 'When', width: 170, text: (row) => formatMoment(row.at), exact: (row) => row.at },
  {
    id: 'actor',
    title: 'Who',
    width: 140,
    text: (row) => row.actor.replace(/ <.*>$/, ''),
    exact: (row) => row.actor,
    tone: () => 'strong',
  },
  { id: 'action', title: 'Act', width: 130, text: (row) => row.action },
  {
    id: 'object',
    title: 'On',
    width: 220,
    text: (row) => `${row.objectType} ${row.objectId}`,
    tone: () => 'quiet',
  },
  { id: 'change', title: 'Change', width: 340, text: changeInWords },
  { id: 'reason', title: 'Reason', width: 200, text: (row) => row.reason ?? '–' },
];
