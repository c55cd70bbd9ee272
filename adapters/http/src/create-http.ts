import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { type Endpoint, type EndpointName, ENDPOINTS } from '@planwright/contracts';
import { type FastifyInstance, fastify, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { addApiDocument, registerApiDocs } from './api-docs.ts';
import { registerAuthRoutes } from './auth-routes.ts';
import { closePromptly } from './closing.ts';
import { EVENT_LIMITS, type HttpDeps, RATE_LIMITS, UPLOAD_LIMITS } from './deps.ts';
import { registerDownloads } from './download-routes.ts';
import { handleError } from './error-handler.ts';
import { registerEvents } from './event-routes.ts';
import { createEventStreams, type EventStreams } from './event-streams.ts';
import { addGuards } from './guard.ts';
import { registerHealth } from './health.ts';
import { registerMetrics } from './metrics.ts';
import { registerPage } from './page.ts';
import { addRateLimit } from './rate-limits.ts';
import { HttpRefusal } from './refusal.ts';
import { type AnyService, registerEndpoint } from './register-endpoint.ts';
import { addOriginCheck, addSecurityHeaders } from './security.ts';
import { registerUploads } from './upload-routes.ts';

const BODY_BYTES_MAX = 1024 ** 2;
/** Time to receive a whole request: a gigabyte of files over a slow line. */
const REQUEST_MS_MAX = 30 * 60_000;

/** What is not even HTTP gets the one error shape too. */
function answerBrokenRequest(_error: Error, socket: Socket): void {
  if (!socket.writable) return;
  const body = JSON.stringify(new HttpRefusal('BAD_REQUEST').body());
  socket.end(
    `HTTP/1.1 400 Bad Request\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

function newApp({ config, logger }: HttpDeps): FastifyInstance {
  const app = fastify({
    ...(logger === undefined ? { logger: false } : { loggerInstance: logger }),
    trustProxy: config.trustProxy ?? false,
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_MS_MAX,
    logController: new LogController({ disableRequestLogging: true }), // onResponse below logs one line.
    exposeHeadRoutes: false,
    requestIdHeader: false, // An id that the client chooses could imitate another request in the log.
    genReqId: () => randomUUID(),
    return503OnClosing: true,
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: handleError,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(handleError);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions, caller } = request;
    const ms = Math.round(reply.elapsedTime);
    request.log.info({ method, route: routeOptions.url, status: reply.statusCode, ms, user: caller?.userId });
  });
  return app;
}

/** Everything under `/api`. */
async function registerApi(api: FastifyInstance, deps: HttpDeps, streams: EventStreams): Promise<void> {
  const { services, auth, raw, config } = deps;
  api.removeContentTypeParser('text/plain');
  api.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });
  registerAuthRoutes(api, auth, config, { ...RATE_LIMITS, ...config.rateLimits });
  for (const [name, endpoint] of Object.entries(ENDPOINTS) as [EndpointName, Endpoint][]) {
    registerEndpoint(api, name, endpoint, services[name] as AnyService);
  }
  registerDownloads(api, raw);
  registerEvents(api, deps, streams, { ...EVENT_LIMITS, ...config.events });
  await api.register(async (uploads) =>
    registerUploads(uploads, raw, { ...UPLOAD_LIMITS, ...config.uploads }),
  );
  api.route({
    method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: '/*',
    schema: { hide: true },
    config: { access: 'public' },
    handler: async () => {
      throw new HttpRefusal('ROUTE_NOT_FOUND');
    },
  });
}

/**
 * The whole HTTP surface: API, sign-in, uploads, downloads, event streams, documentation, health, metrics and
 * the page. The caller listens on what is returned and closes it; closing ends the event streams.
 */
export async function createHttp(deps: HttpDeps): Promise<FastifyInstance> {
  const { config, version } = deps;
  const app = newApp(deps);
  const streams = createEventStreams({ ...EVENT_LIMITS, ...config.events });
  closePromptly(app, streams.closeAll);

  await addRateLimit(app, { ...RATE_LIMITS, ...config.rateLimits });
  await addSecurityHeaders(app, config.baseUrl);
  addOriginCheck(app, config);
  addGuards(app, deps);
  await addApiDocument(app, version);
  registerHealth(app, version, deps.health);
  registerMetrics(app, {
    token: config.metricsToken,
    streamCount: streams.count,
    workCounts: deps.workCounts,
  });
  await app.register(async (api) => registerApi(api, deps, streams), { prefix: '/api' });
  await registerApiDocs(app);
  await registerPage(app, config.webRoot);
  return app;
}
