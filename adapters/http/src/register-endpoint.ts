import type { Caller, Member } from '@planwright/app';
import { CAPABILITY_ENDPOINTS, type Endpoint, type EndpointName } from '@planwright/contracts';
import { assert } from '@planwright/units';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HttpRefusal } from './refusal.ts';

/** A service as the route sees it: the types of its own endpoint are proved by `Services`. */
export type AnyService = (
  caller: Caller | Member | null,
  input: { params: unknown; query: unknown; body: unknown },
) => Promise<unknown>;

/** The capability an endpoint belongs to: its tag in the documentation. */
function capabilityOf(name: EndpointName): string {
  const found = Object.entries(CAPABILITY_ENDPOINTS).find(([, endpoints]) => name in endpoints);
  assert(found !== undefined, `${name} belongs to a capability`);
  return found[0];
}

/** Operations without a body take none: a key that nobody reads is a mistake of the caller. */
async function refuseBody(request: FastifyRequest): Promise<void> {
  const { body } = request;
  const isEmpty = body === undefined || body === null;
  if (!isEmpty && (typeof body !== 'object' || Array.isArray(body) || Object.keys(body).length > 0)) {
    throw new HttpRefusal('BAD_REQUEST', { problem: 'This operation takes no body.' });
  }
}

/**
 * Adds the route of one endpoint: parse, call the service, serialise by the response schema,
 * which lets nothing through that the contract does not name.
 */
export function registerEndpoint(
  app: FastifyInstance,
  name: EndpointName,
  endpoint: Endpoint,
  service: AnyService,
): void {
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    schema: {
      operationId: name,
      summary: endpoint.summary,
      tags: [capabilityOf(name)],
      params: endpoint.params,
      querystring: endpoint.query,
      ...(endpoint.body === null ? {} : { body: endpoint.body }),
      response: { [endpoint.status]: endpoint.response },
    },
    config: { access: endpoint.access },
    ...(endpoint.body === null ? { preValidation: refuseBody } : {}),
    handler: async (request, reply) => {
      const { params, query } = request;
      const body = endpoint.body === null ? undefined : request.body;
      const result = await service(request.member ?? request.caller, { params, query, body });
      return reply.code(endpoint.status).send(result);
    },
  });
}
