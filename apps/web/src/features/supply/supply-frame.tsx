import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useCompany } from '../../app/session.ts';
import { Loadable, Skeleton, SkeletonBlock, SkeletonRows } from '../../ui/loadable.tsx';
import { NoPlan, usePlanExists } from '../../ui/no-plan.tsx';
import { Screen } from '../../ui/screen.tsx';
import { viewLink, Views } from '../../ui/views.tsx';
import { questionOf, SUPPLY_VIEWS, type SupplyScope, type SupplyView, viewOf } from './supply-address.ts';
import { DraftPart } from './what-if/draft-part.tsx';
import { WhyPanel } from './why/why-panel.tsx';

/**
 * One view of supply: its question, its answer, the switch of views, and below all the edits that are being tried
 * out. `missing` says what will be here once there is a plan.
 */
export function SupplyFrame(props: {
  scope: SupplyScope;
  view: SupplyView;
  missing: string;
  answer: ReactNode;
  question?: string;
  panel?: ReactNode;
  tools?: ReactNode;
  children: ReactNode;
}) {
  const { scope, view } = props;
  const question = props.question ?? questionOf(view);
  if (!usePlanExists()) {
    return (
      <Screen name="Supply" question={question} answer={<p>There is no supply plan yet.</p>}>
        <SupplyNav scope={scope} />
        <NoPlan what={props.missing} />
      </Screen>
    );
  }
  const answer = <Loadable skeleton={<Skeleton height={22} width="70%" />}>{props.answer}</Loadable>;
  const { why } = scope.shown;
  return (
    <Screen
      name="Supply"
      question={question}
      answer={answer}
      tools={props.tools}
      panel={why === undefined ? props.panel : <WhyPanel scope={scope} asked={why} />}
    >
      <SupplyNav scope={scope} />
      <Loadable skeleton={<ViewSkeleton />} resetKey={view}>
        {props.children}
      </Loadable>
      <DraftPart />
    </Screen>
  );
}

export function ViewSkeleton() {
  return (
    <>
      <SkeletonBlock height={240} label="Loading the supply plan" />
      <SkeletonRows rows={10} />
    </>
  );
}

function SupplyNav({ scope }: { scope: SupplyScope }) {
  const { slug } = useCompany();
  const current = viewOf(scope.shown);
  return (
    <Views label="Views of supply">
      {SUPPLY_VIEWS.map(({ view, name }) => (
        <Link
          key={view}
          to="/c/$company/supply"
          params={{ company: slug }}
          search={view === 'stock' ? {} : { view }}
          className={viewLink}
          activeOptions={{ exact: true, includeSearch: true }}
          aria-current={view === current ? 'page' : undefined}
        >
          {name}
        </Link>
      ))}
    </Views>
  );
}
