import { type ApiOutput, type Endpoint, ENDPOINTS, type EndpointName } from '@planwright/contracts';
import type { z } from 'zod';
import type { Connection, Values } from './connection.ts';

type Named<Name extends string, Value> = string extends keyof Value
  ? unknown
  : keyof Value extends never
    ? unknown
    : Record<string, never> extends Value
      ? { readonly [K in Name]?: Value }
      : { readonly [K in Name]: Value };

/** The query as the caller writes it: parsed types, and optional wherever the schema has a way out. */
type QueryOf<S extends z.ZodType> = {
  [K in keyof z.input<S> as undefined extends z.input<S>[K] ? K : never]?: K extends keyof z.output<S>
    ? z.output<S>[K]
    : never;
} & {
  [K in keyof z.input<S> as undefined extends z.input<S>[K] ? never : K]: K extends keyof z.output<S>
    ? z.output<S>[K]
    : never;
};

type Given<E extends Endpoint> = Named<'params', z.output<E['params']>> &
  Named<'query', QueryOf<E['query']>> &
  (E['body'] extends z.ZodType ? { readonly body: z.input<E['body']> } : unknown);

/** What a call of an endpoint takes: only the parts that the endpoint has. */
export type CallInput<N extends EndpointName> = Given<(typeof ENDPOINTS)[N]>;

export type CallOptions = { readonly signal?: AbortSignal };

type Arguments<N extends EndpointName> =
  Record<string, never> extends CallInput<N>
    ? [input?: CallInput<N>, options?: CallOptions]
    : [input: CallInput<N>, options?: CallOptions];

/** One method an endpoint, by its name. */
export type Operations = {
  readonly [N in EndpointName]: (...given: Arguments<N>) => Promise<ApiOutput<N>>;
};

type Parts = { readonly params?: Values; readonly query?: Values; readonly body?: unknown };

async function call(
  connection: Connection,
  endpoint: Endpoint,
  given: Parts,
  options: CallOptions,
): Promise<unknown> {
  const response = await connection.send({
    method: endpoint.method,
    path: endpoint.path,
    ...given,
    ...options,
  });
  return endpoint.response.parse(await response.json());
}

export function createOperations(connection: Connection): Operations {
  const entries = Object.entries(ENDPOINTS as Record<string, Endpoint>);
  return Object.fromEntries(
    entries.map(([name, endpoint]) => [
      name,
      (given: Parts = {}, options: CallOptions = {}) => call(connection, endpoint, given, options),
    ]),
  ) as unknown as Operations;
}
