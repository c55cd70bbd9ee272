import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, preHandlerAsyncHookHandler } from 'fastify';
import type { RateLimits } from './deps.ts';
import { HttpRefusal } from './refusal.ts';

const MINUTE_MS = 60_000;

/** Counts every request by the client's address, before anything is read from the database. */
export async function addRateLimit(app: FastifyInstance, limits: RateLimits): Promise<void> {
  await app.register(rateLimit, {
    global: false,
    max: limits.requestsPerMinute,
    timeWindow: MINUTE_MS,
    cache: 50_000,
    errorResponseBuilder: (_request, { ttl }) =>
      new HttpRefusal('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.ceil(ttl / 1000) }),
  });
  app.addHook('onRequest', app.rateLimit());
}

/**
 * Counts tries to sign in, by address and by the e-mail address that is tried: guessing passwords of one
 * person from many machines is as slow as from one.
 */
export function signInLimit(app: FastifyInstance, limits: RateLimits): preHandlerAsyncHookHandler {
  const settings = { max: limits.signInsPerMinute, timeWindow: MINUTE_MS };
  const byAddress = app.createRateLimit(settings);
  const byEmail = app.createRateLimit({
    ...settings,
    keyGenerator: (request) => `email:${(request.body as { email: string }).email.toLowerCase()}`,
  });
  return async (request) => {
    for (const count of [byAddress, byEmail]) {
      const result = await count(request);
      if (!result.isAllowed && result.isExceeded) {
        throw new HttpRefusal('TOO_MANY_REQUESTS', { retryAfterSeconds: result.ttlInSeconds });
      }
    }
  };
}
