import type { AccuracyRow } from '@planwright/contracts';
import type { GridColumn } from '../../../ui/grid/grid-column.ts';
import {
  columnScaleOf,
  formatNumber,
  formatPercent,
  formatScaled,
  unitInWords,
} from '../../../ui/number-format.ts';

const TITLES: Readonly<Record<string, string>> = {
  group: 'Group or item',
  lag: 'Periods before',
  planner: 'Planner',
  value: 'Class',
  class: 'Pattern of demand',
  method: 'Method',
  location: 'Location',
  channel: 'Channel',
};

/** Code of the row that sums up all others, which is no place to go to. */
export const TOTAL_ROW = 'total:';

const percent = (
  id: string,
  title: string,
  value: (row: AccuracyRow) => number | null,
  tone?: (row: AccuracyRow) => string | undefined,
): GridColumn<AccuracyRow> => ({
  id,
  title,
  width: 104,
  number: true,
  text: (row) => formatPercent(value(row)),
  exact: (row) => value(row),
  ...(tone === undefined ? {} : { tone }),
});

/** Sums and ratios of a back-test, one row each. */
export function accuracyColumns(
  rows: readonly AccuracyRow[],
  currency: string,
  by: string,
): GridColumn<AccuracyRow>[] {
  const quantity = columnScaleOf(rows.map((row) => row.actual));
  const money = columnScaleOf(rows.map((row) => row.moneyError));
  const columns: GridColumn<AccuracyRow>[] = [
    {
      id: 'label',
      title: TITLES[by] ?? 'Row',
      width: 240,
      pinned: true,
      text: (row) => (row.label === '' ? 'none' : row.label),
      tone: () => 'strong',
    },
    {
      id: 'keys',
      title: 'Streams',
      width: 76,
      number: true,
      text: (row) => formatNumber(row.keyCount),
      exact: (row) => row.keyCount,
    },
    {
      id: 'actual',
      title: 'Judged',
      unit: unitInWords('', quantity),
      width: 100,
      number: true,
      text: (row) => formatScaled(row.actual, quantity),
      exact: (row) => row.actual,
    },
    percent(
      'wape',
      'Off by',
      (row) => row.wapeRatio,
      () => 'accent',
    ),
    percent('bias', 'Bias', (row) => row.biasRatio),
    percent('naive', 'Naive off by', (row) => row.naiveWapeRatio),
    percent(
      'added',
      'Value added',
      (row) => row.valueAddedRatio,
      (row) => ((row.valueAddedRatio ?? 0) < 0 ? 'bad' : undefined),
    ),
    percent('in80', 'In 80 % band', (row) => row.coverage80Ratio),
    percent('in95', 'In 95 % band', (row) => row.coverage95Ratio),
    {
      id: 'money',
      title: 'Error a year',
      unit: unitInWords(currency, money),
      width: 140,
      number: true,
      text: (row) => formatScaled(row.moneyError, money),
      exact: (row) => row.moneyError,
    },
  ];
  return columns.map((column) => ({
    ...column,
    tone: (row) => (row.code === TOTAL_ROW ? 'total' : column.tone?.(row)),
  }));
}
