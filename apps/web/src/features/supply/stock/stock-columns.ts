import type { StockPointRow } from '@planwright/contracts';
import type { GridColumn } from '../../../ui/grid/grid-column.ts';
import { formatBucket } from '../../../ui/date-format.ts';
import {
  columnScaleOf,
  formatNumber,
  formatScaled,
  MISSING,
  type Scale,
  unitInWords,
} from '../../../ui/number-format.ts';

type Value = (row: StockPointRow) => number | null;
type Tone = (row: StockPointRow) => string | undefined;

function amount(
  id: string,
  title: string,
  width: number,
  value: Value,
  scale: Scale,
  more: { readonly unit?: string; readonly tone?: Tone } = {},
): GridColumn<StockPointRow> {
  return {
    id,
    title,
    unit: unitInWords(more.unit ?? '', scale),
    width,
    number: true,
    text: (row) => formatScaled(value(row), scale),
    exact: value,
    tone: more.tone,
  };
}

/** Stock points in totals over the horizon, with what is short in both plans. */
export function stockColumns(rows: readonly StockPointRow[], currency: string): GridColumn<StockPointRow>[] {
  const quantity = columnScaleOf(
    rows.flatMap((row) => [
      row.onHand,
      row.plannedQuantity,
      row.shortageQuantity,
      row.constrainedShortageQuantity ?? 0,
    ]),
  );
  const stock = columnScaleOf(rows.map((row) => row.stockValue));
  return [
    { id: 'item', title: 'Item', width: 112, pinned: true, text: (row) => row.item, tone: () => 'strong' },
    { id: 'name', title: 'Name', width: 186, text: (row) => row.itemName },
    { id: 'location', title: 'Location', width: 92, text: (row) => row.location },
    { id: 'source', title: 'Source', width: 66, text: (row) => row.source, tone: () => 'quiet' },
    ...shortageColumns(rows, quantity, currency),
    amount('onHand', 'On hand', 88, (row) => row.onHand, quantity),
    amount('safety', 'Safety', 78, (row) => row.safetyStock, quantity),
    {
      id: 'cover',
      title: 'Cover',
      unit: 'periods',
      width: 94,
      number: true,
      text: (row) => formatNumber(row.coverBuckets, 1),
      exact: (row) => row.coverBuckets,
    },
    amount('planned', 'Planned', 88, (row) => row.plannedQuantity, quantity),
    amount('value', 'Stock', 88, (row) => row.stockValue, stock, { unit: currency }),
    { id: 'unit', title: 'Unit', width: 54, text: (row) => row.unit, tone: () => 'quiet' },
  ];
}

/** What is not met when it is due: within every constraint, and as lead times alone allow. */
function shortageColumns(
  rows: readonly StockPointRow[],
  quantity: Scale,
  currency: string,
): GridColumn<StockPointRow>[] {
  const money = columnScaleOf(rows.flatMap((row) => [row.shortageValue, row.constrainedShortageValue ?? 0]));
  const constrained: Value = (row) => row.constrainedShortageQuantity;
  const unconstrained: Value = (row) => row.shortageQuantity;
  const toneOf =
    (value: Value): Tone =>
    (row) =>
      (value(row) ?? 0) > 0 ? 'bad' : 'quiet';
  return [
    amount('short', 'Short', 128, constrained, quantity, { unit: 'constrained', tone: toneOf(constrained) }),
    amount('shortValue', 'Short', 84, (row) => row.constrainedShortageValue, money, {
      unit: currency,
      tone: toneOf(constrained),
    }),
    {
      id: 'first',
      title: 'First in',
      width: 88,
      text: ({ constrainedFirstShortageBucket: first }) => (first === null ? MISSING : formatBucket(first)),
    },
    amount('shortByLeadTimes', 'Short', 142, unconstrained, quantity, {
      unit: 'unconstrained',
      tone: toneOf(unconstrained),
    }),
    amount('shortByLeadTimesValue', 'Short', 84, (row) => row.shortageValue, money, {
      unit: currency,
      tone: toneOf(unconstrained),
    }),
  ];
}
