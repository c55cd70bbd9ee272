import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { outgoingPost, whyNotCallable } from '@planwright/http';
import { afterEach, describe, expect, test } from 'vitest';
import { isPublicAddress } from '../src/public-address.ts';

let server: Server | undefined;
afterEach(async () => {
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
  server = undefined;
});

async function listening(answer: (body: string) => { status: number; headers?: Record<string, string> }) {
  const seen: { body: string; headers: NodeJS.Dict<string | string[]> }[] = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      seen.push({ body, headers: request.headers });
      const { status, headers } = answer(body);
      response.writeHead(status, headers).end('x'.repeat(200_000));
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/in?a=1`, seen };
}

describe('an address that a user gave', () => {
  test.each([
    '127.0.0.1',
    '10.1.2.3',
    '100.64.0.1',
    '169.254.169.254',
    '172.31.0.1',
    '192.168.1.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'fd00::1',
    'fe80::1',
    'ff02::1',
    'no address',
  ])('%s is not public', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each(['1.1.1.1', '8.8.8.8', '93.184.215.14', '2606:4700:4700::1111'])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  test.each([
    'http://example.com/',
    'ftp://example.com/',
    'https://user:word@example.com/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://[::ffff:7f00:1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[2002:7f00:1::]/',
    'https://localhost/',
    'https://localhost./',
    'https://a.localhost/',
    'https://169.254.169.254/latest/meta-data/',
    'nonsense',
  ])('%s may not be called', (address) => {
    expect(whyNotCallable(address, { allowPrivate: false })).toEqual(expect.any(String));
  });

  test('a name that leads to this machine is not called, whatever it is called', async () => {
    const { url, seen } = await listening(() => ({ status: 200 }));
    const port = new URL(url).port;
    const sent = await outgoingPost({ allowPrivate: false })(`https://ip6-localhost:${port}/`, {}, '{}');
    expect(sent.status).toBeNull();
    expect(sent.problem).toEqual(expect.any(String));
    expect(seen).toEqual([]);
  });
});

describe('a message', () => {
  const send = outgoingPost({ allowPrivate: true, timeoutMs: 5_000 });

  test('arrives whole with its headers; of a long answer only the status is kept', async () => {
    const { url, seen } = await listening(() => ({ status: 202 }));
    const sent = await send(
      url,
      { 'content-type': 'application/json', 'planwright-signature': 't=1,v1=ab' },
      '{"ä":1}',
    );
    expect(sent).toEqual({ status: 202, problem: null });
    expect(seen.map(({ body }) => body)).toEqual(['{"ä":1}']);
    expect(seen[0].headers['planwright-signature']).toBe('t=1,v1=ab');
  });

  test('that is sent elsewhere by a redirect does not go there', async () => {
    const { url, seen } = await listening(() => ({
      status: 302,
      headers: { location: 'http://127.0.0.1:1/' },
    }));
    const sent = await send(url, {}, '{}');
    expect(sent.status).toBe(302);
    expect(sent.problem).toContain('redirect');
    expect(seen).toHaveLength(1);
  });

  test('that nobody takes says so', async () => {
    const sent = await send('http://127.0.0.1:1/', {}, '{}');
    expect(sent.status).toBeNull();
    expect(sent.problem).toContain('ECONNREFUSED');
  });
});
