import { Import, RAW_ROUTES, Run } from '@planwright/contracts';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { z } from 'zod';
import { ApiError } from './api-error.ts';
import type { Connection, Values } from './connection.ts';
import type { CallOptions } from './operations.ts';

const CompanyChange = z.object({ what: z.enum(['import', 'run', 'cycle', 'company']), id: z.string() });
export type CompanyChange = z.infer<typeof CompanyChange>;

type OfCompany = { readonly company: string };

/**
 * Streams of the server as async iterators. They reconnect by themselves, with growing pauses, and end with
 * an ApiError only where reconnecting is no use: signed out, not permitted, not there.
 */
export type Events = {
  /** The import after every change; ends once it is settled. */
  importEvents(
    given: { params: OfCompany & { importId: string } },
    options?: CallOptions,
  ): AsyncGenerator<Import>;
  /** The run after every change; ends once it is settled. */
  runEvents(given: { params: OfCompany & { runId: string } }, options?: CallOptions): AsyncGenerator<Run>;
  /** What changed in the company, until the signal or a `break` ends it. After a gap: `{ what: 'company' }`. */
  companyEvents(given: { params: OfCompany }, options?: CallOptions): AsyncGenerator<CompanyChange>;
};

const PAUSE_FIRST_MS = 500;
const PAUSE_MAX_MS = 15_000;
const HOPELESS_STATUSES = new Set([400, 401, 403, 404]);

/** Reads one connection to its end. */
async function* messagesOf(response: Response): AsyncGenerator<EventSourceMessage> {
  const ready: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (message) => ready.push(message) });
  const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
      yield* ready.splice(0);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

type Source = {
  readonly connection: Connection;
  readonly path: string;
  readonly params: Values;
  readonly event: string;
  readonly signal: AbortSignal | undefined;
};

/** The data of all events of one name, over as many connections as it takes. */
async function* eventData(source: Source): AsyncGenerator<unknown> {
  const { connection, path, params, event, signal } = source;
  let lastEventId: string | undefined;
  let pauseMs = PAUSE_FIRST_MS;
  const isOver = () => signal?.aborted === true;
  while (!isOver()) {
    try {
      const headers = {
        accept: 'text/event-stream',
        ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
      };
      const response = await connection.send({ method: 'GET', path, params, headers, signal });
      pauseMs = PAUSE_FIRST_MS;
      lastEventId ??= '0'; // From here on every connection is a return.
      for await (const message of messagesOf(response)) {
        lastEventId = message.id ?? lastEventId;
        if (message.event === event) yield JSON.parse(message.data) as unknown;
      }
    } catch (error) {
      if (isOver()) return;
      if (error instanceof ApiError && HOPELESS_STATUSES.has(error.status)) throw error;
    }
    // Spread out, so that a restarted server is not met by everyone at once.
    await pause(pauseMs * (0.5 + Math.random()), signal);
    pauseMs = Math.min(pauseMs * 2, PAUSE_MAX_MS);
  }
}

const SETTLED_IMPORT = new Set<Import['status']>(['done', 'refused', 'failed', 'cancelled', 'undone']);
const SETTLED_RUN = new Set<Run['status']>(['succeeded', 'failed', 'cancelled', 'rejected']);

/** Parses each event, and ends after the one that is final. */
async function* parsed<T>(
  source: Source,
  schema: z.ZodType<T>,
  isFinal: (value: T) => boolean,
): AsyncGenerator<T> {
  for await (const data of eventData(source)) {
    const value = schema.parse(data);
    yield value;
    if (isFinal(value)) return;
  }
}

export function createEvents(connection: Connection): Events {
  const source = (
    name: 'importEvents' | 'runEvents' | 'companyEvents',
    params: Values,
    event: string,
    options: CallOptions = {},
  ): Source => ({ connection, path: RAW_ROUTES[name].path, params, event, signal: options.signal });

  return {
    importEvents: ({ params }, options) =>
      parsed(source('importEvents', params, 'import', options), Import, ({ status }) =>
        SETTLED_IMPORT.has(status),
      ),
    runEvents: ({ params }, options) =>
      parsed(source('runEvents', params, 'run', options), Run, ({ status }) => SETTLED_RUN.has(status)),
    companyEvents: ({ params }, options) =>
      parsed(source('companyEvents', params, 'changed', options), CompanyChange, () => false),
  };
}
