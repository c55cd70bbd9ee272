import type { StockPointRow } from '@planwright/contracts';
import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { readOn } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { Loadable, SkeletonRows } from '../../../ui/loadable.tsx';
import { DataGrid } from '../../../ui/grid/data-grid.tsx';
import { Section } from '../../../ui/screen.tsx';
import { choiceOf, type SupplyScope } from '../supply-address.ts';
import { useSupplySummary } from '../supply-reads.ts';
import { PeriodGrid } from './period-grid.tsx';
import { planOf } from './plan-choice.ts';
import { RulesGrid } from './rules-grid.tsx';
import { stockColumns } from './stock-columns.ts';
import { KINDS, LISTS, ONLY, StockFilters } from './stock-filters.tsx';

const PAGE_ROWS = 200;
const PERIOD_ROWS = 100;

const kindOf = (given: string | undefined) => KINDS.find((kind) => kind === given);

/** What narrows and orders the stock points, the same for all three lists. */
export type StockQuery = ReturnType<typeof queryOf>;

function queryOf({ shown }: SupplyScope, limit: number) {
  const { q, location } = shown;
  const only = choiceOf(ONLY, shown.only);
  return { q, location, only, kind: kindOf(shown.kind), plan: planOf(shown), limit };
}

const NOTES = {
  totals: 'Short is what is not met when it is due, in the constrained plan and as lead times alone allow.',
  periods: 'Open a number to see why it is so.',
  rules:
    'Type into the shaded cells, drag them along, or paste a block from a spreadsheet: all of it is tried out together.',
} as const;

/** Every item at a location, the worst shortage of the plan in view first: totals, one measure by period, or how each is planned. */
export function StockPoints({ scope }: { scope: SupplyScope }) {
  const list = choiceOf(LISTS, scope.shown.list);
  return (
    <Section
      title="Stock points"
      note={`An item at a location, the worst shortage first. ${NOTES[list]}`}
      id="stock-points"
    >
      <StockFilters scope={scope} />
      <Loadable skeleton={<SkeletonRows rows={16} label="Loading the stock points" />} resetKey={list}>
        {list === 'periods' ? (
          <PeriodGrid scope={scope} query={queryOf(scope, PERIOD_ROWS)} />
        ) : list === 'rules' ? (
          <RulesGrid scope={scope} query={queryOf(scope, PAGE_ROWS)} />
        ) : (
          <TotalsGrid scope={scope} query={queryOf(scope, PAGE_ROWS)} />
        )}
      </Loadable>
    </Section>
  );
}

function TotalsGrid({ scope, query }: { scope: SupplyScope; query: StockQuery }) {
  const { slug } = useCompany();
  const list = useSuspenseInfiniteQuery(readOn('listStockPoints', { params: { company: slug }, query }));
  const rows = useMemo(() => list.data.pages.flatMap(({ items }) => items), [list.data]);
  const { currency } = useSupplySummary();
  const columns = useMemo(() => stockColumns(rows, currency), [rows, currency]);
  const { point } = scope.shown;
  const isSelected = useCallback((row: StockPointRow) => String(row.stockPointId) === point, [point]);
  return (
    <DataGrid
      label="Stock points"
      noun={['stock point', 'stock points']}
      rows={rows}
      columns={columns}
      rowsShown={16}
      fileName="stock-points"
      isSelected={isSelected}
      onOpen={(row) => scope.change({ point: String(row.stockPointId), bucket: undefined })}
      total={list.data.pages[0]?.total}
      onMore={() => (list.hasNextPage && !list.isFetchingNextPage ? void list.fetchNextPage() : undefined)}
      loadingMore={list.isFetchingNextPage}
    />
  );
}
