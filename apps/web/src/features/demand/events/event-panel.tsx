import { Button } from '@mantine/core';
import type { DemandEvent } from '@planwright/contracts';
import { useState } from 'react';
import { useWrite } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { formatDay } from '../../../ui/date-format.ts';
import { formatExact, formatSignedPercent } from '../../../ui/number-format.ts';
import { SidePanel } from '../../../ui/side-panel.tsx';
import table from '../../../ui/table.module.css';
import { inReadersWords } from '../../../ui/sentence.ts';
import { RemoveDialog } from '../remove-dialog.tsx';
import { scopeInWords } from './event-scope.ts';
import { isFeast } from './feast-events.ts';
import css from './events-view.module.css';

/** One event with what the run estimated of it; changed and removed from here. */
export function EventPanel(props: {
  event: DemandEvent;
  mayChange: boolean;
  onClose: () => void;
  onEdit: () => void;
}) {
  const { slug } = useCompany();
  const { event, mayChange, onClose } = props;
  const { effect } = event;
  const remove = useWrite('removeDemandEvent');
  const [removing, setRemoving] = useState(false);
  return (
    <SidePanel kicker="Event" title={event.name} onClose={onClose}>
      <p className={css.facts}>
        {effect === null ? 'The plan in view has no estimate of it.' : inReadersWords(effect.explanation)}
        {isFeast(event) ? ' It comes with the country of your locations; nobody need record it.' : null}
      </p>
      {event.note === null ? null : <p className={css.facts}>{event.note}</p>}
      <table className={table.table} style={{ marginBottom: 16 }}>
        <tbody>
          {figuresOf(event).map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className={table.number}>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {mayChange ? (
        <div style={{ display: 'flex', gap: 8 }}>
          <Button variant="default" onClick={props.onEdit}>
            Change
          </Button>
          <Button variant="default" onClick={() => setRemoving(true)}>
            Remove …
          </Button>
        </div>
      ) : null}
      {removing ? (
        <RemoveDialog
          what={event.name}
          error={remove.error}
          removing={remove.isPending}
          onRemove={() =>
            remove.mutate({ params: { company: slug, code: event.code } }, { onSuccess: onClose })
          }
          onClose={() => setRemoving(false)}
        >
          {scopeInWords(event)}, {formatDay(event.startsOn)} to {formatDay(event.endsOn)}. From the next run
          on, the forecast knows nothing of it.
        </RemoveDialog>
      ) : null}
    </SidePanel>
  );
}

function figuresOf(event: DemandEvent): readonly (readonly [string, string])[] {
  const { effect } = event;
  return [
    ['Kind', event.kind],
    ['First day', formatDay(event.startsOn)],
    ['Last day', formatDay(event.endsOn)],
    ['Touches', scopeInWords(event)],
    ...(isFeast(event)
      ? []
      : ([
          ['Strength', formatExact(event.strength)],
          ['Expected change', formatSignedPercent(event.upliftRatio, 0)],
          ['Change of price', formatSignedPercent(event.priceChangeRatio, 0)],
        ] as const)),
    ...(effect === null
      ? []
      : ([
          ['Estimated change', formatSignedPercent(effect.upliftRatio, 0)],
          [
            '80 % range',
            `${formatSignedPercent(effect.lower80Ratio, 0)} to ${formatSignedPercent(effect.upper80Ratio, 0)}`,
          ],
          ['Period after', formatSignedPercent(effect.afterRatio, 0)],
          ['Other items of the group', formatSignedPercent(effect.cannibalisedRatio, 0)],
          ['Streams', formatExact(effect.keyCount)],
          ['Added so far', formatExact(Math.round(effect.actualQuantity))],
          ['Adds in the plan', formatExact(Math.round(effect.planQuantity))],
        ] as const)),
  ];
}
