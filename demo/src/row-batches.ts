import { type CellValue, type TargetBatch, type TargetName, targetOf } from '@planwright/contracts';
import { isoFromDay, type CalendarDay } from '@planwright/time';
import { assert } from '@planwright/units';

/** How to fill the columns of one target: the value of a column in a row counted from 0. */
export type RowSource = {
  readonly target: TargetName;
  readonly rowCount: number;
  readonly cells: Readonly<Record<string, (row: number) => CellValue>>;
};

const BATCH_ROWS = 10_000;

/** Rows as batches, made when they are asked for. Columns that the source does not name are empty. */
export function* rowBatches(source: RowSource): Generator<TargetBatch> {
  const { target, rowCount, cells } = source;
  const names = targetOf(target).columns.map((column) => column.name);
  assert(
    Object.keys(cells).every((name) => names.includes(name)),
    `${target} has the columns that are filled`,
  );
  for (let first = 0; first < rowCount; first += BATCH_ROWS) {
    const length = Math.min(BATCH_ROWS, rowCount - first);
    const columns = Object.fromEntries(
      names.map((name) => {
        const cell = cells[name] ?? (() => null);
        return [name, Array.from({ length }, (_, offset) => cell(first + offset))];
      }),
    );
    yield { target, rowCount: length, columns };
  }
}

/** A source over a list: each column is told of the entry. */
export function listSource<T>(
  target: TargetName,
  list: readonly T[],
  cells: Readonly<Record<string, (entry: T, row: number) => CellValue>>,
): RowSource {
  const byRow = Object.entries(cells).map(
    ([name, cell]) => [name, (row: number) => cell(list[row], row)] as const,
  );
  return { target, rowCount: list.length, cells: Object.fromEntries(byRow) };
}

/** Cents as decimal text: 1234.5 dollars are '1234.50'. */
export function moneyText(cents: number): string {
  assert(Number.isSafeInteger(cents), 'cents are a whole number');
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

export function dollarText(dollars: number): string {
  return moneyText(Math.round(dollars * 100));
}

export function dayText(day: CalendarDay | null): string | null {
  return day === null ? null : isoFromDay(day);
}
