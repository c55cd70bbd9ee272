/** What was typed or pasted into the cells of a grid, as edits to be tried out together. */
import type { Horizon, StockRules, SupplyEdit } from '@planwright/contracts';
import type { CellEdit } from '../../../ui/grid/grid-column.ts';
import { countInWords } from '../../../ui/number-format.ts';
import { parseNumber } from '../../../ui/parse-number.ts';
import { subjectOf } from './edit-words.ts';

export type ReadEdits = {
  readonly put: readonly SupplyEdit[];
  /** Subjects of edits that are not tried out any longer: their cells were cleared, or say what holds today. */
  readonly remove: readonly string[];
  /** What could not be read, in a sentence; null where all could. */
  readonly problem: string | null;
};

const LOT_PARTS = ['lotMinimum', 'lotMultiple', 'lotMaximum'] as const;
type LotPart = (typeof LOT_PARTS)[number];
export type RuleColumn = LotPart | 'leadTimeDays' | 'safetyStock';

type LotEdit = Extract<SupplyEdit, { kind: 'lot' }>;

/** Edits of how stock points are planned. Cells of one row that speak of its lot become one edit. */
export function ruleEdits(cells: readonly CellEdit<StockRules>[], drafts: readonly SupplyEdit[]): ReadEdits {
  const bad: string[] = [];
  const put: SupplyEdit[] = [];
  const remove: string[] = [];
  const lots = new Map<StockRules, Partial<Record<LotPart, number | null>>>();
  for (const { row, columnId, text } of cells) {
    const column = columnId as RuleColumn;
    const value = valueOf(text, row[column]);
    if (value === undefined || (column === 'leadTimeDays' && (value ?? 0) > LEAD_TIME_MAX)) {
      bad.push(text);
    } else if (column === 'leadTimeDays' || column === 'safetyStock') {
      const edit = pointEdit(row, column, value ?? 0);
      if (value === null) remove.push(subjectOf(edit));
      else put.push(edit);
    } else {
      lots.set(row, { ...lots.get(row), [column]: value });
    }
  }
  for (const [row, parts] of lots) {
    const edit = { ...lotOf(row, drafts), ...parts };
    if (LOT_PARTS.every((part) => edit[part] === null)) remove.push(subjectOf(edit));
    else put.push(edit);
  }
  return { put, remove, problem: problemOf(bad) };
}

const LEAD_TIME_MAX = 3650;

/** Null: nothing is tried out, for it is empty or what holds today. Undefined: no number that could be meant. */
function valueOf(text: string, now: number | null): number | null | undefined {
  if (text.trim() === '') return null;
  const value = parseNumber(text);
  if (value === null || value < 0) return undefined;
  return value === now ? null : value;
}

function pointEdit(
  { item, location }: StockRules,
  column: 'leadTimeDays' | 'safetyStock',
  value: number,
): SupplyEdit {
  return column === 'leadTimeDays'
    ? { kind: 'leadTime', item, location, leadTimeDays: value }
    : { kind: 'safetyStock', item, location, quantity: value };
}

/** The lot that is tried out for a stock point so far; an empty one where none is. */
function lotOf({ item, location }: StockRules, drafts: readonly SupplyEdit[]): LotEdit {
  const found = drafts.find(
    (edit): edit is LotEdit => edit.kind === 'lot' && edit.item === item && edit.location === location,
  );
  return found ?? { kind: 'lot', item, location, lotMinimum: null, lotMultiple: null, lotMaximum: null };
}

export type HoursKind = 'capacity' | 'overtime';
export type HoursRow = {
  readonly code: string;
  readonly name: string;
  /** Hours a week there are now, by bucket. */
  readonly perWeek: readonly (number | null)[];
};

const HOURS_MAX = 10_000;

/** Edits of the hours of resources; a column is a bucket, by its first day. */
export function hoursEdits(
  cells: readonly CellEdit<HoursRow>[],
  kind: HoursKind,
  { buckets }: Horizon,
): ReadEdits {
  const bad: string[] = [];
  const put: SupplyEdit[] = [];
  const remove: string[] = [];
  for (const { row, columnId, text } of cells) {
    const index = buckets.findIndex(({ startsOn }) => startsOn === columnId);
    const bucket = buckets[index];
    if (bucket === undefined) continue;
    const value = valueOf(text, row.perWeek[index] ?? null);
    if (value === undefined || (value ?? 0) > HOURS_MAX) {
      bad.push(text);
      continue;
    }
    const { startsOn, endsOn } = bucket;
    const edit: SupplyEdit = { kind, resource: row.code, startsOn, endsOn, hoursPerWeek: value ?? 0 };
    if (value === null) remove.push(subjectOf(edit));
    else put.push(edit);
  }
  return { put, remove, problem: problemOf(bad) };
}

const SHOWN = 3;

function problemOf(bad: readonly string[]): string | null {
  if (bad.length === 0) return null;
  const shown = bad.slice(0, SHOWN).map((text) => `“${text}”`);
  const more = bad.length > SHOWN ? ' and others' : '';
  return `${countInWords(bad.length, 'cell')} left as ${bad.length === 1 ? 'it was' : 'they were'}: ${shown.join(', ')}${more} ${bad.length === 1 ? 'is' : 'are'} no amount.`;
}
