import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { importFiles } from '@planwright/files';
import { csvRows } from '../src/csv-rows.ts';
import { type Folder, folderWith, imported, mappingOf, type Outcome } from './import-run.ts';

let folder: Folder | undefined;
afterEach(() => folder?.remove());

const told = (outcome: Outcome): unknown[] =>
  outcome.issues.map(({ severity, code, target, row, value }) => [severity, code, target, row, value]);

async function outcomeOf(files: Record<string, string>, yaml: string, more = {}): Promise<Outcome> {
  folder = folderWith(files);
  return imported(folder, `version: 1\n${yaml}`, more);
}

describe('references', () => {
  const yaml = `
sources: { group: { file: group.csv }, item: { file: item.csv } }
targets:
  item:
    from: item
    columns: { code: code, name: name, groupCode: group }
  item_group:
    from: group
    columns: { code: code, name: code, parentCode: parent }
`;

  test('lead to rows of the same import and to rows that are stored, and only warn where they are optional', async () => {
    const files = {
      'group.csv': 'code,parent\nG1,\nG2,G1\nG3,Gone\n',
      'item.csv': 'code,name,group\nI1,One,G2\nI2,Two,OLD\nI3,Three,NONE\n',
    };
    const outcome = await outcomeOf(files, yaml, { existingCodes: { item_group: ['OLD'] } });
    expect(told(outcome)).toEqual([
      ['warning', 'REFERENCE_UNKNOWN', 'item_group', 3, 'Gone'],
      ['warning', 'REFERENCE_UNKNOWN', 'item', 3, 'NONE'],
    ]);
    expect(outcome.rows.item?.map((row) => row.groupCode)).toEqual(['G2', 'OLD', null]);
    expect(outcome.rows.item_group?.map((row) => row.parentCode)).toEqual([null, 'G1', null]);
  });

  test('never lead in a circle', async () => {
    const files = {
      'group.csv': 'code,parent\nA,B\nB,C\nC,A\nD,D\nE,C\nF,\nG,F\n',
      'item.csv': 'code,name,group\nI1,One,A\n',
    };
    const outcome = await outcomeOf(files, yaml);
    expect(told(outcome)).toEqual(
      [
        [1, 'B'],
        [2, 'C'],
        [3, 'A'],
        [4, 'D'],
        [5, 'C'],
      ].map(([row, value]) => ['warning', 'REFERENCE_CIRCULAR', 'item_group', row, value]),
    );
    expect(outcome.rows.item_group?.map((row) => row.parentCode)).toEqual([
      null,
      null,
      null,
      null,
      null,
      null,
      'F',
    ]);
    expect(outcome.rows.item?.[0]?.groupCode).toBe('A');
  });

  test('do not lead to stored rows that the import replaces', async () => {
    const files = { 'group.csv': 'code,parent\nG1,\n', 'item.csv': 'code,name,group\nI2,Two,OLD\n' };
    const replacing = yaml.replace('from: group', 'from: group\n    mode: replace');
    const outcome = await outcomeOf(files, replacing, { existingCodes: { item_group: ['OLD'] } });
    expect(outcome.codes).toEqual(['REFERENCE_UNKNOWN']);
  });

  test('do not lead to rows that were refused', async () => {
    const files = { 'group.csv': 'code,parent\n,\n', 'item.csv': `code,name,group\n,Nameless,\nI1,One,\n` };
    const lines = `${yaml}  on_hand:\n    from: item\n    columns: { item: code, location: "'L'", quantity: 1 }\n`;
    const outcome = await outcomeOf(files, lines.replace('name: name', `name: "nullif(name, 'One')"`), {
      existingCodes: { location: ['L'] },
    });
    expect(outcome.counts.item).toMatchObject({ accepted: 0, rejected: 2 });
    expect(outcome.counts.on_hand).toMatchObject({ accepted: 0, rejected: 2 });
  });

  test('come first: batches are in the order in which targets refer to each other', async () => {
    const files = { 'group.csv': 'code,parent\nG1,\n', 'item.csv': 'code,name,group\nI1,One,G1\n' };
    folder = folderWith(files);
    const reading = await importFiles({
      folder: folder.path,
      workFolder: folder.work,
      mapping: mappingOf(`version: 1\n${yaml}`),
    });
    const order: string[] = [];
    for await (const batch of reading.batches()) order.push(batch.target);
    expect(order).toEqual(['item_group', 'item']);
    await reading.dispose();
  });
});

describe('joins and filters', () => {
  const files = {
    'line.csv': 'order,nr,item,qty\n1,1,A,5\n1,2,B,6\n2,1,A,7\n3,1,A,x\n',
    'order.csv': 'id,day,place\n1,2024-01-31,L\n2,2024-02-29,L\n3,2024-03-01,L\n',
    'item.csv': 'key,code\nA,ITEM-A\nB,ITEM-B\n',
  };
  const yaml = (join: string): string => `
sources: { line: { file: line.csv }, order: { file: order.csv }, item: { file: item.csv } }
targets:
  stock_balance:
    from: line
    joins:
      - { source: order, on: { order: id } }
      - { source: item, ${join}, on: { line.item: key } }
    where: qty <> '6'
    columns: { item: item.code, location: place, on: day::DATE + 1, quantity: qty }
`;
  const existingCodes = { item: ['ITEM-A', 'ITEM-B'], location: ['L'] };

  test('bring the columns of several files together', async () => {
    const outcome = await outcomeOf(files, yaml('kind: inner'), { existingCodes });
    expect(outcome.rows.stock_balance).toEqual([
      { item: 'ITEM-A', location: 'L', on: '2024-02-01', quantity: 5, unitCost: null },
      { item: 'ITEM-A', location: 'L', on: '2024-03-01', quantity: 7, unitCost: null },
    ]);
    expect(told(outcome)).toEqual([['error', 'NOT_A_NUMBER', 'stock_balance', 4, 'x']]);
  });

  test('need a source before a column that two files have', async () => {
    const two = { 'a.csv': 'i,q\nITEM-A,1\n', 'b.csv': 'i,p\nITEM-A,L\n' };
    const text = (item: string): string => `
sources: { a: { file: a.csv }, b: { file: b.csv } }
targets: { on_hand: { from: a, joins: [{ source: b, on: { i: i } }], columns: { item: ${item}, location: p, quantity: q } } }
`;
    const ambiguous = await outcomeOf(two, text('i'), { existingCodes });
    expect(ambiguous.codes).toEqual(['COLUMN_AMBIGUOUS']);
    expect(ambiguous.issues[0].message).toContain('a and b both have; write a.i');
    folder?.remove();
    expect((await outcomeOf(two, text('b.i'), { existingCodes })).rows.on_hand).toHaveLength(1);
  });

  test('fail row by row', async () => {
    const broken = yaml('kind: left')
      .replace("qty <> '6'", 'qty::INTEGER < 100')
      .replace('quantity: qty', 'quantity: qty::DOUBLE * 2');
    const outcome = await outcomeOf(files, broken, { existingCodes });
    expect(outcome.rows.stock_balance?.map((row) => row.quantity)).toEqual([10, 12, 14]);
    expect(told(outcome)).toEqual([
      ['error', 'EXPRESSION_FAILED', 'stock_balance', 4, 'qty = x'],
      ['error', 'EXPRESSION_FAILED', 'stock_balance', 4, 'qty = x'],
    ]);
  });
});

describe('several files and blocks', () => {
  test('are chosen by texts and numbers together', async () => {
    const outcome = await outcomeOf(
      { 's.csv': 'c,d\n1a,2\n2a,0\nb,3\n' },
      `sources: { s: { file: s.csv } }
targets: { item: { from: s, where: "regexp_matches(c, '^[0-9]') AND number(d) > 0", columns: { code: c, name: c } } }
`,
    );
    expect(outcome.codes).toEqual([]);
    expect(outcome.rows.item?.map((row) => row.code)).toEqual(['1a']);
  });

  test('of one pattern are read in the order of their names, each row with its file', async () => {
    const files = { 'in/s-2.csv': 'i,q\nB,2\nB,x\n', 'in/s-1.csv': 'q,i\n1,A\n', 'in/other.csv': 'z\n1\n' };
    const yaml = `
sources: { s: { file: 'in/s-*.csv' } }
targets: { on_hand: { from: s, columns: { item: i, location: "'L'", quantity: q } } }
`;
    const outcome = await outcomeOf(files, yaml, { existingCodes: { item: ['A', 'B'], location: ['L'] } });
    expect(outcome.rows.on_hand?.map((row) => [row.item, row.quantity])).toEqual([
      ['A', 1],
      ['B', 2],
    ]);
    expect(outcome.issues.map(({ file, row }) => [file, row])).toEqual([['in/s-2.csv', 2]]);
  });

  test('fill one target, and a key that two blocks give is told with both files', async () => {
    const files = { 'a.csv': 'i,q\nA,1\n', 'b.csv': 'i,q\nB,2\nA,3\n' };
    const block = (source: string): string =>
      `{ from: ${source}, columns: { item: i, location: "'L'", quantity: q } }`;
    const yaml = `sources: { a: { file: a.csv }, b: { file: b.csv } }\ntargets: { on_hand: [${block('a')}, ${block('b')}] }\n`;
    const outcome = await outcomeOf(files, yaml, { existingCodes: { item: ['A', 'B'], location: ['L'] } });
    expect(outcome.rows.on_hand).toHaveLength(2);
    expect(outcome.issues[0]).toMatchObject({ code: 'DUPLICATE_KEY', file: 'b.csv', row: 2 });
    expect(outcome.issues[0].message).toContain('row 1 of a.csv');
  });
});

describe('values', () => {
  const yaml = (columns: string): string => `
sources: { s: { file: s.csv } }
targets: { location: { from: s, columns: { code: c, name: "'x'", ${columns} } } }
`;

  test('are filled in, translated to the words of the target and held to its limits', async () => {
    const files = { 's.csv': 'c,k,lat,days\nA,PLANT,10,\nB,,91,2\nC,depot,0,1\nD,market,-90,-1\n' };
    const outcome = await outcomeOf(files, yaml('kind: k, latitude: lat, transitDays: days'));
    expect(outcome.rows.location).toMatchObject([
      { code: 'A', kind: 'plant', transitDays: 0, latitude: 10, country: null },
    ]);
    expect(told(outcome)).toEqual([
      ['error', 'VALUE_TOO_LARGE', 'location', 2, '91'],
      ['error', 'VALUE_UNKNOWN', 'location', 3, 'depot'],
      ['error', 'VALUE_TOO_SMALL', 'location', 4, '-1'],
    ]);
  });

  test('of days, flags, whole numbers and money are exact or refused', async () => {
    const files = {
      's.csv':
        'c,d,f,n,m\nA,2024-02-29,yes,3,1234.56789\nB,2024-02-30,0,3,1\nC,29.02.2024,maybe,3.5,1\nD,2024-02-29 13:00:00,N,3.0,99999999999999.9999\nE,1899-01-01,T,4,100000000000000\n',
    };
    const text = `
sources: { s: { file: s.csv } }
targets:
  employee: { from: s, columns: { code: c, name: c, hiredOn: d, isSeller: f } }
  supplier: { from: s, columns: { code: c, name: c } }
  item: { from: s, columns: { code: c, name: c, standardCost: m } }
  item_supplier: { from: s, columns: { item: c, supplier: c, priority: n, price: m } }
`;
    const outcome = await outcomeOf(files, text);
    expect(outcome.rows.employee).toMatchObject([
      { code: 'A', hiredOn: '2024-02-29', isSeller: true },
      { code: 'D', hiredOn: '2024-02-29', isSeller: false },
    ]);
    expect(outcome.rows.item_supplier).toMatchObject([
      { item: 'A', priority: 3, price: '1234.5679' },
      { item: 'B', priority: 3, price: '1.0000' },
      { item: 'D', priority: 3, price: '99999999999999.9999' },
    ]);
    expect(outcome.issues.map(({ target, code, row }) => `${target} ${row} ${code}`)).toEqual([
      'item 5 NOT_AN_AMOUNT',
      'employee 2 NOT_A_DATE',
      'employee 3 NOT_A_DATE',
      'employee 3 NOT_A_FLAG',
      'employee 5 DATE_OUT_OF_RANGE',
      'item_supplier 3 NOT_WHOLE',
      'item_supplier 5 NOT_AN_AMOUNT',
    ]);
  });

  test('that would be formulas are text, and harmless in the rejects', async () => {
    const files = { 's.csv': 'c,k\n=cmd|calc,plant\n@x,depot\n-5,depot\n' };
    folder = folderWith(files);
    const reading = await importFiles({
      folder: folder.path,
      workFolder: folder.work,
      mapping: mappingOf(`version: 1\n${yaml('kind: k')}`),
    });
    const codes: unknown[] = [];
    for await (const batch of reading.batches()) codes.push(...batch.columns.code);
    expect(codes).toEqual(['=cmd|calc']);
    const rows: string[][] = [];
    for await (const row of csvRows([readFileSync(reading.rejectsFiles[0].path, 'utf8')], ','))
      rows.push(row);
    expect(rows.map((row) => [row[0], row[2], row.at(-1)])).toEqual([
      ['code', 'kind', 'reason'],
      ["'@x", 'depot', 's.csv row 2: location.kind: "depot" is not one of plant, warehouse, market.'],
      ['-5', 'depot', 's.csv row 3: location.kind: "depot" is not one of plant, warehouse, market.'],
    ]);
    await reading.dispose();
  });

  test('with hidden signs are told so that they can be seen', async () => {
    const files = { 's.csv': `c,k\nA,"${'\u202e'}evil\u0007${'x'.repeat(200)}"\n` };
    const outcome = await outcomeOf(files, yaml('kind: k'));
    expect(outcome.issues[0].value).toMatch(/^\\u202eevil\\u0007x+…$/);
  });
});

describe('a mapping that does not fit', () => {
  const files = { 's.csv': 'c,d\nA,1\n' };
  const wrong: readonly (readonly [string, string, string, string])[] = [
    [
      'names a source that it does not define',
      '{ from: t, columns: { code: c, name: c } }',
      'SOURCE_UNKNOWN',
      'source t',
    ],
    [
      'does not fill what every row needs',
      '{ from: s, columns: { code: c } }',
      'COLUMN_MISSING',
      'item.name is needed',
    ],
    [
      'fills a column that there is not',
      '{ from: s, columns: { code: c, name: c, colour: c } }',
      'COLUMN_MISSING',
      'colour is no column',
    ],
    [
      'names a column that the file lacks',
      '{ from: s, columns: { code: c, name: x } }',
      'COLUMN_MISSING',
      's.csv does not have; it has c, d',
    ],
    [
      'has an expression that is none',
      '{ from: s, columns: { code: c, name: "CASE WHEN c" } }',
      'EXPRESSION_REFUSED',
      'is not an expression',
    ],
    [
      'has an expression that is not allowed',
      '{ from: s, columns: { code: c, name: "(SELECT 1)" } }',
      'EXPRESSION_REFUSED',
      'has a query inside',
    ],
    [
      'adds texts as if they were numbers',
      '{ from: s, columns: { code: c, name: c, safetyStock: c * d } }',
      'EXPRESSION_REFUSED',
      'cells are texts',
    ],
    [
      'gives a date for a number',
      '{ from: s, columns: { code: c, name: c, safetyStock: "c::DATE" } }',
      'EXPRESSION_REFUSED',
      'gives DATE, but the column holds a number',
    ],
    [
      'filters by a number',
      '{ from: s, where: number(d), columns: { code: c, name: c } }',
      'EXPRESSION_REFUSED',
      'must be true or false',
    ],
    [
      'joins a source with itself unnamed',
      '{ from: s, joins: [{ source: s, on: { c: c } }], columns: { code: c, name: c } }',
      'EXPRESSION_REFUSED',
      'twice',
    ],
    [
      'differs between its blocks',
      '[{ from: s, columns: { code: c, name: c } }, { from: s, mode: replace, columns: { code: d, name: d } }]',
      'BLOCKS_DIFFER',
      'differ in mode',
    ],
  ];
  test.each(wrong)('%s', async (_, block, code, words) => {
    const outcome = await outcomeOf(files, `sources: { s: { file: s.csv } }\ntargets: { item: ${block} }\n`);
    expect(outcome.refused).toBe(true);
    expect(outcome.codes).toEqual([code]);
    expect(outcome.issues[0].message).toContain(words);
  });

  test('is told all of its mistakes at once', async () => {
    const outcome = await outcomeOf(
      files,
      'sources: { s: { file: s.csv } }\ntargets: { item: { from: s, columns: { code: x, name: y, unit: now() } } }\n',
    );
    expect(outcome.issues.map(({ column }) => column)).toEqual(['code', 'name', 'unit']);
  });

  test('or fills nothing is refused', async () => {
    expect((await outcomeOf(files, 'sources: {}\ntargets: {}\n')).codes).toEqual(['MAPPING_EMPTY']);
  });
});
