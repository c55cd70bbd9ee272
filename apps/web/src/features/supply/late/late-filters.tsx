import { Choices } from '../../../ui/choices.tsx';
import { FilterBar } from '../../../ui/filter-bar.tsx';
import { NativeChoice } from '../../../ui/native-choice.tsx';
import { CAUSES } from '../delay-causes.ts';
import { choiceOf, type SupplyScope } from '../supply-address.ts';
import form from '../supply-form.module.css';

export const WHICH = [
  { value: 'failing', label: 'Late or short' },
  { value: 'late', label: 'Late' },
  { value: 'short', label: 'Short' },
  { value: 'backlog', label: 'Owed already' },
  { value: 'all', label: 'All' },
] as const;
export const DEMAND_KINDS = [
  { value: 'all', label: 'Orders and forecasts' },
  { value: 'order', label: 'Orders' },
  { value: 'forecast', label: 'Forecasts' },
] as const;

const ANY_CAUSE = '';

/** What narrows the demands: how they fail, what they are, what holds them up, whose they are. */
export function LateFilters({ scope }: { scope: SupplyScope }) {
  const { only, kind, cause, customer, item, location } = scope.shown;
  const chips = [
    { name: 'Customer', value: customer, onRemove: () => scope.change({ customer: undefined }) },
    { name: 'Item', value: item, onRemove: () => scope.change({ item: undefined }) },
    { name: 'Location', value: location, onRemove: () => scope.change({ location: undefined }) },
  ];
  return (
    <div className={form.bar}>
      <FilterBar
        chips={chips.flatMap((chip) => (chip.value === undefined ? [] : [{ ...chip, value: chip.value }]))}
      >
        <Choices
          label="Which demands"
          options={WHICH}
          value={choiceOf(WHICH, only)}
          onChange={(value) => scope.change({ only: value === 'failing' ? undefined : value })}
        />
        <Choices
          label="Orders or forecasts"
          options={DEMAND_KINDS}
          value={choiceOf(DEMAND_KINDS, kind)}
          onChange={(value) => scope.change({ kind: value === 'all' ? undefined : value })}
        />
        <NativeChoice
          label="Cause"
          hideLabel
          value={cause ?? ANY_CAUSE}
          options={[
            { value: ANY_CAUSE, label: 'Any cause' },
            ...Object.entries(CAUSES).map(([value, label]) => ({ value, label })),
          ]}
          onChange={(value) => scope.change({ cause: value === ANY_CAUSE ? undefined : value })}
        />
      </FilterBar>
    </div>
  );
}
