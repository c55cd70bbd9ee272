import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvRows } from '../src/csv-rows.ts';
import { type CsvScan, scanCsv } from '../src/csv-scan.ts';

const LIMITS = { fieldBytes: 1_000, rowBytes: 10_000, oddRows: 1_000, rows: 1_000 };

async function scanned(chunks: readonly Uint8Array[]): Promise<CsvScan> {
  const scan = await scanCsv(chunks, ',', 0, LIMITS);
  if ('kind' in scan) throw new Error(scan.kind);
  return scan;
}

test('the scan of bytes counts the rows and cells that the reader of texts finds', async () => {
  const piece = fc.constantFrom(
    'a',
    'é',
    '€',
    '😀',
    ',',
    ',',
    '\n',
    '\r',
    '\r\n',
    '"x"',
    '"y,\n""z"',
    ' ',
    '\t',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { maxLength: 60 }),
      fc.integer({ min: 1, max: 20 }),
      async (pieces, size) => {
        const text = pieces.join('');
        const bytes = Buffer.from(text);
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
          bytes.subarray(i * size, (i + 1) * size),
        );
        const rows: string[][] = [];
        for await (const row of csvRows([text], ',')) rows.push(row);
        const scan = await scanCsv(chunks, ',', 0, LIMITS);
        // Marks that do not pair up leave one open to the end.
        fc.pre(!('kind' in scan));
        expect(scan.rowCount).toBe(rows.length);
        const width = rows[0]?.length ?? 0;
        expect(scan.width).toBe(width);
        expect(scan.oddRows).toEqual(
          rows.flatMap((row, index) => (row.length === width ? [] : [{ row: index, width: row.length }])),
        );
      },
    ),
    { seed: 20_260_101, numRuns: 1_000 },
  );
});

describe('the scan of bytes', () => {
  test('tells the first byte that is not UTF-8, wherever the chunks are cut', async () => {
    const bytes = Buffer.concat([Buffer.from('a,é\n€,b\n'), Buffer.from([0xe4]), Buffer.from('x,y\n')]);
    const offset = bytes.indexOf(0xe4, 9);
    for (let size = 1; size <= bytes.length; size++) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      );
      expect(await scanCsv(chunks, ',', 0, LIMITS), `chunks of ${size}`).toEqual({
        kind: 'not-utf8',
        offset,
      });
    }
  });

  test.each([
    ['a,b\n1,2\n', false],
    ['a,b\r\n1,2\r\n', false],
    ['a,b\n1,2\r\n', true],
    ['a,b\r1,2\n', true],
    ['a,b\n\n1,2\n', true],
    ['a,b\n"1"x,2\n', true],
    ['a,b\n1\n', true],
    ['a,b\n"1\n2",3\n', false],
  ])('finds %j irregular: %s', async (text, irregular) => {
    expect((await scanned([Buffer.from(text)])).irregular).toBe(irregular);
  });
});
