import { afterEach, describe, expect, test } from 'vitest';
import { type Folder, folderWith, imported, type Outcome, STOCK_WORKBOOK_MAPPING } from './import-run.ts';
import { sheetRow, workbookOf, type WorkbookInput, zipOf } from './zip-file.ts';

const HEADER = sheetRow(1, ['Item', 'Place', 'Quantity', 'Day']);
const CODES = { item: ['A1', 'B2', '1001'], location: ['L'] };
const date = (serial: number | string): { xml: string } => ({ xml: `<c s="1"><v>${serial}</v></c>` });

let folder: Folder | undefined;
afterEach(() => folder?.remove());

async function outcomeOf(bytes: Uint8Array, limits = {}): Promise<Outcome> {
  folder = folderWith({ 'stock.xlsx': bytes });
  return imported(folder, STOCK_WORKBOOK_MAPPING, { existingCodes: CODES, limits });
}
const sheet = (rows: string, more: Omit<WorkbookInput, 'rows'> = {}): Buffer =>
  workbookOf({ rows: HEADER + rows, ...more });

describe('a workbook is read', () => {
  test('with numbers, texts, shared texts and dates', async () => {
    const rows =
      sheetRow(2, ['A1', 'L', 12.5, date(45292)]) +
      sheetRow(3, [1001, { xml: '<c t="s"><v>1</v></c>' }, 0.1, date(45292.75)]);
    const outcome = await outcomeOf(sheet(rows, { sharedTexts: ['x', 'L'] }));
    expect(outcome.issues).toEqual([]);
    expect(outcome.rows.on_hand).toEqual([
      { item: 'A1', location: 'L', quantity: 12.5, asOf: '2024-01-01' },
      { item: '1001', location: 'L', quantity: 0.1, asOf: '2024-01-01' },
    ]);
  });

  test('with the days of a workbook that counts from 1904', async () => {
    const outcome = await outcomeOf(sheet(sheetRow(2, ['A1', 'L', 1, date(43830)]), { date1904: true }));
    expect(outcome.rows.on_hand?.[0]?.asOf).toBe('2024-01-01');
  });

  test('but never with a day that was none: 29 February 1900 and beyond the year 9999', async () => {
    const outcome = await outcomeOf(
      sheet(sheetRow(2, ['A1', 'L', 1, date(60)]) + sheetRow(3, ['B2', 'L', 1, date(2_958_466)])),
    );
    expect(outcome.rows.on_hand).toBeUndefined();
    expect(outcome.issues.map(({ code, row, column }) => ({ code, row, column }))).toEqual([
      { code: 'NOT_A_DATE', row: 1, column: 'Day' },
      { code: 'NOT_A_DATE', row: 2, column: 'Day' },
    ]);
  });

  test('with the cached value of a formula, which is told', async () => {
    const outcome = await outcomeOf(sheet(sheetRow(2, ['A1', 'L', { xml: '<c><f>1+1</f><v>2</v></c>' }])));
    expect(outcome.rows.on_hand?.[0]?.quantity).toBe(2);
    expect(outcome.codes).toEqual(['FORMULAS']);
  });

  test('row by row past errors and formulas that were never computed', async () => {
    const rows =
      sheetRow(2, ['A1', 'L', { xml: '<c t="e"><v>#N/A</v></c>' }]) +
      sheetRow(3, [{ xml: '<c t="e"><v>#REF!</v></c>' }, 'L', 2]) +
      sheetRow(4, ['B2', 'L', { xml: '<c><f>1+1</f></c>' }]) +
      sheetRow(5, ['1001', 'L', 3]);
    const outcome = await outcomeOf(sheet(rows));
    expect(outcome.rows.on_hand).toHaveLength(1);
    const errors = outcome.issues.filter((issue) => issue.severity === 'error');
    expect(errors.map(({ code, row, value }) => [code, row, value])).toEqual([
      ['NOT_A_NUMBER', 1, '#N/A'],
      ['ERROR_CELL', 2, '#REF!'],
      ['NOT_A_NUMBER', 3, 'formula without a saved value'],
    ]);
  });

  test('with its own row numbers where rows are blank', async () => {
    const outcome = await outcomeOf(sheet(sheetRow(2, ['A1', 'L', 1]) + sheetRow(50, ['B2', 'L', 'many'])));
    expect(outcome.issues.map(({ row, value }) => [row, value])).toEqual([[49, 'many']]);
  });

  test('without a thought for merged cells that cover the sheet', async () => {
    const after = '<mergeCells><mergeCell ref="A1:XFD20000"/></mergeCells>';
    const outcome = await outcomeOf(sheet(sheetRow(2, ['A1', 'L', 1]), { after }));
    expect(outcome.rows.on_hand).toHaveLength(1);
  });

  test('with a cell in the last corner, whose row is told', async () => {
    const corner = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>';
    const outcome = await outcomeOf(sheet(sheetRow(2, ['A1', 'L', 1]) + corner), { residentMegabytes: 400 });
    expect(outcome.rows.on_hand).toHaveLength(1);
    expect(outcome.issues.map(({ code, row }) => [code, row])).toEqual([['RAGGED_ROW', 1_048_575]]);
  });

  test('to its last row, 1,048,576, in bounded memory', async () => {
    const lines: string[] = [];
    for (let i = 2; i <= 1_048_576; i++)
      lines.push(
        `<row r="${i}"><c r="A${i}" t="s"><v>0</v></c><c r="B${i}" t="s"><v>1</v></c><c r="C${i}"><v>${i}</v></c></row>`,
      );
    const bytes = sheet(lines.join(''), { sharedTexts: ['A1', 'L'] });
    folder = folderWith({ 'stock.xlsx': bytes });
    const outcome = await imported(
      folder,
      STOCK_WORKBOOK_MAPPING.replace('columns:', 'onDuplicate: sum\n    columns:'),
      {
        existingCodes: CODES,
        limits: { residentMegabytes: 1_200 },
      },
    );
    expect(outcome.issues).toEqual([]);
    expect(outcome.counts.on_hand).toEqual({ read: 1_048_575, accepted: 1, rejected: 0, merged: 1_048_574 });
    expect(outcome.rows.on_hand?.[0]?.quantity).toBe((1_048_576 * 1_048_577) / 2 - 1);
  });
});

describe('a workbook is refused', () => {
  const refusals: readonly (readonly [string, () => Uint8Array, string])[] = [
    ['a cell of 600 MB, seen in the directory', () => bomb(undefined), 'ZIP_BOMB'],
    ['a cell of 600 MB that states 1 kB', () => bomb(1_024), 'ZIP_BOMB'],
    [
      'a document type',
      () => sheet('', { doctype: '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' }),
      'WORKBOOK_REFUSED',
    ],
    [
      'macros',
      () => sheet('', { contentType: 'application/vnd.ms-excel.sheet.macroEnabled.main+xml' }),
      'WORKBOOK_REFUSED',
    ],
    [
      'a macro part',
      () => sheet('', { extra: [{ name: 'xl/vbaProject.bin', content: 'x' }] }),
      'WORKBOOK_REFUSED',
    ],
    [
      'a web page named .xlsx',
      () => Buffer.from('<html><table><tr><td>Item</td></tr></table></html>'),
      'FORMAT_WRONG',
    ],
    ['a text file named .xlsx', () => Buffer.from('Item,Place\nA1,L\n'), 'FORMAT_WRONG'],
    ['an old workbook', () => Buffer.from('d0cf11e0a1b11ae1'.padEnd(2_048, '0'), 'hex'), 'FORMAT_WRONG'],
    [
      'a password (whole file)',
      () =>
        Buffer.concat([
          Buffer.from('d0cf11e0a1b11ae1', 'hex'),
          Buffer.alloc(1_024),
          Buffer.from('EncryptedPackage', 'utf16le'),
        ]),
      'FILE_ENCRYPTED',
    ],
    ['a password (zip)', () => sheet('', { encrypted: true }), 'FILE_ENCRYPTED'],
    [
      'a text it does not have',
      () => sheet(sheetRow(2, [{ xml: '<c t="s"><v>99</v></c>' }])),
      'WORKBOOK_REFUSED',
    ],
    ['a zip that is no workbook', () => zipOf([{ name: 'hello.txt', content: 'hello' }]), 'WORKBOOK_REFUSED'],
    ['a part that climbs', () => sheet('', { extra: [{ name: '../../evil', content: 'x' }] }), 'ZIP_REFUSED'],
    [
      'a part with an absolute name',
      () => sheet('', { extra: [{ name: '/etc/passwd', content: 'x' }] }),
      'ZIP_REFUSED',
    ],
    [
      'a part with backslashes',
      () => sheet('', { extra: [{ name: '..\\evil', content: 'x' }] }),
      'ZIP_REFUSED',
    ],
    [
      'two parts of one name',
      () => sheet('', { extra: [{ name: 'xl/workbook.xml', content: 'x' }] }),
      'ZIP_REFUSED',
    ],
    [
      'five thousand parts',
      () => sheet('', { extra: Array.from({ length: 5_000 }, (_, i) => ({ name: `p${i}`, content: '' })) }),
      'ZIP_REFUSED',
    ],
    ['a file cut in half', () => sheet(sheetRow(2, ['A1', 'L', 1])).subarray(0, 900), 'FILE_DAMAGED'],
    ['an empty sheet', () => workbookOf({ rows: '' }), 'FILE_EMPTY'],
    ['an unknown entity', () => sheet(sheetRow(2, ['&bomb;'])), 'WORKBOOK_REFUSED'],
    [
      'a text of a million and more characters',
      () => sheet(sheetRow(2, ['x'.repeat(1_200_000)])),
      'WORKBOOK_REFUSED',
    ],
  ];
  test.each(refusals)('for %s', async (_, build, code) => {
    const outcome = await outcomeOf(build(), { residentMegabytes: 400 });
    expect(outcome.refused).toBe(true);
    expect(outcome.rows).toEqual({});
    expect(outcome.codes).toEqual([code]);
    expect(outcome.issues[0].file).toBe('stock.xlsx');
  });

  test('and a flipped byte never passes for data', async () => {
    const sound = sheet(sheetRow(2, ['A1', 'L', 12.5]));
    for (let at = 40; at < sound.length; at += 211) {
      const bytes = Buffer.from(sound);
      bytes[at] ^= 0x10;
      const outcome = await outcomeOf(bytes);
      folder?.remove();
      const row = outcome.rows.on_hand?.[0];
      expect(
        outcome.refused || (row?.item === 'A1' && row.quantity === 12.5),
        `byte ${at}: ${outcome.codes}`,
      ).toBe(true);
      expect(outcome.codes).not.toContain('READER_CRASHED');
    }
  });
});

let bombSheet: Uint8Array | undefined;

/** 600 MB of one letter in a zip of a few hundred kilobytes. */
function bomb(statedSheetBytes: number | undefined): Uint8Array {
  bombSheet ??= Buffer.concat([
    Buffer.from(`<worksheet><sheetData>${HEADER}<row r="2"><c r="A2" t="inlineStr"><is><t>`),
    Buffer.alloc(600_000_000, 'x'),
    Buffer.from('</t></is></c></row></sheetData></worksheet>'),
  ]);
  return workbookOf({ rows: '', sheet: bombSheet, statedSheetBytes });
}
