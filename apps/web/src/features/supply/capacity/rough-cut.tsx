import type { ApiOutput, RoughCutResource } from '@planwright/contracts';
import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { readOn } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { withBuckets } from '../../../ui/date-format.ts';
import { DataGrid } from '../../../ui/grid/data-grid.tsx';
import type { GridColumn } from '../../../ui/grid/grid-column.ts';
import { Loadable, SkeletonRows } from '../../../ui/loadable.tsx';
import { countInWords, formatNumber, formatPercent, MISSING } from '../../../ui/number-format.ts';
import { Section } from '../../../ui/screen.tsx';
import type { SupplyScope } from '../supply-address.ts';
import { METHODS, sumOf } from './rough-cut-methods.ts';
import { RoughCutDetail } from './rough-cut-detail.tsx';

const PAGE_ROWS = 200;

/** What demand asks of every resource by three rough methods, against the hours there are; one of them by period below. */
export function RoughCut({ scope }: { scope: SupplyScope }) {
  const { slug } = useCompany();
  const list = useSuspenseInfiniteQuery(
    readOn('listRoughCut', { params: { company: slug }, query: { limit: PAGE_ROWS } }),
  );
  const rows = useMemo(() => list.data.pages.flatMap(({ items }) => items), [list.data]);
  const [chosen, setChosen] = useState<number>();
  const resource = rows.find(({ resourceId }) => resourceId === chosen) ?? rows[0];
  const page = list.data.pages[0];
  const isSelected = useCallback(
    (row: RoughCutResource) => row.resourceId === resource?.resourceId,
    [resource?.resourceId],
  );
  if (page === undefined || resource === undefined || page.productCount === 0) return null;
  return (
    <Section title={findingOf(rows)} note={noteOf(page)} id="rough-cut">
      <DataGrid
        label="Rough cut of resources over the horizon"
        noun={['resource', 'resources']}
        rows={rows}
        columns={COLUMNS}
        rowsShown={8}
        fileName="rough-cut"
        isSelected={isSelected}
        onOpen={(row) => setChosen(row.resourceId)}
        total={page.total}
        onMore={() => (list.hasNextPage && !list.isFetchingNextPage ? void list.fetchNextPage() : undefined)}
        loadingMore={list.isFetchingNextPage}
      />
      <Loadable
        skeleton={<SkeletonRows rows={10} label="Loading the products" />}
        resetKey={resource.resourceId}
      >
        <RoughCutDetail
          key={resource.resourceId}
          resource={resource}
          horizon={page.horizon}
          scope={scope}
          sharesOfHistory={page.sharesOfHistory}
        />
      </Loadable>
    </Section>
  );
}

function findingOf(rows: readonly RoughCutResource[]): string {
  const over = rows.filter(({ peakRatio }) => (peakRatio ?? 0) > 1);
  const [first] = over;
  if (first === undefined) return 'In a rough cut, planned demand fits the hours of every resource';
  return `In a rough cut, planned demand asks too much of ${countInWords(over.length, 'resource')}; of ${first.name} most, up to ${formatPercent(first.peakRatio, 0)}`;
}

function noteOf({ productCount, sharesOfHistory }: ApiOutput<'listRoughCut'>): string {
  return `Hours of ${countInWords(productCount, 'product')} through all levels of making, before stock, open orders and lots. Overall factors split each period as ${sharesOfHistory ? 'the last year of demand' : 'the whole horizon'} does; the bill of capacity puts hours where a product is asked for; the profile, when the work falls before that. Choose a resource to see it by period.`;
}

const hours = (
  id: string,
  title: string,
  value: (row: RoughCutResource) => number | null,
  tone?: (row: RoughCutResource) => string | undefined,
): GridColumn<RoughCutResource> => ({
  id,
  title,
  unit: 'h',
  width: 126,
  number: true,
  text: (row) => formatNumber(value(row)),
  exact: value,
  tone,
});

const COLUMNS: readonly GridColumn<RoughCutResource>[] = [
  {
    id: 'resource',
    title: 'Resource',
    width: 180,
    pinned: true,
    text: ({ name }) => name,
    exact: ({ code }) => code,
    tone: () => 'strong',
  },
  {
    id: 'peak',
    title: 'Peak',
    width: 72,
    number: true,
    text: (row) => (row.peakRatio === null ? MISSING : formatPercent(row.peakRatio, 0)),
    exact: (row) => row.peakRatio,
    tone: (row) => ((row.peakRatio ?? 0) > 1 ? 'bad late' : undefined),
  },
  hours('there', 'There are', (row) => sumOf(row.capacityHours)),
  ...METHODS.map(({ field, name }) =>
    hours(
      field,
      name,
      (row) => sumOf(row[field]),
      (row) => ((sumOf(row[field]) ?? 0) > (sumOf(row.capacityHours) ?? Infinity) ? 'bad' : undefined),
    ),
  ),
  hours('plan', 'Planned orders', (row) => sumOf(row.planHours)),
  {
    id: 'products',
    title: 'Products',
    width: 78,
    number: true,
    text: (row) => formatNumber(row.productCount),
    exact: (row) => row.productCount,
  },
  {
    id: 'sentence',
    title: 'In words',
    width: 420,
    text: (row) => withBuckets(row.sentence),
    tone: () => 'quiet',
  },
];
