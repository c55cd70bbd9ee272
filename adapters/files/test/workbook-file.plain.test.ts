import { inflateRawSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { type SheetColumn, workbookFile } from '../src/index.ts';
import { type Folder, folderWith, imported, STOCK_WORKBOOK_MAPPING } from './import-run.ts';

const COLUMNS: readonly SheetColumn[] = [
  { title: 'Item', kind: 'text', width: 12 },
  { title: 'Place', kind: 'text', width: 12 },
  { title: 'Quantity', kind: 'number', width: 12 },
  { title: 'Day', kind: 'day', width: 12 },
];

let folder: Folder | undefined;
afterEach(() => folder?.remove());

/** The text of one part of a zip file, found by the name in its local header. */
function partOf(zip: Buffer, name: string): string {
  const at = zip.indexOf(name) - 30;
  const packed = zip.subarray(at + 30 + name.length, at + 30 + name.length + zip.readUInt32LE(at + 18));
  return inflateRawSync(packed).toString('utf8');
}

test('what is saved is read back: texts, digits and days', async () => {
  const codes = ['A & <B>', '0012', '=1+1'];
  folder = folderWith({
    'stock.xlsx': workbookFile('Stock', COLUMNS, [
      [codes[0], 'L', 0.1 + 0.2, '2026-11-30'],
      [codes[1], 'L', 1_234_567, '2024-02-29'],
      [codes[2], 'L', 5, '2024-01-01'],
    ]),
  });
  const outcome = await imported(folder, STOCK_WORKBOOK_MAPPING, {
    existingCodes: { item: codes, location: ['L'] },
  });
  expect(outcome.issues).toEqual([]);
  expect(outcome.rows.on_hand).toEqual([
    { item: 'A & <B>', location: 'L', quantity: 0.1 + 0.2, asOf: '2026-11-30' },
    { item: '0012', location: 'L', quantity: 1_234_567, asOf: '2024-02-29' },
    { item: '=1+1', location: 'L', quantity: 5, asOf: '2024-01-01' },
  ]);
});

test('no text becomes a formula, now or when its cell is edited', () => {
  const texts = ['=cmd|calc', '+1+1', '-1+1', '@SUM(A1)', ' \t=1', '＝1'];
  const sheet = partOf(
    workbookFile(
      'Texts',
      [{ title: '=Title', kind: 'text', width: 9 }],
      texts.map((text) => [text]),
    ),
    'xl/worksheets/sheet1.xml',
  );
  expect(sheet).not.toContain('<f>');
  // Style 3 is the quoted one: what the apostrophe in front does in Excel.
  expect(sheet.match(/<c r="A\d+" s="3" t="inlineStr">/g)).toHaveLength(texts.length);
});

test('what XML cannot hold is replaced, and what a cell cannot hold is cut', () => {
  const sheet = partOf(
    workbookFile(
      'Odd',
      [{ title: 'Text', kind: 'text', width: 9 }],
      [['a\u0000b\ud800c\uffff'], ['x'.repeat(40_000)], [null], ['']],
    ),
    'xl/worksheets/sheet1.xml',
  );
  expect(sheet).toContain('a\ufffdb\ufffdc\ufffd');
  expect(/x+/.exec(sheet.slice(sheet.indexOf('>xxx')))?.[0]).toHaveLength(32_767);
  expect(sheet).toContain('<row r="4"></row><row r="5"></row>');
});

test('the 27th column is AA, and the filter spans all of them', () => {
  const columns = Array.from(
    { length: 28 },
    (_, index): SheetColumn => ({
      title: `c${index}`,
      kind: 'number',
      width: 9,
    }),
  );
  const sheet = partOf(
    workbookFile('Wide', columns, [columns.map((_, index) => index)]),
    'xl/worksheets/sheet1.xml',
  );
  expect(sheet).toContain('<c r="AA2" s="4"><v>26</v></c><c r="AB2" s="4"><v>27</v></c>');
  expect(sheet).toContain('<autoFilter ref="A1:AB2"/>');
});
