import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';

const ROOT = process.env.PLANWRIGHT_SHARED_DATA ?? resolve(import.meta.dirname, '../../../../shared/data');

/** Whether this machine has a file of the public data sets. They are not part of the repository: their licences differ. */
export const hasData = (path: string): boolean => existsSync(resolve(ROOT, path));

/** For the name of a test: says why it skips, if it does. */
export const orSkipped = (path: string): string =>
  hasData(path) ? '' : ` (skipped: no ${path} in ${ROOT}; maybe set PLANWRIGHT_SHARED_DATA)`;

export function readData(path: string): string {
  const bytes = readFileSync(resolve(ROOT, path));
  return path.endsWith('.gz') ? gunzipSync(bytes).toString('utf8') : bytes.toString('utf8');
}

/** Rows of a comma-separated file without its header, as fields; no field holds a comma. */
export const rowsOf = (path: string): string[][] =>
  readData(path)
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));

export const numbersOf = (text: string, separator = ' '): Float64Array =>
  Float64Array.from(text.trim().split(separator).filter(Boolean), Number);

/** A series of a competition: what was known, and what came then. */
export type CompetitionSeries = {
  readonly id: string;
  readonly train: Float64Array;
  readonly test: Float64Array;
  readonly season: number;
};

const QUARTERLY = 'forecast_golden/m4q500';
export const M4_QUARTERLY_500 = `${QUARTERLY}/train.csv`;
export const M1 = 'm1/M1.csv';

/** The fixed sample of 500 quarterly series of the M4 competition; horizon 8. These files have no header. */
export function m4Quarterly500(): CompetitionSeries[] {
  const lines = (name: string): string[][] =>
    readData(`${QUARTERLY}/${name}`)
      .trim()
      .split('\n')
      .map((line) => line.split(','));
  const filled = (fields: readonly string[]): Float64Array =>
    Float64Array.from(fields.filter(Boolean), Number);
  const tests = new Map(lines('test.csv').map(([id, ...fields]) => [id, filled(fields)]));
  return lines('train.csv').map(([id, , , ...fields]) => ({
    id,
    train: filled(fields),
    test: tests.get(id)!,
    season: 4,
  }));
}

/** The 617 monthly series of the M1 competition; horizon 18. Descriptions may hold commas: fields count from the end. */
export function m1Monthly(): CompetitionSeries[] {
  return rowsOf(M1)
    .filter((row) => row[4] === '12')
    .map((row) => ({ id: row[0], train: numbersOf(row.at(-2)!), test: numbersOf(row.at(-1)!), season: 12 }));
}

/** A file of M4 that holds series of one frequency; `limit` series, evenly spaced. */
export function m4Series(path: string, season: number, limit: number): CompetitionSeries[] {
  const rows = rowsOf(path);
  const stride = Math.max(1, Math.floor(rows.length / limit));
  return rows
    .filter((_, index) => index % stride === 0)
    .slice(0, limit)
    .map((row) => ({ id: row[0], train: numbersOf(row[5]), test: numbersOf(row[6]), season }));
}

const HELD_OUT_MONTHS = 18;
const heldOut = (id: string, values: Float64Array): CompetitionSeries => ({
  id,
  train: values.slice(0, -HELD_OUT_MONTHS),
  test: values.slice(-HELD_OUT_MONTHS),
  season: 12,
});

/** The 111 monthly series of the NN3 competition, their last 18 months held out as they were there. */
export const nn3Monthly = (): CompetitionSeries[] =>
  rowsOf('nn/nn3.csv').map((row) => heldOut(row[0], numbersOf(row.at(-1)!)));

/** Monthly series of M4, whose own hold-out is not to be had, with their last 18 months held out; evenly spaced. */
export const m4MonthlyHeldOut = (limit: number): CompetitionSeries[] =>
  m4Series('m4/M4_Monthly.csv.gz', 12, limit).map(({ id, train }) => heldOut(id, train));

const CAR_PARTS_FOLDER = 'forecast_golden/carparts';
export const CAR_PARTS = `${CAR_PARTS_FOLDER}/train.csv`;

/** 2,404 car parts, three months of four empty: 39 months known, 12 to forecast. These files have no header. */
export function carParts(): CompetitionSeries[] {
  const lines = (name: string): string[][] =>
    readData(`${CAR_PARTS_FOLDER}/${name}`)
      .trim()
      .split('\n')
      .map((line) => line.split(','));
  const tests = new Map(lines('test.csv').map(([id, ...values]) => [id, Float64Array.from(values, Number)]));
  return lines('train.csv').map(([id, , , ...values]) => ({
    id,
    train: Float64Array.from(values.filter(Boolean), Number),
    test: tests.get(id)!,
    season: 12,
  }));
}
