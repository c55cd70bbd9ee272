import { Button, NumberInput, TextInput } from '@mantine/core';
import type { Horizon, SupplyEdit } from '@planwright/contracts';
import { useEffect, useEffectEvent, useState } from 'react';
import { Choices } from '../../../ui/choices.tsx';
import { formatBucket } from '../../../ui/date-format.ts';
import { formatNumber } from '../../../ui/number-format.ts';
import form from '../supply-form.module.css';
import { useDrafts } from '../what-if/drafts.tsx';
import { weeksOf } from './period-weeks.ts';

const KINDS = [
  { value: 'overtime', label: 'Overtime' },
  { value: 'capacity', label: 'Hours' },
  { value: 'stop', label: 'Planned stop' },
] as const;
type Kind = (typeof KINDS)[number]['value'];

const IDLE_MS = 350;
const HOURS_MAX = 10_000;

/** Other hours of a resource, tried out while they are typed: overtime, rated hours, or a planned stop. */
export function ResourceHours(props: {
  resource: string;
  horizon: Horizon;
  /** The period that was opened; null for the whole plan. */
  bucket: number | null;
  capacityHours: readonly (number | null)[];
  overtimeHours: readonly (number | null)[];
}) {
  const { resource, horizon, bucket } = props;
  const { put } = useDrafts();
  const first = horizon.buckets[bucket ?? horizon.firstPlanBucket];
  const last = horizon.buckets[bucket ?? horizon.buckets.length - 1];
  const [kind, setKind] = useState<Kind>('overtime');
  const [startsOn, setStartsOn] = useState(first?.startsOn ?? '');
  const [endsOn, setEndsOn] = useState(last?.endsOn ?? '');
  const [hours, setHours] = useState<number | string>('');
  const sound = startsOn !== '' && endsOn !== '' && startsOn <= endsOn;
  const tryOut = useEffectEvent(() => {
    const typed = hours === '' ? Number.NaN : Number(hours);
    if (!sound || kind === 'stop' || Number.isNaN(typed)) return;
    put({ kind, resource, startsOn, endsOn, hoursPerWeek: typed });
  });
  useEffect(() => {
    const timer = setTimeout(() => tryOut(), IDLE_MS);
    return () => clearTimeout(timer);
  }, [hours, kind, startsOn, endsOn]);
  const stop: SupplyEdit = { kind: 'stop', resource, startsOn, endsOn };
  return (
    <section aria-labelledby="resource-hours">
      <h3 className={form.title} id="resource-hours">
        Try out other hours
      </h3>
      <p className={form.note}>{nowInWords(props)}</p>
      <div className={form.form} style={{ marginTop: 8 }}>
        <Choices label="What to change" options={KINDS} value={kind} onChange={setKind} />
        <div className={form.pair}>
          <TextInput
            label="First day"
            type="date"
            value={startsOn}
            onChange={(event) => setStartsOn(event.target.value)}
          />
          <TextInput
            label="Last day"
            type="date"
            value={endsOn}
            error={sound ? undefined : 'Not before the first'}
            onChange={(event) => setEndsOn(event.target.value)}
          />
        </div>
        {kind === 'stop' ? (
          <Button size="xs" variant="default" disabled={!sound} onClick={() => put(stop)}>
            Try this stop
          </Button>
        ) : (
          <NumberInput
            label={kind === 'overtime' ? 'Overtime, hours a week' : 'Hours a week'}
            min={0}
            max={HOURS_MAX}
            value={hours}
            onChange={setHours}
          />
        )}
      </div>
    </section>
  );
}

const AT_ONCE = 'What is typed here is tried out at once.';

/** Hours a week now: in the period that was opened, or the least and the most of all. */
function nowInWords(props: Parameters<typeof ResourceHours>[0]): string {
  const { horizon, bucket } = props;
  const perWeek = (values: readonly (number | null)[]): number[] =>
    horizon.buckets.flatMap((row, at) => {
      const hours = values[at] ?? null;
      return hours === null || (bucket !== null && at !== bucket) ? [] : [hours / weeksOf(row)];
    });
  const hours = perWeek(props.capacityHours);
  if (hours.length === 0) return AT_ONCE;
  const label = bucket === null ? '' : ` in ${formatBucket(horizon.buckets[bucket]?.label ?? '')}`;
  const overtime = Math.max(0, ...perWeek(props.overtimeHours));
  const more = overtime > 0 ? `, and up to ${formatNumber(overtime)} of overtime` : ', without overtime';
  return `Now ${rangeInWords(hours)} hours a week${label}${more}. ${AT_ONCE}`;
}

function rangeInWords(values: readonly number[]): string {
  const [least, most] = [formatNumber(Math.min(...values)), formatNumber(Math.max(...values))];
  return least === most ? least : `${least} to ${most}`;
}
