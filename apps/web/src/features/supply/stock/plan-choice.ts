import { choiceOf } from '../supply-address.ts';

/** The two plans that stand beside each other everywhere on the page. */
export const PLANS = [
  {
    value: 'constrained',
    label: 'Constrained',
    about: 'Within hours, lead times, lots and what suppliers can send.',
  },
  {
    value: 'unconstrained',
    label: 'Unconstrained',
    about: 'As lead times and lots allow, as if every resource had hours enough.',
  },
] as const;
export type PlanName = (typeof PLANS)[number]['value'];

export const planOf = ({ plan }: { plan?: string }): PlanName => choiceOf(PLANS, plan);
