import { Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { read } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { Choices } from '../../../ui/choices.tsx';
import { FilterBar, type FilterChip } from '../../../ui/filter-bar.tsx';
import { textOf } from '../../../ui/form-text.ts';
import { NativeChoice } from '../../../ui/native-choice.tsx';
import { choiceOf, type SupplyScope } from '../supply-address.ts';
import { STOCK_MEASURES } from './stock-measures.ts';

export const ONLY = [
  { value: 'all', label: 'All' },
  { value: 'short', label: 'Short' },
  { value: 'excess', label: 'Excess' },
] as const;
export const LISTS = [
  { value: 'totals', label: 'Totals' },
  { value: 'periods', label: 'By period' },
  { value: 'rules', label: 'How they are planned' },
] as const;
export const KINDS = ['finished', 'component', 'raw', 'spare'] as const;

/** What narrows the stock points, which plan is meant, and whether totals or one measure by period is shown. */
export function StockFilters({ scope }: { scope: SupplyScope }) {
  const { only, list, measure } = scope.shown;
  const shownAs = choiceOf(LISTS, list);
  return (
    <div style={{ display: 'grid', gap: 8, marginBottom: 8 }}>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
        <Choices
          label="Which stock points"
          options={ONLY}
          value={choiceOf(ONLY, only)}
          onChange={(value) => scope.change({ only: value === 'all' ? undefined : value })}
        />
        <Choices
          label="Figures"
          options={LISTS}
          value={shownAs}
          onChange={(value) => scope.change({ list: value === 'totals' ? undefined : value })}
        />
        {shownAs === 'periods' ? (
          <NativeChoice
            label="Measure"
            hideLabel
            value={choiceOf(STOCK_MEASURES, measure)}
            options={STOCK_MEASURES}
            onChange={(value) => scope.change({ measure: value })}
          />
        ) : null}
      </div>
      <Narrowing scope={scope} />
    </div>
  );
}

function Narrowing({ scope }: { scope: SupplyScope }) {
  const { slug } = useCompany();
  const { data } = useQuery(read('getDemandScopes', { params: { company: slug } }));
  const { q, location, kind } = scope.shown;
  const find = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const text = textOf(new FormData(event.currentTarget), 'q');
    scope.change({ q: text === '' ? undefined : text });
  };
  return (
    <FilterBar chips={chipsOf(scope)}>
      <form onSubmit={find} role="search">
        <TextInput
          name="q"
          aria-label="Find an item"
          placeholder="Find an item"
          defaultValue={q ?? ''}
          key={q}
          w={160}
        />
      </form>
      <Select
        aria-label="Location"
        placeholder="All locations"
        searchable
        w={170}
        value={null}
        key={`location ${location}`}
        data={(data?.locations ?? []).map(({ code, name }) => ({
          value: code,
          label: name === code ? code : `${code} ${name}`,
        }))}
        onChange={(value) => scope.change({ location: value ?? undefined })}
      />
      <Select
        aria-label="Kind of item"
        placeholder="All kinds"
        w={130}
        value={null}
        key={`kind ${kind}`}
        data={[...KINDS]}
        onChange={(value) => scope.change({ kind: value ?? undefined })}
      />
    </FilterBar>
  );
}

function chipsOf(scope: SupplyScope): FilterChip[] {
  const { q, location, kind } = scope.shown;
  const chips = [
    { name: 'Item', value: q, onRemove: () => scope.change({ q: undefined }) },
    { name: 'Location', value: location, onRemove: () => scope.change({ location: undefined }) },
    { name: 'Kind', value: kind, onRemove: () => scope.change({ kind: undefined }) },
  ];
  return chips.flatMap((chip) => (chip.value === undefined ? [] : [{ ...chip, value: chip.value }]));
}
