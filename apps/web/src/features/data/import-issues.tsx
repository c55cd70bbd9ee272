import { type ApiOutput, TARGET_NAMES, targetOf } from '@planwright/contracts';
import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { readOn } from '../../app/api.ts';
import { client } from '../../app/client.ts';
import { useCompany } from '../../app/session.ts';
import { Choices } from '../../ui/choices.tsx';
import { DataGrid } from '../../ui/grid/data-grid.tsx';
import type { GridColumn } from '../../ui/grid/grid-column.ts';
import { formatNumber, MISSING } from '../../ui/number-format.ts';
import { Section } from '../../ui/screen.tsx';
import type { DataScope } from './data-address.ts';

type Issue = ApiOutput<'listImportIssues'>['items'][number];

const SEVERITIES = [
  { value: 'all', label: 'All' },
  { value: 'error', label: 'Errors' },
  { value: 'warning', label: 'Warnings' },
] as const;

/** What was wrong with the files: file, row, column, value, and what to do. */
export function ImportIssues({
  scope,
  importId,
  name,
}: {
  scope: DataScope;
  importId: string;
  name: string;
}) {
  const { slug } = useCompany();
  const severity = SEVERITIES.find(({ value }) => value === scope.shown.severity)?.value ?? 'all';
  const query = { severity: severity === 'all' ? undefined : severity, limit: 200 };
  const list = useSuspenseInfiniteQuery(
    readOn('listImportIssues', { params: { company: slug, importId }, query }),
  );
  const rows = useMemo(() => list.data.pages.flatMap(({ items }) => items), [list.data]);
  const total = list.data.pages[0]?.total ?? 0;
  const rejects = client.downloadAddress('downloadRejects', { params: { company: slug, importId } });
  return (
    <Section
      title={`Issues of ${name}`}
      id="issues"
      tools={
        <>
          <Choices
            label="How bad"
            options={SEVERITIES}
            value={severity}
            onChange={(value) => scope.change({ severity: value === 'all' ? undefined : value })}
          />
          {total === 0 ? null : (
            <Button component="a" href={rejects} download variant="default" size="xs">
              Save the refused rows
            </Button>
          )}
        </>
      }
    >
      {total === 0 ? (
        <p>Nothing was wrong{severity === 'all' ? '' : ' of this kind'}.</p>
      ) : (
        <DataGrid
          label={`Issues of ${name}`}
          noun={['issue', 'issues']}
          rows={rows}
          columns={COLUMNS}
          rowsShown={14}
          fileName="import-issues"
          total={total}
          onMore={() =>
            list.hasNextPage && !list.isFetchingNextPage ? void list.fetchNextPage() : undefined
          }
          loadingMore={list.isFetchingNextPage}
        />
      )}
    </Section>
  );
}

const labelOf = (name: string | null): string => {
  const target = TARGET_NAMES.find((known) => known === name);
  return target === undefined ? (name ?? MISSING) : targetOf(target).label;
};

const COLUMNS: readonly GridColumn<Issue>[] = [
  {
    id: 'severity',
    title: 'How bad',
    width: 86,
    text: (row) => (row.severity === 'error' ? 'Error' : 'Warning'),
    tone: (row) => (row.severity === 'error' ? 'bad' : 'watch'),
  },
  { id: 'file', title: 'File', width: 170, text: (row) => row.file ?? MISSING },
  {
    id: 'row',
    title: 'Row',
    width: 78,
    number: true,
    text: (row) => formatNumber(row.row),
    exact: (row) => row.row,
  },
  { id: 'column', title: 'Column', width: 120, text: (row) => row.column ?? MISSING },
  { id: 'value', title: 'Value', width: 120, text: (row) => row.value ?? MISSING, tone: () => 'strong' },
  { id: 'message', title: 'What is wrong', width: 280, text: (row) => row.message },
  { id: 'advice', title: 'What to do', width: 300, text: (row) => row.advice },
  { id: 'target', title: 'Table', width: 140, text: (row) => labelOf(row.target), tone: () => 'quiet' },
];
