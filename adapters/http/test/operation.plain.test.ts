import { type AddressInfo, connect } from 'node:net';
import { ENDPOINTS, RAW_ROUTES } from '@planwright/contracts';
import { AUTH_ROUTES } from '@planwright/http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ServerUnderTest, startServer } from './server-under-test.ts';

let server: ServerUnderTest;
let isWell = true;
beforeAll(async () => {
  server = await startServer({
    people: ['viewer'],
    config: { metricsToken: 'a token for the metrics' },
    deps: {
      health: async () => ({
        ok: isWell,
        database: 'embedded',
        checks: [{ name: 'database', ok: isWell, detail: isWell ? 'answers' : 'does not answer' }],
      }),
      workCounts: async () => ({ runs: { succeeded: 3, failed: 1 }, imports: { done: 2 } }),
    },
  });
});
afterAll(() => server.close());

describe('/health', () => {
  test('is 200 while all is well and 503 while it is not', async () => {
    const well = await server.app.inject('/health');
    expect(well.statusCode).toBe(200);
    expect(well.json()).toEqual({
      status: 'ok',
      version: '0.0.0-test',
      database: 'embedded',
      checks: [{ name: 'database', ok: true, detail: 'answers' }],
    });
    isWell = false;
    const unwell = await server.app.inject('/health');
    expect(unwell.statusCode).toBe(503);
    expect(unwell.json()).toMatchObject({ status: 'failing' });
    isWell = true;
  });

  test('is 503 where the check itself fails, and does not say how', async () => {
    const own = await startServer({
      people: [],
      db: server.db,
      deps: { health: () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7:5432')) },
    });
    const response = await own.app.inject('/health');
    expect(response.statusCode).toBe(503);
    expect(response.json()).toMatchObject({ status: 'failing', database: 'unknown' });
    expect(response.body).not.toContain('10.0.0.7');
    await own.close();
  });
});

describe('closing', () => {
  test('waits for the answer under way, and not for connections that nobody uses', async () => {
    const own = await startServer({ people: ['viewer'], db: server.db });
    await own.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = own.app.server.address() as AddressInfo;
    const unused = connect(port, '127.0.0.1');
    await new Promise((resolve) => unused.once('connect', resolve));
    const unusedClosed = new Promise((resolve) => unused.once('close', resolve));

    let finish = () => {};
    let begun = () => {};
    const hasBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    own.answers.getMe = () => {
      begun();
      return new Promise((resolve) => {
        finish = () => resolve({ id: 'u', email: 'e', name: 'n', memberships: [] });
      });
    };
    const answer = fetch(`http://127.0.0.1:${port}/api/me`, {
      headers: { authorization: `Bearer ${own.people.viewer.token}` },
    });
    await hasBegun;
    const closed = own.close();
    await unusedClosed;
    finish();
    expect((await answer).status).toBe(200);
    await closed;
  });
});

describe('/metrics', () => {
  test('counts requests by route, work by status and streams', async () => {
    await server.app.inject({ url: '/api/companies/acme', headers: server.people.viewer.headers });
    const { statusCode, headers, body } = await server.app.inject('/metrics');
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toContain('text/plain');
    expect(body).toMatch(
      /planwright_http_request_duration_seconds_count\{method="GET",route="\/api\/companies\/:company",status="200"\} 1/,
    );
    expect(body).toContain('planwright_runs{status="succeeded"} 3');
    expect(body).toContain('planwright_imports{status="done"} 2');
    expect(body).toContain('planwright_event_streams 0');
    expect(body).toContain('nodejs_eventloop_lag_seconds');
  });

  test('do not name what callers made up', async () => {
    await server.app.inject('/api/made-up-by-a-caller');
    expect((await server.app.inject('/metrics')).body).not.toContain('made-up-by-a-caller');
  });

  test.each([
    ['from elsewhere', { remoteAddress: '203.0.113.9' }, 403],
    [
      'from elsewhere with a wrong token',
      { remoteAddress: '203.0.113.9', headers: { authorization: 'Bearer no' } },
      403,
    ],
    ['through a proxy on this machine', { headers: { 'x-forwarded-for': '203.0.113.9' } }, 403],
    [
      'from elsewhere with the token',
      { remoteAddress: '203.0.113.9', headers: { authorization: 'Bearer a token for the metrics' } },
      200,
    ],
    ['on this machine', {}, 200],
  ])('%s', async (_who, request, status) => {
    expect((await server.app.inject({ url: '/metrics', ...request })).statusCode).toBe(status);
  });
});

describe('the API document', () => {
  type Document = {
    openapi: string;
    paths: Record<
      string,
      Record<string, { operationId: string; tags: string[]; responses: object; requestBody?: object }>
    >;
    components: {
      responses: Record<string, { content: { 'application/json': { example: { code: string } } } }>;
    };
  };
  let document: Document;
  beforeAll(async () => {
    document = (await server.app.inject('/api/openapi.json')).json();
  });

  test('names every operation once, by the name it has in the contracts', () => {
    const ids = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    const expected = [
      ...Object.keys(ENDPOINTS),
      ...Object.keys(RAW_ROUTES),
      ...Object.keys(AUTH_ROUTES),
      'getHealth',
    ];
    expect(ids.sort()).toEqual(expected.sort());
  });

  test('has a capability, an answer and refusals with examples for each', () => {
    for (const path of Object.values(document.paths)) {
      for (const operation of Object.values(path)) {
        expect(operation.tags).toHaveLength(1);
        expect(operation.tags[0]).not.toBe('other');
        expect(Object.keys(operation.responses)).toEqual(
          expect.arrayContaining(['400', '401', '403', '404', '429', '500']),
        );
      }
    }
    const { example } = document.components.responses.Refusal404.content['application/json'];
    expect(example.code).toBe('COMPANY_NOT_FOUND');
  });

  test('describes bodies as strict', () => {
    const { requestBody } = document.paths['/api/companies/{company}/runs'].post;
    expect(JSON.stringify(requestBody)).toContain('"additionalProperties":false');
    expect(document.openapi).toBe('3.1.0');
  });

  test('is shown by pages without scripts of their own inside', async () => {
    const page = await server.app.inject('/api/docs');
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-type']).toContain('text/html');
    const files = [...page.body.matchAll(/<(?:script|link)[^>]*(?:src|href)="([^"]+)"/g)].map(
      ([, file]) => file,
    );
    expect(page.body.match(/<script/g)).toHaveLength(files.filter((file) => file.endsWith('.js')).length);
    for (const file of files) {
      const { pathname } = new URL(file, 'http://localhost/api/docs');
      expect([file, (await server.app.inject(pathname)).statusCode]).toEqual([file, 200]);
    }
  });
});
