import { type ErrorKind, PlanningError } from '@planwright/app';
import type { ErrorBody } from '@planwright/contracts';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { HttpRefusal, type HttpRefusalCode } from './refusal.ts';

const STATUS_BY_KIND: Record<ErrorKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  unavailable: 503,
};

/** What Fastify and its plugins refuse by themselves, in our words. */
const REFUSAL_BY_FASTIFY_CODE: Record<string, HttpRefusalCode> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'MEDIA_TYPE_REFUSED',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'BAD_JSON',
  FST_ERR_CTP_INVALID_JSON_BODY: 'BAD_JSON',
  FST_ERR_CTP_BODY_TOO_LARGE: 'BODY_TOO_LARGE',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'BAD_REQUEST',
  FST_ERR_BAD_URL: 'BAD_REQUEST',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'MEDIA_TYPE_REFUSED',
  FST_REQ_FILE_TOO_LARGE: 'UPLOAD_TOO_LARGE',
  FST_FILES_LIMIT: 'UPLOAD_TOO_LARGE',
  FST_FIELDS_LIMIT: 'UPLOAD_TOO_LARGE',
  FST_PARTS_LIMIT: 'UPLOAD_TOO_LARGE',
  FST_PROTO_VIOLATION: 'UPLOAD_REFUSED',
  FST_MP_PREMATURE_CLOSE: 'UPLOAD_REFUSED',
};

/** The database is away or restarting, or the disk is full: the caller may simply try again. */
const UNAVAILABLE_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '53100',
  'ENOSPC',
]);

type WrongField = { readonly field: string; readonly problem: string };

function wrongFields(error: FastifyError): WrongField[] {
  const where = error.validationContext === 'querystring' ? 'query' : (error.validationContext ?? 'body');
  return (error.validation ?? []).slice(0, 20).map((issue) => ({
    field: `${where}${issue.instancePath === '/' ? '' : issue.instancePath.replaceAll('/', '.')}`,
    problem: issue.message ?? 'is not valid',
  }));
}

function invalidInput(fields: readonly WrongField[]): ErrorBody {
  const problem = fields.map(({ field, problem }) => `${field}: ${problem}`).join('; ');
  const error = new PlanningError('INVALID_INPUT', { problem });
  return { code: error.code, message: error.message, advice: error.advice, details: { fields } };
}

type Answer = { readonly status: number; readonly body: ErrorBody; readonly retryAfterSeconds?: number };

function answerOfRefusal(refusal: HttpRefusal): Answer {
  return { status: refusal.status, body: refusal.body(), retryAfterSeconds: refusal.retryAfterSeconds };
}

/** The status and body of any error. What nobody foresaw says nothing of itself to the outside. */
export function answerOf(error: unknown): Answer {
  if (error instanceof PlanningError) {
    const { code, message, advice } = error;
    const details = Object.keys(error.details as object).length > 0 ? error.details : undefined;
    return { status: STATUS_BY_KIND[error.kind], body: { code, message, advice, details } };
  }
  if (error instanceof HttpRefusal) return answerOfRefusal(error);
  if (hasZodFastifySchemaValidationErrors(error)) {
    return { status: 400, body: invalidInput(wrongFields(error as FastifyError)) };
  }
  const { code, statusCode } = (error ?? {}) as { code?: unknown; statusCode?: unknown };
  const refusal = typeof code === 'string' ? REFUSAL_BY_FASTIFY_CODE[code] : undefined;
  if (refusal !== undefined) return answerOfRefusal(new HttpRefusal(refusal));
  if (typeof code === 'string' && UNAVAILABLE_CODES.has(code)) {
    return answerOfRefusal(new HttpRefusal('UNAVAILABLE', { retryAfterSeconds: 2 }));
  }
  const isClientFault = typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500;
  return answerOfRefusal(new HttpRefusal(isClientFault ? 'BAD_REQUEST' : 'INTERNAL'));
}

/** The one error handler. */
export function handleError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, body, retryAfterSeconds } = answerOf(error);
  if (status >= 500) request.log.error({ err: error }, 'request failed');
  // Refused rights and sign-ins are what an administrator looks for after an incident.
  else if (status === 401 || status === 403 || status === 429) {
    request.log.warn(
      { code: body.code, method: request.method, route: request.routeOptions.url, ip: request.ip },
      'refused',
    );
  }
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .serializer(JSON.stringify)
    .send({ ...body, requestId: request.id });
}
