import { useNavigate, useSearch } from '@tanstack/react-router';
import { useDeferredValue } from 'react';

/** What of the supply is looked at: the address of the screen. */
export type SupplyAddress = {
  view?: string;
  only?: string;
  location?: string;
  kind?: string;
  q?: string;
  point?: string;
  order?: string;
  item?: string;
  late?: string;
  resource?: string;
};

export type SupplyScope = {
  readonly shown: SupplyAddress;
  readonly waiting: boolean;
  readonly change: (change: SupplyAddress) => void;
};

const VIEWS = ['stock', 'load', 'orders'] as const;
export type SupplyView = (typeof VIEWS)[number];

export function viewOf({ view }: SupplyAddress): SupplyView {
  return VIEWS.find((known) => known === view) ?? 'stock';
}

export function useSupplyScope(): SupplyScope {
  const address = useSearch({ from: '/c/$company/supply' });
  const shown = useDeferredValue(address);
  const navigate = useNavigate({ from: '/c/$company/supply' });
  const change = (changed: SupplyAddress): void =>
    void navigate({ search: (before) => ({ ...before, ...changed }) });
  return { shown, waiting: shown !== address, change };
}
