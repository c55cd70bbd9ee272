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

    // In one pass, and the texts of dates and numbers only where they are wrong: of ten million rows they are a gigabyte.
    await connection.run(`
      CREATE TABLE marked AS
      SELECT row, unique_id, bucket, ds, y, bad,
        CASE WHEN bad IS NOT NULL THEN ds_text END AS ds_text,
        CASE WHEN bad IS NOT NULL THEN y_text END AS y_text
      FROM (
        SELECT *, ${BUCKET_NUMBER[frequency]} AS bucket,
          CASE WHEN unique_id IS NULL THEN 'unique_id'
               WHEN ds IS NULL THEN 'ds'
               WHEN y_text IS NOT NULL AND (y IS NULL OR NOT isfinite(y)) THEN 'y' END AS bad
        FROM (
          SELECT row_number() OVER () AS row, unique_id, ds AS ds_text, y AS y_text,
                 TRY_CAST(ds AS DATE) AS ds, TRY_CAST(y AS DOUBLE) AS y
          FROM read_csv(${quoted(path)}, all_varchar = true, header = true, parallel = true)))`);
    const { issues, badRowCount } = await findIssues(connection, path);
    return { ...(await collect(connection)), issues, badRowCount };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

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

async function findIssues(connection: Connection, path: string) {
  await connection.run(`
    UPDATE marked SET bad = 'duplicate' WHERE bad IS NULL AND row IN (
      SELECT row FROM (SELECT row, row_number() OVER (PARTITION BY unique_id, bucket ORDER BY row) AS nth FROM marked WHERE bad IS NULL)
      WHERE nth > 1)`);
  const counted = await connection.runAndReadAll(
    'SELECT count(*)::INTEGER FROM marked WHERE bad IS NOT NULL',
  );
  const badRowCount = Number(counted.getRows()[0]![0]);
  const bad = await connection.runAndReadAll(
    `SELECT row::INTEGER, bad, unique_id, coalesce(ds_text, strftime(ds, '%Y-%m-%d')), y_text FROM marked WHERE bad IS NOT NULL ORDER BY row LIMIT ${ISSUES_SHOWN}`,
  );
  const issues = bad.getRows().map(([row, reason, id, ds, y]): Issue => {
    const place = { severity: 'error' as const, file: path, row: Number(row) };
    if (reason === 'ds') {
      return {
        ...place,
        code: 'BAD_DATE',
        column: 'ds',
        value: String(ds ?? ''),
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
  });
  return { issues, badRowCount };
}

async function collect(connection: Connection) {
  const spans = await connection.runAndReadAll(`
    SELECT unique_id, min(bucket)::INTEGER, max(bucket)::INTEGER, strftime(max(ds), '%Y-%m-%d'), min(row) AS first
    FROM marked WHERE bad IS NULL GROUP BY unique_id ORDER BY first`);
  const ids: string[] = [];
  const lastDays: string[] = [];
  const firstBuckets: number[] = [];
  const starts = [0];
  const indexes = new Map<string, number>();
  for (const [id, first, last, lastDay] of spans.getRows()) {
    indexes.set(String(id), ids.length);
    ids.push(String(id));
    lastDays.push(String(lastDay));
    firstBuckets.push(Number(first));
    starts.push(starts.at(-1)! + Number(last) - Number(first) + 1);
  }
  const values = new Float64Array(starts.at(-1)!).fill(Number.NaN);
  const rows = await connection.stream(
    'SELECT unique_id, bucket::INTEGER, y FROM marked WHERE bad IS NULL AND y IS NOT NULL',
  );
  for (;;) {
    const chunk = await rows.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) break;
    const [idColumn, bucketColumn, yColumn] = chunk.getColumns();
    for (let row = 0; row < chunk.rowCount; row++) {
      const index = indexes.get(idColumn![row] as string)!;
      values[starts[index]! + (bucketColumn![row] as number) - firstBuckets[index]!] = yColumn![
        row
      ] as number;
    }
  }
  return { ids, lastDays, starts: Int32Array.from(starts), values };
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
