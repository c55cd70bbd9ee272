import { z } from 'zod';
import type { Permission } from './access.ts';

/** Who may call: anyone, anyone signed in, or a member of the company with the permission. */
export type Access = 'public' | 'signed-in' | Permission;

/**
 * One operation of the API. The server registers it, the client calls it, the documentation prints it
 * and the access matrix tests it, all from this one value.
 */
export type Endpoint = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Under `/api`. Paths of company data start with `/companies/:company`. */
  readonly path: `/${string}`;
  readonly summary: string;
  readonly access: Access;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  readonly body: z.ZodType | null;
  readonly response: z.ZodType;
  readonly status: 200 | 201 | 202;
};

export const NoFields = z.strictObject({});
export const CompanyParams = z.strictObject({ company: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/) });
export const Id = z.uuid();

/** Fills in what most endpoints leave empty. */
export function endpoint<
  const P extends z.ZodObject = typeof CompanyParams,
  const Q extends z.ZodObject = typeof NoFields,
  const B extends z.ZodType | null = null,
  const R extends z.ZodType = z.ZodType,
>(given: {
  method: Endpoint['method'];
  path: Endpoint['path'];
  summary: string;
  access: Access;
  params?: P;
  query?: Q;
  body?: B;
  response: R;
  status?: Endpoint['status'];
}): {
  method: Endpoint['method'];
  path: Endpoint['path'];
  summary: string;
  access: Access;
  params: P;
  query: Q;
  body: B;
  response: R;
  status: Endpoint['status'];
} {
  return {
    ...given,
    params: given.params ?? (CompanyParams as unknown as P),
    query: given.query ?? (NoFields as unknown as Q),
    body: (given.body ?? null) as B,
    status: given.status ?? 200,
  };
}

/** What the caller gives: path, query and body, each parsed by its schema. */
export type InputOf<E extends Endpoint> = {
  readonly params: z.output<E['params']>;
  readonly query: z.output<E['query']>;
  readonly body: E['body'] extends z.ZodType ? z.output<E['body']> : undefined;
};
export type OutputOf<E extends Endpoint> = z.output<E['response']>;

export const PAGE_LIMIT_MAX = 500;

/** Query of a paged list. The cursor is opaque: give back what `nextCursor` held. */
export const PageQuery = z.strictObject({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_LIMIT_MAX).default(100),
});

/** One page. `total` counts the whole list. */
export const pageOf = <T extends z.ZodType>(row: T) =>
  z.object({ items: z.array(row), nextCursor: z.string().nullable(), total: z.number() });

/** The one shape of a refusal. `advice` says what to do; `details` name the values that were wrong. */
export const ErrorBody = z.object({
  code: z.string(),
  message: z.string(),
  advice: z.string(),
  details: z.unknown().optional(),
  requestId: z.string().optional(),
});
export type ErrorBody = z.infer<typeof ErrorBody>;

export const IssueRow = z.object({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  message: z.string(),
  advice: z.string(),
  file: z.string().nullable(),
  row: z.number().nullable(),
  column: z.string().nullable(),
  value: z.string().nullable(),
});
export type IssueRow = z.infer<typeof IssueRow>;
