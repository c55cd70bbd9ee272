import { Button } from '@mantine/core';
import { type Member, ROLES, type Role } from '@planwright/contracts';
import { useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { readOn, useWrite } from '../../app/api.ts';
import { meQuery, useCompany } from '../../app/session.ts';
import { formatAgo, formatDay } from '../../ui/date-format.ts';
import { NativeChoice } from '../../ui/native-choice.tsx';
import { Refused } from '../../ui/problem.tsx';
import { Section } from '../../ui/screen.tsx';
import { StatusWord } from '../../ui/status-word.tsx';
import table from '../../ui/table.module.css';
import { NewMember } from './new-member.tsx';

/** The people of the company: their role, whether they are shut out, and when they were last here. */
export function MembersView() {
  const { slug } = useCompany();
  const list = useSuspenseInfiniteQuery(
    readOn('listMembers', { params: { company: slug }, query: { limit: 200 } }),
  );
  const [adding, setAdding] = useState(false);
  const members = list.data.pages.flatMap(({ items }) => items);
  return (
    <Section title="People" id="people" tools={<Button onClick={() => setAdding(true)}>Add a person</Button>}>
      <div className={table.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">E-mail</th>
              <th scope="col">Role</th>
              <th scope="col">State</th>
              <th scope="col">Added</th>
              <th scope="col">Last here</th>
              <th scope="col">
                <span className="pw-hidden">Acts</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {members.map((member) => (
              <MemberRow key={member.userId} member={member} />
            ))}
          </tbody>
        </table>
      </div>
      {list.hasNextPage ? (
        <Button
          variant="default"
          mt={8}
          onClick={() => void list.fetchNextPage()}
          loading={list.isFetchingNextPage}
        >
          Read on
        </Button>
      ) : null}
      {adding ? <NewMember onClose={() => setAdding(false)} /> : null}
    </Section>
  );
}

const isRole = (value: string): value is Role => ROLES.some((role) => role === value);

function MemberRow({ member }: { member: Member }) {
  const { slug } = useCompany();
  const { data: me } = useSuspenseQuery(meQuery);
  const change = useWrite('changeMember');
  const params = { company: slug, userId: member.userId };
  const self = member.userId === me.id;
  return (
    <>
      <tr>
        <th scope="row">
          {member.name}
          {self ? <span className={table.quiet}> · you</span> : null}
        </th>
        <td>{member.email}</td>
        <td>
          {self ? (
            member.role
          ) : (
            <NativeChoice
              label={`Role of ${member.name}`}
              hideLabel
              value={member.role}
              options={ROLES.map((role) => ({ value: role, label: role }))}
              onChange={(role) => (isRole(role) ? change.mutate({ params, body: { role } }) : undefined)}
            />
          )}
        </td>
        <td>
          <StatusWord tone={member.disabled ? 'neutral' : 'good'}>
            {member.disabled ? 'Shut out' : 'Active'}
          </StatusWord>
        </td>
        <td>{formatDay(member.createdAt)}</td>
        <td>
          {member.lastSeenAt === null ? (
            <span className={table.quiet}>never</span>
          ) : (
            formatAgo(member.lastSeenAt)
          )}
        </td>
        <td className={table.number}>
          {self ? null : (
            <Button
              size="xs"
              variant="default"
              loading={change.isPending}
              aria-label={`${member.disabled ? 'Let in' : 'Shut out'} ${member.name}`}
              onClick={() => change.mutate({ params, body: { disabled: !member.disabled } })}
            >
              {member.disabled ? 'Let in' : 'Shut out'}
            </Button>
          )}
        </td>
      </tr>
      {change.error === null ? null : (
        <tr>
          <td colSpan={7}>
            <Refused error={change.error} />
          </td>
        </tr>
      )}
    </>
  );
}
