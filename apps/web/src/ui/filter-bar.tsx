import type { ReactNode } from 'react';
import css from './filter-bar.module.css';
import { Icon } from './icon.tsx';

export type FilterChip = { readonly name: string; readonly value: string; readonly onRemove: () => void };

/** What narrows the view: a chip for each filter in force, then the fields that add one. */
export function FilterBar({ chips, children }: { chips: readonly FilterChip[]; children?: ReactNode }) {
  return (
    <div className={css.bar} role="group" aria-label="Filters">
      {children}
      {chips.map((chip) => (
        <span key={`${chip.name} ${chip.value}`} className={css.chip}>
          <span className={css.name}>{chip.name}</span>
          <span className={css.value}>{chip.value}</span>
          <button
            type="button"
            className={css.remove}
            onClick={chip.onRemove}
            aria-label={`Remove filter ${chip.name}`}
          >
            <Icon name="close" size={12} />
          </button>
        </span>
      ))}
    </div>
  );
}
