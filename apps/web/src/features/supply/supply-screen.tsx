import type { ApiOutput } from '@planwright/contracts';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { read } from '../../app/api.ts';
import { useCompany } from '../../app/session.ts';
import { Loadable, Skeleton, SkeletonBlock, SkeletonRows } from '../../ui/loadable.tsx';
import { NoPlan, usePlanExists } from '../../ui/no-plan.tsx';
import { countInWords, formatNumber, formatShareMet, moneyInWords } from '../../ui/number-format.ts';
import { Screen } from '../../ui/screen.tsx';
import { viewLink, Views } from '../../ui/views.tsx';
import { LoadView } from './load-view.tsx';
import { OrdersView } from './orders-view.tsx';
import { StockPointPanel } from './stock-point-panel.tsx';
import { StockView } from './stock-view.tsx';
import { type SupplyScope, useSupplyScope, viewOf } from './supply-address.ts';

export type SupplySummary = ApiOutput<'getSupplySummary'>;

/** Can we supply the plan: what runs short, where the load is too much, what to order. */
export function SupplyScreen() {
  const scope = useSupplyScope();
  const planExists = usePlanExists();
  const question = 'Can we supply the plan?';
  if (!planExists) {
    return (
      <Screen name="Supply" question={question} answer={<p>There is no supply plan yet.</p>}>
        <NoPlan what="what runs short and when, the load of each resource, and the orders that the plan proposes" />
      </Screen>
    );
  }
  return (
    <Screen
      name="Supply"
      question={question}
      answer={
        <Loadable skeleton={<Skeleton height={22} width="70%" />}>
          <Answer />
        </Loadable>
      }
      panel={<StockPointPanel scope={scope} />}
    >
      <SupplyViews />
      <Loadable
        skeleton={
          <>
            <SkeletonBlock height={280} label="Loading the supply plan" />
            <SkeletonRows rows={10} />
          </>
        }
      >
        <View scope={scope} />
      </Loadable>
    </Screen>
  );
}

export function useSupplySummary(): SupplySummary {
  const { slug } = useCompany();
  return useSuspenseQuery(read('getSupplySummary', { params: { company: slug } })).data;
}

function View({ scope }: { scope: SupplyScope }) {
  const view = viewOf(scope.shown);
  if (view === 'load') return <LoadView scope={scope} />;
  if (view === 'orders') return <OrdersView scope={scope} />;
  return <StockView scope={scope} />;
}

function Answer() {
  const summary = useSupplySummary();
  const { currency, shortStockPointCount, fillRatio, overloadedResourceCount } = summary;
  const load =
    overloadedResourceCount === 0
      ? 'No resource is loaded beyond its hours.'
      : `${countInWords(overloadedResourceCount, 'resource')} ${overloadedResourceCount === 1 ? 'is' : 'are'} loaded beyond ${overloadedResourceCount === 1 ? 'its' : 'their'} hours.`;
  if (shortStockPointCount === 0) {
    return (
      <p>
        <strong>Yes.</strong> All {countInWords(summary.stockPointCount, 'stock point')} are supplied over the
        horizon. {load}
      </p>
    );
  }
  return (
    <p>
      <strong>{fillRatio === null ? 'Part' : formatShareMet(fillRatio)}</strong> of demand is met in time:{' '}
      {formatNumber(shortStockPointCount)} of {countInWords(summary.stockPointCount, 'stock point')} run
      short, by <strong>{moneyInWords(summary.shortageValue, currency)}</strong>. {load}
    </p>
  );
}

function SupplyViews() {
  const { slug } = useCompany();
  const link = { to: '/c/$company/supply', params: { company: slug }, className: viewLink } as const;
  const exact = { exact: true, includeSearch: true } as const;
  const view = viewOf(useSupplyScope().shown);
  const mark = (name: string) => (view === name ? ('page' as const) : undefined);
  return (
    <Views label="Views of supply">
      <Link {...link} search={{}} activeOptions={exact} aria-current={mark('stock')}>
        Stock and shortages
      </Link>
      <Link {...link} search={{ view: 'load' }} activeOptions={exact} aria-current={mark('load')}>
        Load of resources
      </Link>
      <Link {...link} search={{ view: 'orders' }} activeOptions={exact} aria-current={mark('orders')}>
        Proposed orders
      </Link>
    </Views>
  );
}
