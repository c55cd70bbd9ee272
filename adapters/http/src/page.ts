import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HttpRefusal } from './refusal.ts';

/** Vite puts a content hash into every name below `assets/`. */
const HASHED_FILES = `${path.sep}assets${path.sep}`;
const HASHED_CACHE = 'public, max-age=31536000, immutable';

/** An address of the page: no file, and nothing that could be meant for the API. */
function isPageAddress(request: FastifyRequest): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const address = request.url.split('?', 1)[0];
  return !/^\/+(api|health|metrics|assets)\b/i.test(address) && !/[.%;\\]/.test(address);
}

/** Serves the built page, with its own router behind every address that is not a file. */
export async function registerPage(app: FastifyInstance, webRoot: string | undefined): Promise<void> {
  const root = webRoot === undefined ? undefined : path.resolve(webRoot);
  const hasPage = root !== undefined && existsSync(path.join(root, 'index.html'));
  if (hasPage) {
    await app.register(fastifyStatic, {
      root,
      dotfiles: 'ignore',
      index: 'index.html',
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, file) => {
        reply.header('cache-control', file.includes(HASHED_FILES) ? HASHED_CACHE : 'no-cache');
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    if (!hasPage || !isPageAddress(request)) throw new HttpRefusal('ROUTE_NOT_FOUND');
    return reply.sendFile('index.html');
  });
}
