import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { HealthReport } from './deps.ts';

const Health = z.object({
  status: z.enum(['ok', 'failing']),
  version: z.string(),
  database: z.string(),
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })),
});

/** Where not even the check works. */
const UNKNOWN: HealthReport = {
  ok: false,
  database: 'unknown',
  checks: [{ name: 'server', ok: false, detail: 'could not be checked' }],
};

/** Adds `/health`: 200 while everything works, 503 while something does not. */
export function registerHealth(
  app: FastifyInstance,
  version: string,
  health: () => Promise<HealthReport>,
): void {
  app.get(
    '/health',
    {
      schema: {
        operationId: 'getHealth',
        summary: 'Whether the server and its database work',
        tags: ['operation'],
        response: { 200: Health, 503: Health },
      },
      config: { access: 'public' },
    },
    async (request, reply) => {
      const report = await health().catch((error: unknown) => {
        request.log.error({ err: error }, 'the health check failed');
        return UNKNOWN;
      });
      return reply
        .code(report.ok ? 200 : 503)
        .header('cache-control', 'no-store')
        .send({
          status: report.ok ? 'ok' : 'failing',
          version,
          database: report.database,
          checks: report.checks,
        });
    },
  );
}
