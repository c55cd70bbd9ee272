import { readdirSync, readFileSync } from 'node:fs';
import { ApiError, createClient } from '@planwright/client';
import { expect, test } from 'vitest';

type Sent = { readonly url: string; readonly init: RequestInit };

/** A client whose requests end here. */
function clientTo(answer: (sent: Sent) => Response | Promise<Response>, token?: string) {
  const sent: Sent[] = [];
  const client = createClient({
    baseUrl: 'http://plan.example.com/',
    ...(token === undefined ? {} : { token }),
    fetch: async (url, init) => {
      const request = { url: url as string, init: init ?? {} };
      sent.push(request);
      return answer(request);
    },
  });
  return { client, sent };
}

const ME = { id: 'u1', email: 'a@example.com', name: 'A', memberships: [] };

test('an answer holds what the contract names, and no more', async () => {
  const { client } = clientTo(() => Response.json({ ...ME, addedByNewerServer: 1 }));
  expect(await client.getMe()).toEqual(ME);
});

test('an answer that does not keep the contract is an error and not a half-filled value', async () => {
  const { client } = clientTo(() => Response.json({ id: 'u1' }));
  await expect(client.getMe()).rejects.toThrow('email');
});

test('parameters cannot lead to another path', async () => {
  const { client, sent } = clientTo(() => Response.json({}));
  await client.getRun({ params: { company: '../me?x=', runId: 'a/b' } }).catch(() => undefined);
  expect(sent[0].url).toBe('http://plan.example.com/api/companies/..%2Fme%3Fx%3D/runs/a%2Fb');
});

test('a query leaves out what is not given', async () => {
  const { client, sent } = clientTo(() => Response.json({ items: [], nextCursor: null, total: 0 }));
  await client.listRuns({ params: { company: 'acme' }, query: { cursor: undefined, limit: 5 } });
  expect(sent[0].url).toBe('http://plan.example.com/api/companies/acme/runs?limit=5');
  await client.listRuns({ params: { company: 'acme' } });
  expect(sent[1].url).toBe('http://plan.example.com/api/companies/acme/runs');
});

test('the token goes along as a bearer token, and a body as JSON', async () => {
  const { client, sent } = clientTo(() => Response.json({}), 'secret');
  const body = { slug: 'a', name: 'A', currency: 'EUR' };
  await client.createCompany({ body }).catch(() => undefined);
  const headers = new Headers(sent[0].init.headers);
  expect(headers.get('authorization')).toBe('Bearer secret');
  expect(headers.get('content-type')).toBe('application/json');
  expect(sent[0].init.body).toBe(JSON.stringify(body));
});

test('an operation without a body sends none, and no content type', async () => {
  const { client, sent } = clientTo(() => Response.json({}));
  await client.cancelRun({ params: { company: 'a', runId: 'r' } }).catch(() => undefined);
  expect(sent[0].init.body).toBeUndefined();
  expect(new Headers(sent[0].init.headers).has('content-type')).toBe(false);
});

test('a server that does not answer is an ApiError that says so', async () => {
  const { client } = clientTo(() => Promise.reject(new TypeError('fetch failed')));
  const error: unknown = await client.getMe().catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ code: 'UNREACHABLE', status: 0, cause: expect.any(TypeError) });
  expect((error as ApiError).message).toContain('http://plan.example.com');
});

test.each([
  ['a page of a proxy', new Response('<h1>Bad gateway</h1>', { status: 502 })],
  ['nothing', new Response(null, { status: 500 })],
  ['JSON of somebody else', Response.json({ error: 'x' }, { status: 404 })],
])('%s instead of a refusal is an ApiError with its status', async (_what, response) => {
  const { client } = clientTo(() => response);
  await expect(client.getMe()).rejects.toMatchObject({
    name: 'ApiError',
    code: 'UNEXPECTED_ANSWER',
    status: response.status,
  });
});

test('a call that was called off is no failure of the server', async () => {
  const stop = new AbortController();
  const { client } = clientTo(() => {
    stop.abort();
    return Promise.reject(new DOMException('called off', 'AbortError'));
  });
  await expect(client.getMe({}, { signal: stop.signal })).rejects.toMatchObject({ name: 'AbortError' });
});

test('the client runs in a browser: nothing of Node is in it', () => {
  const folder = new URL('../src/', import.meta.url);
  for (const file of readdirSync(folder)) {
    const text = readFileSync(new URL(file, folder), 'utf8');
    expect(text).not.toMatch(/from 'node:|\bBuffer\b|\bprocess\./);
  }
});
