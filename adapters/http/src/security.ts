import helmet from '@fastify/helmet';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isLoopback, trustedOrigins } from './auth.ts';
import type { HttpConfig } from './deps.ts';
import { HttpRefusal } from './refusal.ts';

const SECONDS_OF_A_YEAR = 365 * 24 * 3600;

/** The strict headers of every answer. Scripts come from our own files only; styles may be set by the charts. */
export async function addSecurityHeaders(app: FastifyInstance, baseUrl: string): Promise<void> {
  const isHttps = new URL(baseUrl).protocol === 'https:';
  await app.register(helmet, {
    global: true,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        scriptSrcAttr: ["'none'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        frameSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        // On plain HTTP it would send the browser to a port that does not speak TLS.
        ...(isHttps ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
    hsts: isHttps ? { maxAge: SECONDS_OF_A_YEAR, includeSubDomains: true } : false,
  });
}

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether the page at `origin` is the one this server serves. On the own machine the port may have been
 * chosen at start; there the address that was asked for counts, as long as it names the own machine.
 */
function isOwnOrigin(origin: string, host: string | undefined, trusted: ReadonlySet<string>): boolean {
  if (trusted.has(origin)) return true;
  if (!URL.canParse(origin) || ![...trusted].some(isLoopback)) return false;
  return isLoopback(origin) && new URL(origin).host === host;
}

/**
 * Refuses writes that another site makes a browser send. A browser names the origin of every write; a script
 * without cookies has nothing that could be abused, so it need not.
 */
function assertSameOrigin(request: FastifyRequest, trusted: ReadonlySet<string>): void {
  if (READING.has(request.method)) return;
  const { origin, cookie, host } = request.headers;
  const isRefused =
    origin === undefined
      ? cookie !== undefined || request.headers['sec-fetch-site'] === 'cross-site'
      : !isOwnOrigin(origin, host, trusted);
  if (isRefused) throw new HttpRefusal('ORIGIN_REFUSED');
}

export function addOriginCheck(
  app: FastifyInstance,
  config: Pick<HttpConfig, 'baseUrl' | 'otherOrigins'>,
): void {
  const trusted = new Set(trustedOrigins(config.baseUrl, config.otherOrigins));
  app.addHook('onRequest', async (request) => assertSameOrigin(request, trusted));
}
