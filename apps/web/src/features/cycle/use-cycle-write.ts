import { ApiError } from '@planwright/client';
import { useQueryClient } from '@tanstack/react-query';
import type { EndpointName } from '@planwright/contracts';
import { useWrite } from '../../app/api.ts';
import { useCompany } from '../../app/session.ts';

type CycleWrite = Extract<
  EndpointName,
  'signStep' | 'reopenStep' | 'changeStep' | 'approveCycle' | 'createCycle'
>;

/**
 * A write on a cycle. Where the cycle has moved on since it was read (409), it is read again at once, so
 * that the next look and the next try are at what is there now.
 */
export function useCycleWrite<N extends CycleWrite>(name: N) {
  const { slug } = useCompany();
  const queries = useQueryClient();
  const write = useWrite(name);
  const isConflict = write.error instanceof ApiError && write.error.status === 409;
  const onError = (error: Error): void => {
    if (error instanceof ApiError && error.status === 409)
      void queries.invalidateQueries({ queryKey: [slug] });
  };
  return { ...write, isConflict, onError };
}
