import { Menu } from '@mantine/core';
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { client } from './client.ts';
import css from './header.module.css';
import { meQuery, useCompany } from './session.ts';

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return `${words[0]?.[0] ?? ''}${words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''}`.toUpperCase();
}

/** Who is signed in, as what, and the way out. */
export function UserMenu() {
  const { data: me } = useSuspenseQuery(meQuery);
  const { membership } = useCompany();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const leave = async (): Promise<void> => {
    await client.signOut();
    queries.clear();
    await navigate({ to: '/sign-in' });
  };
  return (
    <Menu>
      <Menu.Target>
        <button type="button" className={css.who} aria-label={`${initials(me.name)}, account of ${me.name}`}>
          {initials(me.name)}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <p className={css.whoLine}>
          <strong>{me.name}</strong>
          {me.email}
          <br />
          {membership.role} of {membership.companyName}
        </p>
        <Menu.Divider />
        <Menu.Item onClick={() => void leave()}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
