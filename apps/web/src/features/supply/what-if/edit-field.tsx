import { NumberInput } from '@mantine/core';
import { useEffect, useEffectEvent, useState } from 'react';

const IDLE_MS = 350;

/**
 * A number that is tried out while it is typed. `now` is what holds today, `tried` what is being tried out; an empty
 * field, or the number of today, tries nothing.
 */
export function EditField(props: {
  label: string;
  description?: string;
  now: number | null;
  tried: number | null;
  max?: number;
  hideLabel?: boolean;
  onTry: (value: number | null) => void;
}) {
  const { now, tried } = props;
  const standing = tried ?? now ?? '';
  const [typed, setTyped] = useState<number | string>(standing);
  const [given, setGiven] = useState(standing);
  if (given !== standing) {
    setGiven(standing);
    setTyped(standing);
  }
  const commit = useEffectEvent(() => {
    const value = typed === '' || typed === now ? null : Number(typed);
    if (value !== tried && !Number.isNaN(value)) props.onTry(value);
  });
  useEffect(() => {
    const timer = setTimeout(() => commit(), IDLE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <NumberInput
      label={props.hideLabel === true ? undefined : props.label}
      aria-label={props.hideLabel === true ? props.label : undefined}
      description={props.description}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      min={0}
      max={props.max}
      placeholder={now === null ? 'as it is' : undefined}
      value={typed}
      onChange={setTyped}
      data-tried={tried !== null}
    />
  );
}
