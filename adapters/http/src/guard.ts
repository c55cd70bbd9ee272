import { type Caller, type Member, PlanningError } from '@planwright/app';
import { type Access, CompanyParams, mayRole } from '@planwright/contracts';
import { assert } from '@planwright/units';
import type { FastifyInstance, FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import type { HttpDeps } from './deps.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Proved by the session in the route's own guard; null on public routes. */
    caller: Caller | null;
    /** Set on routes of a company. */
    member: Member | null;
  }
  interface FastifyInstance {
    /** Who may call each route, by `METHOD /path`: what the guards enforce, for tests and audits. */
    routeAccess: ReadonlyMap<string, Access>;
  }
  interface FastifyContextConfig {
    /** Who may call the route. Every route says it. */
    access?: Access;
  }
}

export type Admitted = { readonly caller: Caller | null; readonly member: Member | null };

/** The headers of a Node request as the web's `Headers`. */
export function webHeaders(request: Pick<FastifyRequest, 'headers'>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value === undefined || name.startsWith(':')) continue;
    for (const one of Array.isArray(value) ? value : [value]) headers.append(name, one);
  }
  return headers;
}

/**
 * Proves who calls and that they may: 401 without a session, 404 for a company they are no member of
 * (or that does not exist: the two must look the same), 403 without the permission.
 */
export async function admit(
  deps: Pick<HttpDeps, 'auth' | 'memberOf'>,
  access: Access,
  headers: Headers,
  companySlug: string | undefined,
): Promise<Admitted> {
  if (access === 'public') return { caller: null, member: null };
  const caller = await deps.auth.callerOf(headers);
  if (caller === undefined) throw new PlanningError('NOT_SIGNED_IN');
  if (access === 'signed-in') return { caller, member: null };

  const slug = CompanyParams.shape.company.safeParse(companySlug);
  const membership = slug.success ? await deps.memberOf(caller.userId, slug.data) : undefined;
  if (membership === undefined) {
    throw new PlanningError('COMPANY_NOT_FOUND', { company: (companySlug ?? '').slice(0, 63) });
  }
  if (!mayRole(membership.role, access)) {
    throw new PlanningError('NOT_PERMITTED', { permission: access, role: membership.role });
  }
  const { companyId, company, role } = membership;
  return { caller, member: { ...caller, companyId, company, role } };
}

export function companySlugOf(request: FastifyRequest): string | undefined {
  return (request.params as { company?: string } | undefined)?.company;
}

/** Routes of plugins that cannot name their access: the documentation pages and the files of the page. */
const PUBLIC_FILES = /^\/(api\/docs(\/.*)?|\*)?$/;

/**
 * Puts a guard on every route that is added after this, by the access that the route names. It hangs on the
 * route itself, so no spelling of a path leads around it; and a route that names no access cannot be added.
 */
export function addGuards(app: FastifyInstance, deps: Pick<HttpDeps, 'auth' | 'memberOf'>): void {
  app.decorateRequest('caller', null);
  app.decorateRequest('member', null);
  const routeAccess = new Map<string, Access>();
  app.decorate('routeAccess', routeAccess);
  app.addHook('onRoute', (route) => {
    const access = route.config?.access ?? (PUBLIC_FILES.test(route.url) ? 'public' : undefined);
    if (access === undefined) throw new Error(`The route ${route.url} does not say who may call it.`);
    // The root of a prefix answers with and without its slash; this hook sees it once, for both.
    const urls = route.routePath === '' && route.prefix !== '' ? [route.url, `${route.url}/`] : [route.url];
    for (const method of [route.method].flat()) {
      for (const url of urls) routeAccess.set(`${method} ${url}`, access);
    }
    if (access === 'public') return;
    const guard: onRequestAsyncHookHandler = async (request) => {
      const admitted = await admit(deps, access, webHeaders(request), companySlugOf(request));
      request.caller = admitted.caller;
      request.member = admitted.member;
    };
    const hooks = route.onRequest ?? [];
    route.onRequest = [guard, ...(Array.isArray(hooks) ? hooks : [hooks])];
  });
}

/** The member that the guard let through. */
export function memberOfRequest(request: FastifyRequest): Member {
  assert(request.member !== null, 'the route names a permission');
  return request.member;
}
