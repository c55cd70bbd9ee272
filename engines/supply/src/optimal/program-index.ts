/** What each column and row of the optimal program stands for, so that a solution, or a solver's complaint, can be read. */
import type { PlanningModel } from '../model/planning-model.ts';
import { type ProgramBuilder, programBuilder } from './linear-program.ts';

export const COLUMN_KINDS = [
  'start',
  'orders',
  'lots',
  'use',
  'hours',
  'ordersAt',
  'spread',
  'stock',
  'safetyShort',
  'storageOver',
  'disposal',
  'delivery',
  'backlog',
  'lost',
  'overtime',
  'people',
  'hired',
  'laidOff',
] as const;
export type ColumnKind = (typeof COLUMN_KINDS)[number];

export const ROW_KINDS = [
  'balance',
  'demand',
  'patience',
  'orderSize',
  'lotMinimum',
  'lotMultiple',
  'choice',
  'capacity',
  'spreadSum',
  'peopleBalance',
  'overtimeLimit',
  'sourceMaximum',
  'safetyStock',
  'storage',
  'age',
] as const;
export type RowKind = (typeof ROW_KINDS)[number];

/** The code of each kind: its place in the list. */
export const COLUMN = codesOf(COLUMN_KINDS);
export const ROW = codesOf(ROW_KINDS);

function codesOf<Kind extends string>(kinds: readonly Kind[]): Readonly<Record<Kind, number>> {
  return Object.fromEntries(kinds.map((kind, code) => [kind, code])) as Record<Kind, number>;
}

/**
 * One entry a column or row. `kind` is a code of `COLUMN` or `ROW`; `subject` is a row of the model's sources (start …
 * ordersAt), resources (spread, overtime, people …), stock points (stock …) or a demand class (delivery, backlog, lost),
 * as the kind says; `bucket` one of the model, or of the resource where the subject is one; `detail` the receipt bucket
 * of a start, else the row of the component or load that is meant, else -1.
 */
export type ProgramIndex = {
  readonly kind: Int32Array;
  readonly subject: Int32Array;
  readonly bucket: Int32Array;
  readonly detail: Int32Array;
};

export type NamedBuilder = {
  readonly builder: ProgramBuilder;
  column(name: Name<ColumnKind>, cost: number, lower: number, upper: number, isInteger?: boolean): number;
  row(name: Name<RowKind>, lower: number, upper: number): number;
  sealedIndexes(): { readonly columnIndex: ProgramIndex; readonly rowIndex: ProgramIndex };
};

export type Name<Kind> = {
  readonly kind: Kind;
  readonly subject: number;
  readonly bucket: number;
  readonly detail?: number;
};

export function namedBuilder(): NamedBuilder {
  const builder = programBuilder();
  const columnIndex = growingIndex();
  const rowIndex = growingIndex();
  return {
    builder,
    column({ kind, subject, bucket, detail = -1 }, cost, lower, upper, isInteger) {
      columnIndex.append(COLUMN[kind], subject, bucket, detail);
      return builder.column(cost, lower, upper, isInteger);
    },
    row({ kind, subject, bucket, detail = -1 }, lower, upper) {
      rowIndex.append(ROW[kind], subject, bucket, detail);
      return builder.row(lower, upper);
    },
    sealedIndexes: () => ({ columnIndex: columnIndex.sealed(), rowIndex: rowIndex.sealed() }),
  };
}

type GrowingIndex = {
  append(kind: number, subject: number, bucket: number, detail: number): void;
  sealed(): ProgramIndex;
};

const FIELDS = 4;

/** Four numbers an entry, side by side in one array that grows. */
function growingIndex(): GrowingIndex {
  let fields = new Int32Array(FIELDS * 1024);
  let used = 0;
  const column = (field: number) => {
    const values = new Int32Array(used / FIELDS);
    for (let entry = 0; entry < values.length; entry++) values[entry] = fields[entry * FIELDS + field];
    return values;
  };
  return {
    append(kind, subject, bucket, detail) {
      if (used === fields.length) {
        const grown = new Int32Array(2 * used);
        grown.set(fields);
        fields = grown;
      }
      fields[used] = kind;
      fields[used + 1] = subject;
      fields[used + 2] = bucket;
      fields[used + 3] = detail;
      used += FIELDS;
    },
    sealed: () => ({ kind: column(0), subject: column(1), bucket: column(2), detail: column(3) }),
  };
}

const OF_SOURCE = new Set<string>([
  'start',
  'orders',
  'lots',
  'use',
  'hours',
  'ordersAt',
  'orderSize',
  'lotMinimum',
  'lotMultiple',
  'choice',
  'sourceMaximum',
]);
const OF_RESOURCE = new Set<string>([
  'spread',
  'overtime',
  'people',
  'hired',
  'laidOff',
  'capacity',
  'spreadSum',
  'peopleBalance',
  'overtimeLimit',
]);
const OF_CLASS = new Set<string>(['delivery', 'backlog', 'lost', 'demand', 'patience']);

/** E.g. 'start make BIKE-1 @ PLANT, bucket 3': for reading a program, not for finding things in it. */
export function entryName(
  index: ProgramIndex,
  kinds: readonly string[],
  entry: number,
  model: PlanningModel,
  stockPointOfClass: (demandClass: number) => number,
): string {
  const kind = kinds[index.kind[entry]];
  const subject = index.subject[entry];
  const name = OF_SOURCE.has(kind)
    ? model.sources[subject].source
    : OF_RESOURCE.has(kind)
      ? model.resources[subject].resource
      : pointName(model, OF_CLASS.has(kind) ? stockPointOfClass(subject) : subject);
  const detail = index.detail[entry] < 0 ? '' : `, ${index.detail[entry]}`;
  return `${kind} ${name}, bucket ${index.bucket[entry]}${detail}`;
}

function pointName(model: PlanningModel, row: number): string {
  const { item, location } = model.stockPoints[row];
  return `${item} @ ${location}`;
}
