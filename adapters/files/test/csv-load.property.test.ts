import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { csvRows } from '../src/csv-rows.ts';
import { csvHead, readyCsv } from '../src/csv-source.ts';
import { closeDatabase, type Database, openDatabase, rowsOf } from '../src/duckdb.ts';
import { FileRefusal } from '../src/file-refusal.ts';
import { DEFAULT_LIMITS } from '../src/import-limits.ts';
import { createSourceTable, createSourceView, loadFile } from '../src/load-source.ts';

let database: Database;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'planwright-load-'));
  database = await openDatabase(DEFAULT_LIMITS, path.join(folder, 'spill'));
});
afterAll(() => {
  closeDatabase(database);
  rmSync(folder, { recursive: true, force: true });
});

let sourceCount = 0;

/** What the database holds of a file: file row and cells, in the order of the file. */
async function loaded(text: string): Promise<unknown[][]> {
  const number = sourceCount++;
  const file = { name: 'x.csv', path: path.join(folder, `x${number}.csv`), bytes: 0 };
  writeFileSync(file.path, text);
  const known = { ...file, bytes: statSync(file.path).size };
  const options = { delimiter: ',' };
  const head = await csvHead(known, false, options);
  const ready = await readyCsv(head, false, options, DEFAULT_LIMITS, path.join(folder, `even${number}.csv`));
  await createSourceTable(database, number, head.columns);
  await loadFile(database, number, head.columns, { head, ready, fileIndex: 0 });
  await createSourceView(database, number, head.columns);
  const names = head.columns.map((_, index) => `c${index}`).join(', ');
  return rowsOf(database, `SELECT CAST(r AS INTEGER), ${names} FROM v${number} ORDER BY r`);
}

const BLANK = /^[\t\n\r \u00a0\u200b\ufeff]+|[\t\n\r \u00a0\u200b\ufeff]+$/g;

/** The database must agree with the plain reader of rows, or the file must be refused for an open mark. */
async function checkAgreement(text: string): Promise<void> {
  const rows: string[][] = [];
  for await (const row of csvRows([text], ',')) rows.push(row);
  const expected = rows.slice(1).flatMap((row, index) => {
    const cells = row.map((cell) => cell.replaceAll(BLANK, '') || null);
    return row.length === 3 ? [[index + 1, ...cells]] : [];
  });
  const outcome = await loaded(text).catch((error: unknown) => {
    if (!(error instanceof FileRefusal)) throw error;
    return error.issue.code;
  });
  expect(['QUOTE_NOT_CLOSED', expected]).toContainEqual(outcome);
}

test('the database holds what a messy file says, cell by cell and row by row', async () => {
  const piece = fc.constantFrom(
    'a',
    'é',
    '1',
    ',',
    ',',
    ',',
    '\n',
    '\n',
    '\r\n',
    '\r',
    '"x"',
    '"y,\n""z"',
    '"',
    ' ',
    '\t',
    '\u00a0',
    '""',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 50 }), (pieces) =>
      checkAgreement(`h1,h2,h3\n${pieces.join('')}`),
    ),
    { seed: 20_260_101, numRuns: 200 },
  );
});

test.each(['\n', '\r\n', '\r'])(
  'the database holds what an even file says whose lines end in %j',
  async (lineEnd) => {
    const cell = fc.constantFrom(
      'a',
      'é',
      ' 1 ',
      '',
      '"x"',
      '"y,\n""z"',
      'a"b',
      '""',
      ' "q"',
      '\tx',
      '#c',
      '"\r\n"',
      'NULL',
    );
    const row = fc.tuple(cell, cell, cell).map((cells) => cells.join(',') + lineEnd);
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 12 }), (rows) =>
        checkAgreement(`h1,h2,h3${lineEnd}${rows.join('')}`),
      ),
      { seed: 20_260_101, numRuns: 100 },
    );
  },
);
