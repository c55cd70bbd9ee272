import { ApiError, createClient } from '@planwright/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

// Pauses between connections pass at once, and are counted.
let pauses: number[];
beforeEach(() => {
  pauses = [];
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((done: () => void, ms: number) => {
    pauses.push(ms);
    queueMicrotask(done);
    return 0;
  }) as never);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const PARAMS = { params: { company: 'acme' } };
const changed = (id: string) => `data: {"what":"run","id":"${id}"}\n\n`;

/** A server that gives one answer a connection. */
function clientOf(answers: (() => Response | Promise<Response>)[]) {
  const returns: (string | null)[] = [];
  const client = createClient({
    baseUrl: 'http://plan.example.com',
    fetch: async (_url, init) => {
      returns.push(new Headers(init?.headers).get('last-event-id'));
      const next = answers.shift();
      if (next === undefined) throw new Error('more connections than answers');
      return next();
    },
  });
  return { client, returns };
}

const stream =
  (...chunks: string[]) =>
  () =>
    new Response(
      new ReadableStream({
        start(controller) {
          for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
          controller.close();
        },
      }),
    );
const refusal = (status: number) => () => Response.json({ code: 'X', message: 'x', advice: 'x' }, { status });

async function take(count: number, client: ReturnType<typeof clientOf>['client']): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of client.companyEvents(PARAMS)) {
    ids.push(id);
    if (ids.length === count) break;
  }
  return ids;
}

test('events are put together from pieces cut anywhere', async () => {
  const text = `id: 1\nevent: changed\n${changed('größe')}`;
  const bytes = new TextEncoder().encode(text);
  const answer = () =>
    new Response(
      new ReadableStream({
        start(controller) {
          for (const byte of bytes) controller.enqueue(new Uint8Array([byte]));
          controller.close();
        },
      }),
    );
  const { client } = clientOf([answer]);
  expect(await take(1, client)).toEqual(['größe']);
});

test('comments and events of other names are passed over', async () => {
  const { client } = clientOf([
    stream(
      ': beat\n\n',
      'retry: 2000\n\n',
      `event: other\n${changed('no')}`,
      `event: changed\n${changed('yes')}`,
    ),
  ]);
  expect(await take(1, client)).toEqual(['yes']);
});

test('a connection that ends is made again, from the last event on', async () => {
  const { client, returns } = clientOf([
    stream(`id: 7\nevent: changed\n${changed('a')}`),
    stream(`id: 8\nevent: changed\n${changed('b')}`),
  ]);
  expect(await take(2, client)).toEqual(['a', 'b']);
  expect(returns).toEqual([null, '7']);
});

test('a return says so even where nothing had come before', async () => {
  const { client, returns } = clientOf([stream(), stream(`event: changed\n${changed('a')}`)]);
  await take(1, client);
  expect(returns).toEqual([null, '0']);
});

test('a server that is away is asked again, less and less often', async () => {
  const away = () => Promise.reject(new TypeError('fetch failed'));
  const { client } = clientOf([
    away,
    away,
    refusal(503),
    refusal(429),
    away,
    away,
    away,
    stream(`event: changed\n${changed('a')}`),
  ]);
  expect(await take(1, client)).toEqual(['a']);
  expect(pauses).toHaveLength(7);
  expect(pauses[0]).toBeGreaterThanOrEqual(250);
  expect(pauses[6]).toBeGreaterThan(pauses[0]);
  for (const pause of pauses) expect(pause).toBeLessThanOrEqual(22_500);
});

test.each([400, 401, 403, 404])('status %i ends it', async (status) => {
  const { client } = clientOf([refusal(status)]);
  await expect(take(1, client)).rejects.toBeInstanceOf(ApiError);
  expect(pauses).toEqual([]);
});

test('an abort ends it without an error', async () => {
  const stop = new AbortController();
  const { client } = clientOf([stream(`event: changed\n${changed('a')}`)]);
  const seen = [];
  for await (const change of client.companyEvents(PARAMS, { signal: stop.signal })) {
    seen.push(change);
    stop.abort();
  }
  expect(seen).toHaveLength(1);
});
