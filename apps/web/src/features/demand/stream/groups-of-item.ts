import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { read } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';

const GROUPS_MAX = 500;
const NONE: ReadonlySet<string> = new Set();

/** The group of an item and all above it, by code; none while they are on their way. */
export function useGroupsOf(item: string): ReadonlySet<string> {
  const { slug: company } = useCompany();
  const { data: items } = useQuery(
    read('listRows', { params: { company, target: 'item' }, query: { where: `code=${item}`, limit: 1 } }),
  );
  const { data: groups } = useQuery(
    read('listRows', { params: { company, target: 'item_group' }, query: { limit: GROUPS_MAX } }),
  );
  return useMemo(() => {
    const own = items?.items[0]?.groupCode;
    if (groups === undefined || typeof own !== 'string') return NONE;
    const parents = new Map(groups.items.map(({ code, parentCode }) => [code, parentCode]));
    const above = new Set<string>();
    for (let group: unknown = own; typeof group === 'string' && !above.has(group); group = parents.get(group))
      above.add(group);
    return above;
  }, [items, groups]);
}
