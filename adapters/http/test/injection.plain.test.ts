import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UUID } from './samples.ts';
import { type ServerUnderTest, startServer } from './server-under-test.ts';

let server: ServerUnderTest;
beforeAll(async () => {
  server = await startServer({ people: ['admin'] });
});
afterAll(() => server.close());

const SQL = [
  'id;select pg_sleep(5)',
  'value;drop table run',
  '(case when 1=1 then item else value end)',
  'value,(select 1)',
  'value asc,(select 1)',
  "value'--",
  'value"',
  "item->>'x'",
  'passwordHash',
  '__proto__',
  'constructor',
  'VALUE',
  ' value',
];

function get(url: string) {
  return server.app.inject({ url: `/api/companies/acme${url}`, headers: server.people.admin.headers });
}
function patch(url: string, payload: object) {
  return server.app.inject({
    method: 'PATCH',
    url: `/api/companies/acme${url}`,
    headers: server.people.admin.headers,
    payload,
  });
}

describe.each(SQL)('%s', (text) => {
  const value = encodeURIComponent(text);

  test.each([
    `/demand/keys?sort=${value}`,
    `/alerts?kind=${value}`,
    `/alerts?severity=${value}`,
    `/supply/stock-points?only=${value}`,
    `/supply/stock-points?kind=${value}`,
    `/supply/orders?kind=${value}`,
    `/supply/orders?pastDue=${value}`,
    `/data/rows/${value}`,
    `/data/rows/${value}/export`,
    `/demand/series?run=${value}`,
    `/imports/${UUID}/issues?severity=${value}`,
    `/imports/${UUID}/rejects?target=${value}`,
  ])('is no choice of %s', async (url) => {
    const before = server.calls.length;
    expect([400, 404]).toContain((await get(url)).statusCode);
    expect(server.calls.length).toBe(before);
  });

  test.each([`order=${value}`, `orderBy=${value}`, `fields=${value}`, `select=${value}`, `$where=${value}`])(
    'is no parameter as %s',
    async (query) => {
      expect((await get(`/runs?${query}`)).statusCode).toBe(400);
    },
  );

  test('reaches a search as the text that it is', async () => {
    expect((await get(`/search?q=${value}`)).statusCode).toBe(200);
    expect(server.calls.at(-1)).toMatchObject({ name: 'search', input: { query: { q: text.trim() } } });
  });
});

describe('mass assignment', () => {
  test.each([
    { isAdmin: true },
    { emailVerified: true },
    { scopes: ['*'] },
    { userId: 'someone-else' },
    { companyId: 2 },
    { company: 'other' },
    { permissions: ['users.manage'] },
    { password: 'a long enough password' },
    { email: 'me@example.com' },
    { createdAt: '2020-01-01' },
  ])('of a member: %j is refused', async (extra) => {
    const before = server.calls.length;
    const response = await patch('/members/someone', { role: 'viewer', ...extra });
    expect(response.statusCode).toBe(400);
    expect(response.body).toContain(Object.keys(extra)[0]);
    expect(server.calls.length).toBe(before);
  });

  test.each([
    { slug: 'other' },
    { currency: 'USD' },
    { isDemo: true },
    { companyId: 2 },
    { id: 2 },
    { role: 'admin' },
    { publishedRunId: UUID },
    { 'northStar.amount': 1 },
  ])('of a company: %j is refused', async (extra) => {
    const before = server.calls.length;
    expect((await patch('', { name: 'Acme', ...extra })).statusCode).toBe(400);
    expect(server.calls.length).toBe(before);
  });

  test('who calls is what the session says, whatever is sent', async () => {
    await patch('/members/someone', { role: 'viewer' });
    expect(server.calls.at(-1)?.caller).toEqual({
      userId: server.people.admin.userId,
      email: 'admin@example.com',
      name: 'admin',
      companyId: 1,
      company: 'acme',
      role: 'admin',
    });
  });
});
