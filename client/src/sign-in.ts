import { z } from 'zod';
import type { Connection } from './connection.ts';

const User = z.object({ id: z.string(), email: z.string(), name: z.string() });
const SignedIn = z.object({ token: z.string(), user: User });
const CurrentSession = z.object({ user: User, session: z.object({ expiresAt: z.string() }) });

export type SignedIn = z.infer<typeof SignedIn>;
export type CurrentSession = z.infer<typeof CurrentSession>;

export type SignIn = {
  /** In a page this sets the cookie. A script keeps `token` and gives it to its next client. */
  signIn(given: { email: string; password: string; rememberMe?: boolean }): Promise<SignedIn>;
  signOut(): Promise<void>;
  /** The session of the caller; also renews it, so a page that stays open asks now and then. */
  getSession(): Promise<CurrentSession>;
  /** Ends every other session. `token` replaces the one that was used. */
  changePassword(given: { currentPassword: string; newPassword: string }): Promise<SignedIn>;
  endOtherSessions(): Promise<void>;
};

export function createSignIn(connection: Connection): SignIn {
  const post = (path: string, body?: unknown) => connection.send({ method: 'POST', path, body });
  return {
    signIn: async (given) => SignedIn.parse(await (await post('/auth/sign-in/email', given)).json()),
    signOut: async () => void (await post('/auth/sign-out')),
    getSession: async () => {
      const response = await connection.send({ method: 'GET', path: '/auth/get-session' });
      return CurrentSession.parse(await response.json());
    },
    changePassword: async (given) =>
      SignedIn.parse(await (await post('/auth/change-password', given)).json()),
    endOtherSessions: async () => void (await post('/auth/revoke-other-sessions')),
  };
}
