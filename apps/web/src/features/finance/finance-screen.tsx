import type { ApiOutput } from '@planwright/contracts';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useDeferredValue } from 'react';
import { read } from '../../app/api.ts';
import { useCompany } from '../../app/session.ts';
import { Choices } from '../../ui/choices.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loadable, Skeleton, SkeletonBlock } from '../../ui/loadable.tsx';
import { NoPlan, usePlanExists } from '../../ui/no-plan.tsx';
import { formatChange, MISSING, moneyInWords } from '../../ui/number-format.ts';
import { Screen, Section } from '../../ui/screen.tsx';
import { FinancePicture } from './finance-picture.tsx';
import { FiscalYears } from './fiscal-years.tsx';
import { GroupTable } from './group-table.tsx';

export type Finance = ApiOutput<'getFinance'>;
export type MeasureName = Finance['lines'][number]['measure'];

const MEASURES = [
  { value: 'revenue', label: 'Revenue' },
  { value: 'cost', label: 'Cost' },
  { value: 'margin', label: 'Margin' },
  { value: 'inventory', label: 'Inventory' },
] as const;

/** Does the plan make the money: plan, budget and last year by period and year, and where the gap is. */
export function FinanceScreen() {
  const { may, whyNot } = useCompany();
  const planExists = usePlanExists();
  const question = 'Does the plan make the money?';
  if (!may('finance.read')) {
    return (
      <Screen name="Finance" question={question} answer={<p>Your role does not show money.</p>}>
        <EmptyState
          title="Here are revenue, cost, margin and stock against budget and last year."
          why={whyNot('finance.read')}
        />
      </Screen>
    );
  }
  if (!planExists) {
    return (
      <Screen name="Finance" question={question} answer={<p>There is no plan to turn into money yet.</p>}>
        <NoPlan what="revenue, cost, margin and stock by period: actual, plan, budget and last year" />
      </Screen>
    );
  }
  return (
    <Screen
      name="Finance"
      question={question}
      answer={
        <Loadable skeleton={<Skeleton height={22} width="70%" />}>
          <Answer />
        </Loadable>
      }
    >
      <Loadable skeleton={<SkeletonBlock height={560} label="Loading the money" />}>
        <Money />
      </Loadable>
    </Screen>
  );
}

function useFinance(): { finance: Finance; group: string | undefined; measure: MeasureName } {
  const { slug } = useCompany();
  const address = useDeferredValue(useSearch({ from: '/c/$company/finance' }));
  const { data } = useSuspenseQuery(
    read('getFinance', { params: { company: slug }, query: { group: address.group } }),
  );
  const measure = MEASURES.find(({ value }) => value === address.measure)?.value ?? 'revenue';
  return { finance: data, group: address.group, measure };
}

function Answer() {
  const { finance } = useFinance();
  const row = yearInHand(finance);
  if (row === undefined) return <p>The plan reaches no fiscal year yet.</p>;
  const { outlook, budget, gapToBudget, lastYear } = row;
  const margin = finance.fiscalYears.find(
    ({ fiscalYear, measure }) => fiscalYear === row.fiscalYear && measure === 'margin',
  );
  const growth = formatChange(outlook, lastYear);
  return (
    <p>
      {row.label} comes to <strong>{moneyInWords(outlook, finance.currency)}</strong> revenue
      {margin?.outlook === undefined ? '' : ` and ${moneyInWords(margin.outlook, finance.currency)} margin`}
      {budget === null || gapToBudget === null ? (
        ''
      ) : (
        <>
          , <strong>{moneyInWords(Math.abs(gapToBudget), finance.currency)}</strong>{' '}
          {gapToBudget < 0 ? 'below' : 'above'} the budget
        </>
      )}
      {growth === MISSING ? '' : `, ${growth} on the year before`}.
      {row.complete ? '' : ' The plan ends before the year does.'}
    </p>
  );
}

/** The fiscal year to speak of: the first with something still ahead that the plan covers to its end. */
function yearInHand({ fiscalYears }: Finance) {
  const revenue = fiscalYears.filter(({ measure, outlook }) => measure === 'revenue' && outlook !== null);
  const open = revenue.filter(({ outlook, actualToDate }) => (outlook ?? 0) > (actualToDate ?? 0));
  return open.find(({ complete }) => complete) ?? open[0] ?? revenue.at(-1);
}

function Money() {
  const { finance, group, measure } = useFinance();
  const navigate = useNavigate({ from: '/c/$company/finance' });
  const change = (changed: { group?: string; measure?: string }): void =>
    void navigate({ search: (before) => ({ ...before, ...changed }) });
  const groupName = group === undefined ? 'All items' : group;
  return (
    <>
      <FilterBar
        chips={
          group === undefined
            ? []
            : [{ name: 'Group', value: group, onRemove: () => change({ group: undefined }) }]
        }
      >
        <Choices
          label="Measure"
          options={MEASURES}
          value={measure}
          onChange={(value) => change({ measure: value === 'revenue' ? undefined : value })}
        />
      </FilterBar>
      <Section title={groupName} id="by-period">
        <FinancePicture finance={finance} measure={measure} />
      </Section>
      <Section
        title="By fiscal year"
        note="Outlook is the actual so far plus the plan for the rest. Estimates, not the ledger."
        id="years"
      >
        <FiscalYears finance={finance} />
      </Section>
      <Section
        title="By item group"
        note="The next year of the plan beside the last year of history."
        id="groups"
      >
        <GroupTable finance={finance} onGroup={(code) => change({ group: code })} />
      </Section>
      {finance.notes.length === 0 ? null : (
        <Section title="How the money was found" id="notes">
          <ul style={{ display: 'grid', gap: 4, maxWidth: '100ch' }}>
            {finance.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
