import { type Membership, type Permission, PERMISSIONS } from '@planwright/contracts';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { read } from './api.ts';

/** Who is signed in. Refused with 401 when nobody is. */
export const meQuery = read('getMe', { params: {} });

/** The company of the page's address, and what the signed-in person may do in it. */
export type CompanySession = {
  readonly slug: string;
  readonly membership: Membership;
  readonly may: (permission: Permission) => boolean;
  /** Why an act is not offered, for the title of a disabled button. */
  readonly whyNot: (permission: Permission) => string;
};

export function useCompany(): CompanySession {
  const { company } = useParams({ from: '/c/$company' });
  const { data: me } = useSuspenseQuery(meQuery);
  const membership = me.memberships.find((candidate) => candidate.company === company);
  if (membership === undefined) throw new Error(`You are not a member of ${company}.`);
  return {
    slug: company,
    membership,
    may: (permission) => membership.permissions.includes(permission),
    whyNot: (permission) =>
      `Only ${rolesInWords(PERMISSIONS[permission])} may do this. You are ${membership.role}.`,
  };
}

function rolesInWords(roles: readonly string[]): string {
  return roles.length < 2 ? roles.join() : `${roles.slice(0, -1).join(', ')} and ${roles.at(-1)}`;
}
