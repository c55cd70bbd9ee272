import { Choices } from '../../../ui/choices.tsx';
import type { SupplyScope } from '../supply-address.ts';
import { PLANS, planOf } from './plan-choice.ts';

/** Switches everything that is shown of stock between the two plans. */
export function PlanSwitch({ label, scope }: { label: string; scope: SupplyScope }) {
  return (
    <Choices
      label={label}
      options={PLANS}
      value={planOf(scope.shown)}
      onChange={(plan) => scope.change({ plan: plan === PLANS[0].value ? undefined : plan })}
    />
  );
}
