import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { readOn } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { DataGrid } from '../../../ui/grid/data-grid.tsx';
import { formatExact } from '../../../ui/number-format.ts';
import { Screen } from '../../../ui/screen.tsx';
import type { DemandScope } from '../demand-scope.ts';
import { DemandViews } from '../demand-views.tsx';

/** Where is an hour best spent? */
export function WorklistView({ scope }: { scope: DemandScope }) {
  const { slug } = useCompany();
  const list = useSuspenseInfiniteQuery(
    readOn('listDemandKeys', {
      params: { company: slug },
      query: { group: scope.shown.group, item: scope.shown.item, sort: 'worth', limit: 200 },
    }),
  );
  const rows = list.data.pages.flatMap(({ items }) => items);
  return (
    <Screen
      name="Demand"
      question="Where is an hour best spent?"
      answer={<p>{formatExact(list.data.pages[0]?.total ?? 0)} demand streams.</p>}
    >
      <DemandViews scope={scope} />
      <DataGrid
        label="Demand streams"
        noun={['demand stream', 'demand streams']}
        rows={rows}
        columns={[
          { id: 'item', title: 'Item', width: 116, pinned: true, text: (row) => row.item },
          { id: 'name', title: 'Name', width: 200, text: (row) => row.itemName },
          { id: 'class', title: 'Class', width: 70, text: (row) => row.valueClass + row.forecastClass },
          {
            id: 'money',
            title: 'Error',
            width: 100,
            number: true,
            text: (row) => formatExact(row.moneyError),
          },
        ]}
        rowsShown={16}
        fileName="worklist"
        total={list.data.pages[0]?.total}
        onMore={() => (list.hasNextPage && !list.isFetchingNextPage ? void list.fetchNextPage() : undefined)}
        loadingMore={list.isFetchingNextPage}
      />
    </Screen>
  );
}
