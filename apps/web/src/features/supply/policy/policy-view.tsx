import type { PolicyProposal } from '@planwright/contracts';
import { useInfiniteQuery, useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { readOn } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { countInWords, formatNumber, moneyInWords } from '../../../ui/number-format.ts';
import { Section } from '../../../ui/screen.tsx';
import type { SupplyScope } from '../supply-address.ts';
import { SupplyFrame } from '../supply-frame.tsx';
import { PolicyList } from './policy-list.tsx';
import { PolicyMatrix } from './policy-matrix.tsx';

const PAGE_ROWS = 500;
// The matrix counts what is read; beyond so many rows it says that it is only of the first.
const ROWS_READ_MAX = 5000;

/** How much stock is enough: service by class, and what each stock point should keep against what it keeps. */
export function PolicyView({ scope }: { scope: SupplyScope }) {
  return (
    <SupplyFrame
      scope={scope}
      view="policy"
      missing="the classes of stock points with their service levels, and the safety stock each should keep"
      answer={<Answer />}
    >
      <Policies scope={scope} />
    </SupplyFrame>
  );
}

function listOptions(company: string) {
  return readOn('listPolicyProposals', { params: { company }, query: { limit: PAGE_ROWS } });
}

function Answer() {
  const { slug } = useCompany();
  const { data } = useSuspenseInfiniteQuery(listOptions(slug));
  const page = data.pages[0];
  if (page === undefined || page.total === 0) return <p>Nothing can be proposed yet.</p>;
  const way = page.valueChange > 0 ? 'bind' : 'free';
  return (
    <p>
      Keeping what demand and lead times ask for would {way}{' '}
      <strong>{moneyInWords(Math.abs(page.valueChange), page.currency)}</strong> of stock, over{' '}
      {countInWords(page.total, 'stock point')}.
    </p>
  );
}

/** All proposals, read page after page: classes are counted over all of them. */
function useAllProposals() {
  const { slug } = useCompany();
  const first = useSuspenseInfiniteQuery(listOptions(slug));
  const list = useInfiniteQuery(listOptions(slug));
  const rows = useMemo(() => first.data.pages.flatMap(({ items }) => items), [first.data]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const goesOn = hasNextPage && rows.length < ROWS_READ_MAX;
  useEffect(() => {
    if (goesOn && !isFetchingNextPage) void fetchNextPage();
  }, [goesOn, isFetchingNextPage, fetchNextPage]);
  const page = first.data.pages[0];
  return { rows, total: page?.total ?? 0, currency: page?.currency ?? '' };
}

export type PolicyClass = Pick<PolicyProposal, 'valueClass' | 'steadinessClass'>;

function Policies({ scope }: { scope: SupplyScope }) {
  const { rows, total, currency } = useAllProposals();
  const { value, steadiness } = scope.shown;
  const shown = useMemo(
    () =>
      rows.filter(
        (row) =>
          (value === undefined || row.valueClass === value) &&
          (steadiness === undefined || row.steadinessClass === steadiness),
      ),
    [rows, value, steadiness],
  );
  if (rows.length === 0) {
    return (
      <EmptyState
        title="Here will be what each stock point should keep."
        why="The plan in view has no stock point with demand and a lead time to judge by. Import stock, demand and sources, then run the plan."
      />
    );
  }
  return (
    <>
      <Section
        title="Value against steadiness of demand"
        note={`Each class has its own service level. Choose one to see its stock points.${rows.length < total ? ` Counted over the first ${formatNumber(rows.length)} of ${formatNumber(total)}.` : ''}`}
        id="classes"
      >
        <PolicyMatrix
          rows={rows}
          currency={currency}
          chosen={{ value, steadiness }}
          onChoose={(chosen) =>
            scope.change({ value: chosen?.valueClass, steadiness: chosen?.steadinessClass })
          }
        />
      </Section>
      <PolicyList rows={shown} currency={currency} scope={scope} />
    </>
  );
}
