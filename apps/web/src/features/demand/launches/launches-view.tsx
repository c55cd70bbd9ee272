import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { readOn } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { DataGrid } from '../../../ui/grid/data-grid.tsx';
import { formatExact } from '../../../ui/number-format.ts';
import { Screen } from '../../../ui/screen.tsx';
import type { DemandScope } from '../demand-scope.ts';
import { DemandViews } from '../demand-views.tsx';

/** What starts, and how fast? */
export function LaunchesView({ scope }: { scope: DemandScope }) {
  const { slug } = useCompany();
  const list = useSuspenseInfiniteQuery(
    readOn('listLaunches', { params: { company: slug }, query: { limit: 200 } }),
  );
  const rows = list.data.pages.flatMap(({ items }) => items);
  return (
    <Screen
      name="Demand"
      question="What starts, and how fast?"
      answer={<p>{formatExact(list.data.pages[0]?.total ?? 0)} launches.</p>}
    >
      <DemandViews scope={scope} />
      <DataGrid
        label="Launches"
        noun={['launch', 'launches']}
        rows={rows}
        columns={[
          { id: 'item', title: 'Item', width: 116, pinned: true, text: (row) => row.item },
          { id: 'name', title: 'Name', width: 200, text: (row) => row.itemName },
          { id: 'from', title: 'From', width: 96, text: (row) => row.startsOn },
        ]}
        rowsShown={16}
        fileName="launches"
        total={list.data.pages[0]?.total}
        onMore={() => (list.hasNextPage && !list.isFetchingNextPage ? void list.fetchNextPage() : undefined)}
        loadingMore={list.isFetchingNextPage}
      />
    </Screen>
  );
}
