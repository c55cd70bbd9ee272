import { Button } from '@mantine/core';
import { lazy, Suspense, useId, useState } from 'react';
import { GRID_ROW_HEIGHT } from '../../app/tokens.ts';
import { SkeletonRows } from '../loadable.tsx';
import { countInWords, formatNumber } from '../number-format.ts';
import { csvText, saveFile, tsvText } from '../save-file.ts';
import { type CellEdit, cellValue, columnName, type GridColumn } from './grid-column.ts';
import './data-grid.css';

const RevoView = lazy(() =>
  import('./revo-view.tsx').then(({ RevoView: view }) => ({ default: view })),
) as typeof import('./revo-view.tsx').RevoView;

const HEADER_AND_SCROLLBAR = GRID_ROW_HEIGHT + 18;

export type GridProps<Row> = {
  /** What the rows are, for assistive technology. */
  readonly label: string;
  /** One and many of what a row is: ["order", "orders"]. */
  readonly noun: readonly [string, string];
  readonly rows: readonly Row[];
  readonly columns: readonly GridColumn<Row>[];
  /** Rows that fit before the grid scrolls. */
  readonly rowsShown: number;
  readonly fileName: string;
  /** Enter or a click on a cell. */
  readonly onOpen?: (row: Row, columnId: string) => void;
  /** What was typed, pasted or filled into editable cells, all of one act together. The rows that follow say what became of it. */
  readonly onEdit?: (edits: readonly CellEdit<Row>[]) => void;
  readonly isSelected?: (row: Row) => boolean;
  /** Column to scroll into view first. */
  readonly firstColumn?: string;
  /** The whole list, where `rows` is only its beginning. */
  readonly total?: number;
  readonly onMore?: () => void;
  readonly loadingMore?: boolean;
  /** Hides the line with count and copy below the grid. */
  readonly bare?: boolean;
};

/**
 * A grid that takes the keyboard (arrows, Shift to select, Enter to open, Ctrl-C to copy as cells), scrolls
 * thousands of rows, and reads on as its end comes into view.
 */
export function DataGrid<Row>(props: GridProps<Row>) {
  const hintId = useId();
  if (props.rows.length === 0) return <p className="pw-grid-none">There are no {props.noun[1]} here.</p>;
  const rowCount = Math.max(1, Math.min(props.rows.length, props.rowsShown));
  const height = rowCount * GRID_ROW_HEIGHT + HEADER_AND_SCROLLBAR;
  return (
    <div className="pw-grid">
      <p className="pw-hidden" id={hintId}>
        Arrow keys move between cells, Shift with arrows selects, Control C copies.
        {props.onOpen === undefined ? '' : ' Enter opens the detail.'}
        {props.onEdit === undefined
          ? ''
          : ' Typing changes an editable cell, Delete clears it, Control V pastes a block.'}
      </p>
      <div style={{ height }}>
        <Suspense fallback={<SkeletonRows rows={rowCount} label={`Loading ${props.label}`} />}>
          <RevoView {...props} hintId={hintId} />
        </Suspense>
      </div>
      {props.bare === true ? null : <GridFoot {...props} />}
    </div>
  );
}

function GridFoot<Row>(props: GridProps<Row>) {
  const [copied, setCopied] = useState(false);
  const total = props.total ?? props.rows.length;
  const table = (): (string | number | null)[][] => [
    props.columns.map(columnName),
    ...props.rows.map((row) => props.columns.map((column) => cellValue(column, row))),
  ];
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(tsvText(table()));
    setCopied(true);
  };
  const some = props.rows.length < total;
  return (
    <div className="pw-grid-foot">
      <p role="status">
        {some
          ? `${formatNumber(props.rows.length)} of ${countInWords(total, ...props.noun)}`
          : countInWords(total, ...props.noun)}
        {props.loadingMore === true ? ', reading on …' : ''}
        {copied ? ' · copied' : ''}
      </p>
      <div className="pw-grid-acts pw-no-print">
        {some && props.onMore !== undefined ? (
          <Button size="xs" variant="subtle" onClick={props.onMore} disabled={props.loadingMore}>
            Read on
          </Button>
        ) : null}
        <Button size="xs" variant="subtle" onClick={() => void copy()}>
          {some ? 'Copy shown rows' : 'Copy'}
        </Button>
        <Button
          size="xs"
          variant="subtle"
          onClick={() => saveFile(`${props.fileName}.csv`, csvText(table()), 'text/csv')}
        >
          {some ? 'Save shown rows as CSV' : 'Save as CSV'}
        </Button>
      </div>
    </div>
  );
}
