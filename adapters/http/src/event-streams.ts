import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { EventLimits } from './deps.ts';
import { HttpRefusal } from './refusal.ts';

/** One reader of server-sent events. */
export type EventStream = {
  /** Sends one event. A reader that does not keep up is dropped; it comes back and gets the state anew. */
  send(event: string, data: unknown): void;
  close(): void;
  readonly isOpen: () => boolean;
  onClose(listener: () => void): void;
};

/** Who listens: streams with the same key share one check of their access. */
export type Listener = {
  readonly userId: string;
  readonly accessKey: string;
  /** Whether the session and the permission still hold. */
  readonly mayStay: () => Promise<boolean>;
};

type OpenStream = {
  readonly listener: Listener;
  readonly readable: Readable;
  readonly reply: FastifyReply;
  eventCount: number;
};

/** All event streams of this process: their heartbeat, their limits and the repeated check of access. */
export type EventStreams = {
  open(reply: FastifyReply, listener: Listener): EventStream;
  count(): number;
  closeAll(): void;
};

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  // A proxy that collects the answer before it passes it on would hold every event back.
  'x-accel-buffering': 'no',
  // Kept open after its stream, the connection would hold up a server that is closing.
  connection: 'close',
};

const CHECKS_AT_ONCE = 8;

/** Checks each access once, however many streams hang on it, and ends the streams of those that are gone. */
async function endRevoked(streams: ReadonlySet<OpenStream>): Promise<void> {
  const byAccess = Map.groupBy(streams, (stream) => stream.listener.accessKey);
  const groups = [...byAccess.values()];
  const work = async () => {
    for (let group = groups.pop(); group !== undefined; group = groups.pop()) {
      // A check that fails ends the stream too: the reader returns as soon as it can be checked.
      const mayStay = await group[0].listener.mayStay().catch(() => false);
      if (!mayStay) for (const stream of group) stream.readable.push(null);
    }
  };
  await Promise.all(Array.from({ length: CHECKS_AT_ONCE }, work));
}

function write(stream: OpenStream, text: string, limits: EventLimits): void {
  const { readable, reply } = stream;
  if (readable.destroyed || readable.readableEnded) return;
  const unreadBytes = readable.readableLength + reply.raw.writableLength;
  if (unreadBytes + text.length > limits.unreadBytes) {
    reply.log.warn({ unreadBytes }, 'event stream dropped: the reader does not keep up');
    readable.destroy();
    reply.raw.destroy();
    return;
  }
  readable.push(text);
}

export function createEventStreams(limits: EventLimits): EventStreams {
  const streams = new Set<OpenStream>();
  let isChecking = false;
  const checkTimer = setInterval(() => {
    if (isChecking) return;
    isChecking = true;
    void endRevoked(streams).finally(() => {
      isChecking = false;
    });
  }, limits.accessCheckMs);
  const heartbeatTimer = setInterval(() => {
    for (const stream of streams) write(stream, ': beat\n\n', limits);
  }, limits.heartbeatMs);
  checkTimer.unref();
  heartbeatTimer.unref();

  return {
    open(reply, listener) {
      const ofUser = [...streams].filter((stream) => stream.listener.userId === listener.userId).length;
      if (streams.size >= limits.streamCount || ofUser >= limits.streamCountPerUser) {
        throw new HttpRefusal('TOO_MANY_STREAMS', { retryAfterSeconds: 10 });
      }
      const readable = new Readable({ read() {} });
      const stream: OpenStream = { listener, readable, reply, eventCount: 0 };
      streams.add(stream);
      readable.once('close', () => streams.delete(stream));
      reply.headers(HEADERS);
      write(stream, 'retry: 2000\n\n', limits);
      void reply.send(readable);
      return {
        send(event, data) {
          stream.eventCount += 1;
          write(
            stream,
            `id: ${stream.eventCount}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`,
            limits,
          );
        },
        close: () => readable.push(null),
        isOpen: () => !readable.destroyed && !readable.readableEnded,
        onClose: (done) => readable.once('close', done),
      };
    },
    count: () => streams.size,
    closeAll() {
      clearInterval(checkTimer);
      clearInterval(heartbeatTimer);
      for (const stream of streams) stream.readable.push(null);
    },
  };
}
