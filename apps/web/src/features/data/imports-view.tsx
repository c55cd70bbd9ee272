import type { Import } from '@planwright/contracts';
import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { Button } from '@mantine/core';
import { readOn } from '../../app/api.ts';
import { useCompany } from '../../app/session.ts';
import { formatAgo } from '../../ui/date-format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loadable, SkeletonRows } from '../../ui/loadable.tsx';
import { formatNumber, formatPercent } from '../../ui/number-format.ts';
import { Section } from '../../ui/screen.tsx';
import { StatusWord } from '../../ui/status-word.tsx';
import table from '../../ui/table.module.css';
import type { DataScope } from './data-address.ts';
import { ImportIssues } from './import-issues.tsx';
import { importState } from './import-state.ts';

const sum = (item: Import, value: (target: Import['targets'][number]) => number): number =>
  item.targets.reduce((total, target) => total + value(target), 0);

/** All imports, the newest first; the chosen one with its issues below. */
export function ImportsView({ scope }: { scope: DataScope }) {
  const { slug, may, whyNot } = useCompany();
  const list = useSuspenseInfiniteQuery(
    readOn('listImports', { params: { company: slug }, query: { limit: 50 } }),
  );
  const imports = list.data.pages.flatMap(({ items }) => items);
  const chosen = scope.shown.import;
  if (imports.length === 0) {
    return (
      <Section title="Imports" id="imports">
        <EmptyState
          title="Here will be every import with its counts, its issues and the way to undo it."
          why={
            may('data.import')
              ? 'Nothing has been imported yet.'
              : `Nothing has been imported yet. ${whyNot('data.import')}`
          }
          action={
            may('data.import') ? (
              <Button onClick={() => scope.change({ view: 'new' })}>Import files</Button>
            ) : undefined
          }
        />
      </Section>
    );
  }
  return (
    <>
      <Section title="Imports" note="A name opens its counts and issues." id="imports">
        <ImportTable imports={imports} chosen={chosen} onOpen={(id) => scope.change({ import: id })} />
        {list.hasNextPage ? (
          <Button
            variant="default"
            mt={8}
            onClick={() => void list.fetchNextPage()}
            loading={list.isFetchingNextPage}
          >
            Earlier imports
          </Button>
        ) : null}
      </Section>
      {chosen === undefined ? null : (
        <Loadable skeleton={<SkeletonRows rows={8} label="Loading the issues" />}>
          <ImportIssues
            scope={scope}
            importId={chosen}
            name={imports.find(({ id }) => id === chosen)?.name ?? 'this import'}
          />
        </Loadable>
      )}
    </>
  );
}

function ImportTable(props: {
  imports: readonly Import[];
  chosen: string | undefined;
  onOpen: (id: string) => void;
}) {
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">Import</th>
            <th scope="col">State</th>
            {['Read', 'New', 'Changed', 'Same', 'Removed', 'Refused'].map((name) => (
              <th key={name} scope="col" className={table.number}>
                {name}
              </th>
            ))}
            <th scope="col">When</th>
            <th scope="col">By</th>
          </tr>
        </thead>
        <tbody>
          {props.imports.map((item) => (
            <ImportRow
              key={item.id}
              item={item}
              chosen={item.id === props.chosen}
              onOpen={() => props.onOpen(item.id)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ImportRow({ item, chosen, onOpen }: { item: Import; chosen: boolean; onOpen: () => void }) {
  const state = importState(item);
  const counts = [
    sum(item, (target) => target.read),
    sum(item, (target) => target.inserted),
    sum(item, (target) => target.updated),
    sum(item, (target) => target.unchanged),
    sum(item, (target) => target.removed),
    sum(item, (target) => target.rejected),
  ];
  return (
    <tr className={chosen ? table.chosen : undefined}>
      <th scope="row">
        <button type="button" className={table.link} onClick={onOpen} aria-expanded={chosen}>
          {item.name}
        </button>
      </th>
      <td>
        <StatusWord tone={state.tone}>
          {state.live ? `${state.word}, ${formatPercent(item.progressRatio, 0)}` : state.word}
        </StatusWord>
      </td>
      {counts.map((count, index) => (
        <td key={index} className={`${table.number} ${index === 5 && count > 0 ? table.bad : ''}`}>
          {formatNumber(count)}
        </td>
      ))}
      <td>{formatAgo(item.createdAt)}</td>
      <td>{item.createdBy}</td>
    </tr>
  );
}
