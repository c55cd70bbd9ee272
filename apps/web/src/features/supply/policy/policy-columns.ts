import type { PolicyProposal } from '@planwright/contracts';
import { chosenColumn } from '../chosen-column.ts';
import type { GridColumn } from '../../../ui/grid/grid-column.ts';
import {
  columnScaleOf,
  formatNumber,
  formatPercent,
  formatSigned,
  unitInWords,
} from '../../../ui/number-format.ts';

export function policyColumns(
  rows: readonly PolicyProposal[],
  currency: string,
  chosen: ReadonlySet<number>,
): GridColumn<PolicyProposal>[] {
  const money = columnScaleOf(rows.map(({ valueChange }) => valueChange));
  const number = (
    id: string,
    title: string,
    value: (row: PolicyProposal) => number,
    width = 88,
  ): GridColumn<PolicyProposal> => ({
    id,
    title,
    width,
    number: true,
    text: (row) => formatNumber(value(row), value(row) < 10 && !Number.isInteger(value(row)) ? 1 : 0),
    exact: value,
  });
  return [
    chosenColumn((row) => chosen.has(row.stockPointId)),
    { id: 'item', title: 'Item', width: 112, pinned: true, text: (row) => row.item, tone: () => 'strong' },
    { id: 'location', title: 'Location', width: 84, text: (row) => row.location },
    { id: 'class', title: 'Class', width: 54, text: (row) => `${row.valueClass}${row.steadinessClass}` },
    {
      id: 'service',
      title: 'Service',
      width: 72,
      number: true,
      text: (row) => formatPercent(row.serviceRatio, 1),
      exact: (row) => row.serviceRatio,
    },
    number('demand', 'Demand a period', (row) => row.demandPerBucket, 118),
    {
      id: 'lead',
      title: 'Lead time',
      unit: 'days',
      width: 102,
      number: true,
      text: (row) => formatNumber(row.leadTimeDays),
      exact: (row) => row.leadTimeDays,
    },
    { ...number('now', 'Safety now', (row) => row.safetyStockNow), tone: () => 'quiet' },
    { ...number('safety', 'Safety stock', (row) => row.safetyStock, 96), tone: () => 'strong' },
    number('reorder', 'Reorder point', (row) => row.reorderPoint, 104),
    number('order', 'Order quantity', (row) => row.orderQuantity, 108),
    { id: 'unit', title: 'Unit', width: 50, text: (row) => row.unit, tone: () => 'quiet' },
    {
      id: 'fill',
      title: 'Met from stock',
      width: 108,
      number: true,
      text: (row) => formatPercent(row.fillRatio, 1),
      exact: (row) => row.fillRatio,
    },
    {
      id: 'change',
      title: 'Change',
      unit: unitInWords(currency, money),
      width: 104,
      number: true,
      text: (row) => formatSigned(row.valueChange, money),
      exact: (row) => row.valueChange,
      tone: () => 'strong',
    },
    { id: 'reason', title: 'Why', width: 560, text: (row) => row.reason, tone: () => 'quiet' },
    { id: 'name', title: 'Name', width: 180, text: (row) => row.itemName },
  ];
}
