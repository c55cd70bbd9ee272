import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvText, neutralCell } from '@planwright/files';
import { csvRows } from '../src/csv-rows.ts';

const DANGEROUS = [
  '=1+1',
  '+1+1',
  '-1+1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  ' =1',
  '  +cmd',
  '＝1',
  '＋1',
  '－1+1',
  '＠x',
  ';=1',
  ',=1',
  '"=1',
  '\u00a0=1',
  '\u200b=1',
  '\u3000=1',
  "=cmd|' /C calc'!A0",
  '-2+3+cmd',
  '\ufeff=1',
  "'=1",
];
const HARMLESS = [
  '-5',
  '-5.25',
  '+3',
  '-1,234',
  '-1e5',
  '-12%',
  'A-1',
  'x=1',
  'plain',
  '',
  '2024-01-01',
  'a@b.example',
  "O'Neil",
];

describe('a cell for a spreadsheet', () => {
  test.each(DANGEROUS)('%j is text, never a formula', (text) => {
    expect(neutralCell(text)).toBe(`'${text}`);
  });
  test.each(HARMLESS)('%j stays as it is', (text) => {
    expect(neutralCell(text)).toBe(text);
  });
});

test('CSV that was written is read back cell by cell, but for the apostrophes', async () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', '1', '"', ',', '\n', '\r', ' ', ';', 'é', '\t', '-', '='),
  });
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(table, async (rows) => {
      const read: string[][] = [];
      for await (const row of csvRows([csvText(rows)], ',')) read.push(row);
      expect(read).toEqual(rows.map((row) => row.map(neutralCell)));
    }),
    { seed: 20_260_101, numRuns: 300 },
  );
});

test('rows are the same wherever a text is cut into chunks', async () => {
  const text = 'a,"b ""c"""\r\n\r\n"d\ne",f\rg,\n';
  const expected = [
    ['a', 'b "c"'],
    ['d\ne', 'f'],
    ['g', ''],
  ];
  for (let cut = 0; cut <= text.length; cut++) {
    const read: string[][] = [];
    for await (const row of csvRows([text.slice(0, cut), text.slice(cut)], ',')) read.push(row);
    expect(read, `cut at ${cut}`).toEqual(expected);
  }
});
