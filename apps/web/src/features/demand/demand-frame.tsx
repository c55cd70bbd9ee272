import type { ReactNode } from 'react';
import { NoPlan, usePlanExists } from '../../ui/no-plan.tsx';
import { Screen } from '../../ui/screen.tsx';
import { DemandFilters } from './demand-filters.tsx';
import type { DemandScope } from './demand-scope.ts';
import { DemandViews } from './demand-views.tsx';

/** One view of demand: its question, its answer, the switch of views, what narrows it, then the view itself. */
export function DemandFrame(props: {
  scope: DemandScope;
  question: string;
  answer: ReactNode;
  tools?: ReactNode;
  panel?: ReactNode;
  /** Group, item, location and channel narrow this view. */
  narrows?: boolean;
  children: ReactNode;
}) {
  const { scope, question, answer, tools, panel } = props;
  return (
    <Screen name="Demand" question={question} answer={answer} tools={tools} panel={panel}>
      <DemandViews scope={scope} />
      {props.narrows === true ? <DemandFilters scope={scope} /> : null}
      {props.children}
    </Screen>
  );
}

/** A view that shows the published plan; where there is none, what it would show (`missing`). */
export function OfThePlan(props: {
  scope: DemandScope;
  question: string;
  missing: string;
  children: ReactNode;
}) {
  const { scope, question, missing } = props;
  if (usePlanExists()) return props.children;
  return (
    <DemandFrame scope={scope} question={question} answer={<p>There is no forecast yet.</p>}>
      <NoPlan what={missing} />
    </DemandFrame>
  );
}
