import type { SupplyEdit, WhatIf } from '@planwright/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '../../../app/client.ts';
import { useCompany } from '../../../app/session.ts';

/** What the edits would change. While newer ones are being planned, the effect of those before stays in sight. */
export function useWhatIf(edits: readonly SupplyEdit[]) {
  const { slug } = useCompany();
  return useQuery<WhatIf>({
    queryKey: [slug, 'tryOutSupplyEdits', edits],
    queryFn: ({ signal }) =>
      call(
        'tryOutSupplyEdits',
        { params: { company: slug }, body: { edits: [...edits], run: null } },
        signal,
      ),
    enabled: edits.length > 0,
    placeholderData: keepPreviousData,
    retry: false,
  });
}
