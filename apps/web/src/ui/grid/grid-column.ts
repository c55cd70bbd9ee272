/** One column of a grid over rows of type `Row`. */
export type GridColumn<Row> = {
  readonly id: string;
  readonly title: string;
  /** Unit and scale, after the title: "k EA", "USD m". */
  readonly unit?: string;
  /** Pixels. */
  readonly width: number;
  readonly number?: boolean;
  readonly pinned?: boolean;
  /** Typed into, pasted into and filled, where the grid takes edits. */
  readonly editable?: true;
  /** What the cell shows. */
  readonly text: (row: Row) => string;
  /** The value itself, for copying and for the hover; the text where missing. */
  readonly exact?: (row: Row) => string | number | null;
  /** Class names of `data-grid.css`: `bad`, `quiet`, `strong`, `link`, `box` and `box on`. */
  readonly tone?: (row: Row) => string | undefined;
};

/** The value of a cell as it is copied and exported. */
export function cellValue<Row>(column: GridColumn<Row>, row: Row): string | number | null {
  return column.exact === undefined ? column.text(row) : column.exact(row);
}

/** Title with unit, as copied files name a column. */
export function columnName<Row>(column: GridColumn<Row>): string {
  return column.unit === undefined ? column.title : `${column.title} (${column.unit})`;
}

/** What was typed or pasted into a cell; '' where it was cleared. */
export type CellEdit<Row> = { readonly row: Row; readonly columnId: string; readonly text: string };
