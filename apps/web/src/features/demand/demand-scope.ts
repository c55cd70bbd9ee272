import { useNavigate, useSearch } from '@tanstack/react-router';
import { useDeferredValue } from 'react';

/** What of the demand is looked at: the address of the screen, with the ways to change it. */
export type DemandAddress = {
  group?: string;
  item?: string;
  location?: string;
  channel?: string;
  sort?: string;
  stream?: string;
  bucket?: string;
  view?: string;
  value?: string;
  forecast?: string;
  planner?: string;
  lag?: string;
  by?: string;
  kind?: string;
  event?: string;
  launch?: string;
};

/** The views that the switch offers; one more, 'stream', is reached by opening a stream. */
export const DEMAND_VIEWS = [
  { view: 'forecast', name: 'Forecast' },
  { view: 'worklist', name: 'Where to work' },
  { view: 'sensed', name: 'What changed' },
  { view: 'accuracy', name: 'Accuracy' },
  { view: 'findings', name: 'Findings' },
  { view: 'events', name: 'Events' },
  { view: 'launches', name: 'Launches' },
] as const;

export type DemandView = (typeof DEMAND_VIEWS)[number]['view'] | 'stream';

export function viewOf({ view, stream }: DemandAddress): DemandView {
  if (view === 'stream') return stream === undefined ? 'worklist' : 'stream';
  return DEMAND_VIEWS.find((known) => known.view === view)?.view ?? 'forecast';
}

export type DemandScope = {
  /** The address as the screen shows it: the last one whose figures have come. */
  readonly shown: DemandAddress;
  /** Figures of a newer address are on their way. */
  readonly waiting: boolean;
  readonly change: (change: DemandAddress) => void;
};

export function useDemandScope(): DemandScope {
  const address = useSearch({ from: '/c/$company/demand' });
  const shown = useDeferredValue(address);
  const navigate = useNavigate({ from: '/c/$company/demand' });
  const change = (changed: DemandAddress): void =>
    void navigate({ search: (before) => ({ ...before, ...changed }) });
  return { shown, waiting: shown !== address, change };
}

/** The part of the address that the API narrows by. */
export function scopeQuery({ group, item, location, channel }: DemandAddress) {
  return { group, item, location, channel };
}

/** `all`, `group:<code>` or `item:<code>`. */
export function nodeOf({ group, item }: DemandAddress): string {
  if (item !== undefined) return `item:${item}`;
  return group === undefined ? 'all' : `group:${group}`;
}
