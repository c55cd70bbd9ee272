import type { ApiOutput } from '@planwright/contracts';
import { useSuspenseQuery } from '@tanstack/react-query';
import { read } from '../../app/api.ts';
import { useCompany } from '../../app/session.ts';

export type SupplySummary = ApiOutput<'getSupplySummary'>;
export type ConstrainedSummary = ApiOutput<'getConstrainedSummary'>;

/** The plan as lead times allow, in a few numbers. */
export function useSupplySummary(): SupplySummary {
  const { slug } = useCompany();
  return useSuspenseQuery(read('getSupplySummary', { params: { company: slug } })).data;
}

/** The plan within every constraint, in a few numbers. */
export function useConstrainedSummary(): ConstrainedSummary {
  const { slug } = useCompany();
  return useSuspenseQuery(read('getConstrainedSummary', { params: { company: slug } })).data;
}
