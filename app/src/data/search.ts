import type { ApiOutput } from '@planwright/contracts';
import type { Service } from '../services.ts';

export type SearchHit = ApiOutput<'search'>['hits'][number];

/** Port: master data by code or name, best first: code equal, code begins, name begins, a word begins, anywhere. */
export type SearchReader = { search(companyId: number, text: string, limit: number): Promise<SearchHit[]> };

export function search(deps: { readonly masterData: SearchReader }): Service<'search'> {
  return async (member, { query }) => ({
    hits: await deps.masterData.search(member.companyId, query.q, query.limit),
  });
}
