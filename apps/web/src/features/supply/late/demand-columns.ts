import type { SupplyDemand } from '@planwright/contracts';
import { formatDay } from '../../../ui/date-format.ts';
import type { GridColumn } from '../../../ui/grid/grid-column.ts';
import {
  columnScaleOf,
  formatNumber,
  formatScaled,
  MISSING,
  unitInWords,
} from '../../../ui/number-format.ts';
import { CAUSES } from '../delay-causes.ts';

/** Demands with what of each is late or short, since when, and why. */
export function demandColumns(rows: readonly SupplyDemand[], currency: string): GridColumn<SupplyDemand>[] {
  const money = columnScaleOf(rows.map(({ value }) => value));
  const quantity = (
    id: string,
    title: string,
    value: (row: SupplyDemand) => number,
    tone?: (row: SupplyDemand) => string,
  ): GridColumn<SupplyDemand> => ({
    id,
    title,
    width: 78,
    number: true,
    text: (row) =>
      formatNumber(value(row), Math.abs(value(row)) < 10 && !Number.isInteger(value(row)) ? 1 : 0),
    exact: value,
    tone,
  });
  return [
    { id: 'item', title: 'Item', width: 112, pinned: true, text: (row) => row.item, tone: () => 'strong' },
    { id: 'order', title: 'Order', width: 108, text: (row) => row.order ?? 'Forecast' },
    { id: 'customer', title: 'Customer', width: 132, text: (row) => row.customer ?? MISSING },
    { id: 'location', title: 'Location', width: 84, text: (row) => row.location },
    { id: 'due', title: 'Due', width: 104, text: (row) => formatDay(row.dueOn), exact: (row) => row.dueOn },
    quantity('quantity', 'Quantity', (row) => row.quantity),
    quantity(
      'late',
      'Late',
      (row) => row.lateQuantity,
      (row) => (row.lateQuantity > 0 ? 'watch' : 'quiet'),
    ),
    quantity(
      'short',
      'Short',
      (row) => row.shortQuantity,
      (row) => (row.shortQuantity > 0 ? 'bad' : 'quiet'),
    ),
    {
      id: 'delay',
      title: 'Delay',
      unit: 'days',
      width: 84,
      number: true,
      text: (row) => (row.deliveredOn === null ? 'never' : formatNumber(row.delayDays)),
      exact: (row) => (row.deliveredOn === null ? null : row.delayDays),
    },
    {
      id: 'value',
      title: 'Value',
      unit: unitInWords(currency, money),
      width: 92,
      number: true,
      text: (row) => formatScaled(row.value, money),
      exact: (row) => row.value,
      tone: () => 'strong',
    },
    {
      id: 'cause',
      title: 'Cause',
      width: 150,
      text: (row) => (row.cause === null ? MISSING : CAUSES[row.cause]),
    },
    { id: 'reason', title: 'Why', width: 320, text: (row) => row.reason ?? '', tone: () => 'quiet' },
    { id: 'priority', title: 'Priority', width: 66, number: true, text: (row) => String(row.priority) },
  ];
}
