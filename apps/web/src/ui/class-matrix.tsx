import type { CSSProperties, ReactNode } from 'react';
import css from './class-matrix.module.css';

/** One class of a side: its letter and what it means. */
export type MatrixClass<Code extends string> = { readonly code: Code; readonly meaning: string };

export type MatrixCell = {
  /** Two short lines. */
  readonly lines: readonly [ReactNode, ReactNode];
  /** On hover. */
  readonly title?: string;
  /** How dark the cell is, 0 to 1: its share of what the matrix weighs. */
  readonly share?: number;
};

/** The darkest cell, in percent of the accent: text on it stays readable in both schemes. */
const DARKEST_PERCENT = 38;

/** Things by two classes at once. A cell narrows what stands below; choosing it again takes that back. */
export function ClassMatrix<Row extends string, Column extends string>(props: {
  caption: string;
  /** What the rows are classes of. */
  side: string;
  rows: readonly MatrixClass<Row>[];
  columns: readonly MatrixClass<Column>[];
  /** Undefined where nothing is of both classes. */
  cellOf: (row: Row, column: Column) => MatrixCell | undefined;
  isChosen: (row: Row, column: Column) => boolean;
  onChoose: (chosen: { readonly row: Row; readonly column: Column } | undefined) => void;
}) {
  return (
    <div className={css.scroll}>
      <table className={css.matrix}>
        <caption className="pw-hidden">{props.caption}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="pw-hidden">{props.side}</span>
            </th>
            {props.columns.map(({ code, meaning }) => (
              <th key={code} scope="col">
                <strong>{code}</strong> {meaning}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map(({ code: row, meaning }) => (
            <tr key={row}>
              <th scope="row">
                <strong>{row}</strong> {meaning}
              </th>
              {props.columns.map(({ code: column }) => {
                const chosen = props.isChosen(row, column);
                return (
                  <td key={column}>
                    <Cell
                      cell={props.cellOf(row, column)}
                      chosen={chosen}
                      onClick={() => props.onChoose(chosen ? undefined : { row, column })}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell(props: { cell: MatrixCell | undefined; chosen: boolean; onClick: () => void }) {
  const { cell } = props;
  if (cell === undefined) return <span className={css.empty}>none</span>;
  // By the root, so that small shares are told apart.
  const percent = Math.round(DARKEST_PERCENT * Math.sqrt(cell.share ?? 0));
  return (
    <button
      type="button"
      className={css.cell}
      aria-pressed={props.chosen}
      title={cell.title}
      style={{ '--share': `${percent}%` } as CSSProperties}
      onClick={props.onClick}
    >
      <span>{cell.lines[0]}</span>
      <span>{cell.lines[1]}</span>
    </button>
  );
}
