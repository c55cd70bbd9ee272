import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { readOn } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { DataGrid } from '../../../ui/grid/data-grid.tsx';
import { formatExact } from '../../../ui/number-format.ts';
import { Screen } from '../../../ui/screen.tsx';
import type { DemandScope } from '../demand-scope.ts';
import { DemandViews } from '../demand-views.tsx';

/** What looks wrong in demand? */
export function FindingsView({ scope }: { scope: DemandScope }) {
  const { slug } = useCompany();
  const list = useSuspenseInfiniteQuery(
    readOn('listDemandFindings', {
      params: { company: slug },
      query: { group: scope.shown.group, item: scope.shown.item, limit: 200 },
    }),
  );
  const rows = list.data.pages.flatMap(({ items }) => items);
  return (
    <Screen
      name="Demand"
      question="What looks wrong in demand?"
      answer={<p>{formatExact(list.data.pages[0]?.total ?? 0)} findings.</p>}
    >
      <DemandViews scope={scope} />
      <DataGrid
        label="Findings"
        noun={['finding', 'findings']}
        rows={rows}
        columns={[
          { id: 'item', title: 'Item', width: 116, pinned: true, text: (row) => row.item },
          { id: 'kind', title: 'Kind', width: 130, text: (row) => row.kind },
          { id: 'bucket', title: 'Bucket', width: 90, text: (row) => row.bucket ?? '' },
          { id: 'amount', title: 'Worth', width: 90, number: true, text: (row) => formatExact(row.amount) },
          { id: 'detail', title: 'What was found', width: 420, text: (row) => row.detail },
        ]}
        rowsShown={16}
        fileName="findings"
        total={list.data.pages[0]?.total}
        onMore={() => (list.hasNextPage && !list.isFetchingNextPage ? void list.fetchNextPage() : undefined)}
        loadingMore={list.isFetchingNextPage}
      />
    </Screen>
  );
}
