import type { Permission } from '@planwright/contracts';
import { Link, useSearch } from '@tanstack/react-router';
import { useCompany } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loadable, SkeletonRows } from '../../ui/loadable.tsx';
import { Screen } from '../../ui/screen.tsx';
import { viewLink, Views } from '../../ui/views.tsx';
import { AuditView } from './audit-view.tsx';
import { CompanySettings } from './company-settings.tsx';
import { MembersView } from './members-view.tsx';
import { NewCompanyPart } from './new-company-part.tsx';

const VIEWS = [
  {
    view: 'people',
    label: 'People',
    permission: 'users.manage',
    what: 'the people of the company and their roles',
  },
  {
    view: 'company',
    label: 'Company',
    permission: 'company.manage',
    what: 'the calendar, the planning date and the goal',
  },
  { view: 'audit', label: 'Audit trail', permission: 'audit.read', what: 'who changed what, and when' },
] as const satisfies readonly { view: string; label: string; permission: Permission; what: string }[];

/** Who may do what, how the company plans, and what was changed. */
export function AdminScreen() {
  const { slug, membership } = useCompany();
  const { view } = useSearch({ from: '/c/$company/admin' });
  const current = VIEWS.find((candidate) => candidate.view === view) ?? VIEWS[0];
  return (
    <Screen
      name="Admin"
      question="Who may do what?"
      answer={
        <p>
          You are <strong>{membership.role}</strong> of {membership.companyName}.
        </p>
      }
    >
      <Views label="Views of administration">
        {VIEWS.map((entry) => (
          <Link
            key={entry.view}
            to="/c/$company/admin"
            params={{ company: slug }}
            search={{ view: entry.view }}
            className={viewLink}
            aria-current={entry === current ? 'page' : undefined}
          >
            {entry.label}
          </Link>
        ))}
      </Views>
      <Loadable key={current.view} skeleton={<SkeletonRows rows={8} label={`Loading ${current.label}`} />}>
        <View current={current} />
      </Loadable>
    </Screen>
  );
}

function View({ current }: { current: (typeof VIEWS)[number] }) {
  const { may, whyNot } = useCompany();
  if (!may(current.permission))
    return <EmptyState title={`Here is ${current.what}.`} why={whyNot(current.permission)} />;
  if (current.view === 'audit') return <AuditView />;
  if (current.view === 'people') return <MembersView />;
  return (
    <>
      <CompanySettings />
      <NewCompanyPart />
    </>
  );
}
