import { Menu } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Icon } from '../ui/icon.tsx';
import css from './header.module.css';
import { meQuery, useCompany } from './session.ts';

/** The company's name; a menu where the person belongs to several. */
export function CompanySwitch() {
  const { membership, slug } = useCompany();
  const { data: me } = useSuspenseQuery(meQuery);
  const navigate = useNavigate();
  if (me.memberships.length < 2) return <span className={css.company}>{membership.companyName}</span>;
  const open = (company: string): void => void navigate({ to: '/c/$company/home', params: { company } });
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button
          type="button"
          className={css.company}
          aria-label={`Company ${membership.companyName}, change`}
        >
          {membership.companyName}
          <Icon name="down" size={12} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Companies</Menu.Label>
        {me.memberships.map(({ company, companyName, role }) => (
          <Menu.Item
            key={company}
            onClick={() => open(company)}
            aria-current={company === slug ? 'true' : undefined}
          >
            <strong>{companyName}</strong> · {role}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
