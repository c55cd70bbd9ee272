import type { DemandKey } from '@planwright/contracts';
import type { GridColumn } from '../../../ui/grid/grid-column.ts';
import { columnScaleOf, formatPercent, formatScaled, unitInWords } from '../../../ui/number-format.ts';

/** Streams with what an hour of work on them could save. `running` is the share of all error down to a row. */
export function worklistColumns(
  rows: readonly DemandKey[],
  currency: string,
  running: ReadonlyMap<number, number>,
): GridColumn<DemandKey>[] {
  const revenue = columnScaleOf(rows.map((row) => row.planRevenue));
  const error = columnScaleOf(rows.map((row) => row.moneyError));
  const percent = (
    id: string,
    title: string,
    value: (row: DemandKey) => number | null,
    width = 78,
    tone?: (row: DemandKey) => string | undefined,
  ): GridColumn<DemandKey> => ({
    id,
    title,
    width,
    number: true,
    text: (row) => formatPercent(value(row)),
    exact: (row) => value(row),
    ...(tone === undefined ? {} : { tone }),
  });
  return [
    { id: 'item', title: 'Item', width: 116, pinned: true, text: (row) => row.item, tone: () => 'strong' },
    { id: 'name', title: 'Name', width: 180, text: (row) => row.itemName },
    { id: 'place', title: 'Where', width: 108, text: (row) => `${row.location} · ${row.channel}` },
    { id: 'class', title: 'Class', width: 60, text: (row) => `${row.valueClass}${row.forecastClass}` },
    {
      id: 'error',
      title: 'Error a year',
      unit: unitInWords(currency, error),
      width: 140,
      number: true,
      text: (row) => formatScaled(row.moneyError, error),
      exact: (row) => row.moneyError,
      tone: () => 'accent',
    },
    percent('share', 'Of all', (row) => row.moneyErrorShare, 68),
    percent('running', 'Down to here', (row) => running.get(row.keyId) ?? null, 92),
    percent('wape', 'Off by', (row) => row.accuracy.wapeRatio),
    percent('bias', 'Bias', (row) => row.accuracy.biasRatio),
    percent(
      'added',
      'Value added',
      (row) => row.valueAddedRatio,
      92,
      (row) => ((row.valueAddedRatio ?? 0) < 0 ? 'bad' : undefined),
    ),
    {
      id: 'revenue',
      title: 'Revenue',
      unit: unitInWords(currency, revenue),
      width: 124,
      number: true,
      text: (row) => formatScaled(row.planRevenue, revenue),
      exact: (row) => row.planRevenue,
    },
    {
      id: 'findings',
      title: 'Findings',
      width: 74,
      number: true,
      text: (row) => (row.findingCount === 0 ? '' : String(row.findingCount)),
      exact: (row) => row.findingCount,
    },
    { id: 'planner', title: 'Planner', width: 110, text: (row) => row.planner },
    { id: 'stage', title: 'Life stage', width: 92, text: (row) => row.lifeStage, tone: () => 'quiet' },
    { id: 'method', title: 'Method', width: 170, text: (row) => row.method, tone: () => 'quiet' },
  ];
}
