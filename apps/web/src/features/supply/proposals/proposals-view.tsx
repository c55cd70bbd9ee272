import { Choices } from '../../../ui/choices.tsx';
import { countInWords } from '../../../ui/number-format.ts';
import type { SupplyScope } from '../supply-address.ts';
import { SupplyFrame } from '../supply-frame.tsx';
import form from '../supply-form.module.css';
import { PlanOrders } from './plan-orders.tsx';
import { ProposalList } from './proposal-list.tsx';
import { ProposalPanel } from './proposal-panel.tsx';
import { SupplierRisks } from './supplier-risks.tsx';
import { spendInWords } from './spend-in-words.ts';
import { useProposals } from './use-proposals.ts';

const LISTS = [
  { value: 'proposals', label: 'To decide' },
  { value: 'plan', label: 'All orders of the plan' },
] as const;

/** What should we order now: proposals to sign and release, and behind them all orders of the plan. */
export function ProposalsView({ scope }: { scope: SupplyScope }) {
  const { list, late, order } = scope.shown;
  // Alerts lead to orders that should be out already, which only the list of the plan can narrow to.
  const ofPlan = list === 'plan' || late !== undefined || order !== undefined;
  return (
    <SupplyFrame
      scope={scope}
      view="orders"
      missing="the orders to make, buy and move that the plan proposes, to be approved and released"
      answer={<Answer />}
      panel={<ProposalPanel scope={scope} />}
    >
      <div className={form.bar}>
        <Choices
          label="Which orders"
          options={LISTS}
          value={ofPlan ? 'plan' : 'proposals'}
          onChange={(value) =>
            scope.change({
              list: value === 'plan' ? 'plan' : undefined,
              late: undefined,
              order: undefined,
              proposal: undefined,
            })
          }
        />
      </div>
      {ofPlan ? (
        <PlanOrders scope={scope} />
      ) : (
        <>
          <ProposalList scope={scope} />
          <SupplierRisks scope={scope} />
        </>
      )}
    </SupplyFrame>
  );
}

function Answer() {
  const { data } = useProposals({ status: 'proposed' });
  const page = data.pages[0];
  if (page === undefined) return null;
  const approved = page.counts.find(({ status }) => status === 'approved');
  if (page.total === 0) {
    return (
      <p>
        <strong>Nothing.</strong> No order must start soon.{' '}
        {approved === undefined || approved.count === 0
          ? ''
          : `${countInWords(approved.count, 'order')} ${approved.count === 1 ? 'is' : 'are'} approved and not released yet.`}
      </p>
    );
  }
  return (
    <p>
      <strong>{countInWords(page.total, 'proposal')}</strong> wait to be approved:{' '}
      <strong>{spendInWords(page.totals, page.currency)}</strong>
      {approved === undefined || approved.count === 0
        ? '.'
        : `; ${countInWords(approved.count, 'order')} ${approved.count === 1 ? 'is' : 'are'} approved and wait${approved.count === 1 ? 's' : ''} to be released, ${spendInWords(approved.totals, page.currency)}.`}
    </p>
  );
}
