import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { readOn } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { DataGrid } from '../../../ui/grid/data-grid.tsx';
import { formatExact } from '../../../ui/number-format.ts';
import { Screen } from '../../../ui/screen.tsx';
import type { DemandScope } from '../demand-scope.ts';
import { DemandViews } from '../demand-views.tsx';

/** What moves demand, and when? */
export function EventsView({ scope }: { scope: DemandScope }) {
  const { slug } = useCompany();
  const list = useSuspenseInfiniteQuery(
    readOn('listDemandEvents', { params: { company: slug }, query: { limit: 200 } }),
  );
  const rows = list.data.pages.flatMap(({ items }) => items);
  return (
    <Screen
      name="Demand"
      question="What moves demand, and when?"
      answer={<p>{formatExact(list.data.pages[0]?.total ?? 0)} events.</p>}
    >
      <DemandViews scope={scope} />
      <DataGrid
        label="Events"
        noun={['event', 'events']}
        rows={rows}
        columns={[
          { id: 'name', title: 'Event', width: 200, pinned: true, text: (row) => row.name },
          { id: 'kind', title: 'Kind', width: 100, text: (row) => row.kind },
          { id: 'from', title: 'From', width: 96, text: (row) => row.startsOn },
          { id: 'to', title: 'To', width: 96, text: (row) => row.endsOn },
        ]}
        rowsShown={16}
        fileName="events"
        total={list.data.pages[0]?.total}
        onMore={() => (list.hasNextPage && !list.isFetchingNextPage ? void list.fetchNextPage() : undefined)}
        loadingMore={list.isFetchingNextPage}
      />
    </Screen>
  );
}
