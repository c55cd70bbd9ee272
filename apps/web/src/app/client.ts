import { type CallInput, createClient } from '@planwright/client';
import type { ApiOutput, EndpointName } from '@planwright/contracts';

/** The one client of the page: same origin, session cookie. */
export const client = createClient({ baseUrl: '' });

type Call<N extends EndpointName> = (
  input: CallInput<N>,
  options: { signal?: AbortSignal },
) => Promise<ApiOutput<N>>;

/** Calls an operation by its name. Throws `ApiError`. */
export function call<N extends EndpointName>(
  name: N,
  input: CallInput<N>,
  signal?: AbortSignal,
): Promise<ApiOutput<N>> {
  const operation = client[name] as unknown as Call<N>;
  return operation(input, signal === undefined ? {} : { signal });
}
