import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { FilterBar } from '../../../ui/filter-bar.tsx';
import { CodeChoice } from '../../demand/code-choice.tsx';
import type { SupplyScope } from '../supply-address.ts';
import form from '../supply-form.module.css';

/** Another item's network: typed, or found by name. */
export function ItemChoice({ item, scope }: { item: string; scope: SupplyScope }) {
  const [typed, setTyped] = useState(item);
  const { location } = scope.shown;
  const show = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (typed.trim() !== '') scope.change({ item: typed.trim(), point: undefined });
  };
  return (
    <form className={form.bar} onSubmit={show} style={{ alignItems: 'flex-end' }}>
      <CodeChoice label="Item" kind="item" value={typed} onChange={setTyped} />
      <Button type="submit" variant="default">
        Show its network
      </Button>
      <FilterBar
        chips={
          location === undefined
            ? []
            : [{ name: 'Location', value: location, onRemove: () => scope.change({ location: undefined }) }]
        }
      />
    </form>
  );
}
