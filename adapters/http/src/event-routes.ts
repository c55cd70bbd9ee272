import { setTimeout as delay } from 'node:timers/promises';
import type { Member } from '@planwright/app';
import { CompanyParams, Id, Import, NoFields, RAW_ROUTES, Run } from '@planwright/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { CompanyChange, EventLimits, HttpDeps } from './deps.ts';
import type { EventStream, EventStreams, Listener } from './event-streams.ts';
import { admit, companySlugOf, memberOfRequest, webHeaders } from './guard.ts';

type EventDeps = Pick<HttpDeps, 'services' | 'events' | 'auth' | 'memberOf'>;
type EventRoute = 'importEvents' | 'runEvents' | 'companyEvents';

function listenerOf(deps: EventDeps, request: FastifyRequest, route: EventRoute): Listener {
  const { access } = RAW_ROUTES[route];
  const { userId, company } = memberOfRequest(request);
  const headers = webHeaders(request);
  const proof = [headers.get('cookie'), headers.get('authorization')];
  return {
    userId,
    accessKey: JSON.stringify([...proof, company, access]),
    mayStay: () => admit(deps, access, headers, company).then(() => true),
  };
}

/**
 * Keeps a reader up to date with one object. Changes that come while it is read are one more reading,
 * so a busy import cannot flood its readers.
 */
function follow(
  stream: EventStream,
  given: {
    event: string;
    read: () => Promise<unknown>;
    subscribe: (listener: () => void) => () => void;
    pauseMs: number;
  },
): void {
  let isReading = false;
  let isStale = false;
  const update = async () => {
    isStale = true;
    if (isReading) return;
    isReading = true;
    while (isStale && stream.isOpen()) {
      isStale = false;
      stream.send(given.event, await given.read());
      await delay(given.pauseMs, undefined, { ref: false });
    }
    isReading = false;
  };
  // Without its object a stream has nothing left to say; the reader comes back and is told why.
  const changed = () => void update().catch(() => stream.close());
  stream.onClose(given.subscribe(changed));
  // The object may have changed between the check that it exists and the subscription.
  changed();
}

type Followed = {
  readonly route: 'importEvents' | 'runEvents';
  readonly summary: string;
  readonly tag: string;
  readonly event: CompanyChange['what'] & ('import' | 'run');
  readonly params: z.ZodObject;
  readonly idOf: (params: unknown) => string;
  readonly read: (deps: EventDeps, member: Member, id: string) => Promise<unknown>;
};

const ImportParams = CompanyParams.extend({ importId: Id });
const RunParams = CompanyParams.extend({ runId: Id });

const FOLLOWED: readonly Followed[] = [
  {
    route: 'importEvents',
    summary: 'The import after every change, as server-sent events',
    tag: 'data',
    event: 'import',
    params: ImportParams,
    idOf: (params) => (params as z.infer<typeof ImportParams>).importId,
    read: async ({ services }, member, importId) =>
      Import.parse(
        await services.getImport(member, {
          params: { company: member.company, importId },
          query: {},
          body: undefined,
        }),
      ),
  },
  {
    route: 'runEvents',
    summary: 'The run after every change, as server-sent events',
    tag: 'scenarios',
    event: 'run',
    params: RunParams,
    idOf: (params) => (params as z.infer<typeof RunParams>).runId,
    read: async ({ services }, member, runId) =>
      Run.parse(
        await services.getRun(member, {
          params: { company: member.company, runId },
          query: {},
          body: undefined,
        }),
      ),
  },
];

function openCompanyEvents(deps: EventDeps, streams: EventStreams) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const member = memberOfRequest(request);
    const stream = streams.open(reply, listenerOf(deps, request, 'companyEvents'));
    stream.onClose(
      deps.events.subscribe(member.companyId, ({ what, id }) => stream.send('changed', { what, id })),
    );
    // Whoever comes back has missed changes: everything may be different.
    if (request.headers['last-event-id'] !== undefined) {
      stream.send('changed', { what: 'company', id: companySlugOf(request) });
    }
    return reply;
  };
}

/** Adds the streams of server-sent events. */
export function registerEvents(
  app: FastifyInstance,
  deps: EventDeps,
  streams: EventStreams,
  limits: EventLimits,
): void {
  for (const { route, summary, tag, event, params, idOf, read } of FOLLOWED) {
    const { method, path, access } = RAW_ROUTES[route];
    app.route({
      method,
      url: path,
      schema: { operationId: route, summary, tags: [tag], params, querystring: NoFields },
      config: { access },
      handler: async (request, reply) => {
        const member = memberOfRequest(request);
        const id = idOf(request.params);
        await read(deps, member, id); // An object that is not there is refused before the stream begins.
        const stream = streams.open(reply, listenerOf(deps, request, route));
        follow(stream, {
          event,
          read: () => read(deps, member, id),
          subscribe: (changed) =>
            deps.events.subscribe(member.companyId, (change) => {
              if (change.what === event && change.id === id) changed();
            }),
          pauseMs: limits.readPauseMs,
        });
        return reply;
      },
    });
  }
  const { method, path, access } = RAW_ROUTES.companyEvents;
  app.route({
    method,
    url: path,
    schema: {
      operationId: 'companyEvents',
      summary: 'What changed in the company, as server-sent events',
      tags: ['companies'],
      params: CompanyParams,
      querystring: NoFields,
    },
    config: { access },
    handler: openCompanyEvents(deps, streams),
  });
}
