import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { previewSources, shownValue } from '@planwright/files';
import { type Folder, folderWith, imported, type Outcome } from './import-run.ts';

const mapping = (source = '', more = ''): string => `
version: 1
sources: { stock: { file: stock.csv${source} } }
targets:
  on_hand:
    from: stock
    columns: { item: Item, location: Place, quantity: Quantity }
${more}`;
const CODES = { item: ['A1', 'B2', 'Schlüssel', "A'1"], location: ['L'] };

let folder: Folder | undefined;
afterEach(() => folder?.remove());

async function outcomeOf(content: string | Uint8Array, yaml = mapping(), limits = {}): Promise<Outcome> {
  folder = folderWith({ 'stock.csv': content });
  return imported(folder, yaml, { existingCodes: CODES, limits });
}
const told = (outcome: Outcome): unknown[] =>
  outcome.issues.map(({ code, row, column, value }) =>
    [code, row, column, value].filter((part) => part !== undefined),
  );

describe('a CSV file is read', () => {
  const readings: readonly (readonly [string, string | Uint8Array, string])[] = [
    ['plain', 'Item,Place,Quantity\nA1,L,1\nB2,L,2.5\n', ''],
    ['with a byte-order mark', '\ufeffItem,Place,Quantity\nA1,L,1\nB2,L,2.5\n', ''],
    ['with semicolons, found by itself', 'Item;Place;Quantity\nA1;L;1\nB2;L;2.5\n', ''],
    ['with tabs, found by itself', 'Item\tPlace\tQuantity\nA1\tL\t1\nB2\tL\t2.5\n', ''],
    ['with a declared delimiter', 'Item|Place|Quantity\nA1|L|1\nB2|L|2.5\n', ', delimiter: "|"'],
    [
      'with a decimal comma, where it is declared',
      'Item;Place;Quantity\nA1;L;1\nB2;L;2,5\n',
      ', decimal: ","',
    ],
    ['with CR LF', 'Item,Place,Quantity\r\nA1,L,1\r\nB2,L,2.5\r\n', ''],
    ['with CR alone', 'Item,Place,Quantity\rA1,L,1\rB2,L,2.5\r', ''],
    ['with line ends of two kinds', 'Item,Place,Quantity\r\nA1,L,1\nB2,L,2.5\r\n', ''],
    ['with blank lines', '\nItem,Place,Quantity\n\nA1,L,1\n\n\nB2,L,2.5\n\n', ''],
    ['without a last line end', 'Item,Place,Quantity\nA1,L,1\nB2,L,2.5', ''],
    [
      'with quotation marks and blanks around',
      '"Item","Place",Quantity\n" A1 ",\tL,1\n"B2","L"," 2.5\u00a0"\n',
      '',
    ],
    ['in UTF-16', utf16('Item,Place,Quantity\nA1,L,1\nB2,L,2.5\n'), ''],
    ['packed', gzipSync('Item,Place,Quantity\nA1,L,1\nB2,L,2.5\n'), ', format: csv'],
    [
      'below two lines of title',
      'Stock report\nof today,,\nItem,Place,Quantity\nA1,L,1\nB2,L,2.5\n',
      ', header: 3, delimiter: ","',
    ],
    ['with 200 columns', wide(200), ''],
    ['with other capital letters in the header', 'ITEM,place,Quantity\nA1,L,1\nB2,L,2.5\n', ''],
  ];
  test.each(readings)('%s', async (_, content, source) => {
    const outcome = await outcomeOf(content, mapping(source));
    expect(outcome.issues).toEqual([]);
    expect(outcome.rows.on_hand).toMatchObject([
      { item: 'A1', location: 'L', quantity: 1 },
      { item: 'B2', location: 'L', quantity: 2.5 },
    ]);
  });

  test('without a header', async () => {
    const yaml = mapping(', header: 0').replace(
      'item: Item, location: Place, quantity: Quantity',
      'item: column1, location: column2, quantity: column3',
    );
    const outcome = await outcomeOf('\ufeffA1,L,1\nB2,L,2.5\n', yaml);
    expect(outcome.issues).toEqual([]);
    expect(outcome.rows.on_hand).toHaveLength(2);
  });

  test('with a lone letter of windows-1252 only where the encoding is declared', async () => {
    const bytes = Buffer.from('Item,Place,Quantity\nSchl\xfcssel,L,1\n', 'latin1');
    const refused = await outcomeOf(bytes);
    expect(told(refused)).toEqual([['ENCODING_UNKNOWN']]);
    expect(refused.issues[0].message).toContain('byte 24');
    expect(refused.issues[0].advice).toContain('windows-1252');
    folder?.remove();
    const outcome = await outcomeOf(bytes, mapping(', encoding: windows-1252'));
    expect(outcome.rows.on_hand?.[0]?.item).toBe('Schlüssel');
  });

  test('and its guessed encoding is shown in a preview', async () => {
    folder = folderWith({
      'stock.csv': Buffer.from('Item;Place\nSchl\xfcssel;L\n', 'latin1'),
      'gone.xlsx': 'x',
    });
    const [preview, bad] = await previewSources(folder.path, ['stock.csv', 'gone.xlsx'], {
      workFolder: folder.work,
    });
    expect(preview).toMatchObject({
      delimiter: ';',
      encoding: 'windows-1252',
      columns: ['Item', 'Place'],
      rows: [['Schlüssel', 'L']],
    });
    expect(preview.doubts).toHaveLength(1);
    expect(bad.issues[0].code).toBe('FORMAT_WRONG');
  });

  test('with rows of another width told by number, and the others numbered as in the file', async () => {
    const outcome = await outcomeOf(
      'Item,Place,Quantity\nA1,L,1\nB2,L\nB2,L,1,1\nB2,L,two\nB2,L,"a\nb"\nB2,L,3\n',
    );
    expect(told(outcome)).toEqual([
      ['RAGGED_ROW', 2],
      ['RAGGED_ROW', 3],
      ['NOT_A_NUMBER', 4, 'Quantity', 'two'],
      ['NOT_A_NUMBER', 5, 'Quantity', 'a\\nb'],
    ]);
    expect(outcome.rows.on_hand).toHaveLength(2);
  });
});

describe('a CSV file is refused', () => {
  const refusals: readonly (readonly [string, string | Uint8Array, string, string])[] = [
    ['that is empty', '', '', 'FILE_EMPTY'],
    ['of blank lines', '\n\n\n', '', 'FILE_EMPTY'],
    [
      'with the wrong delimiter declared',
      'Item;Place;Quantity\nA1;L;1\n',
      ', delimiter: ","',
      'COLUMN_MISSING',
    ],
    ['without a column that the mapping takes', 'Item,Place,Count\nA1,L,1\n', '', 'COLUMN_MISSING'],
    ['with a column name twice', 'Item,Place,Quantity,item\nA1,L,1,x\n', '', 'DUPLICATE_COLUMN'],
    [
      'with invalid UTF-8 far inside',
      Buffer.concat([
        Buffer.from(`Item,Place,Quantity\n${'A1,L,1\n'.repeat(50_000)}`),
        Buffer.from([0xff, 0xfe]),
        Buffer.from(',L,1\n'),
      ]),
      '',
      'ENCODING_WRONG',
    ],
    ['with NUL bytes', Buffer.from('Item,Place,Quantity\nA1,L,\0\n'), '', 'NUL_BYTES'],
    [
      'that is not the declared UTF-16',
      Buffer.from('Item,Place,Quantity\nA1,L,1\n'),
      ', encoding: utf-16le',
      'COLUMN_MISSING',
    ],
    [
      'with a quotation mark that is never closed',
      `Item,Place,Quantity\nA1,L,"1\n${'B2,L,2\n'.repeat(200_000)}`,
      '',
      'CELL_TOO_LONG',
    ],
    [
      'with a quotation mark not closed at its end',
      'Item,Place,Quantity\nA1,L,1\n"B2,L,2\n',
      '',
      'QUOTE_NOT_CLOSED',
    ],
    ['with one endless line', `Item,Place,Quantity\n${'A1,L,1,'.repeat(600_000)}`, '', 'LINE_TOO_LONG'],
    ['with an endless first line', 'x'.repeat(3_000_000), '', 'COLUMN_MISSING'],
    [
      'with ten thousand rows of another width',
      `Item,Place,Quantity\n${'A1;L\n'.repeat(11_000)}`,
      ', delimiter: ","',
      'RAGGED_ROWS',
    ],
    ['with 3,000 columns', wide(3_000), '', 'TOO_MANY_COLUMNS'],
    ['that is a web page', '<!DOCTYPE html><html><body>Sign in</body></html>', '', 'FORMAT_WRONG'],
    ['that is a PDF', '%PDF-1.7 ...', '', 'FORMAT_WRONG'],
    ['that is a workbook', Buffer.from('504b0304' + '00'.repeat(60), 'hex'), '', 'FORMAT_WRONG'],
    ['that is packed and cut off', gzipSync(randomText(400_000)).subarray(0, 200_000), '', 'FILE_DAMAGED'],
  ];
  test.each(refusals)('%s', async (_, content, source, code) => {
    const outcome = await outcomeOf(content, mapping(source));
    expect(outcome.refused).toBe(true);
    expect(outcome.codes).toEqual([code]);
    expect(outcome.rows).toEqual({});
  });

  test('and the advice names the delimiter that the header holds', async () => {
    const outcome = await outcomeOf('Item;Place;Quantity\nA1;L;1\n', mapping(', delimiter: ","'));
    expect(outcome.issues[0].message).toContain('its header holds ;: is that the delimiter?');
  });

  test('that unpacks beyond the limit', async () => {
    const outcome = await outcomeOf(
      gzipSync(Buffer.alloc(50_000_000, 'A1,L,1\n')),
      mapping(', format: csv, header: 0').replace(
        'item: Item, location: Place, quantity: Quantity',
        'item: column1, location: column2, quantity: column3',
      ),
      { fileMegabytes: 20 },
    );
    expect(outcome.codes).toEqual(['FILE_TOO_LARGE']);
  });
});

describe('the rows of a CSV file', () => {
  test('may be none, which is told', async () => {
    const outcome = await outcomeOf('Item,Place,Quantity\n');
    expect(outcome.refused).toBe(false);
    expect(outcome.codes).toEqual(['FILE_HAS_NO_ROWS', 'TARGET_HAS_NO_ROWS']);
    expect(outcome.counts.on_hand).toEqual({ read: 0, accepted: 0, rejected: 0, merged: 0 });
  });

  test('are refused one by one where a number is none', async () => {
    const outcome = await outcomeOf(
      `Item;Place;Quantity\n${NO_NUMBERS.map((text) => `A1;L;${text}\n`).join('')}B2;L;2\n`,
    );
    expect(told(outcome)).toEqual(
      NO_NUMBERS.map((text, index) => ['NOT_A_NUMBER', index + 1, 'Quantity', shownValue(text)]),
    );
    expect(outcome.rows.on_hand).toMatchObject([{ item: 'B2', quantity: 2 }]);
  });

  test('are refused where a number has too many digits to be one', async () => {
    const outcome = await outcomeOf(`Item;Place;Quantity\nA1;L;1${'0'.repeat(400)}\n`);
    expect(outcome.codes).toEqual(['NOT_A_NUMBER']);
    expect(outcome.issues[0].value).toHaveLength(80);
  });

  test('hold numbers in every usual way of writing', async () => {
    const outcome = await allOf(
      POINT_NUMBERS.map(([text]) => text),
      '',
    );
    expect(outcome.rows.on_hand?.map((row) => Number(row.quantity) + 0)).toEqual(
      POINT_NUMBERS.map(([, value]) => value),
    );
  });

  test('hold numbers with a decimal comma, where the mapping says so, and refuse the others', async () => {
    const outcome = await allOf(
      COMMA_NUMBERS.map(([text]) => text),
      ', decimal: ","',
    );
    const values = new Map(outcome.rows.on_hand?.map((row) => [row.item, row.quantity]));
    expect(COMMA_NUMBERS.map((_, index) => values.get(`I${index}`))).toEqual(
      COMMA_NUMBERS.map(([, value]) => value),
    );
    expect(outcome.codes).toEqual(['NOT_A_NUMBER']);
  });

  test('are refused where a key stands twice, with both rows named', async () => {
    const outcome = await outcomeOf('Item,Place,Quantity\nA1,L,1\nB2,L,2\nA1,L,3\n');
    expect(told(outcome)).toEqual([['DUPLICATE_KEY', 3, 'Item', 'A1 / L']]);
    expect(outcome.issues[0].message).toContain('row 1');
    expect(outcome.rows.on_hand).toMatchObject([{ quantity: 1 }, { quantity: 2 }]);
  });

  test.each([
    ['first', 1],
    ['last', 3],
    ['sum', 4],
  ])('become one where the mapping says %s', async (rule, quantity) => {
    const yaml = mapping().replace('columns:', `onDuplicate: ${rule}\n    columns:`);
    const outcome = await outcomeOf('Item,Place,Quantity\nA1,L,1\nB2,L,2\nA1,L,3\n', yaml);
    expect(outcome.issues).toEqual([]);
    expect(outcome.counts.on_hand).toEqual({ read: 3, accepted: 2, rejected: 0, merged: 1 });
    expect(outcome.rows.on_hand?.find((row) => row.item === 'A1')?.quantity).toBe(quantity);
  });

  test('are refused where they refer to nothing', async () => {
    const outcome = await outcomeOf('Item,Place,Quantity\nZZ,L,1\nB2,Nowhere,2\nA1,L,3\n');
    expect(told(outcome)).toEqual([
      ['REFERENCE_UNKNOWN', 1, 'Item', 'ZZ'],
      ['REFERENCE_UNKNOWN', 2, 'Place', 'Nowhere'],
    ]);
    expect(outcome.rows.on_hand).toMatchObject([{ item: 'A1' }]);
  });

  test('are refused where a needed cell is empty', async () => {
    const outcome = await outcomeOf('Item,Place,Quantity\n,L,1\nA1,L,\nB2,  ,2\n');
    expect(told(outcome)).toEqual([
      ['VALUE_MISSING', 1, 'Item'],
      ['VALUE_MISSING', 2, 'Quantity'],
      ['VALUE_MISSING', 3, 'Place'],
    ]);
  });

  test('are told a thousand times and counted to the end', async () => {
    const outcome = await outcomeOf(`Item,Place,Quantity\n${'A1,L,x\n'.repeat(2_500)}`);
    expect(outcome.issues).toHaveLength(1_000);
    expect(outcome.issueTotals).toEqual([
      { target: 'on_hand', code: 'NOT_A_NUMBER', severity: 'error', total: 2_500 },
    ]);
    expect(outcome.counts.on_hand).toEqual({ read: 2_500, accepted: 0, rejected: 2_500, merged: 0 });
    expect(outcome.rejectsFiles[0]).toMatchObject({ target: 'on_hand', rows: 2_500 });
  });

  test('are the same for the same file', async () => {
    const text = 'Item,Place,Quantity\nA1,L,1\nB2,L,x\n';
    const first = await outcomeOf(text);
    folder?.remove();
    const second = await outcomeOf(text);
    expect([second.rows, second.issues]).toEqual([first.rows, first.issues]);
  });
});

const NO_NUMBERS = [
  'abc',
  'NaN',
  'nan',
  'Infinity',
  '-inf',
  '1e400',
  '0x10',
  '1_000',
  '1,5',
  '1.234,56',
  '1 000',
  '12€',
  '--1',
  '.',
  '1e',
  '１２',
];

const POINT_NUMBERS: readonly (readonly [string, number])[] = [
  ['1', 1],
  ['-0', 0],
  ['+3', 3],
  ['.5', 0.5],
  ['5.', 5],
  ['1e3', 1000],
  ['-1.25E-2', -0.0125],
  ['007', 7],
];

const COMMA_NUMBERS: readonly (readonly [string, number | undefined])[] = [
  ['1.234,56', 1234.56],
  ['1.234', 1234],
  ['0,5', 0.5],
  ['1234', 1234],
  ['1.23', undefined],
  ['1,234.5', undefined],
  ['12.34.567', undefined],
];

/** One row a number, each with an item of its own. */
async function allOf(numbers: readonly string[], source: string): Promise<Outcome> {
  folder = folderWith({
    'stock.csv': `Item;Place;Quantity\n${numbers.map((text, index) => `I${index};L;${text}\n`).join('')}`,
  });
  const items = numbers.map((_, index) => `I${index}`);
  return imported(folder, mapping(source), { existingCodes: { item: items, location: ['L'] } });
}

function utf16(text: string): Uint8Array {
  return Buffer.from(`\ufeff${text}`, 'utf16le');
}

/** Two rows under Item, Place, Quantity and as many columns as it takes to reach `count`. */
function wide(count: number): string {
  const more = Array.from({ length: count - 3 }, (_, index) => `Extra ${index}`);
  const rest = more.map((_, index) => `v${index}`);
  return [
    ['Item', 'Place', 'Quantity', ...more],
    ['A1', 'L', '1', ...rest],
    ['B2', 'L', '2.5', ...rest],
  ]
    .map((row) => `${row.join(',')}\n`)
    .join('');
}

/** Text that hardly packs, the same every time. */
function randomText(length: number): string {
  let state = 1;
  const next = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state >>> 8;
  };
  return `Item,Place,Quantity\n${Array.from({ length: length / 16 }, () => `${next()},${next()},1`).join('\n')}`;
}
