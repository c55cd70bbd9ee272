import { randomBytes } from 'node:crypto';
import type { Member } from '@planwright/app';
import type { Auth, Credentials, MemberOf } from '@planwright/http';

/** The user that commands on this machine act as: whoever may read the data folder owns its data. */
const OPERATOR = { email: 'operator@planwright.invalid', name: 'Command line' };

export type Operator = {
  readonly userId: string;
  /** Bearer token of a session of the operator; goes into the private file of the data folder. */
  readonly token: string;
  /** Ends the session. */
  signOut(): Promise<void>;
};

/**
 * Signs the operator in for as long as the server runs. Its password is random and kept nowhere. `isAlone`: no other server
 * shares the database, so sessions that a killed one has left are ended first.
 */
export async function signInOperator(
  auth: Auth,
  credentials: Credentials,
  isAlone: boolean,
): Promise<Operator> {
  const password = randomBytes(48).toString('base64url');
  const { userId } = await credentials.createUser({ ...OPERATOR, password });
  if (isAlone) await credentials.endSessions(userId);
  const { internalAdapter } = await auth.context;
  const session = await internalAdapter.createSession(userId);
  return {
    userId,
    token: session.token,
    signOut: async () => {
      await internalAdapter.deleteSession(session.token);
    },
  };
}

/** The operator is an administrator of every company; everyone else is what their membership says. */
export function withOperator(
  operatorId: string,
  memberOf: MemberOf,
  companyOf: (slug: string) => Promise<Pick<Member, 'companyId' | 'company'> | undefined>,
): MemberOf {
  return async (userId, slug) => {
    if (userId !== operatorId) return memberOf(userId, slug);
    const company = await companyOf(slug);
    return company === undefined ? undefined : { ...company, role: 'admin' };
  };
}
