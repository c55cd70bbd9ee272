import { Button, Checkbox, NumberInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useWrite } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { Refused } from '../../../ui/problem.tsx';
import form from '../supply-form.module.css';

// A company of a few thousand stock points takes minutes, and what is found sooner ends sooner.
const SECONDS_FIRST = 300;
const SECONDS_MAX = 3600;

/** Starts working out the cheapest plan of the run in view. */
export function StartOptimum() {
  const { slug, may, whyNot } = useCompany();
  const start = useWrite('startOptimum');
  const [seconds, setSeconds] = useState<number | string>(SECONDS_FIRST);
  const [integerLots, setIntegerLots] = useState(false);
  const allowed = may('plan.run');
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const secondsMax = Math.min(SECONDS_MAX, Math.max(1, Math.round(Number(seconds) || SECONDS_FIRST)));
    start.mutate({ params: { company: slug }, body: { run: null, integerLots, secondsMax } });
  };
  return (
    <form className={form.form} onSubmit={onSubmit} style={{ maxWidth: 420, marginTop: 8 }}>
      <NumberInput
        label="Stop after, seconds"
        description="It ends sooner where the cheapest plan is found sooner."
        min={1}
        max={SECONDS_MAX}
        value={seconds}
        onChange={setSeconds}
      />
      <Checkbox
        label="Whole lots only"
        description="Closer to what can be ordered, and slower."
        checked={integerLots}
        onChange={(event) => setIntegerLots(event.currentTarget.checked)}
      />
      <Refused error={start.error} />
      <Button
        type="submit"
        loading={start.isPending}
        disabled={!allowed}
        title={allowed ? undefined : whyNot('plan.run')}
      >
        Work out the cheapest plan
      </Button>
    </form>
  );
}
