import type { BrokenForecast, SensedBucket, SensedStream } from '@planwright/contracts';
import type { GridColumn } from '../../../ui/grid/grid-column.ts';
import { columnScaleOf, formatExact, formatSigned, unitInWords } from '../../../ui/number-format.ts';
import { inReadersWords } from '../../../ui/sentence.ts';

/** What each test found, in two or three words. */
export const BROKEN: Readonly<Record<BrokenForecast['test'], string>> = {
  cusum: 'Has shifted',
  tracking: 'Leans one way',
  coverage: 'Band too narrow',
};

/** Streams with what moved in the current bucket and in all that were looked at. */
export function sensedColumns(rows: readonly SensedStream[], currency: string): GridColumn<SensedStream>[] {
  const money = columnScaleOf(rows.map((row) => row.moneyChange));
  return [
    { id: 'item', title: 'Item', width: 116, pinned: true, text: (row) => row.item, tone: () => 'strong' },
    { id: 'name', title: 'Name', width: 150, text: (row) => row.itemName },
    { id: 'location', title: 'Location', width: 84, text: (row) => row.location },
    { id: 'channel', title: 'Channel', width: 84, text: (row) => row.channel },
    {
      id: 'money',
      title: 'Change',
      unit: unitInWords(currency, money),
      width: 100,
      number: true,
      text: (row) => formatSigned(row.moneyChange, money),
      exact: (row) => row.moneyChange,
      tone: () => 'accent',
    },
    quantity('baseline', 'Baseline', ({ baseline }) => baseline),
    quantity('sensed', 'Sensed', ({ sensed }) => sensed),
    quantity('ordered', 'Ordered', ({ ordered }) => ordered),
    { id: 'refit', title: 'Refit', width: 124, text: (row) => refitOf(row.broken) },
    { id: 'why', title: 'Why', width: 640, text: (row) => inReadersWords(row.reasons.join(' ')) },
  ];
}

const refitOf = (broken: BrokenForecast | null): string => (broken === null ? '' : BROKEN[broken.test]);

function quantity(
  id: string,
  title: string,
  value: (bucket: SensedBucket) => number,
): GridColumn<SensedStream> {
  const current = ({ buckets: [first] }: SensedStream): number | null =>
    first === undefined ? null : value(first);
  return {
    id,
    title,
    width: 84,
    number: true,
    text: (row) => {
      const shown = current(row);
      return shown === null ? '' : formatExact(Math.round(shown));
    },
    exact: current,
  };
}
