import type { ApiInput } from '@planwright/contracts';
import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { readOn } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';

const PAGE_ROWS = 200;

export type Narrowed = Omit<Partial<ApiInput<'listProposals'>['query']>, 'limit' | 'cursor'>;

/** Proposals by start date, as narrowed. */
export function useProposals(narrowed: Narrowed) {
  const { slug } = useCompany();
  const query = { ...narrowed, limit: PAGE_ROWS };
  return useSuspenseInfiniteQuery(readOn('listProposals', { params: { company: slug }, query }));
}
