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
  /** Bucket of the horizon that was opened, by its first day. */
  bucket?: string;
  /** Which of the two plans is shown: 'lead-times' or 'constrained'. */
  plan?: string;
  measure?: string;
  /** Whose chain of reasons is open: 'demand.12' or 'order.5'. */
  why?: string;
  cause?: string;
  customer?: string;
  status?: string;
  rule?: string;
  exception?: string;
  proposal?: string;
  from?: string;
  value?: string;
  steadiness?: string;
  list?: string;
};

export type SupplyScope = {
  /** The address as the screen shows it: the last one whose figures have come. */
  readonly shown: SupplyAddress;
  readonly waiting: boolean;
  readonly change: (change: SupplyAddress) => void;
};

/** The views that the switch offers, with the question that each answers. */
export const SUPPLY_VIEWS = [
  { view: 'stock', name: 'Stock', question: 'Can we supply the plan?' },
  { view: 'load', name: 'Capacity', question: 'Do we have the hours?' },
  { view: 'late', name: 'Late', question: 'What comes late, and why?' },
  { view: 'exceptions', name: 'Exceptions', question: 'What needs a hand today?' },
  { view: 'orders', name: 'Proposals', question: 'What should we order now?' },
  { view: 'network', name: 'Network', question: 'How does it come about?' },
  { view: 'optimum', name: 'Optimum', question: 'How far is the plan from the cheapest?' },
  { view: 'policy', name: 'Policies', question: 'How much stock is enough?' },
] as const;
export type SupplyView = (typeof SUPPLY_VIEWS)[number]['view'];

export function viewOf({ view }: SupplyAddress): SupplyView {
  return SUPPLY_VIEWS.find((known) => known.view === view)?.view ?? 'stock';
}

export function questionOf(view: SupplyView): string {
  return SUPPLY_VIEWS.find((known) => known.view === view)?.question ?? '';
}

export function useSupplyScope(): SupplyScope {
  const address = useSearch({ from: '/c/$company/supply' });
  const shown = useDeferredValue(address);
  const navigate = useNavigate({ from: '/c/$company/supply' });
  const change = (changed: SupplyAddress): void =>
    void navigate({ search: (before) => ({ ...before, ...changed }) });
  return { shown, waiting: shown !== address, change };
}

/** One of the named choices of an address, or the first where it says none of them. */
export function choiceOf<const V extends string>(
  options: readonly { readonly value: V }[],
  given: string | undefined,
): V {
  const found = options.find(({ value }) => value === given) ?? options[0];
  if (found === undefined) throw new Error('A choice needs something to choose from.');
  return found.value;
}

/** A resource whose code is not at hand, as `resource` of an address: codes of companies may be numbers too. */
export const resourceAddress = (resourceId: number): string => `id.${resourceId}`;
