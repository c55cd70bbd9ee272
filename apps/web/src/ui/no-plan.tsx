import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { read } from '../app/api.ts';
import { RunButton } from '../app/plan-state.tsx';
import { useCompany } from '../app/session.ts';
import { EmptyState } from './empty-state.tsx';

/** Whether a plan has been published that the screens can show. */
export function usePlanExists(): boolean {
  const { slug } = useCompany();
  return useSuspenseQuery(read('getCompany', { params: { company: slug } })).data.publishedRunId !== null;
}

/** Where a screen shows the plan and there is none: what will be here, why it is not, one button. */
export function NoPlan({ what }: { what: string }) {
  const { slug } = useCompany();
  const { data } = useSuspenseQuery(read('getCompany', { params: { company: slug } }));
  const hasData = data.asOf !== null;
  return (
    <EmptyState
      title={`Here will be ${what}.`}
      why={hasData ? 'The data is here, but no plan is published yet.' : 'This company has no data yet.'}
      action={
        hasData ? (
          <RunButton strong />
        ) : (
          <Link to="/c/$company/data" params={{ company: slug }}>
            Import data
          </Link>
        )
      }
    />
  );
}
