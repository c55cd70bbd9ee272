import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { PlanningError } from '@planwright/app';
import { ErrorBody } from '@planwright/contracts';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { answerOf } from './error-handler.ts';
import { HttpRefusal } from './refusal.ts';

const RUN_ID = '7d5a8e52-7f1c-4f0e-9a43-0c1c4b9a2f10';

/** One example of every status that an operation may refuse with; the bodies come from the real handler. */
const REFUSAL_EXAMPLES = {
  400: new PlanningError('INVALID_INPUT', { problem: 'body.seed: Invalid input: expected number' }),
  401: new PlanningError('NOT_SIGNED_IN'),
  403: new PlanningError('NOT_PERMITTED', { permission: 'plan.run', role: 'viewer' }),
  404: new PlanningError('COMPANY_NOT_FOUND', { company: 'acme' }),
  409: new PlanningError('RUN_ALREADY_ACTIVE', { runId: RUN_ID }),
  413: new HttpRefusal('BODY_TOO_LARGE'),
  415: new HttpRefusal('MEDIA_TYPE_REFUSED'),
  429: new HttpRefusal('TOO_MANY_REQUESTS'),
  500: new HttpRefusal('INTERNAL'),
  503: new HttpRefusal('UNAVAILABLE'),
} as const;

const DESCRIPTION = `Plans, runs, imports and cycles of Planwright.

**Sign in**: \`POST /api/auth/sign-in/email\` with \`{ "email", "password" }\`. A browser gets a cookie; a script takes
\`token\` from the answer and sends it as \`Authorization: Bearer <token>\`.

**Refusals** all have one shape: \`code\` (stable), \`message\` (what is wrong), \`advice\` (what to do), sometimes
\`details\`, and \`requestId\`. **Lists** are paged: give \`nextCursor\` back as \`cursor\`. Bodies are strict: a key that is
not documented is refused, and nothing is converted from one type to another.`;

type Operation = { responses?: Record<string, unknown>; operationId?: string };

function refusalResponses(): Record<string, unknown> {
  const schema = z.toJSONSchema(ErrorBody, { target: 'draft-2020-12' });
  return Object.fromEntries(
    Object.entries(REFUSAL_EXAMPLES).map(([status, error]) => {
      const example = { ...answerOf(error).body, requestId: RUN_ID };
      const content = { 'application/json': { schema, example } };
      return [`Refusal${status}`, { description: example.message, content }];
    }),
  );
}

/** Adds to every operation the refusals it may answer with. */
function withRefusals(document: Record<string, unknown>): Record<string, unknown> {
  const { paths, components } = document as {
    paths: Record<string, Record<string, Operation>>;
    components?: Record<string, unknown>;
  };
  for (const operations of Object.values(paths)) {
    for (const operation of Object.values(operations)) {
      const refusals = Object.keys(REFUSAL_EXAMPLES).map((status) => [
        status,
        { $ref: `#/components/responses/Refusal${status}` },
      ]);
      operation.responses = { ...Object.fromEntries(refusals), ...operation.responses };
    }
  }
  return { ...document, components: { ...components, responses: refusalResponses() } };
}

/** Collects the routes that are added after it; call it before them. */
export async function addApiDocument(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Planwright', version, description: DESCRIPTION },
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer' },
          cookie: { type: 'apiKey', in: 'cookie', name: 'planwright.session_token' },
        },
      },
      security: [{ bearer: [] }, { cookie: [] }],
    },
    hideUntagged: true,
    transform: jsonSchemaTransform,
    transformObject: (document) =>
      'openapiObject' in document
        ? withRefusals(document.openapiObject as Record<string, unknown>)
        : document.swaggerObject,
  });
}

/** Adds the document and the pages that show it. They find their files by the whole prefix: not in a scope. */
export async function registerApiDocs(app: FastifyInstance): Promise<void> {
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    theme: {
      title: 'Planwright API',
      css: [{ filename: 'planwright.css', content: '.swagger-ui .topbar { display: none; }' }],
    },
    uiConfig: { docExpansion: 'list', deepLinking: true, tryItOutEnabled: false },
  });
  app.get('/api/openapi.json', { schema: { hide: true }, config: { access: 'public' } }, async () =>
    app.swagger(),
  );
}
