import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { laterDay, readSeriesFile } from '../src/series-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'series-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

test('series keep their order, gaps are NaN and an empty y is not observed', async () => {
  const path = file(
    'plain.csv',
    'unique_id,ds,y\nb,2026-01-31,1\nb,2026-04-30,4\na,2026-02-01,7\na,2026-03-01,\na,2026-04-01,0\n',
  );
  const read = await readSeriesFile(path, 'M');
  expect(read.issues).toEqual([]);
  expect(read.ids).toEqual(['b', 'a']);
  expect(read.lastDays).toEqual(['2026-04-30', '2026-04-01']);
  expect([...read.values]).toEqual([1, Number.NaN, Number.NaN, 4, 7, Number.NaN, 0]);
  expect([...read.starts]).toEqual([0, 4, 7]);
});

test('each kind of bad row is named by its row and column', async () => {
  const path = file(
    'bad.csv',
    'unique_id,ds,y\na,2026-01-01,1\na,2026-02-30,2\na,2026-03-01,many\na,2026-01-15,5\n,2026-01-01,3\na,2026-04-01,1e400\n',
  );
  const read = await readSeriesFile(path, 'M');
  expect(read.badRowCount).toBe(5);
  expect(read.issues.map(({ row, code }) => [row, code])).toEqual([
    [2, 'BAD_DATE'],
    [3, 'BAD_NUMBER'],
    [4, 'DUPLICATE_BUCKET'],
    [5, 'MISSING_ID'],
    [6, 'BAD_NUMBER'],
  ]);
  expect([...read.values]).toEqual([1]);
});

test('a file without the columns is refused with what it has', async () => {
  const read = await readSeriesFile(file('other.csv', 'id,date,value\na,2026-01-01,1\n'), 'M');
  expect(read.issues[0]).toMatchObject({
    code: 'MISSING_COLUMN',
    message: 'The file has no column unique_id and no ds and no y; it has id, date, value.',
  });
});

test.each([
  ['2026-01-31', 'M', 1, '2026-02-28'],
  ['2026-01-15', 'M', 13, '2027-02-15'],
  ['2026-12-31', 'Q', 1, '2027-03-31'],
  ['2024-02-29', 'Y', 1, '2025-02-28'],
  ['2026-12-28', 'W', 1, '2027-01-04'],
  ['2026-02-28', 'D', 1, '2026-03-01'],
] as const)('%s plus one %s × %d is %s', (day, frequency, steps, expected) => {
  expect(laterDay(day, frequency, steps)).toBe(expected);
});
