import { TARGET_NAMES, type TargetName } from '@planwright/contracts';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useDeferredValue } from 'react';

/** What of the data is looked at: the address of the screen. */
export type DataAddress = {
  view?: string;
  import?: string;
  target?: string;
  where?: string;
  q?: string;
  severity?: string;
};

export type DataScope = { readonly shown: DataAddress; readonly change: (change: DataAddress) => void };

const VIEWS = ['freshness', 'imports', 'quality', 'rows', 'new'] as const;
export type DataView = (typeof VIEWS)[number];

export function useDataScope(): DataScope {
  const address = useSearch({ from: '/c/$company/data' });
  const shown = useDeferredValue(address);
  const navigate = useNavigate({ from: '/c/$company/data' });
  const change = (changed: DataAddress): void =>
    void navigate({ search: (before) => ({ ...before, ...changed }) });
  return { shown, change };
}

export function viewOf({ view }: DataAddress): DataView {
  return VIEWS.find((known) => known === view) ?? 'freshness';
}

export function targetNameOf(given: string | undefined): TargetName {
  return TARGET_NAMES.find((known) => known === given) ?? 'item';
}
