import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Folder, folderWith, imported, type Outcome } from './import-run.ts';

const YAML = `
version: 1
sources: { s: { file: stock.parquet } }
targets: { on_hand: { from: s, onDuplicate: sum, columns: { item: Item, location: Place, quantity: Quantity, asOf: Day } } }
`;
const existingCodes = { item: ['A1', 'B2', '12345678901234567890123456789012345678'], location: ['L'] };
const TABLE = `SELECT * FROM (VALUES ('A1', 'L', 1.5, DATE '2024-01-31'), ('B2', 'L', NULL, NULL)) t(Item, Place, Quantity, Day)`;

let folder: Folder | undefined;
let made: Folder;
let instance: DuckDBInstance;
beforeAll(async () => {
  made = folderWith({});
  instance = await DuckDBInstance.create(':memory:');
});
afterEach(() => folder?.remove());
afterAll(() => {
  instance.closeSync();
  made.remove();
});

async function parquetOf(select: string, options = ''): Promise<Buffer> {
  const file = path.join(made.path, 'made.parquet');
  rmSync(file, { force: true });
  const connection = await instance.connect();
  await connection.run(`COPY (${select}) TO '${file}' (FORMAT parquet${options})`);
  connection.closeSync();
  return readFileSync(file);
}

async function outcomeOf(bytes: Uint8Array, limits = {}, yaml = YAML): Promise<Outcome> {
  folder = folderWith({ 'stock.parquet': bytes });
  return imported(folder, yaml, { existingCodes, limits });
}

describe('a Parquet file', () => {
  test('is read, with its empty cells and its row numbers', async () => {
    const outcome = await outcomeOf(await parquetOf(TABLE));
    expect(outcome.rows.on_hand).toEqual([{ item: 'A1', location: 'L', quantity: 1.5, asOf: '2024-01-31' }]);
    expect(outcome.issues.map(({ code, row, column }) => [code, row, column])).toEqual([
      ['VALUE_MISSING', 2, 'Quantity'],
    ]);
  });

  test('is read without rounding: 38 digits stay 38 digits', async () => {
    const select = `SELECT 12345678901234567890123456789012345678::DECIMAL(38,0) AS Item, 'L' AS Place, 0.1::DOUBLE AS Quantity, TIMESTAMP '2024-01-31 12:00:00' AS Day`;
    const outcome = await outcomeOf(await parquetOf(select));
    expect(outcome.rows.on_hand?.[0]).toMatchObject({
      item: '12345678901234567890123456789012345678',
      quantity: 0.1,
      asOf: '2024-01-31',
    });
  });

  test('is refused where a column that is needed holds lists or structures', async () => {
    for (const value of ["['A1']", "{'code': 'A1'}", "'A1'::BLOB", 'MAP {1: 2}']) {
      const outcome = await outcomeOf(
        await parquetOf(`SELECT ${value} AS Item, 'L' AS Place, 1 AS Quantity, NULL::DATE AS Day`),
      );
      expect(outcome).toMatchObject({ refused: true, codes: ['COLUMN_MISSING'] });
      folder?.remove();
    }
  });

  test('is refused where its end is missing, or its footer claims more than there is', async () => {
    const sound = await parquetOf(TABLE);
    const claimed = (bytes: number): Buffer => {
      const copy = Buffer.from(sound);
      copy.writeUInt32LE(bytes, copy.length - 8);
      return copy;
    };
    const damaged = [
      sound.subarray(0, sound.length - 4),
      sound.subarray(0, 40),
      claimed(2 ** 31),
      claimed(2 ** 32 - 1),
      claimed(sound.length),
      Buffer.from('PAR1PAR1'),
      Buffer.concat([sound.subarray(0, sound.length - 4), Buffer.from('PARE')]),
    ];
    for (const bytes of damaged) {
      const outcome = await outcomeOf(bytes, { residentMegabytes: 300 });
      expect(outcome).toMatchObject({ refused: true, codes: ['FILE_DAMAGED'] });
      folder?.remove();
    }
  });

  test('with a flipped byte is refused or read as it was, and never crashes the import', async () => {
    const sound = await parquetOf(TABLE);
    for (let at = 4; at < sound.length - 8; at += 89) {
      const bytes = Buffer.from(sound);
      bytes[at] ^= 0xff;
      const outcome = await outcomeOf(bytes, { residentMegabytes: 600, wallClockSeconds: 20 });
      expect(outcome.issues.length, `byte ${at}`).toBeGreaterThan(0);
      folder?.remove();
    }
  });

  test('that unpacks to far more than its size stays within memory and disk', async () => {
    const select = `SELECT 'A1' AS Item, 'L' AS Place, 1 AS Quantity, repeat('x', 20000) AS Filler, NULL::DATE AS Day FROM range(100000)`;
    const bytes = await parquetOf(select, ', COMPRESSION zstd');
    const yaml = YAML.replace('item: Item', "item: CASE WHEN Filler <> 'y' THEN Item END");
    const outcome = await outcomeOf(
      bytes,
      { residentMegabytes: 1_500, databaseMegabytes: 128, workFolderMegabytes: 64, wallClockSeconds: 40 },
      yaml,
    );
    expect(bytes.length).toBeLessThan(1_000_000);
    expect(outcome).toMatchObject({ refused: true, codes: ['WORK_FOLDER_FULL'] });
  });

  test('of many row groups is read up to the limit', async () => {
    const select = `SELECT 'A1' AS Item, 'L' AS Place, 1 AS Quantity, NULL::DATE AS Day FROM range(200000)`;
    const outcome = await outcomeOf(await parquetOf(select, ', ROW_GROUP_SIZE 2048'));
    expect(outcome.rows.on_hand?.[0]?.quantity).toBe(200_000);
  });
});
