import { openAsBlob } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ApiError, type Client, createClient } from '@planwright/client';
import { type Endpoint, ENDPOINTS } from '@planwright/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requiredParameters, sampleOf, schemaOf, UUID } from './samples.ts';
import { PASSWORD, type ServerUnderTest, startServer } from './server-under-test.ts';

let server: ServerUnderTest;
let baseUrl: string;
let client: Client;
beforeAll(async () => {
  server = await startServer({ people: ['admin', 'viewer'] });
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  baseUrl = `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}`;
  client = createClient({ baseUrl, token: server.people.admin.token });
});
afterAll(() => server.close());

const ACME = { company: 'acme' };

test('every operation of the contracts goes to the server and comes back', async () => {
  for (const [name, endpoint] of Object.entries(ENDPOINTS as Record<string, Endpoint>)) {
    const params = sampleOf(schemaOf(endpoint.params, 'output')) as Record<string, unknown>;
    const call = client[name as 'getMe'] as (given: object) => Promise<unknown>;
    const body = endpoint.body === null ? undefined : sampleOf(schemaOf(endpoint.body, 'input'));
    const result = await call({
      params: 'target' in params ? { ...params, target: 'item' } : params,
      query: name === 'search' ? { q: 'a & b=c?/#%' } : Object.fromEntries(requiredParameters(endpoint)),
      ...(body === undefined ? {} : { body }),
    });
    expect(server.calls.at(-1)?.name).toBe(name);
    expect(result).toEqual(sampleOf(schemaOf(endpoint.response, 'output')));
  }
  const search = server.calls.find(({ name }) => name === 'search');
  expect(search?.input).toMatchObject({ query: { q: 'a & b=c?/#%', limit: 12 } });
});

describe('sign-in from the command line', () => {
  test('gives a token for the next client, and ends with sign-out', async () => {
    const anonymous = createClient({ baseUrl });
    await expect(anonymous.getMe()).rejects.toMatchObject({ status: 401, code: 'NOT_SIGNED_IN' });
    const { token, user } = await anonymous.signIn({ email: 'viewer@example.com', password: PASSWORD });
    expect(user.email).toBe('viewer@example.com');
    let current: string | undefined = token;
    const signedIn = createClient({ baseUrl, token: () => current });
    expect((await signedIn.getSession()).user).toEqual(user);
    const given = { currentPassword: PASSWORD, newPassword: PASSWORD };
    current = (await signedIn.changePassword(given)).token;
    expect(current).not.toBe(token);
    await signedIn.endOtherSessions();
    await signedIn.signOut();
    await expect(signedIn.getMe()).rejects.toMatchObject({ status: 401 });
  });

  test('tells why it failed', async () => {
    const failed = createClient({ baseUrl }).signIn({ email: 'viewer@example.com', password: 'wrong' });
    await expect(failed).rejects.toMatchObject({
      status: 401,
      code: 'SIGN_IN_FAILED',
      advice: expect.stringMatching(/\S/),
    });
  });
});

test('a refusal is an ApiError with all that the server said', async () => {
  const error: unknown = await client
    .startRun({ params: ACME, body: { seed: -1 } })
    .catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({
    status: 400,
    code: 'INVALID_INPUT',
    details: { fields: [{ field: 'body.seed' }] },
    requestId: expect.any(String),
  });
});

describe('files', () => {
  test('of a folder go up as they are', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'planwright-client-'));
    const content = 'Menge;Größe\r\n1;"a;b"\r\n'.repeat(20_000);
    await writeFile(path.join(folder, 'items.csv'), content);
    const imported = await client.uploadImport({
      params: ACME,
      mapping: 'version: 1\n',
      files: [{ name: 'stamm/Größen.csv', content: await openAsBlob(path.join(folder, 'items.csv')) }],
    });
    expect(imported).toMatchObject({ id: UUID });
    const upload = server.uploads.at(-1)!;
    expect(upload.received).toEqual({
      mapping: 'version: 1\n',
      files: [{ name: 'stamm/Größen.csv', bytes: Buffer.byteLength(content) }],
    });
    expect(await readFile(path.join(upload.folder, 'stamm/Größen.csv'), 'utf8')).toBe(content);
    await rm(folder, { recursive: true });
  });

  test('are looked at before', async () => {
    const preview = await client.previewFiles({
      params: ACME,
      files: [{ name: 'a.csv', content: new Blob(['a,b\n1,2\n']) }],
    });
    expect(preview).toEqual({ files: [], mapping: 'version: 1' });
  });

  test('come down with their name', async () => {
    const rows = await client.exportRows({ params: { ...ACME, target: 'item' } });
    expect(rows.fileName).toBe('item.csv');
    expect(await rows.text()).toBe("item,quantity\r\n'=cmd|x,1\r\n");
    const demand = await client.exportDemand({ params: ACME });
    expect(demand.fileName).toBe('demand "Ä".csv');
    await demand.body.cancel();
    const address = client.downloadAddress('downloadRejects', {
      params: { ...ACME, importId: UUID },
      query: { target: 'item' },
    });
    expect(address).toBe(`${baseUrl}/api/companies/acme/imports/${UUID}/rejects?target=item`);
  });
});

describe('events', () => {
  const sampleRun = sampleOf(schemaOf(ENDPOINTS.getRun.response, 'output')) as object;

  test('of a run come until it is settled', async () => {
    let state: object = { ...sampleRun, id: UUID, status: 'running', progressRatio: 0.5 };
    server.answers.getRun = () => state;
    const seen = [];
    for await (const run of client.runEvents({ params: { ...ACME, runId: UUID } })) {
      seen.push(run.status);
      state = { ...state, status: 'succeeded', progressRatio: 1 };
      server.emit(1, { what: 'run', id: UUID });
    }
    expect(seen[0]).toBe('running');
    expect(seen.at(-1)).toBe('succeeded');
    delete server.answers.getRun;
  });

  test('of the company come until the caller has enough', async () => {
    const stop = new AbortController();
    const seen: unknown[] = [];
    const timer = setInterval(() => server.emit(1, { what: 'cycle', id: 'c1' }), 20);
    for await (const change of client.companyEvents({ params: ACME }, { signal: stop.signal })) {
      seen.push(change);
      if (seen.length === 2) stop.abort();
    }
    clearInterval(timer);
    expect(seen).toEqual([
      { what: 'cycle', id: 'c1' },
      { what: 'cycle', id: 'c1' },
    ]);
  });

  test('end with the refusal where coming back is no use', async () => {
    const anonymous = createClient({ baseUrl });
    const first = anonymous.companyEvents({ params: ACME }).next();
    await expect(first).rejects.toMatchObject({ status: 401, code: 'NOT_SIGNED_IN' });
  });
});
