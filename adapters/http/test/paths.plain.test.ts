import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Endpoint, ENDPOINTS } from '@planwright/contracts';
import { UUID } from './samples.ts';
import { type ServerUnderTest, startServer } from './server-under-test.ts';

let server: ServerUnderTest;
let port: number;
beforeAll(async () => {
  server = await startServer({ people: ['viewer', 'stranger'] });
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  port = (server.app.server.address() as AddressInfo).port;
});
afterAll(() => server.close());

/** Sends the bytes as they are: an HTTP client would tidy the path up first. */
function sendRaw(target: string, headers: readonly string[] = [], method = 'GET'): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const lines = [
      `${method} ${target} HTTP/1.1`,
      'host: localhost',
      'connection: close',
      ...headers,
      '',
      '',
    ];
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (text) => {
      answer += String(text);
    });
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
    socket.write(lines.join('\r\n')); // Ending it would tell the server that nobody waits any more.
  });
}

const statusIn = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);

// Spellings that made a path-scoped guard and the router of other servers disagree.
const SPELLINGS = [
  'http://localhost/api/companies/acme/members',
  'http://evil.example/api/companies/acme/members',
  '//api/companies/acme/members',
  '/api//companies/acme/members',
  '/api/companies//acme/members',
  '/api/companies/acme/members/',
  '/api/companies/acme//members',
  '/%61pi/companies/acme/members',
  '/api/%63ompanies/acme/members',
  '/api/companies/acme/%6dembers',
  '/api/companies/acme/members;x',
  '/api;x/companies/acme/members',
  '/api/companies/acme;x/members',
  '/api/companies/acme%2Fmembers',
  '/api%2Fcompanies%2Facme%2Fmembers',
  '/api/companies/acme/./members',
  '/api/companies/acme/x/../members',
  '/api/auth/../companies/acme/members',
  '/api/companies/acme/%2e%2e/acme/members',
  '/API/companies/acme/members',
  '/api/companies/ACME/members',
  '/api/companies/acme/members%00',
  '/api/companies/acme/members%20',
  '/api/companies/acme/members?',
  '/api/companies/acme/members#x',
  '/api/companies/acme\\members',
  '/health/../api/companies/acme/members',
  '/api/docs/../companies/acme/members',
  '/api/docs/static/../../companies/acme/members',
  '*',
];

describe.each(SPELLINGS)('%s', (target) => {
  test('is not served to nobody', async () => {
    const answer = await sendRaw(target);
    expect([400, 401, 404]).toContain(statusIn(answer));
    expect(answer).not.toContain('"items"');
  });

  test('is not served to a viewer, nor to the administrator of another company', async () => {
    for (const name of ['viewer', 'stranger'] as const) {
      const answer = await sendRaw(target, [`authorization: Bearer ${server.people[name].token}`]);
      expect([400, 403, 404]).toContain(statusIn(answer));
      expect(answer).not.toContain('"items"');
    }
  });
});

// The public paths of this server, in the query: a guard that looks at the whole address would be fooled.
const PUBLIC_PATHS = [
  '/health',
  '/metrics',
  '/api/auth/sign-in/email',
  '/api/docs',
  '/api/openapi.json',
  '/webhooks/trigger',
];

test.each(PUBLIC_PATHS)('no route opens with ?%s behind it', async (publicPath) => {
  for (const [name, endpoint] of Object.entries(ENDPOINTS as Record<string, Endpoint>)) {
    if (endpoint.method !== 'GET') continue;
    const path = endpoint.path.replace(':company', 'acme').replace(/:\w+/g, UUID);
    for (const query of [publicPath, `x=${publicPath}`, encodeURIComponent(publicPath)]) {
      const answer = await sendRaw(`/api${path}?${query}`);
      expect([name, statusIn(answer)]).toEqual([name, 401]);
    }
  }
});

test.each([
  ['x-original-url', '/health'],
  ['x-rewrite-url', '/health'],
  ['x-forwarded-prefix', '/health'],
  ['x-http-method-override', 'OPTIONS'],
  ['x-user-id', '1'],
  ['x-planwright-address', '127.0.0.1'],
])('the header %s changes nothing', async (name, value) => {
  expect(statusIn(await sendRaw('/api/me', [`${name}: ${value}`]))).toBe(401);
});

test.each(['userId=1', 'user=admin', 'token=x', 'access_token=x', 'session=x'])(
  'nobody is let in by ?%s',
  async (query) => {
    expect(statusIn(await sendRaw(`/api/companies/acme/events?${query}`))).toBe(401);
    expect(statusIn(await sendRaw(`/api/me?${query}`))).toBe(401);
  },
);

test('what is no HTTP gets the one error shape and no more', async () => {
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('not http at all\r\n\r\n'));
    socket.setEncoding('utf8');
    let text = '';
    socket.on('data', (part) => {
      text += String(part);
    });
    socket.on('close', () => resolve(text));
  });
  expect(statusIn(answer)).toBe(400);
  expect(JSON.parse(answer.split('\r\n\r\n')[1])).toMatchObject({ code: 'BAD_REQUEST' });
});

test('two lengths in one request are refused: nothing is smuggled', async () => {
  const both = ['content-length: 5', 'transfer-encoding: chunked', 'content-type: application/json'];
  expect(statusIn(await sendRaw('/api/auth/sign-in/email', both, 'POST'))).toBe(400);
});
