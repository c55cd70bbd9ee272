import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { formatDay } from '../ui/date-format.ts';
import { read } from './api.ts';
import { CompanySwitch } from './company-switch.tsx';
import css from './header.module.css';
import { PlanState } from './plan-state.tsx';
import { SearchButton } from './search-palette.tsx';
import { useCompany } from './session.ts';
import { ThemeToggle } from './theme-toggle.tsx';
import { UserMenu } from './user-menu.tsx';

/** Where we are and when: company, cycle, scenario, planning date, state of the plan; then the tools. */
export function Header() {
  const { slug } = useCompany();
  const { data: overview } = useQuery(read('getCompany', { params: { company: slug } }));
  return (
    <header className={css.header}>
      <CompanySwitch />
      <dl className={css.facts}>
        <div>
          <dt>Cycle</dt>
          <dd>
            <Link to="/c/$company/cycle" params={{ company: slug }}>
              {overview?.currentCycleName ?? 'none open'}
            </Link>
          </dd>
        </div>
        <div>
          <dt>Scenario</dt>
          <dd>{overview?.scenario.name ?? '…'}</dd>
        </div>
        <div>
          <dt>As of</dt>
          <dd>{overview === undefined ? '…' : formatDay(overview.asOf)}</dd>
        </div>
      </dl>
      <PlanState />
      <div className={css.tools}>
        <SearchButton />
        <ThemeToggle />
        <UserMenu />
      </div>
    </header>
  );
}
