import { createAuth, createCredentials, ensureFirstAdmin, trustedOrigins } from '@planwright/http';
import { openDatabase } from '@planwright/postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyArchive } from '../../postgres/test/empty-archive.ts';
import { BASE_URL, PASSWORD, type ServerUnderTest, startServer } from './server-under-test.ts';

let server: ServerUnderTest;
beforeAll(async () => {
  server = await startServer({ people: ['admin', 'viewer'] });
});
afterAll(() => server.close());

type Headers = Readonly<Record<string, string>>;

function post(path: string, payload: object, headers: Headers = { origin: BASE_URL }) {
  return server.app.inject({ method: 'POST', url: `/api${path}`, headers, payload });
}
const get = (path: string, headers: Headers = {}) => server.app.inject({ url: `/api${path}`, headers });

const SIGN_IN = '/auth/sign-in/email';
const ADMIN = { email: 'admin@example.com', password: PASSWORD };

describe('a sign-in', () => {
  test('gives a cookie that scripts cannot read and other sites do not get, and a token', async () => {
    const response = await post(SIGN_IN, ADMIN);
    expect(response.statusCode).toBe(200);
    const cookie = String(response.headers['set-cookie']);
    expect(cookie).toMatch(/^planwright\.session_token=/);
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Lax');
    expect(cookie).toContain('Path=/');
    expect(Object.keys(response.json<object>()).sort()).toEqual(['token', 'user']);
    expect(response.headers['cache-control']).toBe('no-store');
  });

  test('changes the session: one that was planted before is worth nothing after', async () => {
    const planted = 'planwright.session_token=planted.by-an-attacker';
    const first = await post(SIGN_IN, ADMIN, { origin: BASE_URL, cookie: planted });
    const second = await post(SIGN_IN, ADMIN, {
      origin: BASE_URL,
      cookie: String(first.headers['set-cookie']).split(';')[0],
    });
    const tokens = [first, second].map((response) => response.json<{ token: string }>().token);
    expect(new Set([...tokens, 'planted']).size).toBe(3);
    expect((await get('/me', { cookie: planted })).statusCode).toBe(401);
  });

  test('answers the same to an unknown address and to a wrong password', async () => {
    const known = await post(SIGN_IN, { ...ADMIN, password: 'not the password' });
    const unknown = await post(SIGN_IN, { email: 'nobody@example.com', password: 'not the password' });
    const comparable = ({ statusCode, headers, body }: typeof known) => ({
      statusCode,
      headers: Object.keys(headers).sort(),
      body: { ...JSON.parse(body), requestId: '' },
    });
    expect(comparable(known)).toEqual(comparable(unknown));
    expect(known.statusCode).toBe(401);
    expect(known.headers['set-cookie']).toBeUndefined();
  });

  test('hashes a password for an unknown address too, so that time tells nothing', async () => {
    const { password } = await server.auth.context;
    let hashCount = 0;
    const { hash } = password;
    password.hash = (text) => {
      hashCount += 1;
      return hash(text);
    };
    await post(SIGN_IN, { email: 'nobody@example.com', password: 'not the password' });
    password.hash = hash;
    expect(hashCount).toBe(1);
  });

  test.each([
    ['totp', '000000'],
    ['code', '000000'],
    ['userId', '1'],
    ['role', 'admin'],
    ['callbackURL', '//evil.example'],
    ['callbackURL', 'https://evil.example'],
    ['callbackURL', '/\\evil.example'],
    ['callbackURL', 'https:evil.example'],
    ['callbackURL', '/%09/evil.example'],
    ['callbackURL', 'javascript:alert(1)'],
    ['callbackURL', '/fine'],
    ['redirectTo', 'https://evil.example'],
  ])('takes no %s (%s), right password or wrong', async (key, value) => {
    for (const password of [PASSWORD, 'not the password']) {
      const response = await post(SIGN_IN, { ...ADMIN, password, [key]: value });
      expect(response.statusCode).toBe(400);
      expect(response.headers.location).toBeUndefined();
      expect(response.headers['set-cookie']).toBeUndefined();
    }
  });

  test('does not follow a callback in the query', async () => {
    const response = await post(`${SIGN_IN}?callbackURL=//evil.example`, ADMIN);
    expect(response.statusCode).toBe(400);
    expect(response.headers.location).toBeUndefined();
  });
});

describe('what better-auth could do beyond it', () => {
  test.each([
    ['POST', '/auth/sign-up/email', { email: 'me@example.com', password: PASSWORD, name: 'Me' }],
    ['POST', '/auth/update-user', { name: 'x', role: 'admin', email: 'admin@example.com' }],
    ['POST', '/auth/update-session', { email: 'admin@example.com', userId: '1' }],
    ['POST', '/auth/change-email', { newEmail: 'admin@example.com' }],
    ['POST', '/auth/set-password', { newPassword: PASSWORD }],
    ['POST', '/auth/delete-user', {}],
    [
      'POST',
      '/auth/request-password-reset',
      { email: 'admin@example.com', redirectTo: 'https://evil.example' },
    ],
    ['POST', '/auth/forget-password', { email: 'admin@example.com' }],
    ['POST', '/auth/reset-password', { token: 'x', newPassword: PASSWORD }],
    ['GET', '/auth/reset-password/x?callbackURL=https://evil.example', undefined],
    ['GET', '/auth/verify-email?token=x&callbackURL=https://evil.example', undefined],
    ['GET', '/auth/callback/google', undefined],
    ['POST', '/auth/sign-in/social', { provider: 'google' }],
    ['POST', '/auth/api-key/create', { userId: '1', permissions: { all: ['*'] } }],
    ['POST', '/auth/link-social', { provider: 'google' }],
    ['POST', '/auth/get-session', {}],
    ['GET', '/auth/list-sessions', undefined],
    ['GET', '/auth/error?error=x', undefined],
    ['GET', '/auth/ok', undefined],
  ])('%s %s is not there', async (method, path, payload) => {
    for (const headers of [{ origin: BASE_URL }, server.people.viewer.headers]) {
      const response = await server.app.inject({
        method: method as 'GET',
        url: `/api${path}`,
        headers,
        ...(payload === undefined ? {} : { payload }),
      });
      expect(response.statusCode).toBe(404);
      expect(response.json()).toMatchObject({ code: 'ROUTE_NOT_FOUND' });
    }
  });

  test('adds nobody', async () => {
    const { internalAdapter } = await server.auth.context;
    expect(await internalAdapter.countTotalUsers()).toBe(2);
  });
});

describe('a session', () => {
  test('is held by cookie or by bearer token', async () => {
    const { token, headers } = server.people.viewer;
    expect((await get('/me', headers)).statusCode).toBe(200);
    expect((await get('/me', { authorization: `Bearer ${token}` })).statusCode).toBe(200);
  });

  test.each([
    '',
    'Bearer',
    'Bearer ',
    'Bearer null',
    'Bearer undefined',
    'Bearer a.b',
    'Basic YWRtaW46YWRtaW4=',
    'Bearer %00',
  ])('is not held by authorization "%s"', async (authorization) => {
    expect((await get('/me', { authorization })).statusCode).toBe(401);
  });

  test('is not held by a cookie whose signature is not ours', async () => {
    const { token } = server.people.viewer;
    for (const value of [token, `${token}.x`, `${token}.${'A'.repeat(43)}%3D`, '', 'null']) {
      expect((await get('/me', { cookie: `planwright.session_token=${value}` })).statusCode).toBe(401);
    }
  });

  test('is found as better-auth itself finds it', async () => {
    const { headers, userId } = server.people.viewer;
    const asked = await server.app.inject({ url: '/api/auth/get-session', headers });
    expect(asked.json()).toMatchObject({ user: { id: userId } });
    expect(await server.auth.callerOf(new Headers(headers))).toEqual({
      userId,
      email: 'viewer@example.com',
      name: 'viewer',
    });
  });

  test('that has run out is none', async () => {
    const own = await server.signIn('viewer@example.com');
    await server.db.executeSql(
      `update auth_session set "expiresAt" = now() - interval '1 second' where token = $1`,
      [own.token],
    );
    expect((await get('/me', own.headers)).statusCode).toBe(401);
    expect((await get('/me', { authorization: `Bearer ${own.token}` })).statusCode).toBe(401);
    expect((await get('/auth/get-session', own.headers)).statusCode).toBe(401);
  });

  test('is not held by a wrong bearer token beside a right cookie', async () => {
    const { headers } = server.people.viewer;
    expect((await get('/me', { ...headers, authorization: 'Bearer wrong' })).statusCode).toBe(401);
  });

  test('ends with sign-out, for the cookie and for the token', async () => {
    const own = await server.signIn('viewer@example.com');
    expect((await post('/auth/sign-out', {}, own.headers)).statusCode).toBe(200);
    expect((await get('/me', own.headers)).statusCode).toBe(401);
    expect((await get('/me', { authorization: `Bearer ${own.token}` })).statusCode).toBe(401);
  });

  test('ends everywhere else with a new password, and is another one here', async () => {
    const { userId } = await server.credentials.createUser({
      email: 'changing@example.com',
      name: 'Changing',
      password: PASSWORD,
    });
    const elsewhere = await server.signIn('changing@example.com');
    const here = await server.signIn('changing@example.com');
    const body = { currentPassword: PASSWORD, newPassword: 'another long password' };
    const changed = await post('/auth/change-password', body, here.headers);
    expect(changed.statusCode).toBe(200);
    expect((await get('/me', elsewhere.headers)).statusCode).toBe(401);
    expect((await get('/me', here.headers)).statusCode).toBe(401);
    const cookie = String(changed.headers['set-cookie']).split(';')[0];
    expect((await get('/me', { cookie })).statusCode).toBe(200);

    await server.credentials.setPassword(userId, 'set by an administrator');
    expect((await get('/me', { cookie })).statusCode).toBe(401);
    await expect(server.signIn('changing@example.com', 'another long password')).rejects.toThrow(
      'SIGN_IN_FAILED',
    );
    await server.signIn('changing@example.com', 'set by an administrator');
  });

  test('takes no short password, whoever sets it', async () => {
    const body = { currentPassword: PASSWORD, newPassword: 'short' };
    expect((await post('/auth/change-password', body, server.people.viewer.headers)).statusCode).toBe(400);
    await expect(server.credentials.setPassword('x', 'short')).rejects.toThrow('12');
  });

  test('of a disabled member opens nothing at once', async () => {
    const own = await server.signIn('viewer@example.com');
    const membership = server.memberships.get(own.userId)!;
    expect((await get('/companies/acme', own.headers)).statusCode).toBe(200);
    server.memberships.set(own.userId, { ...membership, disabled: true });
    const refused = await get('/companies/acme', own.headers);
    expect(refused.statusCode).toBe(404);
    expect(refused.json()).toMatchObject({ code: 'COMPANY_NOT_FOUND' });
    server.memberships.set(own.userId, membership);
  });
});

describe('a write that a browser sends', () => {
  const write = (headers: Headers) => post('/companies', { slug: 'x', name: 'X', currency: 'EUR' }, headers);

  test.each([
    'https://evil.example',
    'http://localhost:3000.evil.example',
    'http://evil.localhost:3000',
    'https://localhost:3000',
    'http://localhost:3001',
    'null',
    'http://localhost:3000@evil.example',
    '',
  ])('from "%s" is refused', async (origin) => {
    const { cookie } = server.people.admin.headers;
    const response = await write({ cookie, origin });
    expect(response.statusCode).toBe(403);
    expect(response.json()).toMatchObject({ code: 'ORIGIN_REFUSED' });
  });

  test('with the cookie but without an origin is refused', async () => {
    expect((await write({ cookie: server.people.admin.headers.cookie })).statusCode).toBe(403);
  });

  test('from the own page is accepted, by each name of the own machine', async () => {
    const { cookie } = server.people.admin.headers;
    for (const origin of trustedOrigins(BASE_URL)) {
      expect((await write({ cookie, origin })).statusCode).toBe(201);
    }
    // The port may be one that was chosen at start.
    const chosen = { cookie, origin: 'http://127.0.0.1:45678', host: '127.0.0.1:45678' };
    expect((await write(chosen)).statusCode).toBe(201);
    const rebound = { cookie, origin: 'http://evil.example:45678', host: 'evil.example:45678' };
    expect((await write(rebound)).statusCode).toBe(403);
  });

  test('is not needed of a script with a token', async () => {
    const response = await write({ authorization: `Bearer ${server.people.admin.token}` });
    expect(response.statusCode).toBe(201);
  });

  test('signs nobody in from another site', async () => {
    const response = await post(SIGN_IN, ADMIN, { origin: 'https://evil.example' });
    expect(response.statusCode).toBe(403);
    expect(response.headers['set-cookie']).toBeUndefined();
  });
});

describe('tries to sign in', () => {
  test('are limited by address and by person, and say when to come back', async () => {
    const limited = await startServer({
      people: [],
      db: server.db,
      config: { rateLimits: { requestsPerMinute: 1_000, signInsPerMinute: 3 } },
    });
    const attempt = (email: string) =>
      limited.app.inject({
        method: 'POST',
        url: `/api${SIGN_IN}`,
        headers: { origin: BASE_URL },
        payload: { email, password: 'x' },
      });
    for (let i = 0; i < 20; i++) await limited.app.inject('/api/me'); // Other requests do not count.
    const statuses = [];
    for (let i = 0; i < 4; i++) statuses.push((await attempt('admin@example.com')).statusCode);
    expect(statuses).toEqual([401, 401, 401, 429]);
    const refused = await attempt('other@example.com');
    expect(refused.statusCode).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.json()).toMatchObject({ code: 'TOO_MANY_REQUESTS', advice: expect.any(String) });
    await limited.close();
  });
});

describe('the first administrator', () => {
  test('gets a random password, once, and only where nobody is yet', async () => {
    const db = await openDatabase({ archive: await emptyArchive() });
    const auth = createAuth({
      kysely: db.kysely,
      secret: 'kT9vQ2mXw7LrB4nZ8cHsJ6dFgY3pAeUi',
      baseUrl: BASE_URL,
    });
    const given = { email: 'First@Example.com', name: 'First' };
    const first = await ensureFirstAdmin(auth, given);
    expect(first?.email).toBe('first@example.com');
    expect(first?.password).toMatch(/^(\w{5}-){3}\w{5}$/);
    expect(await ensureFirstAdmin(auth, given)).toBeUndefined();
    const again = await createCredentials(auth).createUser({ ...given, password: 'another password' });
    expect(again).toMatchObject({ created: false, userId: first?.userId });
    await db.close();
  });

  test('is not made with a secret that can be guessed', async () => {
    const { kysely } = server.db;
    expect(() => createAuth({ kysely, secret: 'short', baseUrl: BASE_URL })).toThrow('32');
  });
});

test('over https the cookie is for https only, and browsers are told to stay there', async () => {
  const { kysely } = server.db;
  const baseUrl = 'https://plan.example.com';
  const auth = createAuth({ kysely, secret: 'kT9vQ2mXw7LrB4nZ8cHsJ6dFgY3pAeUi', baseUrl });
  const secure = await startServer({ people: [], db: server.db, config: { baseUrl }, deps: { auth } });
  const response = await secure.app.inject({
    method: 'POST',
    url: `/api${SIGN_IN}`,
    headers: { origin: baseUrl },
    payload: ADMIN,
  });
  expect(response.statusCode).toBe(200);
  expect(String(response.headers['set-cookie'])).toMatch(/^__Secure-planwright\.session_token=.*; Secure/);
  expect(response.headers['strict-transport-security']).toContain('max-age=31536000');
  await secure.close();
});
