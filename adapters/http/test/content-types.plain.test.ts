import { afterAll, beforeAll, expect, test } from 'vitest';
import { UUID } from './samples.ts';
import { type ServerUnderTest, startServer } from './server-under-test.ts';

let server: ServerUnderTest;
beforeAll(async () => {
  server = await startServer({ people: ['admin'] });
});
afterAll(() => server.close());

function post(url: string, type: string | undefined, payload: string) {
  const headers = { ...server.people.admin.headers, ...(type === undefined ? {} : { 'content-type': type }) };
  return server.app.inject({ method: 'POST', url, headers, payload });
}

const RUNS = '/api/companies/acme/runs';
const IMPORTS = '/api/companies/acme/imports';
const BAD_SEED = '{"seed":"not a number"}';

// Each of these once made a server skip the check of the body.
test.each([
  ' application/json',
  '\tapplication/json',
  'application/json ',
  'application/json;',
  'application/json; charset=utf-8',
  'application/json;charset=utf-7',
  'APPLICATION/JSON',
  'application/ json',
  'application/json/',
  'application/json, text/plain',
  'application/vnd.api+json',
  'application/jsonx',
  'text/plain',
  'text/plain;application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  '*/*',
  '',
  undefined,
])('a wrong body as %j is never accepted', async (type) => {
  const before = server.calls.length;
  const response = await post(RUNS, type, BAD_SEED);
  expect([400, 415]).toContain(response.statusCode);
  expect(server.calls.length).toBe(before);
});

test.each(['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON'])(
  'a right body as %j is',
  async (type) => {
    expect((await post(RUNS, type, '{"seed":7}')).statusCode).toBe(202);
  },
);

test.each([
  ['application/json', '{"files":{"f":{"filepath":"/etc/passwd"}}}'],
  ['application/json', '{"mapping":"version: 1","files":[{"path":"/etc/passwd","filename":"a.csv"}]}'],
  ['application/x-www-form-urlencoded', 'files[0][filepath]=/etc/passwd&mapping=x'],
  ['text/plain', 'files=/etc/passwd'],
  ['text/plain; multipart/form-data; boundary=x', '--x--'],
])('an upload as %s cannot pretend to be files', async (type, payload) => {
  for (const url of [IMPORTS, `${IMPORTS}/preview`]) {
    const uploadCount = server.uploads.length;
    const response = await post(url, type, payload);
    expect(response.statusCode).toBe(415);
    expect(response.json()).toMatchObject({ code: 'MEDIA_TYPE_REFUSED' });
    expect(server.uploads.length).toBe(uploadCount);
  }
});

test.each([
  ['not JSON', '{"seed":'],
  ['nothing', ''],
  ['two values', '{}{}'],
  ['a number', '1'],
  ['a list', '[]'],
  ['brackets 100,000 deep', '['.repeat(100_000)],
])('a body that is %s is refused', async (_what, payload) => {
  expect((await post(RUNS, 'application/json', payload)).statusCode).toBe(400);
});

test('a body over the limit is refused with 413', async () => {
  const response = await post(RUNS, 'application/json', `{"seed":${' '.repeat(1024 ** 2)}1}`);
  expect(response.statusCode).toBe(413);
  expect(response.json()).toMatchObject({ code: 'BODY_TOO_LARGE', requestId: expect.any(String) });
});

test('an operation without a body refuses keys, and takes none or an empty object', async () => {
  const url = `${RUNS}/${UUID}/publish`;
  expect((await post(url, 'application/json', '{"runId":"other"}')).statusCode).toBe(400);
  expect((await post(url, 'application/json', '{}')).statusCode).toBe(200);
  expect((await post(url, undefined, '')).statusCode).toBe(200);
});
