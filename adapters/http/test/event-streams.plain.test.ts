import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ENDPOINTS } from '@planwright/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { sampleOf, schemaOf, UUID } from './samples.ts';
import { type ServerUnderTest, type SignedIn, startServer } from './server-under-test.ts';

let server: ServerUnderTest;
let port: number;
beforeAll(async () => {
  server = await startServer({ people: ['planner', 'viewer', 'sales', 'stranger'] });
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  port = (server.app.server.address() as AddressInfo).port;
});
afterAll(() => server.close());

type Reader = {
  readonly response: IncomingMessage;
  readonly text: () => string;
  readonly closed: Promise<void>;
  /** Resolves when the text so far satisfies the condition. */
  until(condition: (text: string) => boolean): Promise<string>;
};

const readers: Reader[] = [];
afterEach(() => {
  for (const reader of readers.splice(0)) reader.response.destroy();
  delete server.answers.getImport;
});

function listen(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Reader> {
  return new Promise((resolve, reject) => {
    const request = get({
      port,
      host: '127.0.0.1',
      path: `/api/companies/acme${path}`,
      headers,
      agent: false,
    });
    request.on('error', reject);
    request.on('response', (response) => {
      let text = '';
      let wake = () => {};
      response.setEncoding('utf8');
      response.on('data', (part) => {
        text += String(part);
        wake();
      });
      const closed = new Promise<void>((done) => {
        response.on('close', () => {
          done();
          wake();
        });
      });
      const reader: Reader = {
        response,
        text: () => text,
        closed,
        async until(condition) {
          while (!condition(text)) {
            if (response.closed) throw new Error(`the stream ended with: ${text}`);
            await new Promise<void>((done) => {
              wake = done;
            });
          }
          return text;
        },
      };
      readers.push(reader);
      resolve(reader);
    });
  });
}

const IMPORT_EVENTS = `/imports/${UUID}/events`;
const countOf = (text: string, part: string) => text.split(part).length - 1;
const sampleImport = sampleOf(schemaOf(ENDPOINTS.getImport.response, 'output')) as object;

async function streamCount(): Promise<number> {
  const { body } = await server.app.inject('/metrics');
  return Number(/^planwright_event_streams (\d+)$/m.exec(body)?.[1]);
}

describe('a stream', () => {
  test.each([IMPORT_EVENTS, `/runs/${UUID}/events`, '/events'])('%s opens for nobody', async (path) => {
    for (const query of ['', '?userId=1', `?token=${server.people.planner.token}`]) {
      const reader = await listen(path + query);
      expect(reader.response.statusCode).toBe(401);
      await reader.closed;
      expect(reader.text()).toContain('NOT_SIGNED_IN');
    }
  });

  test('has the headers that keep it flowing', async () => {
    const { response } = await listen('/events', server.people.viewer.headers);
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(response.headers['cache-control']).toContain('no-store');
    expect(response.headers['x-accel-buffering']).toBe('no');
    expect(response.headers['content-security-policy']).toContain("default-src 'self'");
  });

  test('of an import begins with its state and goes on with each change', async () => {
    let progressRatio = 0.25;
    server.answers.getImport = () => ({ ...sampleImport, progressRatio, passwordHash: 'LEAKED' });
    const reader = await listen(IMPORT_EVENTS, server.people.viewer.headers);
    await reader.until((text) => text.includes('"progressRatio":0.25'));
    progressRatio = 0.75;
    server.emit(1, { what: 'import', id: UUID });
    const text = await reader.until((seen) => seen.includes('"progressRatio":0.75'));
    expect(text).toMatch(/id: 1\nevent: import\ndata: \{.*\}\n\n/);
    expect(text).not.toContain('LEAKED');
  });

  test('of an import says nothing of other imports, runs and companies', async () => {
    const reader = await listen(IMPORT_EVENTS, server.people.viewer.headers);
    await reader.until((text) => countOf(text, 'event: import') === 1);
    server.emit(1, { what: 'import', id: 'another' });
    server.emit(1, { what: 'run', id: UUID });
    server.emit(2, { what: 'import', id: UUID });
    server.emit(1, { what: 'import', id: UUID });
    await reader.until((text) => countOf(text, 'event: import') === 2);
    await reader.until((text) => text.includes(': beat'));
    expect(countOf(reader.text(), 'event: import')).toBe(2);
  });

  test('takes a thousand changes at once as a few readings', async () => {
    const reader = await listen(IMPORT_EVENTS, server.people.viewer.headers);
    await reader.until((text) => text.includes('event: import'));
    const before = server.calls.length;
    for (let i = 0; i < 1_000; i++) server.emit(1, { what: 'import', id: UUID });
    await reader.until((text) => countOf(text, 'event: import') >= 2);
    await reader.until((text) => text.includes(': beat'));
    expect(server.calls.length - before).toBeLessThan(5);
  });

  test('of an object that is not there is refused as JSON', async () => {
    const reader = await listen('/imports/not-an-id/events', server.people.viewer.headers);
    expect(reader.response.statusCode).toBe(400);
    await reader.closed;
    expect(reader.text()).toContain('INVALID_INPUT');
  });

  test('of the company carries what changed, and to who comes back that anything may have', async () => {
    const first = await listen('/events', server.people.viewer.headers);
    await first.until((text) => text.includes('retry:'));
    server.emit(1, { what: 'cycle', id: 'c1' });
    server.emit(2, { what: 'cycle', id: 'foreign' });
    const text = await first.until((seen) => seen.includes('event: changed'));
    expect(text).toContain('data: {"what":"cycle","id":"c1"}');

    const back = await listen('/events', { ...server.people.viewer.headers, 'last-event-id': '7' });
    await back.until((seen) => seen.includes('data: {"what":"company","id":"acme"}'));
    expect(first.text()).not.toContain('foreign');
  });

  test('beats, so that proxies and readers know it is alive', async () => {
    const reader = await listen('/events', server.people.viewer.headers);
    await reader.until((text) => countOf(text, ': beat\n\n') >= 2);
  });

  test('leaves nothing behind when its reader goes', async () => {
    const reader = await listen('/events', server.people.viewer.headers);
    await reader.until((text) => text.includes('retry:'));
    expect(await streamCount()).toBeGreaterThan(0);
    expect(server.listenerCount()).toBeGreaterThan(0);
    reader.response.destroy();
    while ((await streamCount()) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(server.listenerCount()).toBe(0);
  });
});

describe('a right that is taken away ends the stream, and nothing comes after', () => {
  async function openedBy(name: 'planner' | 'viewer' | 'sales'): Promise<{ own: SignedIn; reader: Reader }> {
    const own = await server.signIn(`${name}@example.com`);
    const reader = await listen('/events', own.headers);
    await reader.until((text) => text.includes('retry:'));
    return { own, reader };
  }

  async function expectClosed(reader: Reader): Promise<void> {
    await reader.closed;
    const seen = reader.text();
    server.emit(1, { what: 'run', id: 'secret' });
    expect(seen).not.toContain('secret');
  }

  test('signing out', async () => {
    const { own, reader } = await openedBy('viewer');
    await server.app.inject({ method: 'POST', url: '/api/auth/sign-out', headers: own.headers, payload: {} });
    await expectClosed(reader);
  });

  test('a new password set by an administrator', async () => {
    const { own, reader } = await openedBy('sales');
    await server.credentials.setPassword(own.userId, 'a new long password');
    await expectClosed(reader);
  });

  test('a disabled membership, while others go on', async () => {
    const other = await listen('/events', server.people.viewer.headers);
    const { own, reader } = await openedBy('planner');
    server.memberships.set(own.userId, { company: 'acme', role: 'planner', disabled: true });
    await expectClosed(reader);
    server.emit(1, { what: 'run', id: 'still-here' });
    await other.until((text) => text.includes('still-here'));
    server.memberships.set(own.userId, { company: 'acme', role: 'planner', disabled: false });
  });

  test('with the times of production that is within five seconds', async () => {
    const { EVENT_LIMITS } = await import('../src/deps.ts');
    expect(EVENT_LIMITS.accessCheckMs).toBeLessThan(4_000);
  });
});

describe('a process', () => {
  test('drops a reader that does not read, and serves the others', async () => {
    const own = await startServer({
      people: ['viewer'],
      db: server.db,
      config: { events: { unreadBytes: 64 * 1024, readPauseMs: 1, accessCheckMs: 1_000, heartbeatMs: 50 } },
    });
    await own.app.listen({ port: 0, host: '127.0.0.1' });
    const address = own.app.server.address() as AddressInfo;
    const stuck = await new Promise<IncomingMessage>((resolve) => {
      get(
        {
          port: address.port,
          host: '127.0.0.1',
          path: '/api/companies/acme/events',
          headers: own.people.viewer.headers,
          agent: false,
        },
        resolve,
      );
    });
    stuck.pause();
    stuck.on('error', () => {}); // It is cut off; that is what is tested.
    const big = 'x'.repeat(8 * 1024);
    // The kernel takes some megabytes before the process has to keep anything.
    for (let sent = 0; own.listenerCount() > 0 && sent < 20_000; sent++) {
      own.emit(1, { what: 'run', id: big });
      if (sent % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(own.listenerCount()).toBe(0);
    stuck.destroy();
    await own.close();
  });

  test('opens no more streams than it should, in all and for one user', async () => {
    const own = await startServer({
      people: ['viewer', 'planner'],
      db: server.db,
      config: { events: { streamCount: 3, streamCountPerUser: 2, accessCheckMs: 1_000 } },
    });
    await own.app.listen({ port: 0, host: '127.0.0.1' });
    const address = own.app.server.address() as AddressInfo;
    const open = (headers: SignedIn['headers']) =>
      new Promise<IncomingMessage>((resolve) => {
        get(
          {
            port: address.port,
            host: '127.0.0.1',
            path: '/api/companies/acme/events',
            headers,
            agent: false,
          },
          resolve,
        );
      });
    const { viewer, planner } = own.people;
    const opened = [];
    for (const { headers } of [viewer, viewer, viewer, planner, planner]) opened.push(await open(headers));
    expect(opened.map(({ statusCode }) => statusCode)).toEqual([200, 200, 429, 200, 429]);
    expect(opened[2].headers['retry-after']).toBe('10');
    for (const response of opened) response.destroy();
    await own.close();
  });

  test('ends its streams when it closes', async () => {
    const own = await startServer({ people: ['viewer'], db: server.db });
    await own.app.listen({ port: 0, host: '127.0.0.1' });
    const address = own.app.server.address() as AddressInfo;
    const response = await new Promise<IncomingMessage>((resolve) => {
      get(
        {
          port: address.port,
          host: '127.0.0.1',
          path: '/api/companies/acme/events',
          headers: own.people.viewer.headers,
          agent: false,
        },
        resolve,
      );
    });
    response.resume();
    const ended = new Promise((resolve) => response.on('end', resolve));
    await own.close();
    await ended;
  });
});
