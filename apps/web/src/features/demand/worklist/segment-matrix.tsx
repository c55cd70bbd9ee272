import type { SegmentCell } from '@planwright/contracts';
import { ClassMatrix, type MatrixCell } from '../../../ui/class-matrix.tsx';
import { countInWords, formatPercent, moneyInWords } from '../../../ui/number-format.ts';

const VALUE_CLASSES = [
  { code: 'A', meaning: 'most revenue' },
  { code: 'B', meaning: 'middling' },
  { code: 'C', meaning: 'little revenue' },
] as const;
const FORECAST_CLASSES = [
  { code: 'X', meaning: 'well forecast' },
  { code: 'Y', meaning: 'fairly forecast' },
  { code: 'Z', meaning: 'hard to forecast' },
] as const;

export type Segment = Pick<SegmentCell, 'valueClass' | 'forecastClass'>;

/** Value against forecastability. A cell is as dark as its share of the error in money; choosing one narrows the list. */
export function SegmentMatrix(props: {
  cells: readonly SegmentCell[];
  currency: string;
  chosen: Partial<Segment>;
  onChoose: (segment: Segment | undefined) => void;
}) {
  const { cells, currency, chosen } = props;
  const total = cells.reduce((sum, cell) => sum + cell.moneyError, 0);
  const cellOf = (valueClass: string, forecastClass: string): MatrixCell | undefined => {
    const cell = cells.find(
      (known) => known.valueClass === valueClass && known.forecastClass === forecastClass,
    );
    if (cell === undefined || cell.keyCount === 0) return undefined;
    const share = total > 0 ? cell.moneyError / total : 0;
    return {
      lines: [
        <>
          <strong>{countInWords(cell.keyCount, 'stream')}</strong>, {moneyInWords(cell.planRevenue, currency)}{' '}
          planned
        </>,
        `${formatPercent(share, 0)} of the error, off by ${formatPercent(cell.wapeRatio, 0)}`,
      ],
      title: cell.policy,
      share,
    };
  };
  return (
    <ClassMatrix
      caption="Streams by value and by how well they can be forecast"
      side="Value"
      rows={VALUE_CLASSES}
      columns={FORECAST_CLASSES}
      cellOf={cellOf}
      isChosen={(row, column) => row === chosen.valueClass && column === chosen.forecastClass}
      onChoose={(picked) =>
        props.onChoose(
          picked === undefined ? undefined : { valueClass: picked.row, forecastClass: picked.column },
        )
      }
    />
  );
}
