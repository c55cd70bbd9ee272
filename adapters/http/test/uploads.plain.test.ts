import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { attachment, safeRelativePath } from '../src/file-names.ts';
import { UUID } from './samples.ts';
import { type ServerUnderTest, startServer } from './server-under-test.ts';

let server: ServerUnderTest;
const LIMITS = { fileCount: 3, fileBytes: 100_000, totalBytes: 150_000 };
beforeAll(async () => {
  server = await startServer({ people: ['planner', 'viewer'], config: { uploads: LIMITS } });
});
afterAll(() => server.close());
beforeEach(() => {
  server.uploads.length = 0;
});

type Part = { readonly name: string; readonly fileName?: string; readonly content: string };

const EDGE = 'edge-of-the-parts';
function multipart(parts: readonly Part[]): Buffer {
  const texts = parts.map(({ name, fileName, content }) => {
    const file = fileName === undefined ? '' : `; filename="${fileName}"\r\ncontent-type: text/csv`;
    return `--${EDGE}\r\ncontent-disposition: form-data; name="${name}"${file}\r\n\r\n${content}\r\n`;
  });
  return Buffer.from(`${texts.join('')}--${EDGE}--\r\n`);
}

function send(payload: Buffer, url = '/imports') {
  return server.app.inject({
    method: 'POST',
    url: `/api/companies/acme${url}`,
    headers: { ...server.people.planner.headers, 'content-type': `multipart/form-data; boundary=${EDGE}` },
    payload,
  });
}

const MAPPING = { name: 'mapping', content: 'version: 1\nname: Ümläut\n' };
const file = (fileName: string, content = 'item;quantity\nA;1\n') => ({ name: 'files', fileName, content });

async function expectNothingKept(): Promise<void> {
  for (const upload of server.uploads) {
    expect(upload.received).toBeNull();
    expect(upload.discarded).toBe(true);
    expect(existsSync(upload.folder)).toBe(false);
  }
}

describe('an upload', () => {
  test('lands in its folder byte for byte, with its relative paths', async () => {
    const binary = 'a\u0000b\r\n\r\n--edge\u00ff€'.repeat(1_000);
    const response = await send(
      multipart([MAPPING, file('orders/2026/März.csv', binary), file('items.csv')]),
    );
    expect(response.statusCode).toBe(202);
    const [upload] = server.uploads;
    expect(upload.received).toEqual({
      mapping: MAPPING.content,
      files: [
        { name: 'orders/2026/März.csv', bytes: Buffer.byteLength(binary) },
        { name: 'items.csv', bytes: 18 },
      ],
    });
    expect(await readFile(path.join(upload.folder, 'orders/2026/März.csv'), 'utf8')).toBe(binary);
    expect((await readdir(upload.folder)).sort()).toEqual(['items.csv', 'orders']);
    expect(upload.discarded).toBe(false);
  });

  test('for a first look needs no mapping', async () => {
    const response = await send(multipart([file('items.csv')]), '/imports/preview');
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({ files: [], mapping: 'version: 1' });
  });

  test.each([
    ['no files', multipart([MAPPING])],
    ['no mapping', multipart([file('a.csv')])],
    ['a part of another name', multipart([MAPPING, { name: 'filepath', content: '/etc/passwd' }])],
    ['a file of another name', multipart([MAPPING, { ...file('a.csv'), name: 'mapping2' }])],
    ['the same file twice', multipart([MAPPING, file('a.csv'), file('A.CSV')])],
    ['a prototype', multipart([MAPPING, { name: '__proto__', content: 'x' }])],
    ['an end that is missing', multipart([MAPPING, file('a.csv')]).subarray(0, -40)],
    ['nothing', Buffer.from('')],
  ])('with %s is refused and leaves nothing', async (_what, payload) => {
    const response = await send(payload);
    expect(response.statusCode).toBeGreaterThanOrEqual(400);
    expect(response.statusCode).toBeLessThan(500);
    expect(response.json()).toMatchObject({ code: expect.any(String), advice: expect.any(String) });
    await expectNothingKept();
  });

  test.each([
    '../../x.csv',
    '..\\..\\x.csv',
    '/etc/cron.d/x',
    'C:\\x.csv',
    'a/../../x.csv',
    'a//b.csv',
    './x.csv',
    '..',
    ' x.csv',
    'x.csv ',
    'a\u0007.csv',
    'gpj.\u202evsc',
    `${'a'.repeat(256)}.csv`,
    `${'a/'.repeat(600)}a.csv`,
  ])('of a file named %j is refused and leaves nothing', async (fileName) => {
    const response = await send(multipart([MAPPING, file(fileName)]));
    expect(response.statusCode).toBe(400);
    await expectNothingKept();
  });

  test.each([
    ['a file over the limit', [file('a.csv', 'x'.repeat(LIMITS.fileBytes + 1))]],
    ['files over the limit together', [file('a.csv', 'x'.repeat(90_000)), file('b.csv', 'x'.repeat(90_000))]],
    ['too many files', ['a', 'b', 'c', 'd'].map((name) => file(name))],
  ])('of %s is refused with 413 and leaves nothing', async (_what, files) => {
    const response = await send(multipart([MAPPING, ...files]));
    expect(response.statusCode).toBe(413);
    expect(response.json()).toMatchObject({ code: 'UPLOAD_TOO_LARGE' });
    await expectNothingKept();
  });

  test('with a mapping over a megabyte is refused', async () => {
    const response = await send(
      multipart([{ ...MAPPING, content: 'x'.repeat(1024 ** 2 + 1) }, file('a.csv')]),
    );
    expect(response.statusCode).toBe(413);
    await expectNothingKept();
  });

  test('that is cut in the middle leaves nothing', async () => {
    await server.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = server.app.server.address() as AddressInfo;
    const payload = multipart([MAPPING, file('a.csv', 'x'.repeat(80_000))]);
    const socket = connect(port, '127.0.0.1');
    socket.write(
      [
        'POST /api/companies/acme/imports HTTP/1.1',
        'host: localhost',
        `authorization: Bearer ${server.people.planner.token}`,
        `content-type: multipart/form-data; boundary=${EDGE}`,
        `content-length: ${payload.length}`,
        '',
        '',
      ].join('\r\n'),
    );
    socket.write(payload.subarray(0, payload.length / 2));
    const wait = () => new Promise((resolve) => setTimeout(resolve, 20));
    while (server.uploads.length === 0) await wait();
    socket.destroy();
    while (!server.uploads[0].discarded) await wait();
    await expectNothingKept();
  });

  test('does not begin for who may not', async () => {
    const response = await server.app.inject({
      method: 'POST',
      url: '/api/companies/acme/imports',
      headers: {
        ...server.people.viewer.headers,
        'content-type': `multipart/form-data; boundary=${EDGE}`,
      },
      payload: multipart([MAPPING, file('a.csv')]),
    });
    expect(response.statusCode).toBe(403);
    expect(server.uploads).toEqual([]);
  });
});

describe('a download', () => {
  const get = (url: string) =>
    server.app.inject({ url: `/api/companies/acme${url}`, headers: server.people.viewer.headers });

  test.each([
    ['/data/rows/item/export', 'item.csv'],
    [`/imports/${UUID}/rejects`, 'rejects.csv'],
    [`/imports/${UUID}/rejects?target=item`, 'rejects.csv'],
  ])('%s is a file to save', async (url, fileName) => {
    const { statusCode, headers, body } = await get(url);
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers['content-disposition']).toContain(`attachment; filename="${fileName}"`);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toBe("item,quantity\r\n'=cmd|x,1\r\n");
  });

  test('keeps a name with quotes and umlauts in one header', async () => {
    const disposition = (await get('/demand/export')).headers['content-disposition'];
    expect(disposition).toBe(
      'attachment; filename="demand_.csv"; filename*=UTF-8\'\'demand%20%22%C3%84%22.csv',
    );
    expect(attachment('a\r\nset-cookie: x=1.csv')).not.toMatch(/[\r\n]/);
  });

  test('that fails before its first row is a refusal in JSON', async () => {
    const { exportDemand } = server.raw;
    server.raw.exportDemand = async () => ({
      fileName: 'x.csv',
      // oxlint-disable-next-line require-yield
      text: (async function* () {
        throw new Error('the database is gone');
      })(),
    });
    const response = await get('/demand/export');
    expect(response.statusCode).toBe(500);
    expect(response.json()).toMatchObject({ code: 'INTERNAL' });
    server.raw.exportDemand = exportDemand;
  });

  test('that nobody reads does not fill the memory', async () => {
    let pieces = 0;
    const { exportDemand } = server.raw;
    server.raw.exportDemand = async () => ({
      fileName: 'endless.csv',
      text: (async function* () {
        for (; pieces < 100_000; pieces++) yield 'x'.repeat(16 * 1024);
      })(),
    });
    const { port } = server.app.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    socket.pause();
    socket.write(
      `GET /api/companies/acme/demand/export HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${server.people.viewer.token}\r\n\r\n`,
    );
    let seen = -1;
    while (pieces !== seen || pieces === 0) {
      seen = pieces;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    // What the kernel holds for one connection, and no more: 1.6 GB were on offer.
    expect(pieces).toBeLessThan(2_000);
    socket.destroy();
    server.raw.exportDemand = exportDemand;
  });
});

test('names of files are taken as they are, or not at all', () => {
  for (const name of ['a.csv', 'a/b/c.csv', 'Größe (neu).csv', '.hidden', 'a..b.csv', '漢字.csv']) {
    expect(safeRelativePath(name)).toBe(name.normalize('NFC'));
  }
  expect(safeRelativePath('a\\b.csv')).toBe('a/b.csv');
  for (const name of ['', '/', 'a/', '../a', 'a/..', 'a\nb', 'c:a', 'a\u0000']) {
    expect(safeRelativePath(name)).toBeUndefined();
  }
});
