import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ServerUnderTest, startServer } from './server-under-test.ts';

let root: string;
let server: ServerUnderTest;
let port: number;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'planwright-page-'));
  const webRoot = path.join(root, 'web');
  await mkdir(path.join(webRoot, 'assets'), { recursive: true });
  await writeFile(path.join(root, 'secret.txt'), 'SECRET');
  await writeFile(path.join(webRoot, 'index.html'), '<!doctype html><title>Planwright</title>');
  await writeFile(path.join(webRoot, '.env'), 'SECRET');
  await writeFile(path.join(webRoot, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(path.join(webRoot, 'assets', 'app-1a2b3c.js'), 'export {};');
  await symlink(path.join(root, 'secret.txt'), path.join(root, 'link.txt'));
  server = await startServer({ people: [], config: { webRoot } });
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  port = (server.app.server.address() as AddressInfo).port;
});
afterAll(async () => {
  await server.close();
  await rm(root, { recursive: true });
});

function sendRaw(target: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (text) => {
      answer += String(text);
    });
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
    socket.write(`GET ${target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`);
  });
}

describe('the page', () => {
  test.each(['/', '/demand', '/acme/supply/orders', '/acme/cycle?step=2', '/apiary'])(
    'answers at %s and is asked for anew each time',
    async (url) => {
      const { statusCode, headers, body } = await server.app.inject(url);
      expect(statusCode).toBe(200);
      expect(headers['content-type']).toContain('text/html');
      expect(headers['cache-control']).toBe('no-cache');
      expect(headers['content-security-policy']).toContain("script-src 'self';");
      expect(body).toContain('<title>Planwright</title>');
    },
  );

  test('has files with a hash in their name, which are kept for a year', async () => {
    const { statusCode, headers } = await server.app.inject('/assets/app-1a2b3c.js');
    expect(statusCode).toBe(200);
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers['content-type']).toContain('javascript');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  test('has other files, which are not', async () => {
    const { statusCode, headers } = await server.app.inject('/favicon.svg');
    expect(statusCode).toBe(200);
    expect(headers['cache-control']).toBe('no-cache');
  });

  test.each(['/api', '/api/', '/api/nothing', '/api/companies/acme/nothing', '/API/nothing'])(
    'does not answer for the API at %s',
    async (url) => {
      const response = await server.app.inject(url);
      expect(response.statusCode).toBe(404);
      expect(response.json()).toMatchObject({ code: 'ROUTE_NOT_FOUND' });
    },
  );

  test.each(['/assets/gone-9z.js', '/robots.txt', '/index.php', '/wp-login.php', '/.git/config', '/.env'])(
    'does not answer for the missing file %s',
    async (url) => {
      const response = await server.app.inject(url);
      expect(response.statusCode).toBe(404);
      expect(response.body).not.toContain('SECRET');
      expect(response.body).not.toContain('<title>');
    },
  );

  test('takes no writes', async () => {
    const response = await server.app.inject({ method: 'POST', url: '/demand', payload: {} });
    expect(response.statusCode).toBe(404);
  });

  test.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/assets/..%252f..%252fsecret.txt',
    '/%252e%252e/secret.txt',
    '/..\\secret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/assets/....//....//secret.txt',
    '//secret.txt',
    '/assets/%00../../secret.txt',
    '/assets/..;/..;/secret.txt',
    `/${'../'.repeat(12)}etc/passwd`,
    '/%2e%2e%2f%2e%2e%2f%2e%2e%2f%2e%2e%2fetc/passwd',
    '/file:///etc/passwd',
    '/assets//etc/passwd',
    '/api/docs/static/../../../../package.json',
    '/api/docs/static/..%2f..%2f..%2fpackage.json',
  ])('does not lead to %s', async (target) => {
    const answer = await sendRaw(target);
    expect(answer).not.toContain('SECRET');
    expect(answer).not.toContain('root:');
    expect(answer).not.toContain('"dependencies"');
    expect(answer).toMatch(/^HTTP\/1\.1 (400|403|404) /);
  });

  test('lists no folder', async () => {
    for (const url of ['/assets', '/assets/']) {
      expect((await server.app.inject(url)).body).not.toContain('app-1a2b3c');
    }
  });
});

test('without a built page the API is all there is', async () => {
  const bare = await startServer({
    people: [],
    db: server.db,
    config: { webRoot: path.join(root, 'not-built') },
  });
  const response = await bare.app.inject('/');
  expect(response.statusCode).toBe(404);
  expect(response.json()).toMatchObject({ code: 'ROUTE_NOT_FOUND' });
  await bare.close();
});
