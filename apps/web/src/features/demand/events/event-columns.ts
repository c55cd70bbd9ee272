import type { DemandEvent } from '@planwright/contracts';
import { formatDay } from '../../../ui/date-format.ts';
import type { GridColumn } from '../../../ui/grid/grid-column.ts';
import { formatSignedPercent } from '../../../ui/number-format.ts';
import { scopeInWords } from './event-scope.ts';

/** When an event is, what it touches, what was expected of it and what the run estimated. */
export const EVENT_COLUMNS: GridColumn<DemandEvent>[] = [
  { id: 'name', title: 'Event', width: 220, pinned: true, text: (row) => row.name, tone: () => 'strong' },
  { id: 'kind', title: 'Kind', width: 96, text: (row) => row.kind },
  {
    id: 'from',
    title: 'From',
    width: 110,
    text: (row) => formatDay(row.startsOn),
    exact: (row) => row.startsOn,
  },
  { id: 'to', title: 'To', width: 110, text: (row) => formatDay(row.endsOn), exact: (row) => row.endsOn },
  { id: 'scope', title: 'Touches', width: 200, text: scopeInWords },
  {
    id: 'expected',
    title: 'Expected',
    width: 84,
    number: true,
    text: (row) => formatSignedPercent(row.upliftRatio, 0),
    exact: (row) => row.upliftRatio,
  },
  {
    id: 'effect',
    title: 'Estimated',
    width: 88,
    number: true,
    text: (row) => formatSignedPercent(row.effect?.upliftRatio, 0),
    exact: (row) => row.effect?.upliftRatio ?? null,
    tone: () => 'accent',
  },
  {
    id: 'range',
    title: '80 % range',
    width: 130,
    number: true,
    text: (row) =>
      row.effect === null
        ? ''
        : `${formatSignedPercent(row.effect.lower80Ratio, 0)} to ${formatSignedPercent(row.effect.upper80Ratio, 0)}`,
  },
  {
    id: 'after',
    title: 'Period after',
    width: 96,
    number: true,
    text: (row) => formatSignedPercent(row.effect?.afterRatio, 0),
    exact: (row) => row.effect?.afterRatio ?? null,
  },
];
