import type { SupplyException } from '@planwright/contracts';
import { formatAgo, formatBucket, formatDay } from '../../../ui/date-format.ts';
import type { GridColumn } from '../../../ui/grid/grid-column.ts';
import {
  columnScaleOf,
  formatNumber,
  formatScaled,
  MISSING,
  unitInWords,
} from '../../../ui/number-format.ts';
import { RULES, STATUS_WORDS } from './exception-words.ts';

/** What an exception is about: a stock point, a resource or a supplier. */
export function subjectOf(row: SupplyException): string {
  if (row.item !== null) return row.location === null ? row.item : `${row.item} at ${row.location}`;
  return row.resource ?? row.supplier ?? MISSING;
}

export function exceptionColumns(
  rows: readonly SupplyException[],
  currency: string,
): GridColumn<SupplyException>[] {
  const money = columnScaleOf(rows.map(({ amount }) => amount));
  return [
    {
      id: 'rule',
      title: 'Rule',
      width: 150,
      pinned: true,
      text: (row) => RULES[row.rule],
      tone: () => 'strong',
    },
    { id: 'subject', title: 'About', width: 176, text: subjectOf },
    {
      id: 'bucket',
      title: 'Period',
      width: 84,
      text: (row) => (row.bucket === null ? MISSING : formatBucket(row.bucket)),
      exact: (row) => row.bucketOn,
    },
    {
      id: 'size',
      title: 'Size',
      width: 84,
      number: true,
      text: (row) => formatNumber(row.size, row.size < 10 && !Number.isInteger(row.size) ? 1 : 0),
      exact: (row) => row.size,
    },
    { id: 'unit', title: 'Unit', width: 56, text: (row) => row.unit, tone: () => 'quiet' },
    {
      id: 'amount',
      title: 'Money',
      unit: unitInWords(currency, money),
      width: 96,
      number: true,
      text: (row) => formatScaled(row.amount, money),
      exact: (row) => row.amount,
      tone: () => 'strong',
    },
    ...careColumns(),
  ];
}

/** Who cares for it, since when and until when. */
function careColumns(): GridColumn<SupplyException>[] {
  return [
    { id: 'action', title: 'Proposed', width: 320, text: (row) => row.action?.title ?? MISSING },
    {
      id: 'owner',
      title: 'Owner',
      width: 112,
      text: (row) => row.owner ?? 'nobody',
      tone: (row) => (row.owner === null ? 'quiet' : undefined),
    },
    { id: 'status', title: 'State', width: 84, text: (row) => STATUS_WORDS[row.status].word },
    {
      id: 'seen',
      title: 'First seen',
      width: 110,
      text: (row) => formatAgo(row.firstSeenAt),
      exact: (row) => row.firstSeenAt,
    },
    {
      id: 'expires',
      title: 'Act by',
      width: 104,
      text: (row) => formatDay(row.expiresOn),
      exact: (row) => row.expiresOn,
    },
    {
      id: 'comments',
      title: 'Said',
      width: 54,
      number: true,
      text: (row) => (row.commentCount === 0 ? '' : String(row.commentCount)),
    },
  ];
}
