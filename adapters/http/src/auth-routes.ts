import type { Access } from '@planwright/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  ADDRESS_HEADER,
  type AuthPort,
  PASSWORD_LENGTH_MAX,
  PASSWORD_LENGTH_MIN,
  trustedOrigins,
} from './auth.ts';
import type { HttpConfig, RateLimits } from './deps.ts';
import { webHeaders } from './guard.ts';
import { signInLimit } from './rate-limits.ts';
import { HttpRefusal } from './refusal.ts';

const SignInBody = z.strictObject({
  email: z.email().max(200),
  password: z.string().min(1).max(PASSWORD_LENGTH_MAX),
  /** False: the session ends with the browser. */
  rememberMe: z.boolean().optional(),
});
const ChangePasswordBody = z.strictObject({
  currentPassword: z.string().min(1).max(PASSWORD_LENGTH_MAX),
  newPassword: z.string().min(PASSWORD_LENGTH_MIN).max(PASSWORD_LENGTH_MAX),
});
const NoBody = z.union([z.null(), z.strictObject({})]);

const SignedInUser = z.object({ id: z.string(), email: z.string(), name: z.string() });
const SignedIn = z.object({ token: z.string(), user: SignedInUser });
const CurrentSession = z.object({ user: SignedInUser, session: z.object({ expiresAt: z.string() }) });
const Done = z.object({ done: z.literal(true) });

type AuthRoute = {
  readonly method: 'GET' | 'POST';
  readonly path: `/auth/${string}`;
  readonly summary: string;
  readonly access: Access;
  readonly body: z.ZodType;
  readonly response: z.ZodType;
  /** What better-auth is asked beyond what the caller sent. */
  readonly extra?: Readonly<Record<string, unknown>>;
};

/**
 * The routes of better-auth that exist here. The rest of what it could do (sign-up, password reset by mail,
 * profile and session updates) is not reachable.
 */
export const AUTH_ROUTES = {
  signIn: {
    method: 'POST',
    path: '/auth/sign-in/email',
    summary: 'Sign in: sets the session cookie, and returns the token for scripts',
    access: 'public',
    body: SignInBody,
    response: SignedIn,
  },
  signOut: {
    method: 'POST',
    path: '/auth/sign-out',
    summary: 'End this session',
    access: 'signed-in',
    body: NoBody,
    response: Done,
  },
  getSession: {
    method: 'GET',
    path: '/auth/get-session',
    summary: 'The session of the caller; renews it when it is a day old',
    access: 'signed-in',
    body: NoBody,
    response: CurrentSession,
  },
  changePassword: {
    method: 'POST',
    path: '/auth/change-password',
    summary: 'Change the own password; ends all other sessions and renews this one',
    access: 'signed-in',
    body: ChangePasswordBody,
    response: SignedIn,
    extra: { revokeOtherSessions: true },
  },
  endOtherSessions: {
    method: 'POST',
    path: '/auth/revoke-other-sessions',
    summary: 'End all sessions of the caller but this one',
    access: 'signed-in',
    body: NoBody,
    response: Done,
  },
} as const satisfies Record<string, AuthRoute>;

/** Hop-by-hop and length headers belong to the connection of the client, not to the request made of it. */
const DROPPED_HEADERS = ['connection', 'content-length', 'transfer-encoding', 'host', 'upgrade', 'expect'];

/**
 * The request for better-auth, made of what our own schema let through. Fastify has read and parsed the body;
 * handing on the spent stream is what makes such set-ups hang.
 */
function requestFor(route: AuthRoute, request: FastifyRequest, config: HttpConfig): Request {
  const headers = webHeaders(request);
  for (const name of DROPPED_HEADERS) headers.delete(name);
  headers.set(ADDRESS_HEADER, request.ip);
  // The origin has been checked for every write; better-auth would refuse a script that names none.
  headers.set('origin', trustedOrigins(config.baseUrl)[0]);
  const url = new URL(`/api${route.path}`, config.baseUrl);
  if (route.method === 'GET') return new Request(url, { headers });
  headers.set('content-type', 'application/json');
  const body = JSON.stringify({ ...(request.body as object | null), ...route.extra });
  return new Request(url, { method: route.method, headers, body });
}

function refusalOf(route: AuthRoute, status: number): HttpRefusal {
  if (status === 429) return new HttpRefusal('TOO_MANY_REQUESTS', { retryAfterSeconds: 60 });
  if (status >= 500) return new HttpRefusal('UNAVAILABLE', { retryAfterSeconds: 2 });
  if (route.path === AUTH_ROUTES.changePassword.path) return new HttpRefusal('PASSWORD_REFUSED');
  return new HttpRefusal(status === 403 ? 'ORIGIN_REFUSED' : 'SIGN_IN_FAILED');
}

async function answer(route: AuthRoute, response: Response, reply: FastifyReply): Promise<unknown> {
  if (!response.ok) throw refusalOf(route, response.status);
  for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie);
  const given: unknown = await response.json();
  return route.response === Done ? { done: true } : given;
}

/** Adds sign-in under `/auth`. */
export function registerAuthRoutes(
  app: FastifyInstance,
  auth: AuthPort,
  config: HttpConfig,
  limits: RateLimits,
): void {
  const limitSignIns = signInLimit(app, limits);
  for (const [name, route] of Object.entries(AUTH_ROUTES) as [string, AuthRoute][]) {
    app.route({
      method: route.method,
      url: route.path,
      schema: {
        operationId: name,
        summary: route.summary,
        tags: ['sign-in'],
        querystring: z.strictObject({}),
        ...(route.method === 'GET' ? {} : { body: route.body }),
        response: { 200: route.response },
      },
      config: { access: route.access },
      ...(route.path === AUTH_ROUTES.signIn.path ? { preHandler: limitSignIns } : {}),
      handler: async (request, reply) =>
        reply.send(await answer(route, await auth.handle(requestFor(route, request, config)), reply)),
    });
  }
}
