/** Reads version 2 of the model file: first the form of each row, then what the rows say together. */
import { PLANNING_MODEL_ROWS, PlanningModelEnvelope, type PlanningModelFile } from '@planwright/contracts';
import { type OnBadRows, type PlanningModel, usablePlanningModel } from '@planwright/supply';
import { civilFromDay, dayFromCivil, dayFromIso, mondayOf } from '@planwright/time';
import type { Issue } from '@planwright/units';

/** `model` is null where it is refused. */
export type ReadModel = { readonly model: PlanningModel | null; readonly issues: readonly Issue[] };

const SCHEMA = 'docs/schemas/supply-model.schema.json';
type Table = keyof typeof PLANNING_MODEL_ROWS;

/** `file` names it in issues; rows are counted from 1 within their table. */
export function readPlanningModel(json: unknown, file: string, onBadRows: OnBadRows): ReadModel {
  const envelope = PlanningModelEnvelope.safeParse(json);
  if (!envelope.success)
    return { model: null, issues: envelope.error.issues.map((issue) => badModel(file, issue)) };
  const bucketStartDays = bucketStartsOf(envelope.data);
  if (bucketStartDays === null) {
    const message = 'The file gives both bucketStarts and horizon, or neither.';
    const advice = `Give one of the two; see ${SCHEMA}.`;
    return { model: null, issues: [{ severity: 'error', code: 'BAD_MODEL', file, message, advice }] };
  }
  const { rows, rowNumbers, issues } = parsedRows(envelope.data, file);
  const model = modelOf(envelope.data, bucketStartDays, rows);
  const usable = usablePlanningModel(model, { onBadRows });
  const found = usable.issues.map((issue): Issue => {
    const numbers = rowNumbers[issue.file as Table] as number[] | undefined;
    const row = issue.row === undefined ? undefined : (numbers?.[issue.row - 1] ?? issue.row);
    return { ...issue, file: `${file} ${issue.file ?? ''}`.trim(), ...(row === undefined ? {} : { row }) };
  });
  const isRefused = onBadRows === 'refuse' && issues.length > 0;
  return { model: isRefused ? null : usable.model, issues: [...issues, ...found] };
}

function badModel(file: string, issue: RowIssue): Issue {
  return {
    severity: 'error',
    code: 'BAD_MODEL',
    file,
    column: issue.path.join('.'),
    message: `${issue.message}.`,
    advice: `See ${SCHEMA} for the format.`,
  };
}

type Parsed = Pick<PlanningModelFile, Table>;
/** What of a validator's finding we tell. */
type RowIssue = { readonly path: readonly PropertyKey[]; readonly message: string };
type RowNumbers = Record<Table, number[]>;

const TABLES = Object.keys(PLANNING_MODEL_ROWS) as Table[];

/** The rows of sound form, and where in the file each of them stood. */
function parsedRows(
  envelope: PlanningModelEnvelope,
  file: string,
): { rows: Parsed; rowNumbers: RowNumbers; issues: Issue[] } {
  const { told, issues } = toldOneByOne(file);
  const rowNumbers = Object.fromEntries(TABLES.map((table) => [table, [] as number[]])) as RowNumbers;
  const rows = Object.fromEntries(
    TABLES.map((table) => [
      table,
      envelope[table].flatMap((row, index) => {
        const parsed = PLANNING_MODEL_ROWS[table].safeParse(row);
        if (parsed.success) {
          rowNumbers[table].push(index + 1);
          return [parsed.data];
        }
        for (const issue of parsed.error.issues)
          told(table, () => badRow(`${file} ${table}`, index + 1, row, issue));
        return [];
      }),
    ]),
  ) as unknown as Parsed;
  return { rows, rowNumbers, issues: issues() };
}

const TOLD_ONE_BY_ONE = 1000;

/** Findings about rows, at most a thousand of a table one by one: a table in a wrong form has millions. */
function toldOneByOne(file: string) {
  const list: Issue[] = [];
  const counts = new Map<string, number>();
  const told = (table: string, issue: () => Issue): void => {
    const count = (counts.get(table) ?? 0) + 1;
    counts.set(table, count);
    if (count <= TOLD_ONE_BY_ONE) list.push(issue());
  };
  const issues = (): Issue[] => [
    ...list,
    ...[...counts]
      .filter(([, count]) => count > TOLD_ONE_BY_ONE)
      .map(
        ([table, count]): Issue => ({
          severity: 'error',
          code: 'BAD_ROW',
          file: `${file} ${table}`,
          message: `${count - TOLD_ONE_BY_ONE} more findings about rows of ${table}.`,
          advice: `See ${SCHEMA} for the columns of the table.`,
        }),
      ),
  ];
  return { told, issues };
}

function badRow(file: string, row: number, given: unknown, issue: RowIssue): Issue {
  let value = given;
  for (const key of issue.path) {
    value =
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined;
  }
  return {
    severity: 'error',
    code: 'BAD_ROW',
    file,
    row,
    column: issue.path.join('.'),
    value: JSON.stringify(value) ?? '',
    message: `${issue.message}.`,
    advice: `See ${SCHEMA} for the columns of the table.`,
  };
}

/** First days of the buckets and the day after the last; null where the file does not say it once. */
function bucketStartsOf({ asOf, bucketStarts, horizon }: PlanningModelEnvelope): number[] | null {
  if ((bucketStarts === undefined) === (horizon === undefined)) return null;
  if (bucketStarts !== undefined) return bucketStarts.map(dayFromIso);
  const first = dayFromIso(asOf);
  const { bucket, count } = horizon ?? { bucket: 'day', count: 1 };
  const { year, month } = civilFromDay(first);
  return Array.from({ length: count + 1 }, (_, t) => {
    if (bucket === 'day') return first + t;
    if (bucket === 'week') return mondayOf(first) + 7 * t;
    const months = year * 12 + (month - 1) + t;
    return dayFromCivil(Math.floor(months / 12), (months % 12) + 1, 1);
  });
}

function modelOf(envelope: PlanningModelEnvelope, bucketStartDays: number[], rows: Parsed): PlanningModel {
  return {
    asOfDay: dayFromIso(envelope.asOf),
    bucketStartDays,
    ...rows,
    sources: rows.sources.map(inForce),
    components: rows.components.map(inForce),
    resources: rows.resources.map(({ bucketStarts, ...row }) => ({
      ...row,
      ...(bucketStarts === undefined ? {} : { bucketStartDays: bucketStarts.map(dayFromIso) }),
    })),
    demands: rows.demands.map(({ dueOn, ...row }) => ({ ...row, dueDay: dayFromIso(dueOn) })),
    receipts: rows.receipts.map(({ dueOn, ...row }) => ({ ...row, dueDay: dayFromIso(dueOn) })),
    rules: envelope.rules ?? {},
  };
}

function inForce<Row extends { effectiveFrom?: string | undefined; effectiveTo?: string | undefined }>({
  effectiveFrom,
  effectiveTo,
  ...row
}: Row): Omit<Row, 'effectiveFrom' | 'effectiveTo'> & { effectiveFromDay?: number; effectiveToDay?: number } {
  return {
    ...row,
    ...(effectiveFrom === undefined ? {} : { effectiveFromDay: dayFromIso(effectiveFrom) }),
    ...(effectiveTo === undefined ? {} : { effectiveToDay: dayFromIso(effectiveTo) }),
  };
}

/** Whether a parsed file says that it is of version 2. */
export function isPlanningModelFile(json: unknown): json is PlanningModelFile {
  return typeof json === 'object' && json !== null && (json as PlanningModelFile).planwrightSupply === 2;
}
