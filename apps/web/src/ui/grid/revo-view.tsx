import { type ColumnRegular, RevoGrid } from '@revolist/react-datagrid';
import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef } from 'react';
import { GRID_ROW_HEIGHT } from '../../app/tokens.ts';
import type { GridProps } from './data-grid.tsx';
import { type CellEdit, cellValue, type GridColumn } from './grid-column.ts';

const ROW = '__row';
const ROW_CLASS = '__class';
const READ_ON_AT_PX = 400;
const FIRST = { x: 0, y: 0 } as const;

type Source = Record<string, unknown>;

function revoColumn<Row>(column: GridColumn<Row>): ColumnRegular {
  const align = column.number === true ? 'number' : 'text';
  const row = (model: Source): Row => model[ROW] as Row;
  return {
    prop: column.id,
    name: column.title,
    size: column.width,
    pin: column.pinned === true ? 'colPinStart' : undefined,
    readonly: column.editable !== true,
    columnProperties: () => ({
      class: align,
      title: column.unit === undefined ? column.title : `${column.title}, ${column.unit}`,
    }),
    columnTemplate: (h) =>
      h('span', { class: 'head' }, [
        h('span', {}, column.title),
        h('small', {}, column.unit === undefined ? '' : ` ${column.unit}`),
      ]),
    cellProperties: ({ model }) => {
      const exact = cellValue(column, row(model as Source));
      const text = column.text(row(model as Source));
      return {
        class: `${align} ${column.editable === true ? 'editable' : ''} ${column.tone?.(row(model as Source)) ?? ''}`,
        title: exact === null || String(exact) === text ? text : `${text} (${exact})`,
      };
    },
    cellTemplate: (_, { model }) => column.text(row(model as Source)),
  };
}

function sourceOf<Row>(
  rows: readonly Row[],
  columns: readonly GridColumn<Row>[],
  isSelected: ((row: Row) => boolean) | undefined,
): Source[] {
  return rows.map((row) => {
    const cells: Source = { [ROW]: row, [ROW_CLASS]: isSelected?.(row) === true ? 'selected' : '' };
    for (const column of columns) cells[column.id] = cellValue(column, row);
    return cells;
  });
}

/**
 * Whoever comes by Tab has no cell yet: the first arrow enters the first one. After the event, since the grid
 * would take the same key as a move.
 */
function enterGrid(grid: HTMLRevoGridElement | null, columns: readonly ColumnRegular[]): void {
  const kind = columns.some(({ pin }) => pin === 'colPinStart') ? 'colPinStart' : 'rgCol';
  setTimeout(() => void grid?.setCellsFocus(FIRST, FIRST, kind, 'rgRow'));
}

let clipboardPart: Promise<void> | undefined;

/**
 * The part of the element that copies and pastes comes over the network when a cell is first chosen, and what is pasted
 * before it is there is lost. It is asked for, once, as soon as there is a grid: by an element of its kind.
 */
function fetchClipboardPart(): void {
  clipboardPart ??= (async () => {
    const stray = document.createElement('revogr-clipboard');
    document.body.append(stray);
    await stray.componentOnReady();
    stray.remove();
  })();
}

/** RevoGrid in our clothes. Its cells hold exact values, so that what is copied is exact too. */
export function RevoView<Row>(props: GridProps<Row> & { hintId: string }) {
  const grid = useRef<HTMLRevoGridElement>(null);
  const columns = useMemo(() => props.columns.map(revoColumn), [props.columns]);
  const { rows, isSelected } = props;
  const source = useMemo(() => sourceOf(rows, props.columns, isSelected), [rows, props.columns, isSelected]);
  useGridRoles(grid, props.label, props.hintId);
  useEffect(fetchClipboardPart, []);
  useEffect(() => {
    if (props.firstColumn !== undefined) void grid.current?.scrollToColumnProp(props.firstColumn);
  }, [props.firstColumn, columns]);

  const open = (rowIndex: number, columnId: string): void => {
    const row = rows[rowIndex];
    if (row !== undefined) props.onOpen?.(row, columnId);
  };
  const onClick = (event: MouseEvent): void => {
    const cell = (event.target as Element).closest('[data-rgrow]');
    const kind = cell?.closest('revogr-data')?.getAttribute('col-type');
    const column = columns.filter(({ pin }) => (pin ?? 'rgCol') === kind)[
      Number(cell?.getAttribute('data-rgcol'))
    ];
    if (cell !== null && column !== undefined && column.readonly === true)
      open(Number(cell.getAttribute('data-rgrow')), String(column.prop));
  };
  const onKeyDown = async (event: KeyboardEvent): Promise<void> => {
    const isArrow = event.key.startsWith('Arrow');
    if (event.key !== 'Enter' && !isArrow) return;
    const focused = await grid.current?.getFocused();
    if (focused?.column === undefined) {
      if (isArrow) enterGrid(grid.current, columns);
      return;
    }
    if (event.key === 'Enter' && focused.column.readonly === true)
      props.onOpen?.((focused.model as Source)[ROW] as Row, String(focused.column.prop));
  };
  const edits = useEdits(props.onEdit);
  const onScroll = (event: { detail: { dimension: string; coordinate: number } }): void => {
    const height = rows.length * GRID_ROW_HEIGHT;
    const seen = event.detail.coordinate + props.rowsShown * GRID_ROW_HEIGHT;
    if (event.detail.dimension === 'rgRow' && height - seen < READ_ON_AT_PX) props.onMore?.();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- catches what happens in the grid inside
    <div
      className="pw-grid-view"
      data-opens={props.onOpen !== undefined}
      onClick={onClick}
      onKeyDown={(event) => void onKeyDown(event)}
    >
      <RevoGrid
        ref={grid}
        columns={columns}
        source={source}
        rowClass={ROW_CLASS}
        rowSize={GRID_ROW_HEIGHT}
        readonly={props.onEdit === undefined}
        range
        resize
        canMoveColumns={false}
        filter={false}
        exporting={false}
        onViewportscroll={onScroll}
        {...edits}
      />
    </div>
  );
}

type EditEvent = {
  readonly detail: { readonly prop: string | number; readonly val?: unknown; readonly model: Source };
};
type RangeEditEvent = {
  readonly detail: {
    readonly data: Record<number, Source>;
    readonly models: Record<number, Source | undefined>;
  };
};
type PasteEvent = { readonly detail: { readonly parsed: string[][] } };

/** Hands on what was typed, pasted and filled. The grid itself keeps what its rows say. */
function useEdits<Row>(onEdit: GridProps<Row>['onEdit']) {
  if (onEdit === undefined) return {};
  const textOf = (value: unknown): string =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return {
    onBeforeedit: (event: EditEvent & { preventDefault: () => void }) => {
      event.preventDefault();
      const { prop, val, model } = event.detail;
      onEdit([{ row: model[ROW] as Row, columnId: String(prop), text: textOf(val) }]);
    },
    onBeforerangeedit: (event: RangeEditEvent & { preventDefault: () => void }) => {
      event.preventDefault();
      const { data, models } = event.detail;
      onEdit(
        Object.entries(data).flatMap(([index, cells]): CellEdit<Row>[] => {
          const model = models[Number(index)];
          if (model === undefined) return [];
          const row = model[ROW] as Row;
          return Object.entries(cells).map(([columnId, value]) => ({ row, columnId, text: textOf(value) }));
        }),
      );
    },
    // Spreadsheets end a block with a line feed, which is no empty row to paste.
    onBeforepasteapply: ({ detail: { parsed } }: PasteEvent) => {
      const last = parsed.at(-1);
      if (parsed.length > 1 && last?.every((text) => text === '')) parsed.pop();
    },
  };
}

/** Sets an attribute that is not so yet: a change that changes nothing would be observed as one, for ever. */
function setAttribute(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/**
 * The element calls itself a treegrid, has its header rows without a role and a link inside. This gives the
 * role and the name of a grid to the part that holds the rows, and only the rows.
 */
function useGridRoles(grid: { current: HTMLRevoGridElement | null }, label: string, hintId: string): void {
  useEffect(() => {
    const element = grid.current;
    if (element === null) return undefined;
    const correct = (): void => {
      setAttribute(element, 'role', 'group');
      for (const row of element.querySelectorAll('.header-rgRow:not([role])'))
        setAttribute(row, 'role', 'row');
      const rows = element.querySelector('.main-viewport');
      const isEmpty = rows?.querySelector('[role="row"] [role="gridcell"]') === null;
      if (rows === null || isEmpty) return; // A grid without rows is none yet.
      setAttribute(rows, 'role', 'grid');
      for (const name of ['aria-rowcount', 'aria-colcount', 'aria-multiselectable']) {
        const value = element.getAttribute(name);
        if (value === null) continue;
        setAttribute(rows, name, value);
        element.removeAttribute(name);
      }
      for (const named of [element, rows]) {
        setAttribute(named, 'aria-label', label);
        setAttribute(named, 'aria-describedby', hintId);
      }
    };
    correct();
    const observer = new MutationObserver(correct);
    // The element writes its counts anew with each new list, as attributes.
    observer.observe(element, { childList: true, subtree: true, attributeFilter: ['role', 'aria-rowcount'] });
    return () => observer.disconnect();
  }, [grid, label, hintId]);
}
