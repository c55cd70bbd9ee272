import { randomInt } from 'node:crypto';
import { type Auth, PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from './auth.ts';

export type Person = { readonly userId: string; readonly email: string; readonly name: string };

/** What the rules may do with sign-ins: for services that add people, reset passwords, or shut people out. */
export type Credentials = {
  /** A person with that address, whatever their companies. */
  findByEmail(email: string): Promise<Person | undefined>;
  /** Makes a user. Where the address is taken that user is returned, with name and password as they were. */
  createUser(given: {
    email: string;
    name: string;
    password: string;
  }): Promise<Person & { readonly created: boolean }>;
  /** Sets a password and ends every session of the user. */
  setPassword(userId: string, password: string): Promise<void>;
  endSessions(userId: string): Promise<void>;
};

function assertPasswordLength(password: string): void {
  if (password.length < PASSWORD_LENGTH_MIN || password.length > PASSWORD_LENGTH_MAX) {
    throw new Error(`A password has ${PASSWORD_LENGTH_MIN} to ${PASSWORD_LENGTH_MAX} characters.`);
  }
}

export function createCredentials(auth: Auth): Credentials {
  const findByEmail = async (email: string): Promise<Person | undefined> => {
    const { internalAdapter } = await auth.context;
    const found = await internalAdapter.findUserByEmail(email.trim().toLowerCase());
    return found === null
      ? undefined
      : { userId: found.user.id, email: found.user.email, name: found.user.name };
  };

  const storePassword = async (userId: string, password: string): Promise<void> => {
    const context = await auth.context;
    const hash = await context.password.hash(password);
    const account = await context.internalAdapter.findCredentialAccount(userId);
    if (account !== null) return context.internalAdapter.updatePassword(userId, hash);
    const fresh = { userId, providerId: 'credential', accountId: userId, password: hash };
    await context.internalAdapter.linkAccount(fresh);
  };

  return {
    findByEmail,
    async createUser({ email, name, password }) {
      assertPasswordLength(password);
      const address = email.trim().toLowerCase();
      const { internalAdapter } = await auth.context;
      let created = false;
      let person = await findByEmail(address);
      if (person === undefined) {
        const fresh = { email: address, name: name.trim(), emailVerified: true };
        try {
          const user = await internalAdapter.createUser(fresh, { method: 'email-password' });
          person = { userId: user.id, email: user.email, name: user.name };
          created = true;
        } catch (error) {
          // Somebody else took the address between the look and the insert.
          person = await findByEmail(address);
          if (person === undefined) throw error;
        }
      }
      // A crash may have come between the user and the password: then this finishes it.
      const account = await internalAdapter.findCredentialAccount(person.userId);
      if (account === null) await storePassword(person.userId, password);
      return { ...person, created };
    },
    async setPassword(userId, password) {
      assertPasswordLength(password);
      await storePassword(userId, password);
      const { internalAdapter } = await auth.context;
      await internalAdapter.deleteUserSessions(userId);
    },
    async endSessions(userId) {
      const { internalAdapter } = await auth.context;
      await internalAdapter.deleteUserSessions(userId);
    },
  };
}

// Without 0/O, 1/l/I: it is read from a terminal and typed.
const PASSWORD_LETTERS = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Four groups of five letters, about 116 bits. */
export function randomPassword(): string {
  const group = () =>
    Array.from({ length: 5 }, () => PASSWORD_LETTERS[randomInt(PASSWORD_LETTERS.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}

/**
 * Makes the first user of an empty installation. There is no default password: the one that is returned
 * is random, shown once by the server, and stored only as its hash.
 *
 * @returns undefined where any user exists.
 */
export async function ensureFirstAdmin(
  auth: Auth,
  given: { email: string; name: string; password?: string },
): Promise<(Person & { readonly password: string }) | undefined> {
  const { internalAdapter } = await auth.context;
  if ((await internalAdapter.countTotalUsers()) > 0) return undefined;
  const password = given.password ?? randomPassword();
  const { created, ...person } = await createCredentials(auth).createUser({ ...given, password });
  return created ? { ...person, password } : undefined;
}
