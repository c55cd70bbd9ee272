import { Link } from '@tanstack/react-router';
import { useCompany } from '../../app/session.ts';
import { viewLink, Views } from '../../ui/views.tsx';
import { DEMAND_VIEWS, type DemandScope, viewOf } from './demand-scope.ts';

/** The views of demand. What is selected stays selected from one to the next. */
export function DemandViews({ scope }: { scope: DemandScope }) {
  const { slug } = useCompany();
  const current = viewOf(scope.shown);
  // What narrows a view is still in force on the way back to it; what was opened in it is not.
  const kept = { ...scope.shown, stream: undefined, bucket: undefined, event: undefined, launch: undefined };
  return (
    <Views label="Views of demand">
      {DEMAND_VIEWS.map(({ view, name }) => (
        <Link
          key={view}
          to="/c/$company/demand"
          params={{ company: slug }}
          search={{ ...kept, view: view === 'forecast' ? undefined : view }}
          className={viewLink}
          activeOptions={{ exact: true, includeSearch: true }}
          aria-current={view === current ? 'page' : undefined}
        >
          {name}
        </Link>
      ))}
      {current === 'stream' ? (
        <span className={viewLink} aria-current="page">
          One stream
        </span>
      ) : null}
    </Views>
  );
}
