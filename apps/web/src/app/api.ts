import { ApiError, type CallInput } from '@planwright/client';
import { type ApiOutput, ENDPOINTS, type EndpointName } from '@planwright/contracts';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from './client.ts';

type Parts = { readonly params?: { readonly company?: string }; readonly query?: object };

/** Key of a cached answer: company first, so that all of a company can be read again at once. */
export function answerKey<N extends EndpointName>(name: N, input: CallInput<N>): readonly unknown[] {
  const { params = {}, query = {} } = input as Parts;
  return [params.company ?? 'me', name, params, query];
}

/** A read of the API as query options, shared by loaders and screens. */
export function read<N extends EndpointName>(name: N, input: CallInput<N>) {
  return queryOptions<ApiOutput<N>>({
    queryKey: answerKey(name, input),
    queryFn: ({ signal }) => call(name, input, signal),
  });
}

export type PagedName = {
  [N in EndpointName]: ApiOutput<N> extends { nextCursor: string | null; total: number } ? N : never;
}[EndpointName];

/** A paged list of the API, read on page by page. `total` of the first page counts the whole list. */
export function readOn<N extends PagedName>(name: N, input: CallInput<N>) {
  return infiniteQueryOptions({
    queryKey: [...answerKey(name, input), 'pages'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) => {
      const { query = {} } = input as Parts;
      const page = { ...(input as Parts), query: { ...query, cursor: pageParam } };
      return call(name, page as unknown as CallInput<N>, signal);
    },
    getNextPageParam: (page: ApiOutput<N>) => page.nextCursor ?? undefined,
  });
}

/**
 * A write of the API. Afterwards every answer of the company on the screen is read again; so it is where somebody else
 * was faster (409), since what the write was decided on is there no more.
 */
export function useWrite<N extends EndpointName>(name: N) {
  const queries = useQueryClient();
  const readAgain = (input: CallInput<N>): void => {
    const { params = {} } = input as Parts;
    void queries.invalidateQueries({ queryKey: [params.company ?? 'me'] });
  };
  return useMutation<ApiOutput<N>, Error, CallInput<N>>({
    mutationKey: [ENDPOINTS[name].path],
    mutationFn: (input) => call(name, input),
    onSuccess: (_, input) => readAgain(input),
    onError: (error, input) =>
      error instanceof ApiError && error.status === 409 ? readAgain(input) : undefined,
  });
}
