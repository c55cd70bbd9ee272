import { useSuspenseQuery } from '@tanstack/react-query';
import { read } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import type { ResourceLoads } from './load-scale.ts';

/** Load of every resource by period, the most loaded first. */
export function useLoads(): ResourceLoads {
  const { slug } = useCompany();
  const { data } = useSuspenseQuery(read('getResourceLoad', { params: { company: slug } }));
  return { ...data, resources: data.resources.toSorted((a, b) => (b.peakRatio ?? -1) - (a.peakRatio ?? -1)) };
}
