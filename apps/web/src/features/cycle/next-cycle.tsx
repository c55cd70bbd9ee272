import { Button, TextInput } from '@mantine/core';
import type { Cycle } from '@planwright/contracts';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { read, useWrite } from '../../app/api.ts';
import { useCompany } from '../../app/session.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { CycleRefused } from './cycle-refused.tsx';
import css from './step-panel.module.css';
import { textOf } from '../../ui/form-text.ts';

/** The month after the newest cycle, or the month of the planning date, as `YYYY-MM`. */
function nextMonth(cycles: readonly Cycle[], asOf: string | null): string {
  const newest = cycles
    .map(({ periodStart }) => periodStart)
    .toSorted()
    .at(-1);
  if (newest === undefined) return (asOf ?? new Date().toISOString()).slice(0, 7);
  const [year = 0, month = 1] = newest.split('-').map(Number);
  return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`;
}

/** Opens the cycle of a month with its six steps. */
export function NextCycle({ cycles }: { cycles: readonly Cycle[] }) {
  const { slug, may, whyNot } = useCompany();
  const [asking, setAsking] = useState(false);
  const { data: overview } = useQuery(read('getCompany', { params: { company: slug } }));
  const create = useWrite('createCycle');
  if (!may('cycle.manage'))
    return (
      <Button disabled title={whyNot('cycle.manage')}>
        Open the next cycle
      </Button>
    );
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const month = textOf(new FormData(event.currentTarget), 'month');
    create.mutate(
      { params: { company: slug }, body: { periodStart: `${month}-01` } },
      { onSuccess: () => setAsking(false) },
    );
  };
  return (
    <>
      <Button onClick={() => setAsking(true)}>Open the next cycle</Button>
      {asking ? (
        <Dialog label="Open a cycle" onClose={() => setAsking(false)}>
          <form className={css.dialog} onSubmit={onSubmit}>
            <p>
              Six steps are laid out over the month, from the product review to the executive approval. Owners
              and dates can be changed.
            </p>
            <TextInput
              label="Month"
              name="month"
              type="month"
              defaultValue={nextMonth(cycles, overview?.asOf ?? null)}
              pattern="\d{4}-\d{2}"
              required
              withAsterisk={false}
            />
            <CycleRefused error={create.error} />
            <div className={css.acts}>
              <Button type="submit" loading={create.isPending}>
                Open cycle
              </Button>
            </div>
          </form>
        </Dialog>
      ) : null}
    </>
  );
}
