import type { DemandScope } from '../demand-scope.ts';
import { LaunchEditor } from './launch-editor.tsx';
import { launchKey, NEW_LAUNCH } from './launch-key.ts';
import { LaunchLists } from './launch-lists.tsx';
import { useLaunches } from './life-cycle-reads.ts';

/** Items that start and items that take over; one launch at a time where the address names it. */
export function LaunchesView({ scope }: { scope: DemandScope }) {
  const { rows } = useLaunches();
  const { launch: asked } = scope.shown;
  const known = rows.find((launch) => launchKey(launch) === asked) ?? null;
  if (known === null && asked !== NEW_LAUNCH) return <LaunchLists scope={scope} />;
  return <LaunchEditor key={asked} scope={scope} opened={known} />;
}
