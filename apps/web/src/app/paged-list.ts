import type { CallInput } from '@planwright/client';
import type { ApiOutput } from '@planwright/contracts';
import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type PagedName, readOn } from './api.ts';

type RowOf<N extends PagedName> =
  ApiOutput<N> extends { readonly items: readonly (infer Row)[] } ? Row : never;

/**
 * A list of the API as far as it was read: its rows, its first page with what that says of the whole, and `more`,
 * which a grid takes to read it on as its end comes into view.
 */
export function usePagedList<N extends PagedName>(name: N, input: CallInput<N>) {
  const list = useSuspenseInfiniteQuery(readOn(name, input));
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const rows = useMemo(
    () => data.pages.flatMap((page) => (page as unknown as { items: RowOf<N>[] }).items),
    [data],
  );
  const head = data.pages[0] as ApiOutput<N>;
  const more = {
    total: head.total,
    onMore: () => (hasNextPage && !isFetchingNextPage ? void fetchNextPage() : undefined),
    loadingMore: isFetchingNextPage,
  };
  return { rows, head, more };
}
