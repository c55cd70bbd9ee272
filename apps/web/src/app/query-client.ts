import { ApiError } from '@planwright/client';
import { QueryClient } from '@tanstack/react-query';

const FRESH_MS = 60_000;
const RETRIES_MAX = 2;

/** Answers stay fresh for a minute; events of the server refresh them sooner. A refusal is not retried. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        refetchOnWindowFocus: true,
        retry: (count, error) =>
          count < RETRIES_MAX && error instanceof ApiError && [0, 502, 503].includes(error.status),
      },
    },
  });
}
