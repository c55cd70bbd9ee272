import { lazy } from 'react';
import { Loadable, SkeletonRows } from '../../ui/loadable.tsx';
import { type DemandView, useDemandScope, viewOf } from './demand-scope.ts';
import { ForecastView } from './forecast-view.tsx';

const AccuracyView = lazy(async () => ({
  default: (await import('./accuracy/accuracy-view.tsx')).AccuracyView,
}));
const EventsView = lazy(async () => ({ default: (await import('./events/events-view.tsx')).EventsView }));
const FindingsView = lazy(async () => ({
  default: (await import('./findings/findings-view.tsx')).FindingsView,
}));
const LaunchesView = lazy(async () => ({
  default: (await import('./launches/launches-view.tsx')).LaunchesView,
}));
const SensedView = lazy(async () => ({ default: (await import('./sensed/sensed-view.tsx')).SensedView }));
const StreamView = lazy(async () => ({ default: (await import('./stream/stream-view.tsx')).StreamView }));
const WorklistView = lazy(async () => ({
  default: (await import('./worklist/worklist-view.tsx')).WorklistView,
}));

const LAZY_VIEWS = {
  worklist: WorklistView,
  sensed: SensedView,
  accuracy: AccuracyView,
  findings: FindingsView,
  events: EventsView,
  launches: LaunchesView,
  stream: StreamView,
} as const satisfies Record<Exclude<DemandView, 'forecast'>, unknown>;

/** Demand from every side: one view at a time, each with its own question. */
export function DemandScreen() {
  const scope = useDemandScope();
  const view = viewOf(scope.shown);
  if (view === 'forecast') return <ForecastView scope={scope} />;
  const View = LAZY_VIEWS[view];
  return (
    <Loadable
      skeleton={<SkeletonRows rows={20} label="Loading the view" />}
      resetKey={`${view} ${scope.shown.stream} ${scope.shown.launch}`}
    >
      <View scope={scope} />
    </Loadable>
  );
}
