import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { WorkCounts } from './deps.ts';
import { HttpRefusal } from './refusal.ts';

const LOOPBACK_ADDRESSES = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** Behind a proxy on this machine every connection looks local, so one that was passed on does not count. */
function isFromThisMachine(request: FastifyRequest): boolean {
  const { headers, socket } = request.raw;
  const isPassedOn = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
  return LOOPBACK_ADDRESSES.has(socket.remoteAddress ?? '') && !isPassedOn;
}

function hasToken(request: FastifyRequest, token: string | undefined): boolean {
  const given = Buffer.from(request.headers.authorization ?? '');
  const expected = Buffer.from(`Bearer ${token}`);
  return token !== undefined && given.length === expected.length && timingSafeEqual(given, expected);
}

/** The longest answers that are asked for in time are heavy reads; above ten seconds something is stuck. */
const DURATION_BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

function addGauges(
  registry: Registry,
  streamCount: () => number,
  workCounts: (() => Promise<WorkCounts>) | undefined,
): void {
  const registers = [registry];
  new Gauge({
    name: 'planwright_event_streams',
    help: 'Open event streams of this process',
    registers,
    collect() {
      this.set(streamCount());
    },
  });
  if (workCounts === undefined) return;
  for (const kind of ['runs', 'imports'] as const) {
    new Gauge({
      name: `planwright_${kind}`,
      help: `The ${kind} in the database by status`,
      labelNames: ['status'],
      registers,
      async collect() {
        const counts = await workCounts();
        this.reset();
        for (const [status, count] of Object.entries(counts[kind])) this.set({ status }, count);
      },
    });
  }
}

/**
 * Adds `/metrics` in the Prometheus text format: durations by route, runs and imports by status, event
 * streams, event loop lag and memory. Read on this machine, or anywhere with the token.
 */
export function registerMetrics(
  app: FastifyInstance,
  given: {
    token: string | undefined;
    streamCount: () => number;
    workCounts: (() => Promise<WorkCounts>) | undefined;
  },
): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  addGauges(registry, given.streamCount, given.workCounts);
  const durations = new Histogram({
    name: 'planwright_http_request_duration_seconds',
    help: 'Time from the request to the end of its answer, by route',
    labelNames: ['method', 'route', 'status'],
    buckets: DURATION_BUCKETS_SECONDS,
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    // A stream lasts as long as its reader likes: that is no duration.
    if (String(reply.getHeader('content-type')).startsWith('text/event-stream')) return;
    const route = request.routeOptions.url ?? 'none';
    durations.observe(
      { method: request.method, route, status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    );
  });
  app.get('/metrics', { schema: { hide: true }, config: { access: 'public' } }, async (request, reply) => {
    if (!isFromThisMachine(request) && !hasToken(request, given.token)) {
      throw new HttpRefusal('METRICS_REFUSED');
    }
    const text = await registry.metrics();
    return reply.header('cache-control', 'no-store').type(registry.contentType).send(text);
  });
}
