import { PlanningError } from '@planwright/app';
import { type Endpoint, ENDPOINTS } from '@planwright/contracts';
import { HttpRefusal } from '../src/refusal.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerOf } from '../src/error-handler.ts';
import { requiredQuery, sampleOf, schemaOf, UUID } from './samples.ts';
import { type ServerUnderTest, startServer } from './server-under-test.ts';

let server: ServerUnderTest;
beforeAll(async () => {
  server = await startServer({ people: ['admin'] });
});
afterAll(() => server.close());

const getRun = () =>
  server.app.inject({
    url: `/api/companies/acme/runs/${UUID}`,
    headers: server.people.admin.headers,
  });

describe('an answer', () => {
  test('holds nothing that the contract does not name', async () => {
    for (const [name, endpoint] of Object.entries(ENDPOINTS as Record<string, Endpoint>)) {
      if (endpoint.method !== 'GET') continue;
      const path = endpoint.path
        .replace(':company', 'acme')
        .replace(':target', 'item')
        .replace(':stockPointId', '1')
        .replace(':keyId', '1')
        .replace(':resourceId', '1')
        .replace(':bucketOn', '2026-10-01')
        .replace(/:\w+/g, UUID);
      const response = await server.app.inject({
        url: `/api${path}${requiredQuery(endpoint)}`,
        headers: server.people.admin.headers,
      });
      expect([name, response.statusCode]).toEqual([name, 200]);
      expect(response.body).not.toContain('LEAKED');
    }
  });

  test('is JSON of its type, not to be sniffed, framed, stored or passed on', async () => {
    const { headers } = await getRun();
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['referrer-policy']).toBe('same-origin');
    expect(headers['x-frame-options']).toBe('DENY');
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['x-powered-by']).toBeUndefined();
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("object-src 'none'");
    expect(policy).toContain("base-uri 'none'");
    expect(/script-src ([^;]*)/.exec(policy)?.[1]).toBe("'self'");
  });

  test.each([
    '"><img src=x onerror=alert(1)>',
    '<svg/onload=alert(1)>',
    '[x](javascript:alert(1))',
    '</script><script>alert(1)</script>',
    '\u2028alert(1)\u2029',
    '{{constructor.constructor("return process")()}}',
  ])('gives the name %j back as the text that it is', async (name) => {
    const company = sampleOf(schemaOf(ENDPOINTS.changeCompany.response, 'output')) as object;
    server.answers.changeCompany = () => ({ ...company, name });
    const response = await server.app.inject({
      method: 'PATCH',
      url: '/api/companies/acme',
      headers: server.people.admin.headers,
      payload: { name },
    });
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(response.json()).toMatchObject({ name });
    delete server.answers.changeCompany;
  });

  test('that does not keep the contract is our fault and shows nothing of it', async () => {
    server.answers.getRun = () => ({ secret: 'LEAKED' });
    const response = await getRun();
    expect(response.statusCode).toBe(500);
    expect(response.json()).toMatchObject({ code: 'INTERNAL' });
    expect(response.body).not.toContain('LEAKED');
    delete server.answers.getRun;
  });
});

describe('a refusal', () => {
  test.each([
    [new PlanningError('INVALID_INPUT', { problem: 'no' }), 400],
    [new PlanningError('NOT_SIGNED_IN'), 401],
    [new PlanningError('NOT_PERMITTED', { permission: 'plan.run', role: 'viewer' }), 403],
    [new PlanningError('NOT_FOUND', { what: 'run', id: UUID }), 404],
    [new PlanningError('RUN_ALREADY_ACTIVE', { runId: UUID }), 409],
    [new HttpRefusal('UPLOAD_TOO_LARGE'), 413],
    [new HttpRefusal('UNAVAILABLE'), 503],
    [Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:5432'), { code: 'ECONNREFUSED' }), 503],
    [Object.assign(new Error('terminating connection'), { code: '57P01' }), 503],
    [new TypeError("Cannot read properties of undefined (reading 'secret')"), 500],
    ['a text that was thrown', 500],
    [undefined, 500],
  ])('%s is status %i', async (error, status) => {
    server.answers.getRun = () => {
      throw error; // oxlint-disable-line typescript/only-throw-error
    };
    const response = await getRun();
    delete server.answers.getRun;
    expect(response.statusCode).toBe(status);
    const body = response.json<Record<string, unknown>>();
    expect(body).toMatchObject({
      code: expect.stringMatching(/^[A-Z_]+$/),
      message: expect.stringMatching(/\S/),
      advice: expect.stringMatching(/\S/),
      requestId: response.headers['x-request-id'],
    });
    expect(
      Object.keys(body).filter((key) => !['code', 'message', 'advice', 'details', 'requestId'].includes(key)),
    ).toEqual([]);
    expect(response.body).not.toMatch(/node_modules|\.ts\b|at \w+ \(|10\.0\.0\.7|secret|terminating/);
    expect(response.headers['cache-control']).toBe('no-store');
  });

  test('of a rejected promise that is no error answers as well', () => {
    for (const thrown of [null, 0, '', false, Symbol('x'), [], {}]) expect(answerOf(thrown).status).toBe(500);
  });

  test('names the fields that are wrong, and what is wrong with them', async () => {
    const response = await server.app.inject({
      method: 'POST',
      url: '/api/companies/acme/runs',
      headers: server.people.admin.headers,
      payload: { seed: -1, horizonBuckets: '12' },
    });
    expect(response.statusCode).toBe(400);
    const { details } = response.json<{ details: { fields: { field: string }[] } }>();
    expect(details.fields.map(({ field }) => field)).toEqual(['body.seed', 'body.horizonBuckets']);
  });

  test.each(['/nothing', '/api', '/api/', '/api/nothing', '/api/companies/acme/nothing', '/metrics/x'])(
    'of the unknown address %s is JSON',
    async (url) => {
      const response = await server.app.inject({ url, headers: server.people.admin.headers });
      expect(response.statusCode).toBe(404);
      expect(response.json()).toMatchObject({ code: 'ROUTE_NOT_FOUND' });
    },
  );

  test('for asking too often says when to come back', async () => {
    const limited = await startServer({
      people: [],
      db: server.db,
      config: { rateLimits: { requestsPerMinute: 3, signInsPerMinute: 3 } },
    });
    const statuses = [];
    for (let i = 0; i < 4; i++) statuses.push((await limited.app.inject('/api/me')).statusCode);
    expect(statuses).toEqual([401, 401, 401, 429]);
    const refused = await limited.app.inject('/nothing');
    expect(refused.statusCode).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.json()).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    await limited.close();
  });
});
