import { Link } from '@tanstack/react-router';
import { useCompany } from '../../app/session.ts';
import { viewLink, Views } from '../../ui/views.tsx';
import { DEMAND_VIEWS, type DemandScope, viewOf } from './demand-scope.ts';

/** The views of demand. What is selected stays selected from one to the next. */
export function DemandViews({ scope }: { scope: DemandScope }) {
  const { slug } = useCompany();
  const { group, item, location, channel } = scope.shown;
  const current = viewOf(scope.shown);
  return (
    <Views label="Views of demand">
      {DEMAND_VIEWS.map(({ view, name }) => (
        <Link
          key={view}
          to="/c/$company/demand"
          params={{ company: slug }}
          search={{ group, item, location, channel, view: view === 'forecast' ? undefined : view }}
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
