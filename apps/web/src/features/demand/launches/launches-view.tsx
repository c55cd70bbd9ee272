import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { readOn } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import type { DemandScope } from '../demand-scope.ts';
import { LaunchEditor } from './launch-editor.tsx';
import { launchKey, NEW_LAUNCH } from './launch-key.ts';
import { LaunchLists } from './launch-lists.tsx';

const PAGE_ROWS = 200;

/** Items that start and items that take over; one launch at a time where the address names it. */
export function LaunchesView({ scope }: { scope: DemandScope }) {
  const { slug } = useCompany();
  const list = useSuspenseInfiniteQuery(
    readOn('listLaunches', { params: { company: slug }, query: { limit: PAGE_ROWS } }),
  );
  const launches = useMemo(() => list.data.pages.flatMap(({ items }) => items), [list.data]);
  const { launch: asked } = scope.shown;
  const known = launches.find((launch) => launchKey(launch) === asked) ?? null;
  if (known === null && asked !== NEW_LAUNCH) return <LaunchLists scope={scope} launches={launches} />;
  return <LaunchEditor key={`${asked}-${known?.version}`} scope={scope} launch={known} />;
}
