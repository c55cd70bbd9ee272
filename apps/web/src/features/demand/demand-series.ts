import type { DemandSeries } from '@planwright/contracts';
import { useSuspenseQuery } from '@tanstack/react-query';
import { read } from '../../app/api.ts';
import { useCompany } from '../../app/session.ts';
import { type DemandScope, scopeQuery } from './demand-scope.ts';

/** The series of the scope, shared by the parts of the screen. */
export function useDemandSeries(scope: DemandScope): DemandSeries {
  const { slug } = useCompany();
  const query = scopeQuery(scope.shown);
  return useSuspenseQuery(read('getDemandSeries', { params: { company: slug }, query })).data;
}
