import { ApiError } from '@planwright/client';
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { read } from './api.ts';
import { Problem } from '../ui/problem.tsx';
import { NotFound } from '../ui/not-found.tsx';
import { parseAddress, textsOf, writeAddress } from './search-params.ts';
import { meQuery } from './session.ts';
import { Shell } from './shell.tsx';

type Context = { readonly queries: QueryClient };

const rootRoute = createRootRouteWithContext<Context>()({
  component: Outlet,
  errorComponent: ({ error, reset }) => <Problem error={error} retry={reset} page />,
  notFoundComponent: NotFound,
});

/** Reads who is signed in; nobody means the sign-in page, which leads back here. */
async function requireSession(context: Context, href: string) {
  try {
    return await context.queries.ensureQueryData(meQuery);
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) {
      redirect({ to: '/sign-in', search: href === '/' ? {} : { to: href }, replace: true, throw: true });
    }
    throw error;
  }
}

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: textsOf('to'),
  component: lazyRouteComponent(() => import('../features/sign-in/sign-in-screen.tsx'), 'SignInScreen'),
});

const startRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: async ({ context }) => {
    const me = await requireSession(context, '/');
    const first = me.memberships[0];
    if (first !== undefined) {
      redirect({ to: '/c/$company/home', params: { company: first.company }, replace: true, throw: true });
    }
  },
  component: lazyRouteComponent(() => import('../features/admin/no-company-screen.tsx'), 'NoCompanyScreen'),
});

const companyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/c/$company',
  beforeLoad: async ({ context, location, params }) => {
    const me = await requireSession(context, location.href);
    const member = me.memberships.some(({ company }) => company === params.company);
    if (!member) {
      throw new ApiError(403, {
        code: 'NOT_A_MEMBER',
        message: `You are not a member of “${params.company}”.`,
        advice: 'Ask its administrator to add you, or open another company.',
      });
    }
    void context.queries.prefetchQuery(read('getCompany', { params }));
  },
  component: Shell,
});

const companyStartRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: '/',
  beforeLoad: ({ params }) => {
    redirect({ to: '/c/$company/home', params, replace: true, throw: true });
  },
});

const homeRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: 'home',
  loader: ({ context, params }) => {
    void context.queries.prefetchQuery(read('getHome', { params }));
    void context.queries.prefetchQuery(read('listCycles', { params, query: { limit: 20 } }));
  },
  component: lazyRouteComponent(() => import('../features/home/home-screen.tsx'), 'HomeScreen'),
});

const demandRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: 'demand',
  validateSearch: textsOf(
    'group',
    'item',
    'location',
    'channel',
    'sort',
    'stream',
    'bucket',
    'view',
    'value',
    'forecast',
    'planner',
    'lag',
    'by',
    'kind',
    'event',
    'launch',
  ),
  component: lazyRouteComponent(() => import('../features/demand/demand-screen.tsx'), 'DemandScreen'),
});

const supplyRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: 'supply',
  validateSearch: textsOf(
    'view',
    'only',
    'location',
    'kind',
    'q',
    'point',
    'order',
    'item',
    'late',
    'resource',
    'bucket',
    'plan',
    'measure',
    'why',
    'cause',
    'customer',
    'status',
    'rule',
    'exception',
    'proposal',
    'from',
    'value',
    'steadiness',
    'list',
  ),
  component: lazyRouteComponent(() => import('../features/supply/supply-screen.tsx'), 'SupplyScreen'),
});

const financeRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: 'finance',
  validateSearch: textsOf('group', 'measure'),
  component: lazyRouteComponent(() => import('../features/finance/finance-screen.tsx'), 'FinanceScreen'),
});

const cycleRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: 'cycle',
  validateSearch: textsOf('cycle', 'step'),
  component: lazyRouteComponent(() => import('../features/cycle/cycle-screen.tsx'), 'CycleScreen'),
});

const dataRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: 'data',
  validateSearch: textsOf('view', 'import', 'target', 'where', 'q', 'severity'),
  component: lazyRouteComponent(() => import('../features/data/data-screen.tsx'), 'DataScreen'),
});

const adminRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: 'admin',
  validateSearch: textsOf('view', 'action'),
  component: lazyRouteComponent(() => import('../features/admin/admin-screen.tsx'), 'AdminScreen'),
});

const routeTree = rootRoute.addChildren([
  startRoute,
  signInRoute,
  companyRoute.addChildren([
    companyStartRoute,
    homeRoute,
    demandRoute,
    supplyRoute,
    financeRoute,
    cycleRoute,
    dataRoute,
    adminRoute,
  ]),
]);

/** The router of the page. Hovering or focusing a link loads its screen ahead. */
export function createPageRouter(queries: QueryClient) {
  return createRouter({
    routeTree,
    context: { queries },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    parseSearch: parseAddress,
    stringifySearch: writeAddress,
    defaultErrorComponent: ({ error, reset }) => <Problem error={error} retry={reset} />,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createPageRouter>;
  }
}
