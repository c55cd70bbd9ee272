import type { Caller } from '@planwright/app';
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { bearer } from 'better-auth/plugins/bearer';
import { RATE_LIMITS } from './deps.ts';
import { findCaller } from './session-lookup.ts';

export const PASSWORD_LENGTH_MIN = 12;
export const PASSWORD_LENGTH_MAX = 128;

/** Set by this server from the connection, never taken from the client. */
export const ADDRESS_HEADER = 'x-planwright-address';

const SESSION_SECONDS = 7 * 24 * 3600;
const SESSION_RENEWAL_SECONDS = 24 * 3600;

/** The Kysely instance that better-auth takes. */
export type AuthKysely = Extract<NonNullable<BetterAuthOptions['database']>, { db: unknown }>['db'];

export type AuthSetup = {
  readonly kysely: AuthKysely;
  /** At least 32 characters; signs the cookies. Changing it signs everyone out. */
  readonly secret: string;
  readonly baseUrl: string;
  readonly otherOrigins?: readonly string[];
  readonly signInsPerMinute?: number;
  readonly log?: (level: 'info' | 'success' | 'warn' | 'error' | 'debug', message: string) => void;
};

/** What the routes need of sign-in. */
export type AuthPort = {
  /** Who holds the session that these headers name, by cookie or bearer token; undefined where nobody does. */
  callerOf(headers: Headers): Promise<Caller | undefined>;
  /** Answers a request for one of better-auth's own routes. */
  handle(request: Request): Promise<Response>;
};

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];

/** Whether an address is one of this machine. */
export function isLoopback(url: string): boolean {
  return URL.canParse(url) && LOOPBACK_NAMES.includes(new URL(url).hostname);
}

/**
 * The origins that may change state: that of the base URL and those named beside it. The names of the own
 * machine stand for each other, so that a first look at http://127.0.0.1 works as http://localhost does.
 */
export function trustedOrigins(baseUrl: string, otherOrigins: readonly string[] = []): string[] {
  const base = new URL(baseUrl);
  const port = base.port === '' ? '' : `:${base.port}`;
  const ownNames = isLoopback(baseUrl)
    ? LOOPBACK_NAMES.map((name) => `${base.protocol}//${name}${port}`)
    : [base.origin];
  return [...new Set([...ownNames, ...otherOrigins.map((origin) => new URL(origin).origin)])];
}

function authOptions(setup: AuthSetup) {
  const { kysely, secret, baseUrl, log } = setup;
  if (secret.length < 32) throw new Error('The session secret must have at least 32 characters.');
  const guesses = { window: 60, max: setup.signInsPerMinute ?? RATE_LIMITS.signInsPerMinute };
  return {
    appName: 'Planwright',
    baseURL: baseUrl,
    basePath: '/api/auth',
    secret,
    trustedOrigins: trustedOrigins(baseUrl, setup.otherOrigins),
    database: { db: kysely, type: 'postgres' },
    telemetry: { enabled: false },
    logger: { level: 'warn', log: (level, message) => log?.(level, message) },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true, // People are added by an administrator.
      minPasswordLength: PASSWORD_LENGTH_MIN,
      maxPasswordLength: PASSWORD_LENGTH_MAX,
    },
    user: { modelName: 'auth_user' },
    account: { modelName: 'auth_account' },
    verification: { modelName: 'auth_verification' },
    session: {
      modelName: 'auth_session',
      expiresIn: SESSION_SECONDS,
      updateAge: SESSION_RENEWAL_SECONDS,
      cookieCache: { enabled: false }, // A revoked session must end at once.
    },
    rateLimit: {
      enabled: true,
      storage: 'database', // Several server processes count together.
      modelName: 'auth_rate_limit',
      window: 60,
      max: 600,
      customRules: {
        '/sign-in/email': guesses,
        '/change-password': guesses,
        '/get-session': false,
      },
    },
    advanced: {
      cookiePrefix: 'planwright',
      useSecureCookies: new URL(baseUrl).protocol === 'https:',
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    plugins: [bearer()],
  } satisfies BetterAuthOptions;
}

/** Sign-in by e-mail and password, with sessions in the database. */
export type Auth = AuthPort & { readonly context: ReturnType<typeof betterAuth>['$context'] };

export function createAuth(setup: AuthSetup): Auth {
  const auth = betterAuth(authOptions(setup));
  return {
    context: auth.$context as unknown as Auth['context'],
    handle: (request) => auth.handler(request),
    async callerOf(headers) {
      if (!headers.has('cookie') && !headers.has('authorization')) return undefined;
      const { authCookies } = await auth.$context;
      return findCaller(setup.kysely, {
        headers,
        cookieName: authCookies.sessionToken.name,
        secret: setup.secret,
      });
    },
  };
}
