import { TextInput } from '@mantine/core';
import { type Proposal, PROPOSAL_KINDS, type ProposalTotals } from '@planwright/contracts';
import type { FormEvent } from 'react';
import { Choices } from '../../../ui/choices.tsx';
import { FilterBar } from '../../../ui/filter-bar.tsx';
import { textOf } from '../../../ui/form-text.ts';
import { formatNumber } from '../../../ui/number-format.ts';
import { choiceOf, type SupplyScope } from '../supply-address.ts';
import form from '../supply-form.module.css';
import { KIND_WORDS, STATUS_WORDS } from './proposal-words.ts';
import { spendInWords } from './spend-in-words.ts';

type Count = {
  readonly status: Proposal['status'];
  readonly count: number;
  readonly totals: ProposalTotals;
};

const KINDS = [
  { value: 'all', label: 'All' },
  ...PROPOSAL_KINDS.map((value) => ({ value, label: KIND_WORDS[value] })),
] as const;
const SHOWN = ['proposed', 'approved', 'released', 'rejected'] as const;

/** What narrows the proposals: their state with its money, their kind, an item or who sends. */
export function ProposalFilters(props: { scope: SupplyScope; counts: readonly Count[]; currency: string }) {
  const { scope, counts, currency } = props;
  const { q, location, from } = scope.shown;
  const states = [
    ...SHOWN.map((value) => ({
      value,
      label: `${STATUS_WORDS[value].word} ${formatNumber(counts.find(({ status }) => status === value)?.count ?? 0)}`,
    })),
    { value: 'all', label: 'All' },
  ] as const;
  const chips = [
    { name: 'Item', value: q, onRemove: () => scope.change({ q: undefined }) },
    { name: 'From', value: from, onRemove: () => scope.change({ from: undefined }) },
    { name: 'Location', value: location, onRemove: () => scope.change({ location: undefined }) },
  ];
  const find = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const text = textOf(new FormData(event.currentTarget), 'q');
    scope.change({ q: text === '' ? undefined : text });
  };
  const shown = choiceOf(states, scope.shown.status);
  const count = counts.find(({ status }) => status === shown);
  return (
    <>
      <div className={form.bar}>
        <Choices
          label="State"
          options={states}
          value={shown}
          onChange={(value) =>
            scope.change({ status: value === 'proposed' ? undefined : value, proposal: undefined })
          }
        />
        <span className={form.note}>
          {/* What waits is told above already. */}
          {count === undefined || shown === 'proposed' ? '' : spendInWords(count.totals, currency)}
        </span>
      </div>
      <div className={form.bar}>
        <FilterBar
          chips={chips.flatMap((chip) => (chip.value === undefined ? [] : [{ ...chip, value: chip.value }]))}
        >
          <Choices
            label="Kind of proposal"
            options={KINDS}
            value={choiceOf(KINDS, scope.shown.kind)}
            onChange={(value) => scope.change({ kind: value === 'all' ? undefined : value })}
          />
          <form onSubmit={find} role="search">
            <TextInput
              name="q"
              aria-label="Find an item"
              placeholder="Find an item"
              defaultValue={q ?? ''}
              key={q}
              w={150}
            />
          </form>
        </FilterBar>
      </div>
    </>
  );
}
