import type { GridColumn } from '../../ui/grid/grid-column.ts';

export const CHOSEN_COLUMN = 'chosen';

/** A first column that chooses rows for what is done to several at once; a click or Enter on it chooses or leaves out. */
export function chosenColumn<Row>(isChosen: (row: Row) => boolean): GridColumn<Row> {
  return {
    id: CHOSEN_COLUMN,
    title: 'Choose',
    width: 62,
    pinned: true,
    text: (row) => (isChosen(row) ? 'yes' : 'no'),
    tone: (row) => (isChosen(row) ? 'box on' : 'box'),
  };
}
