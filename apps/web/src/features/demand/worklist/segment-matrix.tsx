import type { SegmentCell } from '@planwright/contracts';
import { countInWords, formatPercent, moneyInWords } from '../../../ui/number-format.ts';
import css from './segment-matrix.module.css';

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
  const isChosen = (cell: Segment): boolean =>
    cell.valueClass === chosen.valueClass && cell.forecastClass === chosen.forecastClass;
  return (
    <div className={css.scroll}>
      <table className={css.matrix}>
        <caption className="pw-hidden">Streams by value and by how well they can be forecast</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="pw-hidden">Value</span>
            </th>
            {FORECAST_CLASSES.map(({ code, meaning }) => (
              <th key={code} scope="col">
                <strong>{code}</strong> {meaning}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {VALUE_CLASSES.map(({ code, meaning }) => (
            <tr key={code}>
              <th scope="row">
                <strong>{code}</strong> {meaning}
              </th>
              {cells
                .filter(({ valueClass }) => valueClass === code)
                .map((cell) => (
                  <td key={cell.forecastClass}>
                    <Cell
                      cell={cell}
                      currency={currency}
                      share={total > 0 ? cell.moneyError / total : 0}
                      isChosen={isChosen(cell)}
                      onClick={() => props.onChoose(isChosen(cell) ? undefined : cell)}
                    />
                  </td>
                ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell(props: {
  cell: SegmentCell;
  currency: string;
  share: number;
  isChosen: boolean;
  onClick: () => void;
}) {
  const { cell, currency, share, isChosen, onClick } = props;
  if (cell.keyCount === 0) return <span className={css.empty}>none</span>;
  return (
    <button
      type="button"
      className={css.cell}
      aria-pressed={isChosen}
      title={cell.policy}
      style={{ '--share': `${Math.round(38 * Math.sqrt(share))}%` } as React.CSSProperties}
      onClick={onClick}
    >
      <span>
        <span className={css.count}>{countInWords(cell.keyCount, 'stream')}</span>,{' '}
        {moneyInWords(cell.planRevenue, currency)} planned
      </span>
      <span>
        {formatPercent(share, 0)} of the error, off by {formatPercent(cell.wapeRatio, 0)}
      </span>
    </button>
  );
}
