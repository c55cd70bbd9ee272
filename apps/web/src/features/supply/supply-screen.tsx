import { lazy } from 'react';
import { Loadable } from '../../ui/loadable.tsx';
import { StockView } from './stock/stock-view.tsx';
import { type SupplyView, useSupplyScope, viewOf } from './supply-address.ts';
import { ViewSkeleton } from './supply-frame.tsx';
import { SupplyDrafts } from './what-if/drafts.tsx';

const CapacityView = lazy(async () => ({
  default: (await import('./capacity/capacity-view.tsx')).CapacityView,
}));
const LateView = lazy(async () => ({ default: (await import('./late/late-view.tsx')).LateView }));
const ExceptionsView = lazy(async () => ({
  default: (await import('./exceptions/exceptions-view.tsx')).ExceptionsView,
}));
const ProposalsView = lazy(async () => ({
  default: (await import('./proposals/proposals-view.tsx')).ProposalsView,
}));
const NetworkView = lazy(async () => ({ default: (await import('./network/network-view.tsx')).NetworkView }));
const OptimumView = lazy(async () => ({ default: (await import('./optimum/optimum-view.tsx')).OptimumView }));
const PolicyView = lazy(async () => ({ default: (await import('./policy/policy-view.tsx')).PolicyView }));

const LAZY_VIEWS = {
  load: CapacityView,
  late: LateView,
  exceptions: ExceptionsView,
  orders: ProposalsView,
  network: NetworkView,
  optimum: OptimumView,
  policy: PolicyView,
} as const satisfies Record<Exclude<SupplyView, 'stock'>, unknown>;

/** Supply from every side: one view at a time, each with its own question, over one set of edits being tried out. */
export function SupplyScreen() {
  const scope = useSupplyScope();
  const view = viewOf(scope.shown);
  const View = view === 'stock' ? StockView : LAZY_VIEWS[view];
  return (
    <SupplyDrafts>
      <Loadable skeleton={<ViewSkeleton />} resetKey={view}>
        <View scope={scope} />
      </Loadable>
    </SupplyDrafts>
  );
}
