import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Endpoint, ENDPOINTS, RAW_ROUTES } from '@planwright/contracts';
import { AUTH_ROUTES } from '@planwright/http';
import { fastify } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addGuards } from '../src/guard.ts';
import { ACCESS_MATRIX, CALLERS } from './access-matrix.ts';
import { requiredQuery, sampleOf, schemaOf, UUID } from './samples.ts';
import {
  PASSWORD,
  PEOPLE,
  type PersonName,
  type ServerUnderTest,
  type SignedIn,
  startServer,
} from './server-under-test.ts';

let server: ServerUnderTest;
let port: number;

beforeAll(async () => {
  server = await startServer({ people: PEOPLE });
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  port = (server.app.server.address() as AddressInfo).port;
});
afterAll(() => server.close());

const CONTRACT_ROUTES = [
  ...Object.values(ENDPOINTS as Record<string, Endpoint>),
  ...Object.values(RAW_ROUTES),
  ...Object.values(AUTH_ROUTES),
].map(({ method, path }) => `${method} /api${path}`);

type Call = { readonly path: string; readonly body: string | undefined; readonly type: string };

const MULTIPART = [
  '--edge\r\ncontent-disposition: form-data; name="mapping"\r\n\r\nversion: 1\r\n',
  '--edge\r\ncontent-disposition: form-data; name="files"; filename="a.csv"\r\n\r\nitem\r\n1\r\n',
  '--edge--\r\n',
].join('');

/** A request that the schemas accept, so that only the right to make it decides. */
function validCall(route: string, person: PersonName | 'nobody'): Call {
  const [method, path] = route.split(' ');
  const endpoint = Object.values(ENDPOINTS as Record<string, Endpoint>).find(
    (candidate) => candidate.method === method && `/api${candidate.path}` === path,
  );
  const filled = path
    .replace(':company', 'acme')
    .replace(':target', 'item')
    .replace(/:(step|stockPointId|keyId|resourceId)/, '1')
    .replace(':bucketOn', '2026-10-01')
    .replace(/:\w+/g, UUID)
    .replace('*', 'nothing-here');
  const json = 'application/json';
  if (endpoint !== undefined) {
    const query = requiredQuery(endpoint);
    const body =
      endpoint.body === null ? undefined : JSON.stringify(sampleOf(schemaOf(endpoint.body, 'input')));
    return { path: filled + query, body, type: json };
  }
  if (path.endsWith('/imports') || path.endsWith('/preview')) {
    return { path: filled, body: MULTIPART, type: 'multipart/form-data; boundary=edge' };
  }
  const email = `${person === 'nobody' ? 'viewer' : person}@example.com`;
  if (path.endsWith('/sign-in/email')) {
    return { path: filled, body: JSON.stringify({ email, password: PASSWORD }), type: json };
  }
  if (path.endsWith('/change-password')) {
    const body = { currentPassword: PASSWORD, newPassword: PASSWORD };
    return { path: filled, body: JSON.stringify(body), type: json };
  }
  return { path: filled, body: undefined, type: json };
}

/** The status line alone: an event stream would never end. */
async function statusOf(route: string, person: PersonName | 'nobody'): Promise<number> {
  const { path, body, type } = validCall(route, person);
  const own = person === 'nobody' ? undefined : await sessionFor(route, person);
  return new Promise((resolve, reject) => {
    const headers = {
      ...own?.headers,
      ...(body === undefined ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(body) }),
    };
    const request = httpRequest(
      { port, host: '127.0.0.1', method: route.split(' ')[0], path, headers },
      (response) => {
        resolve(response.statusCode ?? 0);
        response.destroy();
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

const sessions = new Map<PersonName, SignedIn>();

/** One session a person; the routes of sign-in end sessions, so after them there is a new one. */
async function sessionFor(route: string, person: PersonName): Promise<SignedIn> {
  const session = sessions.get(person) ?? (await server.signIn(`${person}@example.com`));
  sessions.set(person, session);
  if (route.includes('/api/auth/')) sessions.delete(person);
  return session;
}

test('every route of the contracts has a row', () => {
  expect(CONTRACT_ROUTES.filter((route) => !(route in ACCESS_MATRIX))).toEqual([]);
});

test('every route that the server has is in the table, and every row is a route', () => {
  expect([...server.app.routeAccess.keys()].sort()).toEqual(Object.keys(ACCESS_MATRIX).sort());
});

test('no route was added past the guards', () => {
  const inRouter = server.app.printRoutes({ commonPrefix: false }).matchAll(/\(([A-Z, ]+)\)$/gm);
  const routeCount = [...inRouter].reduce((count, [, methods]) => count + methods.split(', ').length, 0);
  expect(routeCount).toBe(server.app.routeAccess.size);
});

test('a route that does not say who may call it cannot be added', async () => {
  const app = fastify();
  addGuards(app, { auth: server.auth, memberOf: async () => undefined });
  expect(() => app.get('/forgotten', async () => 'open')).toThrow('does not say who may call it');
});

describe.each(Object.entries(ACCESS_MATRIX))('%s', (route, row) => {
  test('answers each caller as the table says', async () => {
    const seen: Record<string, string> = {};
    for (const caller of CALLERS) seen[caller] = String(await statusOf(route, caller));
    const expected = Object.fromEntries(row.split(' ').map((status, index) => [CALLERS[index], status]));
    expect(seen).toEqual(expected);
  });
});
