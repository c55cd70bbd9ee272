import { DuckDBInstance } from '@duckdb/node-api';
import type { Issue } from '@planwright/units';

export const FREQUENCIES = ['D', 'W', 'M', 'Q', 'Y'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** Season that a frequency usually has. */
export const USUAL_SEASON: Readonly<Record<Frequency, number>> = { D: 7, W: 52, M: 12, Q: 4, Y: 1 };

/** Number of a date's bucket, as DuckDB counts: neighbours differ by one. */
const BUCKET_NUMBER: Readonly<Record<Frequency, string>> = {
  D: "date_diff('day', DATE '1970-01-01', ds)",
  W: "floor(date_diff('day', DATE '1970-01-05', ds) / 7)::INTEGER",
  M: 'year(ds) * 12 + month(ds) - 1',
  Q: 'year(ds) * 4 + quarter(ds) - 1',
  Y: 'year(ds)',
};

/** Series of one file: series i covers values[starts[i] .. starts[i + 1]), oldest first, NaN where a bucket has no row. */
export type SeriesFile = {
  readonly ids: readonly string[];
  /** ISO date of the newest row of each series. */
  readonly lastDays: readonly string[];
  readonly starts: Int32Array;
  readonly values: Float64Array;
  readonly issues: readonly Issue[];
  readonly badRowCount: number;
};

const ISSUES_SHOWN = 20;
const REQUIRED = ['unique_id', 'ds', 'y'] as const;

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/**
 * Reads `unique_id,ds,y` (comma, semicolon or tab; ISO dates; an empty y is a bucket that was not observed).
 * Rows that cannot be used come back as issues, the first twenty in full.
 *
 * The file is read twice, once for the span of each series and once for its values: ten million rows kept in between would be a
 * gigabyte, and reading them takes two seconds.
 */
export async function readSeriesFile(path: string, frequency: Frequency): Promise<SeriesFile> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  try {
    const header = await connection.runAndReadAll(
      `SELECT unnest(columns).name AS name FROM sniff_csv(${quoted(path)}, sample_size = 1000)`,
    );
    const columns = header.getRows().map(([column]) => String(column));
    const missing = REQUIRED.filter((column) => !columns.includes(column));
    if (missing.length > 0) return refusal(path, missing, columns);
    const rows = markedRows(path, frequency);
    return await filled(connection, rows, await spansOf(connection, rows), path);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** The rows of the file with the number of their bucket, and, where they cannot be used, the column that is wrong. */
const markedRows = (path: string, frequency: Frequency): string => `(
  SELECT *, ${BUCKET_NUMBER[frequency]} AS bucket,
    CASE WHEN unique_id IS NULL THEN 'unique_id'
         WHEN ds IS NULL THEN 'ds'
         WHEN y_text IS NOT NULL AND (y IS NULL OR NOT isfinite(y)) THEN 'y' END AS bad
  FROM (
    SELECT row_number() OVER () AS row, unique_id, ds AS ds_text, y AS y_text,
           TRY_CAST(ds AS DATE) AS ds, TRY_CAST(y AS DOUBLE) AS y
    FROM read_csv(${quoted(path)}, all_varchar = true, header = true, parallel = true)))`;

type Connection = Awaited<ReturnType<DuckDBInstance['connect']>>;

function refusal(path: string, missing: readonly string[], columns: readonly string[]): SeriesFile {
  const issue: Issue = {
    severity: 'error',
    code: 'MISSING_COLUMN',
    file: path,
    column: missing.join(', '),
    message: `The file has no column ${missing.join(' and no ')}; it has ${columns.join(', ')}.`,
    advice: 'Name the columns unique_id, ds and y in the first line.',
  };
  return {
    ids: [],
    lastDays: [],
    starts: new Int32Array(1),
    values: new Float64Array(0),
    issues: [issue],
    badRowCount: 1,
  };
}

/** Series in the order of their first sound row; values of series i start at starts[i]. */
type Spans = {
  readonly ids: readonly string[];
  readonly firstBuckets: Int32Array;
  readonly starts: Int32Array;
};

async function spansOf(connection: Connection, rows: string): Promise<Spans> {
  const found = await connection.runAndReadAll(`
    SELECT unique_id, min(bucket)::INTEGER, max(bucket)::INTEGER
    FROM ${rows} WHERE bad IS NULL GROUP BY unique_id ORDER BY min(row)`);
  const spans = found.getRows();
  const starts = new Int32Array(spans.length + 1);
  spans.forEach(([, first, last], index) => {
    starts[index + 1] = starts[index]! + Number(last) - Number(first) + 1;
  });
  return {
    ids: spans.map(([id]) => String(id)),
    firstBuckets: Int32Array.from(spans, ([, first]) => Number(first)),
    starts,
  };
}

/** The values of all series, the rows taken in their order, and what is wrong with the rows that have no place in one. */
async function filled(
  connection: Connection,
  rows: string,
  { ids, firstBuckets, starts }: Spans,
  path: string,
): Promise<SeriesFile> {
  const indexes = new Map(ids.map((id, index) => [id, index]));
  const values = new Float64Array(starts.at(-1)!).fill(Number.NaN);
  const taken = new Uint8Array(values.length);
  const lastDays = new Array<string>(ids.length).fill('');
  const issues: Issue[] = [];
  let badRowCount = 0;
  const refuse = (bad: BadRow): void => {
    badRowCount += 1;
    if (issues.length < ISSUES_SHOWN) issues.push(issueOf(path, bad));
  };
  const stream = await connection.stream(`
    SELECT row::DOUBLE, unique_id, bucket::INTEGER, y, bad, date_diff('day', DATE '1970-01-01', ds)::INTEGER,
      CASE WHEN bad IS NOT NULL THEN ds_text END, CASE WHEN bad IS NOT NULL THEN y_text END
    FROM ${rows}`);
  for (;;) {
    const chunk = await stream.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) break;
    const [row, id, bucket, y, bad, day, dsText, yText] = chunk.getColumns() as Columns;
    for (let i = 0; i < chunk.rowCount; i++) {
      const place = { row: row[i]!, id: id[i]! };
      if (bad[i] !== null) {
        refuse({ ...place, reason: bad[i]!, ds: dsText[i]!, y: yText[i]! });
        continue;
      }
      const index = indexes.get(id[i]!)!;
      const at = starts[index]! + bucket[i]! - firstBuckets[index]!;
      if (taken[at] === 1) {
        refuse({ ...place, reason: 'duplicate', ds: isoDay(day[i]!), y: null });
        continue;
      }
      taken[at] = 1;
      if (y[i] !== null) values[at] = y[i]!;
      if (at === starts[index + 1]! - 1) lastDays[index] = isoDay(day[i]!);
    }
  }
  return { ids, lastDays, starts, values, issues, badRowCount };
}

type Columns = [
  row: number[],
  id: string[],
  bucket: number[],
  y: (number | null)[],
  bad: (string | null)[],
  day: number[],
  dsText: (string | null)[],
  yText: (string | null)[],
];

const MILLISECONDS_A_DAY = 86_400_000;

const isoDay = (day: number): string => new Date(day * MILLISECONDS_A_DAY).toISOString().slice(0, 10);

type BadRow = {
  readonly row: number;
  readonly id: string;
  /** The column that is wrong, or 'duplicate'. */
  readonly reason: string;
  readonly ds: string | null;
  readonly y: string | null;
};

function issueOf(path: string, { row, id, reason, ds, y }: BadRow): Issue {
  const place = { severity: 'error' as const, file: path, row };
  if (reason === 'ds') {
    return {
      ...place,
      code: 'BAD_DATE',
      column: 'ds',
      value: ds ?? '',
      message: `"${ds ?? ''}" is not a date.`,
      advice: 'Write dates as YYYY-MM-DD.',
    };
  }
  if (reason === 'y') {
    return {
      ...place,
      code: 'BAD_NUMBER',
      column: 'y',
      value: String(y),
      message: `"${y}" is not a finite number.`,
      advice: 'Write a plain number, or nothing where none was observed.',
    };
  }
  if (reason === 'duplicate') {
    return {
      ...place,
      code: 'DUPLICATE_BUCKET',
      column: 'ds',
      value: String(ds),
      message: `${id} has a second row in the bucket of ${ds}.`,
      advice: 'Keep one row for each series and bucket.',
    };
  }
  return {
    ...place,
    code: 'MISSING_ID',
    column: 'unique_id',
    message: 'The row names no series.',
    advice: 'Fill in unique_id.',
  };
}

/** The ISO date `steps` buckets after `day`. A last day of a month stays one. */
export function laterDay(day: string, frequency: Frequency, steps: number): string {
  const [year, month, dayOfMonth] = day.split('-').map(Number) as [number, number, number];
  if (frequency === 'D' || frequency === 'W') {
    const days = steps * (frequency === 'D' ? 1 : 7);
    return new Date(Date.UTC(year, month - 1, dayOfMonth + days)).toISOString().slice(0, 10);
  }
  const months = steps * (frequency === 'M' ? 1 : frequency === 'Q' ? 3 : 12);
  const lastOf = (y: number, m: number) => new Date(Date.UTC(y, m, 0)).getUTCDate();
  const ahead = new Date(Date.UTC(year, month - 1 + months, 1));
  const length = lastOf(ahead.getUTCFullYear(), ahead.getUTCMonth() + 1);
  const atEnd = dayOfMonth === lastOf(year, month);
  const ends = atEnd ? length : Math.min(dayOfMonth, length);
  return new Date(Date.UTC(ahead.getUTCFullYear(), ahead.getUTCMonth(), ends)).toISOString().slice(0, 10);
}
