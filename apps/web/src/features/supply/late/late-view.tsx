import type { SupplyDemand } from '@planwright/contracts';
import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { readOn } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { DataGrid } from '../../../ui/grid/data-grid.tsx';
import { countInWords, formatNumber, moneyInWords } from '../../../ui/number-format.ts';
import { Section } from '../../../ui/screen.tsx';
import { CAUSES, type DelayCause } from '../delay-causes.ts';
import { choiceOf, type SupplyScope } from '../supply-address.ts';
import { SupplyFrame } from '../supply-frame.tsx';
import { useConstrainedSummary } from '../supply-reads.ts';
import { whyAddress } from '../why/why-address.ts';
import { CauseBars } from './cause-bars.tsx';
import { demandColumns } from './demand-columns.ts';
import { DEMAND_KINDS, LateFilters, WHICH } from './late-filters.tsx';

const PAGE_ROWS = 200;

/** Demand that the constrained plan serves late or short, the dearest first, each with its cause. */
export function LateView({ scope }: { scope: SupplyScope }) {
  return (
    <SupplyFrame
      scope={scope}
      view="late"
      missing="the orders and forecasts that come late or short, with what holds each up"
      answer={<Answer />}
    >
      <CauseBars scope={scope} />
      <Demands scope={scope} />
    </SupplyFrame>
  );
}

function Answer() {
  const { figures, bottlenecks, currency } = useConstrainedSummary();
  const [worst] = bottlenecks;
  const failing = figures.lateValue + figures.shortValue;
  if (failing === 0) {
    return (
      <p>
        <strong>Nothing.</strong> Every order and every forecast is served in time.
      </p>
    );
  }
  return (
    <p>
      <strong>{moneyInWords(failing, currency)}</strong> of demand comes late or not at all
      {figures.meanDelayDays === null
        ? ''
        : `; what is late comes ${formatNumber(figures.meanDelayDays, figures.meanDelayDays < 10 ? 1 : 0)} days after it is due, on average`}
      .
      {figures.backlogValue > 0
        ? ` ${moneyInWords(figures.backlogValue, currency)} is owed to customers already.`
        : ''}
      {worst === undefined ? '' : ` The dearest cause: ${worst.subject}.`}
    </p>
  );
}

export const causeOf = (given: string | undefined): DelayCause | undefined =>
  Object.keys(CAUSES).find((cause): cause is DelayCause => cause === given);

function Demands({ scope }: { scope: SupplyScope }) {
  const { slug } = useCompany();
  const { currency } = useConstrainedSummary();
  const { item, location, customer, only, kind, why } = scope.shown;
  const chosen = choiceOf(DEMAND_KINDS, kind);
  const query = {
    only: choiceOf(WHICH, only),
    kind: chosen === 'all' ? undefined : chosen,
    cause: causeOf(scope.shown.cause),
    customer,
    item,
    location,
    limit: PAGE_ROWS,
  };
  const list = useSuspenseInfiniteQuery(readOn('listSupplyDemands', { params: { company: slug }, query }));
  const rows = useMemo(() => list.data.pages.flatMap(({ items }) => items), [list.data]);
  const columns = useMemo(() => demandColumns(rows, currency), [rows, currency]);
  const isSelected = useCallback(
    (row: SupplyDemand) => why === whyAddress({ of: 'demand', id: row.number }),
    [why],
  );
  const total = list.data.pages[0]?.total ?? 0;
  return (
    <Section
      title={`${countInWords(total, 'demand')}, the dearest failure first`}
      note="Open one to see why, down to the constraint. A customer or a cause narrows the list."
      id="demands"
    >
      <LateFilters scope={scope} />
      <DataGrid
        label="Demands of the constrained plan"
        noun={['demand', 'demands']}
        rows={rows}
        columns={columns}
        rowsShown={16}
        fileName="late-demand"
        isSelected={isSelected}
        onOpen={(row, columnId) => {
          if (columnId === 'customer' && row.customer !== null) scope.change({ customer: row.customer });
          else scope.change({ why: whyAddress({ of: 'demand', id: row.number }) });
        }}
        total={total}
        onMore={() => (list.hasNextPage && !list.isFetchingNextPage ? void list.fetchNextPage() : undefined)}
        loadingMore={list.isFetchingNextPage}
      />
    </Section>
  );
}
