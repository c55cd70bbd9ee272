import { type Endpoint, ENDPOINTS } from '@planwright/contracts';
import { AUTH_ROUTES } from '@planwright/http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { sampleOf, type Schema, schemaOf, UUID } from './samples.ts';
import { type ServerUnderTest, startServer } from './server-under-test.ts';

/**
 * What once went through elsewhere: an object in the place of a text that reached a query builder, and values
 * that a lenient parser turned into something else. Here each one is a 400 that names the field.
 */
const CONFUSING: readonly { shown: string; value: unknown }[] = [
  { shown: '{}', value: {} },
  { shown: '{"select":1}', value: { select: 1 } },
  { shown: '["x"]', value: ['x'] },
  { shown: '[]', value: [] },
  { shown: 'null', value: null },
  { shown: '1e308', value: 1e308 },
  { shown: 'true', value: true },
  { shown: '""', value: '' },
  { shown: '"false"', value: 'false' },
  { shown: '"1"', value: '1' },
];

let server: ServerUnderTest;
beforeAll(async () => {
  server = await startServer({ people: ['admin'] });
});
afterAll(() => server.close());

type BodyRoute = {
  readonly name: string;
  readonly method: string;
  readonly url: string;
  readonly body: z.ZodType;
};

const filled = (path: string) =>
  `/api${path}`
    .replace(':company', 'acme')
    .replace(':target', 'item')
    .replace(/:(step|stockPointId|keyId)/, '1')
    .replace(':bucketOn', '2026-10-01')
    .replace(/:\w+/g, UUID);

const BODY_ROUTES: BodyRoute[] = [
  ...Object.entries(ENDPOINTS as Record<string, Endpoint>).flatMap(([name, { method, path, body }]) =>
    body === null ? [] : [{ name, method, url: filled(path), body }],
  ),
  ...Object.entries(AUTH_ROUTES)
    .filter(([name]) => name === 'signIn' || name === 'changePassword')
    .map(([name, { method, path, body }]) => ({ name, method, url: `/api${path}`, body })),
];

function send(route: { method: string; url: string }, payload: unknown) {
  return server.app.inject({
    method: route.method as 'POST',
    url: route.url,
    headers: { ...server.people.admin.headers, 'content-type': 'application/json' },
    payload: JSON.stringify(payload),
  });
}

/** The paths of all scalars of a body, such as `northStar.amount`. */
function scalarPaths(schema: Schema, path: readonly string[] = []): string[][] {
  if (schema.type === 'array') return []; // A list is no scalar; what is in it has a schema of its own.
  const named = schema.properties ?? schema.anyOf?.find((option) => option.properties)?.properties;
  if (named === undefined) return path.length === 0 ? [] : [[...path]];
  const inner = Object.entries(named).flatMap(([key, value]) => scalarPaths(value, [...path, key]));
  return path.length === 0 ? inner : [[...path], ...inner];
}

function withValueAt(sample: unknown, path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path;
  const object = sample as Record<string, unknown>;
  return { ...object, [key]: rest.length === 0 ? value : withValueAt(object[key], rest, value) };
}

describe.each(BODY_ROUTES)('$name', (route) => {
  const schema = schemaOf(route.body, 'input');
  const sample = sampleOf(schema);

  test('takes the sample that the other cases start from', async () => {
    expect(route.body.safeParse(sample).success).toBe(true);
  });

  test.each(scalarPaths(schema).map((path) => ({ path, name: path.join('.') })))(
    'refuses what $name is not',
    async ({ path }) => {
      for (const { shown, value } of CONFUSING) {
        const body = withValueAt(sample, path, value);
        if (route.body.safeParse(body).success) continue; // '1' is a name like any other
        const response = await send(route, body);
        expect([shown, response.statusCode]).toEqual([shown, 400]);
        expect(response.json()).toMatchObject({ code: 'INVALID_INPUT' });
        expect(response.body).toContain(`body.${path[0]}`);
      }
    },
  );

  test.each(CONFUSING)('refuses $shown as the whole body', async ({ value }) => {
    if (route.body.safeParse(value).success) return;
    const response = await send(route, value);
    expect(response.statusCode).toBe(400);
  });

  test('refuses a key that it does not know', async () => {
    const response = await send(route, { ...(sample as object), unknownKey: 1 });
    expect(response.statusCode).toBe(400);
    expect(response.body).toContain('unknownKey');
  });

  test('refuses a poisoned prototype', async () => {
    const text = `{"__proto__":{"isAdmin":true},${JSON.stringify(sample).slice(1)}`;
    const response = await server.app.inject({
      method: route.method as 'POST',
      url: route.url,
      headers: { ...server.people.admin.headers, 'content-type': 'application/json' },
      payload: text,
    });
    expect(response.statusCode).toBe(400);
  });
});

test('every scalar of every body refuses the wrong kinds by its schema alone', () => {
  // Objects and lists are never scalars: no schema may let one through, whatever else it accepts.
  for (const route of BODY_ROUTES) {
    const schema = schemaOf(route.body, 'input');
    for (const path of scalarPaths(schema)) {
      for (const value of [{}, { select: 1 }, ['x'], []]) {
        const body = withValueAt(sampleOf(schema), path, value);
        expect([route.name, path, route.body.safeParse(body).success]).toEqual([route.name, path, false]);
      }
    }
  }
});

const QUERY_ROUTES = Object.entries(ENDPOINTS as Record<string, Endpoint>)
  .map(([name, { method, path, query }]) => ({ name, method, url: filled(path), query }))
  .filter(({ query }) => Object.keys(query.shape).length > 0);

describe.each(QUERY_ROUTES)('query of $name', ({ method, url, query }) => {
  test.each(Object.keys(query.shape))(
    '%s given twice, as a list or as an object is refused',
    async (field) => {
      const queries = [`${field}=a&${field}=b`, `${field}[]=a`, `${field}[select]=1`, `${field}.select=1`];
      for (const text of queries) {
        const required = 'q' in query.shape && field !== 'q' && url.endsWith('/search') ? '&q=x' : '';
        const response = await server.app.inject({
          method: method as 'GET',
          url: `${url}?${text}${required}`,
          headers: server.people.admin.headers,
        });
        expect([text, response.statusCode]).toEqual([text, 400]);
      }
    },
  );
});

test.each([
  'limit=null',
  'limit=',
  'limit=1e308',
  'limit=-1',
  'limit=1.5',
  'limit=NaN',
  'limit={}',
  'limit=true',
])('a page of %s is refused', async (text) => {
  const response = await server.app.inject({
    method: 'GET',
    url: `/api/companies/acme/runs?${text}`,
    headers: server.people.admin.headers,
  });
  expect(response.statusCode).toBe(400);
});

const PATH_PARTS = Object.entries(ENDPOINTS as Record<string, Endpoint>).flatMap(([name, endpoint]) =>
  Object.keys(endpoint.params.shape)
    .filter((part) => part !== 'company')
    .map((part) => ({ name, part, endpoint })),
);

test.each(PATH_PARTS)('$part of $name that is none is refused or not there', async ({ part, endpoint }) => {
  for (const value of ['%7B%7D', 'null', '%5B%5D', "'%20or%201=1--", '1e308', '..', '%00']) {
    const response = await server.app.inject({
      method: endpoint.method,
      url: filled(endpoint.path.replace(`:${part}`, value)),
      headers: server.people.admin.headers,
      ...(endpoint.body === null ? {} : { payload: sampleOf(schemaOf(endpoint.body, 'input')) as object }),
    });
    // The id of a person and the code of an event are free texts; everything else has a form of its own.
    const allowed = part === 'userId' || part === 'code' ? [200, 400, 404] : [400, 404];
    expect(allowed).toContain(response.statusCode);
  }
});
