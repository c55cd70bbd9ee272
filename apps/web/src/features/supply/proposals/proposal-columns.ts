import type { Proposal } from '@planwright/contracts';
import { formatDay } from '../../../ui/date-format.ts';
import { chosenColumn } from '../chosen-column.ts';
import type { GridColumn } from '../../../ui/grid/grid-column.ts';
import {
  columnScaleOf,
  formatExact,
  formatScaled,
  MISSING,
  type Scale,
  unitInWords,
} from '../../../ui/number-format.ts';
import { KIND_WORDS, RISK_WORDS, STATUS_WORDS } from './proposal-words.ts';

/** Proposals, with a first column that chooses for what is done to several at once. */
export function proposalColumns(
  rows: readonly Proposal[],
  currency: string,
  chosen: ReadonlySet<string>,
): GridColumn<Proposal>[] {
  return [
    chosenColumn((row) => chosen.has(row.id)),
    {
      id: 'kind',
      title: 'Act',
      width: 84,
      pinned: true,
      text: (row) => KIND_WORDS[row.kind],
      tone: () => 'strong',
    },
    { id: 'item', title: 'Item', width: 112, text: (row) => row.item, tone: () => 'strong' },
    { id: 'location', title: 'Location', width: 84, text: (row) => row.location },
    { id: 'from', title: 'From', width: 140, text: (row) => row.from ?? MISSING },
    {
      id: 'risk',
      title: 'Risk',
      width: 88,
      text: (row) => (row.riskLevel === null ? MISSING : RISK_WORDS[row.riskLevel].word),
      tone: (row) => (row.riskLevel === 'high' ? 'bad late' : row.riskLevel === 'medium' ? 'watch' : 'quiet'),
    },
    ...amountColumns(columnScaleOf(rows.map(({ value }) => value)), currency),
    { id: 'status', title: 'State', width: 90, text: (row) => STATUS_WORDS[row.status].word },
    {
      id: 'signs',
      title: 'Signed',
      width: 90,
      text: (row) =>
        row.approvalsMissing > 0
          ? `${row.approvals.length} of ${row.approvals.length + row.approvalsMissing}`
          : String(row.approvals.length),
    },
    { id: 'order', title: 'Open order', width: 104, text: (row) => row.order ?? '' },
    {
      id: 'reason',
      title: 'Why',
      width: 320,
      text: (row) => row.blocked ?? row.reason,
      tone: (row) => (row.blocked === null ? 'quiet' : 'watch'),
    },
    { id: 'name', title: 'Name', width: 180, text: (row) => row.itemName },
    { id: 'number', title: 'No.', width: 90, text: (row) => row.number, tone: () => 'quiet' },
  ];
}

/** When and how much. */
function amountColumns(money: Scale, currency: string): GridColumn<Proposal>[] {
  return [
    {
      id: 'start',
      title: 'Start',
      width: 104,
      text: (row) => formatDay(row.startOn),
      exact: (row) => row.startOn,
    },
    { id: 'due', title: 'Due', width: 104, text: (row) => formatDay(row.dueOn), exact: (row) => row.dueOn },
    {
      id: 'quantity',
      title: 'Quantity',
      width: 84,
      number: true,
      text: (row) => formatExact(Math.round(row.quantity * 100) / 100),
      exact: (row) => row.quantity,
    },
    { id: 'unit', title: 'Unit', width: 50, text: (row) => row.unit, tone: () => 'quiet' },
    {
      id: 'value',
      title: 'Value',
      unit: unitInWords(currency, money),
      width: 92,
      number: true,
      text: (row) => formatScaled(row.value, money),
      exact: (row) => row.value,
    },
  ];
}
